-- purpose: Where posts disagree on a number that does not change with time (a model's size, tokens, cost, hardware of
--          its training): values further apart than rounding (5 %, of which "about" allows 25 %). At least, up to and
--          ranges are left out, as are plans, suppositions and denials.
-- grain: one row per subject, metric, scope, hardware, currency and value claimed for it, where there are two or more
-- parameters: none
create or replace view disputed_claims as
with comparable as (
    select
        c.*,
        coalesce(c.scope, 'total') as scope_or_total
    from claim_context as c
    where
        c.subject_id is not null
        and c.modality in ('stated', 'rumored')
        and c.bound in ('exact', 'approx')
        and c.value > 0
        and c.metric in (
            'parameters', 'experts', 'training_dataset_size', 'training_compute', 'hardware_hours', 'training_time',
            'training_cost', 'context_length', 'hardware_quantity'
        )
        and c.subject_id like 'model:%'
),

valued as (
    select
        c.metric,
        c.subject_id,
        c.scope_or_total as scope,
        c.hardware,
        c.currency,
        c.value,
        bool_and(c.bound = 'approx') as is_approx,
        count(distinct c.post_id) as posts,
        count(distinct c.source_id) as sources,
        bool_or(c.modality = 'stated') as is_stated,
        min(c.published_on) as first_claimed_on,
        arg_min(c.claim_id, (c.published_on is null, c.published_on, c.source_id, c.post_id, c.char_start)) as claim_id
    from comparable as c
    group by c.metric, c.subject_id, c.scope_or_total, c.hardware, c.currency, c.value
),

disputing as (
    select distinct
        a.metric,
        a.subject_id,
        a.scope,
        a.hardware,
        a.currency,
        a.value
    from valued as a
    inner join valued as b
        on
            a.metric = b.metric and a.subject_id = b.subject_id and a.scope = b.scope
            and a.hardware is not distinct from b.hardware and a.currency is not distinct from b.currency
            and a.claim_id != b.claim_id
            and abs(ln(a.value / b.value)) > ln(case when a.is_approx or b.is_approx then 1.25 else 1.05 end)
)

select
    v.metric,
    v.subject_id,
    e.name as subject,
    v.scope,
    v.hardware,
    v.currency,
    v.value,
    v.posts,
    v.sources,
    v.is_stated,
    v.first_claimed_on,
    c.quote,
    c.title,
    c.source_id,
    c.post_id,
    v.claim_id,
    c.link
from valued as v
semi join disputing as d
    on
        v.metric = d.metric and v.subject_id = d.subject_id and v.scope = d.scope
        and v.hardware is not distinct from d.hardware and v.currency is not distinct from d.currency
        and v.value = d.value
inner join entities as e on v.subject_id = e.entity_id
inner join claim_context as c on v.claim_id = c.claim_id;
