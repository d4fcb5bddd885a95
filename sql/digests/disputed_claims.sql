-- purpose: Where posts disagree on a number, if one of the values was claimed in the period: all values side by side.
-- grain: one row per subject, metric, scope, hardware, currency, per, plan or not, and value
-- parameters: since DATE; until DATE
with in_period as (
    select distinct
        c.metric,
        c.subject_id
    from claim_context as c
    where c.published_on between $since and $until
)

select
    d.subject,
    d.metric,
    d.scope,
    d.hardware,
    d.currency,
    d.per,
    d.is_planned as planned,
    d.value,
    d.posts,
    d.sources,
    d.is_stated as stated,
    d.first_claimed_on,
    d.quote,
    d.source_id as source,
    d.title,
    d.link
from disputed_claims as d
semi join in_period as p on d.metric = p.metric and d.subject_id = p.subject_id
order by
    d.subject, d.metric, d.scope, d.hardware, d.currency, d.per, d.is_planned, d.sources desc, d.posts desc, d.value;
