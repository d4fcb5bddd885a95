-- purpose: Claims held against the facts of Epoch AI's tables, with the verdict of reference_verdicts; of a subject
--          that these do not know: not in reference.
-- grain: one row per claim of an original post that is stated, planned or rumored, of a metric the reference has
-- parameters: none
create or replace view against_reference as
select
    c.claim_id,
    c.metric,
    c.subject,
    c.subject_id,
    c.value,
    c.bound,
    c.modality,
    c.scope,
    c.hardware,
    c.currency,
    coalesce(v.verdict, 'not in reference') as verdict,
    v.factor,
    v.is_within_uncertainty,
    v.reference_value,
    v.reference_name,
    v.reference_status,
    v.reference_as_of,
    v.reference_confidence,
    c.quote,
    o.published_on,
    o.title,
    o.source_id,
    o.post_id,
    text_fragment(o.url, c.quote) as link
from claims as c
inner join originals as o on c.post_id = o.post_id
left join reference_verdicts as v
    on
        coalesce(c.subject_id, c.subject) = v.about
        and c.metric = v.metric
        and c.value = v.value
        and coalesce(c.lower, c.value) = v.lower
        and coalesce(c.upper, c.value) = v.upper
        and c.bound = v.bound
        and c.modality = v.modality
        and coalesce(c.scope, 'total') = v.scope
        and c.origin = v.origin
        and c.hardware is not distinct from v.hardware
        and c.currency is not distinct from v.currency
where
    c.modality in ('stated', 'planned', 'rumored')
    and c.value > 0
    and c.subject is not null
    and c.metric in (select r.metric from reference as r);
