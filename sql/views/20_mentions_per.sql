-- purpose: Mentions over time by day, week, month, quarter or year: how many posts name an entity, and which share of
--          the posts published then that is.
-- grain: one row per period and entity named in it; periods begin on unit_start, undated posts are left out
-- parameters: unit VARCHAR
create or replace macro mentions_per(unit) as table (
    with published as (
        select
            cast(date_trunc(unit, o.published_on) as date) as unit_start,
            count(*) as posts_published
        from originals as o
        where o.published_on is not null
        group by unit_start
    ),

    named as (
        select
            cast(date_trunc(unit, p.published_on) as date) as unit_start,
            p.entity_id,
            count(*) as posts,
            sum(p.occurrences) as occurrences
        from post_entities as p
        where p.published_on is not null
        group by unit_start, p.entity_id
    )

    select
        n.unit_start,
        n.entity_id,
        e.kind,
        e.name,
        e.family,
        e.maker,
        n.posts,
        cast(n.occurrences as bigint) as occurrences,
        p.posts_published,
        n.posts / p.posts_published as share
    from named as n
    inner join published as p on n.unit_start = p.unit_start
    inner join entities as e on n.entity_id = e.entity_id
);
