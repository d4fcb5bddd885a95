-- purpose: The entities named in most posts, month by month; months without a post of theirs are there with 0.
-- grain: one row per entity and month, the most named entity first
-- parameters: kind VARCHAR; top INTEGER; months INTEGER
with recent as (
    select m.*
    from monthly_mentions as m
    where
        m.month <= latest_day()
        and m.month > date_trunc('month', latest_day()) - to_months($months)
),

leaders as (
    select
        r.entity_id,
        r.name,
        sum(r.posts) as total
    from recent as r
    where r.kind = $kind
    group by r.entity_id, r.name
    order by total desc, r.entity_id
    limit $top
),

months as (
    select distinct
        r.month,
        r.posts_published
    from recent as r
)

select
    l.name,
    m.month,
    coalesce(r.posts, 0) as posts,
    m.posts_published,
    round(coalesce(r.share, 0), 4) as share
from leaders as l
cross join months as m
left join recent as r on l.entity_id = r.entity_id and m.month = r.month
order by l.total desc, l.entity_id, m.month;
