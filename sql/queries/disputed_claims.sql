-- purpose: Where do posts disagree on a number that does not change with time?
-- grain: one row per subject, metric, scope, hardware, currency, per, plan or not, and value claimed for it
-- parameters: subject VARCHAR default null; top INTEGER default 100
select
    d.subject,
    d.metric,
    d.scope,
    d.hardware,
    d.currency,
    d.per,
    d.is_planned,
    d.value,
    d.posts,
    d.sources,
    d.is_stated,
    d.first_claimed_on,
    d.quote,
    d.title,
    d.source_id
from disputed_claims as d
where $subject is null or d.subject_id = entity_called($subject)
order by
    d.subject, d.metric, d.scope, d.hardware, d.currency, d.per, d.is_planned, d.sources desc, d.posts desc, d.value
limit $top;
