-- purpose: Which sources are early: names and numbers that they said first and others took up, and that they took up?
-- grain: one row per source with original posts
-- parameters: none
with numbers_first as (
    select
        e.first_source_id as source_id,
        count(distinct e.first_claim_id) as numbers_first
    from echoes as e
    group by e.first_source_id
),

numbers_repeated as (
    select
        e.source_id,
        count(*) as numbers_repeated,
        median(e.days_later) as days_later
    from echoes as e
    group by e.source_id
),

names_first as (
    select
        f.source_id,
        count(*) as names_first
    from first_mentions as f
    where f.sources > 1
    group by f.source_id
),

sizes as (
    select
        o.source_id,
        count(*) as posts
    from originals as o
    group by o.source_id
)

select
    s.source_id,
    s.posts,
    coalesce(n.names_first, 0) as names_first,
    coalesce(f.numbers_first, 0) as numbers_first,
    coalesce(r.numbers_repeated, 0) as numbers_repeated,
    r.days_later
from sizes as s
left join names_first as n on s.source_id = n.source_id
left join numbers_first as f on s.source_id = f.source_id
left join numbers_repeated as r on s.source_id = r.source_id
order by numbers_first desc, names_first desc, s.source_id;
