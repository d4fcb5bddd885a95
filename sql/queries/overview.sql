-- purpose: How much is in the warehouse, and over which time? Drafts and posts that are gone are counted
--          apart, the other columns are of the published ones. The last day is that of the last post not in the future.
-- grain: one row per source, and one for all (source_id null)
-- parameters: none
with told_apart as (
    select
        p.*,
        not p.is_draft and p.gone_at is null as is_published
    from posts as p
),

mentioned as (
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
    count(*) filter (where p.is_published) as posts,
    count(p.duplicate_of) filter (where p.is_published) as copies,
    count(*) filter (where p.is_published and p.is_preview) as previews,
    count(*) filter (where p.is_published and p.kind = 'podcast') as podcasts,
    count(*) filter (where p.is_published and p.published_on > current_date) as scheduled,
    count(*) filter (where p.is_draft) as drafts,
    count(*) filter (where p.gone_at is not null and not p.is_draft) as gone,
    count(p.repair_codec) filter (where p.is_published) as repaired,
    cast(coalesce(sum(m.mentions) filter (where p.is_published), 0) as bigint) as mentions,
    cast(coalesce(sum(c.claims) filter (where p.is_published), 0) as bigint) as claims,
    min(p.published_on) filter (where p.is_published) as first_day,
    max(p.published_on) filter (where p.is_published and p.published_on <= current_date) as last_day
from told_apart as p
left join mentioned as m on p.post_id = m.post_id
left join claimed as c on p.post_id = c.post_id
group by grouping sets ((p.source_id), ())
order by p.source_id nulls last;
