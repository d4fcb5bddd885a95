-- purpose: Who says a number first, and who repeats it? The same value within 0.5 %.
-- grain: one row per source that claims the value, in the order in which they did
-- parameters: metric VARCHAR; subject VARCHAR; value DOUBLE
with saying as (
    select c.*
    from claim_context as c
    where
        c.metric = $metric
        and (c.subject_id = entity_called($subject) or lower(c.subject) = lower($subject))
        and abs(c.value - $value) <= abs($value) * 0.005
)

select
    s.source_id,
    min(s.published_on) as first_said_on,
    count(distinct s.post_id) as posts,
    arg_min(s.title, (s.published_at is null, s.published_at, s.post_id)) as title,
    arg_min(s.quote, (s.published_at is null, s.published_at, s.post_id, s.char_start)) as quote
from saying as s
group by s.source_id
order by first_said_on nulls last, s.source_id;
