-- purpose: How much is in the warehouse, and over which time? The last day is that of the last post not in the future.
-- grain: one row per source, and one for all (source_id null)
-- parameters: none
with mentioned as (
    select
        m.post_id,
        count(*) as mentions
    from mentions as m
    group by m.post_id
),

claimed as (
    select
        c.post_id,
        count(*) as claims
    from claims as c
    group by c.post_id
)

select
    p.source_id,
    count(*) as posts,
    count(*) filter (where p.is_draft) as drafts,
    count(p.duplicate_of) as copies,
    count(*) filter (where p.published_on > current_date) as scheduled,
    count(p.repair_codec) as repaired,
    cast(coalesce(sum(m.mentions), 0) as bigint) as mentions,
    cast(coalesce(sum(c.claims), 0) as bigint) as claims,
    min(p.published_on) as first_day,
    max(p.published_on) filter (where p.published_on <= current_date) as last_day
from posts as p
left join mentioned as m on p.post_id = m.post_id
left join claimed as c on p.post_id = c.post_id
group by grouping sets ((p.source_id), ())
order by p.source_id nulls last;
