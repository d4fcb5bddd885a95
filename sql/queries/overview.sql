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

sources as (
    select distinct
        p.source_number,
        p.source_id
    from post_places as p
),

-- what is numbered is counted by numbers; the rest, of copies and previews, by its posts
named as (
    select
        n.source_number,
        sum(n.occurrences) as mentions
    from numbered_mentions as n
    group by n.source_number
),

claimed as (
    select
        n.source_number,
        count(*) as claims
    from numbered_claims as n
    group by n.source_number
),

not_numbered as (
    select
        p.source_id,
        count(*) as mentions,
        0 as claims
    from mentions as m
    inner join published as p on m.post_id = p.post_id
    where p.is_preview or p.duplicate_of is not null
    group by p.source_id
    union all
    select
        p.source_id,
        0 as mentions,
        count(*) as claims
    from claims as c
    inner join published as p on c.post_id = p.post_id
    where p.duplicate_of is not null
    group by p.source_id
),

counted as (
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
        min(p.published_on) filter (where p.is_published) as first_day,
        max(p.published_on) filter (where p.is_published and p.published_on <= current_date) as last_day
    from told_apart as p
    group by p.source_id
    union all by name
    select
        s.source_id,
        n.mentions
    from named as n
    inner join sources as s on n.source_number = s.source_number
    union all by name
    select
        s.source_id,
        c.claims
    from claimed as c
    inner join sources as s on c.source_number = s.source_number
    union all by name
    select n.*
    from not_numbered as n
)

select
    c.source_id,
    cast(coalesce(sum(c.posts), 0) as bigint) as posts,
    cast(coalesce(sum(c.copies), 0) as bigint) as copies,
    cast(coalesce(sum(c.previews), 0) as bigint) as previews,
    cast(coalesce(sum(c.podcasts), 0) as bigint) as podcasts,
    cast(coalesce(sum(c.scheduled), 0) as bigint) as scheduled,
    cast(coalesce(sum(c.drafts), 0) as bigint) as drafts,
    cast(coalesce(sum(c.gone), 0) as bigint) as gone,
    cast(coalesce(sum(c.repaired), 0) as bigint) as repaired,
    cast(coalesce(sum(c.mentions), 0) as bigint) as mentions,
    cast(coalesce(sum(c.claims), 0) as bigint) as claims,
    min(c.first_day) as first_day,
    max(c.last_day) as last_day
from counted as c
group by grouping sets ((c.source_id), ())
order by c.source_id nulls last;
