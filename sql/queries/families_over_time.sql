-- purpose: Which model families are talked about, and when?
-- grain: one row per day, week, month, quarter or year and family
-- parameters: unit VARCHAR default month; family VARCHAR default null
select
    m.unit_start,
    m.family,
    m.posts,
    m.entities,
    m.occurrences,
    m.posts_published,
    round(m.share, 4) as share
from family_mentions_per($unit) as m
where $family is null or lower(m.family) = lower($family)
order by m.unit_start, m.posts desc, m.family;
