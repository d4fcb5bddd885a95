-- purpose: How much the report counts: originals only, as all of its charts and tables do.
-- grain: one row
-- parameters: none
select
    (select count(*) from originals) as posts,
    (
        select cast(coalesce(sum(occurrences), 0) as bigint) from post_entities
    ) as mentions,
    (select count(*) from claim_context) as claims,
    (select count(distinct source_id) from originals) as sources,
    (select min(published_on) from originals) as first_day,
    latest_day() as last_day;
