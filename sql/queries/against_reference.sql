-- purpose: Which claims do Epoch AI's tables confirm, from which do they differ and by what factor, on which are they
--          silent?
-- grain: one row per claim, those that differ most first, those the reference is silent on last
-- parameters: subject VARCHAR default null; metric VARCHAR default null; verdict VARCHAR default null;
--             top INTEGER default 100
select
    a.subject,
    a.metric,
    a.value,
    a.bound,
    a.modality,
    a.verdict,
    round(a.factor, 3) as factor,
    a.is_within_uncertainty,
    a.reference_value,
    a.reference_name,
    a.reference_confidence,
    a.published_on,
    a.quote,
    a.title,
    a.source_id
from against_reference as a
where
    ($subject is null or a.subject_id = entity_called($subject) or lower(a.subject) = lower($subject))
    and ($metric is null or a.metric = $metric)
    and ($verdict is null or a.verdict = $verdict)
order by
    a.verdict != 'differs by factor',
    abs(ln(a.factor)) desc nulls last,
    a.published_on desc nulls last,
    a.subject,
    a.metric,
    a.claim_id
limit $top;
