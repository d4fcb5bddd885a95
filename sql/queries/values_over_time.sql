-- purpose: How did the numbers claimed for a property change over time, of one subject or all?
-- grain: one row per value and modality, by the day it was said first
-- parameters: metric VARCHAR; subject VARCHAR default null; modality VARCHAR default null; top INTEGER default 100
with latest as (
    select v.*
    from said_values as v
    where
        v.metric = $metric
        and ($modality is null or v.modality = $modality)
        and ($subject is null or v.about = entity_called($subject) or lower(v.about) = lower($subject))
    order by v.first_said_on desc nulls last, v.subject, v.value, v.claim_row
    limit $top
)

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
    c.quote,
    o.title,
    o.source_id
from latest as v
inner join claims as c on v.claim_row = c.rowid
inner join posts as o on v.post_row = o.rowid
order by v.first_said_on nulls first, v.subject, v.value, v.claim_row;
