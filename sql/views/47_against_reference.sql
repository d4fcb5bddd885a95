-- purpose: Claims held against the facts of Epoch AI's tables: confirmed, differs by factor, or not in reference. The
--          nearest fact of the same subject, metric, chip and currency counts. A claim is confirmed within its rounding
--          (in names: 30 %; "about", and Epoch's estimates: 25 %; clusters: 10 %); at least and at most, where the fact
--          lies beyond; a range, where it lies within. Who owns clusters may own others, or mean all of them: there,
--          nothing is said to differ.
-- grain: one row per claim of an original post that is stated, planned or rumored, of a metric the reference has
-- parameters: none
create or replace view against_reference as
with claimed as (
    select
        c.claim_id,
        c.metric,
        c.subject,
        c.subject_id,
        coalesce(c.subject_id, c.subject) as about,
        c.value,
        coalesce(c.lower, c.value) as lower,
        coalesce(c.upper, c.value) as upper,
        c.bound,
        c.modality,
        coalesce(c.scope, 'total') as scope,
        c.origin,
        c.hardware,
        c.currency,
        c.quote,
        o.post_id,
        o.source_id,
        o.published_on,
        o.title,
        o.url
    from claims as c
    inner join originals as o on c.post_id = o.post_id
    where
        c.modality in ('stated', 'planned', 'rumored')
        and c.value > 0
        and c.subject is not null
        and c.metric in (select r.metric from reference as r)
),

-- the same number is often claimed: it is compared once
said as (
    select distinct
        c.about,
        c.metric,
        c.value,
        c.lower,
        c.upper,
        c.bound,
        c.origin,
        c.hardware,
        c.currency
    from claimed as c
    where c.scope = 'total'
),

compared as (
    select
        s.*,
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
            and coalesce(s.hardware = r.hardware, true)
            and coalesce(s.currency = r.currency, true)
),

nearest as (
    select c.*
    from compared as c
    where not c.is_one_of_many or c.times_apart <= c.tolerance
    qualify row_number() over (
        partition by c.about, c.metric, c.value, c.lower, c.upper, c.bound, c.origin, c.hardware, c.currency
        order by c.times_apart, c.as_of nulls last, c.name, c.fact
    ) = 1
)

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
    case
        when n.fact is null then 'not in reference'
        when n.times_apart <= n.tolerance then 'confirmed'
        else 'differs by factor'
    end as verdict,
    c.value / n.fact as factor,
    n.times_apart <= greatest(n.tolerance, n.uncertainty) as is_within_uncertainty,
    n.fact as reference_value,
    n.name as reference_name,
    n.status as reference_status,
    n.as_of as reference_as_of,
    n.confidence as reference_confidence,
    c.quote,
    c.published_on,
    c.title,
    c.source_id,
    c.post_id,
    text_fragment(c.url, c.quote) as link
from claimed as c
left join nearest as n
    on
        c.about = n.about
        and c.metric = n.metric
        and c.value = n.value
        and c.lower = n.lower
        and c.upper = n.upper
        and c.bound = n.bound
        and c.origin = n.origin
        and c.hardware is not distinct from n.hardware
        and c.currency is not distinct from n.currency
        and c.scope = 'total';
