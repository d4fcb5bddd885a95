-- purpose: Which numbers are claimed of a model or an organization, where, and how firmly?
-- grain: one row per claim, by metric and day
-- parameters: subject VARCHAR; metric VARCHAR default null; top INTEGER default 100
select
    c.metric,
    c.value,
    c.bound,
    c.modality,
    c.scope,
    c.hardware,
    c.currency,
    c.published_on,
    concat(c.before, '[', c.quote, ']', c.after) as sentence,
    c.title,
    c.source_id
from claim_context as c
where
    (c.subject_id = entity_called($subject) or lower(c.subject) = lower($subject))
    and ($metric is null or c.metric = $metric)
order by c.metric, c.published_on nulls last, c.source_id, c.post_id, c.char_start, c.claim_id
limit $top;
