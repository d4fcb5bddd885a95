-- purpose: Posts dated later than today: scheduled by their author, or misdated.
-- grain: one row per post
-- parameters: none; today is the day of the query
create or replace view scheduled_posts as
select
    p.post_id,
    p.source_id,
    p.path,
    p.title,
    p.published_on,
    p.is_draft,
    p.published_on - current_date as days_ahead
from posts as p
where p.published_on > current_date and p.gone_at is null;
