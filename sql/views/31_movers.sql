-- purpose: Who is named more or less than in the days before: a period against the one of the same length before it.
-- grain: one row per entity named in either; chance says how likely such a difference is by accident
-- parameters: since DATE, until DATE (both days are in the period)
create or replace macro movers(since, until) as table (
    with published_then as (
        select
            count(*) filter (where p.published_on >= since) as total_now,
            count(*) filter (where p.published_on < since) as total_before
        from post_numbers as p
        where p.published_on between since - cast(until - since + 1 as integer) and until
    ),

    counted as (
        select
            d.entity_number,
            sum(d.posts) filter (where d.published_on >= since) as posts_now,
            sum(d.posts) filter (where d.published_on < since) as posts_before,
            sum(d.occurrences) filter (where d.published_on >= since) as occurrences_now,
            sum(d.occurrences) filter (where d.published_on < since) as occurrences_before
        from entity_days as d
        where d.published_on between since - cast(until - since + 1 as integer) and until
        group by d.entity_number
    ),

    named as (
        select
            i.entity_id,
            cast(coalesce(c.posts_now, 0) as bigint) as posts_now,
            cast(coalesce(c.posts_before, 0) as bigint) as posts_before,
            cast(coalesce(c.occurrences_now, 0) as bigint) as occurrences_now,
            cast(coalesce(c.occurrences_before, 0) as bigint) as occurrences_before
        from counted as c
        inner join entity_numbers as i on c.entity_number = i.entity_number
    ),

    shares as (
        select
            n.*,
            t.total_now,
            t.total_before,
            n.posts_now / nullif(t.total_now, 0) as share_now,
            n.posts_before / nullif(t.total_before, 0) as share_before
        from named as n
        cross join published_then as t
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
