-- purpose: Mentions over time by maker of models: how many posts name any of its members, and which share of the
--          posts published then that is.
-- grain: one row per period and maker; periods begin on unit_start, undated posts are left out
-- parameters: unit VARCHAR
create or replace macro maker_mentions_per(unit) as table (
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
            p.maker,
            count(distinct p.post_id) as posts,
            count(distinct p.entity_id) as entities,
            sum(p.occurrences) as occurrences
        from post_entities as p
        where p.published_on is not null and p.maker is not null
        group by unit_start, p.maker
    )

    select
        n.unit_start,
        n.maker,
        n.posts,
        n.entities,
        cast(n.occurrences as bigint) as occurrences,
        p.posts_published,
        n.posts / p.posts_published as share
    from named as n
    inner join published as p on n.unit_start = p.unit_start
);
