-- purpose: Who is named in the period, beside the period of the same length before.
-- grain: one row per entity named in the period, the most named first
-- parameters: since DATE; until DATE
select
    m.name,
    m.kind,
    m.family,
    m.maker,
    m.posts_now as posts,
    m.posts_before,
    m.occurrences_now as occurrences,
    m.occurrences_before,
    round(m.share_now, 4) as share,
    round(m.share_before, 4) as share_before
from movers(since := cast($since as date), until := cast($until as date)) as m
where m.posts_now > 0
order by m.posts_now desc, m.occurrences_now desc, m.entity_id;
