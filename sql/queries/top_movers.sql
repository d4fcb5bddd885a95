-- purpose: Who is talked about more, and who less, than in the days before? Without days: the last 30 against the 30
--          before them. A small chance says that the difference is hardly an accident.
-- grain: one row per entity, the largest change of share first
-- parameters: since DATE default null; until DATE default null; top INTEGER default 20
with period as (
    select
        coalesce($until, latest_day()) as until,
        coalesce($since, coalesce($until, latest_day()) - 29) as since
)

select
    m.name,
    m.kind,
    m.posts_now,
    m.posts_before,
    round(m.share_now, 4) as share_now,
    round(m.share_before, 4) as share_before,
    round(m.change, 4) as change,
    round(m.chance, 4) as chance
from movers(since := (select p.since from period as p), until := (select p.until from period as p)) as m
order by abs(m.change) desc, m.posts_now + m.posts_before desc, m.entity_id
limit $top;
