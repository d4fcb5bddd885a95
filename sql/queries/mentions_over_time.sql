-- purpose: How often is an entity named over time, and in which share of the posts?
-- grain: one row per day, week, month, quarter or year with such a post
-- parameters: entity VARCHAR; unit VARCHAR default month
select
    m.unit_start,
    m.posts,
    m.occurrences,
    m.posts_published,
    round(m.share, 4) as share
from mentions_per($unit) as m
where m.entity_id = entity_called($entity)
order by m.unit_start;
