-- purpose: Which posts are dated in the future?
-- grain: one row per post
-- parameters: none
select
    s.published_on,
    s.source_id,
    s.path,
    s.title,
    s.is_draft,
    s.days_ahead
from scheduled_posts as s
order by s.published_on, s.source_id, s.path;
