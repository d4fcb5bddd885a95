-- purpose: Which makers of models are talked about, and when?
-- grain: one row per day, week, month, quarter or year and maker
-- parameters: unit VARCHAR default month; maker VARCHAR default null
select
    m.unit_start,
    m.name as maker,
    m.posts,
    m.entities,
    m.occurrences,
    m.posts_published,
    round(m.share, 4) as share
from group_mentions_per($unit, 'maker') as m
where $maker is null or lower(m.name) = lower($maker)
order by m.unit_start, m.posts desc, m.name;
