-- purpose: Which model families are talked about, and when?
-- grain: one row per day, week, month, quarter or year and family
-- parameters: unit VARCHAR default month; family VARCHAR default null
select
    m.unit_start,
    m.name as family,
    m.posts,
    m.entities,
    m.occurrences,
    m.posts_published,
    round(m.share, 4) as share
from group_mentions_per($unit, 'family') as m
where $family is null or lower(m.name) = lower($family)
order by m.unit_start, m.posts desc, m.name;
