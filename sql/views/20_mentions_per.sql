-- purpose: Mentions over time by day, week, month, quarter or year: how many posts name an entity, and which share of
--          the posts published then that is.
-- grain: one row per period and entity named in it; periods begin on unit_start, undated posts are left out
-- parameters: unit VARCHAR
create or replace macro mentions_per(unit) as table (
    with named as (
        select
            cast(date_trunc(unit, d.published_on) as date) as unit_start,
            d.entity_number,
            sum(d.posts) as posts,
            sum(d.occurrences) as occurrences
        from entity_days as d
        where d.published_on is not null
        group by unit_start, d.entity_number
    )

    select
        n.unit_start,
        e.entity_id,
        e.kind,
        e.name,
        e.family,
        e.maker,
        cast(n.posts as bigint) as posts,
        cast(n.occurrences as bigint) as occurrences,
        p.posts_published,
        n.posts / p.posts_published as share
    from named as n
    inner join published_per(unit) as p on n.unit_start = p.unit_start
    inner join entity_numbers as i on n.entity_number = i.entity_number
    inner join entities as e on i.entity_id = e.entity_id
);
