-- purpose: Where posts disagree on a number that does not change with time (a model's size, tokens, cost, hardware of
--          its training): values further apart than rounding (5 %; "about" allows 25 %). At least, up to and ranges are
--          left out, as are plans, suppositions and denials.
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

spread as (
    select
        v.*,
        max(v.value) over same_thing / min(v.value) over same_thing as ratio,
        max(case when not v.is_approx then v.value end) over same_thing
        / min(case when not v.is_approx then v.value end) over same_thing as ratio_of_exact
    from valued as v
    window same_thing as (partition by v.metric, v.subject_id, v.scope, v.hardware, v.currency)
)

select
    s.metric,
    s.subject_id,
    e.name as subject,
    s.scope,
    s.hardware,
    s.currency,
    s.value,
    s.posts,
    s.sources,
    s.is_stated,
    s.first_claimed_on,
    c.quote,
    c.title,
    c.source_id,
    c.post_id,
    s.claim_id,
    c.link
from spread as s
inner join entities as e on s.subject_id = e.entity_id
inner join claim_context as c on s.claim_id = c.claim_id
where s.ratio > 1.25 or s.ratio_of_exact > 1.05;
