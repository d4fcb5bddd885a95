-- purpose: How did the numbers claimed for a property change over time, of one subject or all?
-- grain: one row per value and modality, by the day it was said first
-- parameters: metric VARCHAR; subject VARCHAR default null; modality VARCHAR default null; top INTEGER default 100
with latest as (
    select
        v.first_said_on,
        v.subject,
        v.scope,
        v.value,
        v.bound,
        v.modality,
        v.hardware,
        v.currency,
        v.per,
        v.benchmark,
        v.sources,
        v.quote,
        v.title,
        v.source_id,
        v.claim_id
    from values_over_time as v
    where
        v.metric = $metric
        and ($modality is null or v.modality = $modality)
        and ($subject is null or v.subject_id = entity_called($subject) or lower(v.subject) = lower($subject))
    order by v.first_said_on desc nulls last, v.subject, v.value, v.claim_id
    limit $top
)

select l.* exclude (claim_id)
from latest as l
order by l.first_said_on nulls first, l.subject, l.value, l.claim_id;
