-- purpose: Which numbers do Epoch AI's tables confirm, from which do they differ and by what factor, on which are they
--          silent? About subjects that the tables know; the view against_reference has every claim.
-- grain: one row per number claimed, those that differ most first, those the reference is silent on last
-- parameters: subject VARCHAR default null; metric VARCHAR default null; verdict VARCHAR default null;
--             top INTEGER default 100
with chosen as (
    select v.*
    from reference_verdicts as v
    where
        (
            $subject is null
            or v.about = entity_called($subject)
            or lower(v.about) = lower($subject)
        )
        and ($metric is null or v.metric = $metric)
        and ($verdict is null or v.verdict = $verdict)
    order by
        v.verdict != 'differs by factor',
        abs(ln(v.factor)) desc nulls last,
        v.sources desc,
        v.about,
        v.metric,
        v.claim_id
    limit $top
)

select
    c.subject,
    v.metric,
    v.value,
    v.bound,
    v.modality,
    v.scope,
    v.verdict,
    round(v.factor, 3) as factor,
    v.is_within_uncertainty,
    v.reference_value,
    v.reference_name,
    v.reference_confidence,
    v.sources,
    v.first_claimed_on,
    c.quote,
    o.title,
    o.source_id
from chosen as v
inner join claims as c on v.claim_id = c.claim_id
inner join originals as o on c.post_id = o.post_id
order by
    v.verdict != 'differs by factor', abs(ln(v.factor)) desc nulls last, v.sources desc, v.about, v.metric, v.claim_id;
