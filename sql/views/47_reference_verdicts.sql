-- purpose: Numbers claimed of what Epoch AI's tables know, held against them: confirmed, differs by factor, or not in
--          reference. The nearest fact of the same subject, metric, chip and currency counts. A claim is confirmed
--          within its rounding (in names: 30 %; "about", and Epoch's estimates: 25 %; clusters: 10 %); at least and at
--          most, where the fact lies beyond; a range, where it lies within. Who owns clusters may own others, or mean
--          all of them: there, nothing is said to differ.
-- grain: one row per distinct number claimed in original posts of a subject the reference knows
-- parameters: none
create or replace table reference_verdicts as
with known as (
    select distinct coalesce(r.entity_id, r.subject) as about
    from reference as r
),

-- what is said of whom the reference knows: a number for it groups faster than its words
things as (
    select
        t.terms,
        coalesce(t.subject_id, t.subject) as about,
        t.metric,
        t.bound,
        t.modality,
        coalesce(t.scope, 'total') as scope,
        t.origin,
        t.hardware,
        t.currency,
        dense_rank() over (
            order by
                coalesce(t.subject_id, t.subject), t.metric, t.bound, t.modality, coalesce(t.scope, 'total'), t.origin,
                t.hardware, t.currency
        ) as thing
    from claim_terms as t
    semi join known as k on coalesce(t.subject_id, t.subject) = k.about
    where t.modality in ('stated', 'planned', 'rumored') and t.metric in (select r.metric from reference as r)
),

numbers as (
    select
        t.thing,
        n.value,
        coalesce(n.lower, n.value) as lower,
        coalesce(n.upper, n.value) as upper,
        count(*) as claims,
        count(distinct n.source_number) as sources,
        min(n.published_on) as first_claimed_on,
        arg_min(n.claim_row, (cast(n.post_place as bigint) << 32) + n.char_start) as claim_row
    from numbered_claims as n
    inner join things as t on n.terms = t.terms
    where not n.is_preview and n.value > 0
    group by all
),

described as (
    select distinct t.* exclude (terms)
    from things as t
),

said as (
    select
        n.*,
        d.* exclude (thing)
    from numbers as n
    inner join described as d on n.thing = d.thing
),

compared as (
    select
        s.claim_row,
        r.value as fact,
        r.name,
        r.status,
        r.as_of,
        r.confidence,
        r.kind = 'cluster' and r.entity_id is not null as is_one_of_many,
        case s.bound
            when 'min' then greatest(s.value / r.value, 1)
            when 'max' then greatest(r.value / s.value, 1)
            when 'range' then greatest(s.lower / r.value, r.value / s.upper, 1)
            else greatest(s.value / r.value, r.value / s.value)
        end as times_apart,
        case
            when s.origin = 'name' then 1.3
            when s.bound = 'approx' then 1.25
            when r.metric in ('training_compute', 'training_cost') or r.confidence = 'speculative' then 1.25
            when r.kind = 'cluster' then greatest(1.1, 1 + rounding(s.value))
            else 1 + rounding(s.value)
        end as tolerance,
        case
            when r.metric not in ('training_compute', 'training_cost') then 1
            when r.confidence = 'confident' then 3
            when r.confidence = 'likely' then 10
            else 30
        end as uncertainty
    from said as s
    inner join reference as r
        on
            s.about = coalesce(r.entity_id, r.subject)
            and s.metric = r.metric
            and s.scope = 'total'
            and coalesce(s.hardware = r.hardware, true)
            and coalesce(s.currency = r.currency, true)
),

nearest as (
    select c.*
    from compared as c
    where not c.is_one_of_many or c.times_apart <= c.tolerance
    qualify row_number() over (
        partition by c.claim_row order by c.times_apart, c.as_of nulls last, c.name, c.fact
    ) = 1
)

select
    s.about,
    s.metric,
    s.value,
    s.lower,
    s.upper,
    s.bound,
    s.modality,
    s.scope,
    s.origin,
    s.hardware,
    s.currency,
    case
        when n.fact is null then 'not in reference'
        when n.times_apart <= n.tolerance then 'confirmed'
        else 'differs by factor'
    end as verdict,
    s.value / n.fact as factor,
    n.times_apart <= greatest(n.tolerance, n.uncertainty) as is_within_uncertainty,
    n.fact as reference_value,
    n.name as reference_name,
    n.status as reference_status,
    n.as_of as reference_as_of,
    n.confidence as reference_confidence,
    s.claims,
    s.sources,
    s.first_claimed_on,
    c.claim_id
from said as s
inner join claims as c on s.claim_row = c.rowid
left join nearest as n on s.claim_row = n.claim_row;

comment on column reference_verdicts.about is 'Id of the subject, or the name of a cluster, as in reference.';
comment on column reference_verdicts.metric is 'As in claims.';
comment on column reference_verdicts.value is 'The number claimed.';
comment on column reference_verdicts.lower is 'Lower end of a range, else value.';
comment on column reference_verdicts.upper is 'Upper end of a range, else value.';
comment on column reference_verdicts.bound is 'As in claims.';
comment on column reference_verdicts.modality is 'stated, planned or rumored.';
comment on column reference_verdicts.scope is 'As in claims; total where nothing is said. The reference has totals.';
comment on column reference_verdicts.origin is 'As in claims.';
comment on column reference_verdicts.hardware is 'As in claims.';
comment on column reference_verdicts.currency is 'As in claims.';
comment on column reference_verdicts.verdict is 'confirmed, differs by factor, or not in reference.';
comment on column reference_verdicts.factor is 'value divided by reference_value.';
comment on column reference_verdicts.is_within_uncertainty is
'True also where the fact is an estimate of Epoch''s that is this uncertain by its own words.';
comment on column reference_verdicts.reference_value is 'The nearest fact.';
comment on column reference_verdicts.reference_name is 'What Epoch calls the model or cluster.';
comment on column reference_verdicts.reference_status is 'As in reference.';
comment on column reference_verdicts.reference_as_of is 'As in reference.';
comment on column reference_verdicts.reference_confidence is 'As in reference.';
comment on column reference_verdicts.claims is 'How often it is claimed.';
comment on column reference_verdicts.sources is 'How many sources claim it.';
comment on column reference_verdicts.first_claimed_on is 'When it was claimed first.';
comment on column reference_verdicts.claim_id is 'The first claim of it.';
