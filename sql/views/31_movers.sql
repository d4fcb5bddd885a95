-- purpose: Who is named more or less than in the days before: a period against the one of the same length before it.
-- grain: one row per entity named in either; chance says how likely such a difference is by accident
-- parameters: since DATE, until DATE (both days are in the period)
create or replace macro movers(since, until) as table (
    with published as (
        select
            count(*) filter (where o.published_on >= since) as total_now,
            count(*) filter (where o.published_on < since) as total_before
        from originals as o
        where o.published_on between since - cast(until - since + 1 as integer) and until
    ),

    named as (
        select
            p.entity_id,
            count(*) filter (where p.published_on >= since) as posts_now,
            count(*) filter (where p.published_on < since) as posts_before,
            cast(coalesce(sum(p.occurrences) filter (where p.published_on >= since), 0) as bigint) as occurrences_now,
            cast(coalesce(sum(p.occurrences) filter (where p.published_on < since), 0) as bigint) as occurrences_before
        from post_entities as p
        where p.published_on between since - cast(until - since + 1 as integer) and until
        group by p.entity_id
    ),

    shares as (
        select
            n.*,
            t.total_now,
            t.total_before,
            n.posts_now / nullif(t.total_now, 0) as share_now,
            n.posts_before / nullif(t.total_before, 0) as share_before
        from named as n
        cross join published as t
    )

    select
        s.entity_id,
        e.kind,
        e.name,
        e.family,
        e.maker,
        s.posts_now,
        s.posts_before,
        s.occurrences_now,
        s.occurrences_before,
        s.total_now,
        s.total_before,
        s.share_now,
        s.share_before,
        coalesce(s.share_now, 0) - coalesce(s.share_before, 0) as change,
        tail_chance(s.posts_now, s.total_now, s.posts_before, s.total_before) as chance
    from shares as s
    inner join entities as e on s.entity_id = e.entity_id
);
