-- purpose: Which sources are early: names and numbers that they said first and others took up, and that they took up?
-- grain: one row per source with original posts
-- parameters: none
with sources as (
    select distinct
        p.source_number,
        p.source_id
    from post_places as p
),

numbers_first as (
    select
        e.first_source_number as source_number,
        count(distinct e.first_claim_row) as numbers_first
    from numbered_echoes as e
    group by e.first_source_number
),

numbers_repeated as (
    select
        e.source_number,
        count(*) as numbers_repeated,
        median(e.said_on - e.first_said_on) as days_later
    from numbered_echoes as e
    group by e.source_number
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
left join sources as i on s.source_id = i.source_id
left join numbers_first as f on i.source_number = f.source_number
left join numbers_repeated as r on i.source_number = r.source_number
order by numbers_first desc, names_first desc, s.source_id;
