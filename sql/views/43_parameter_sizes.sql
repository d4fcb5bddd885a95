-- purpose: How many parameters models have, by what most posts say of them.
-- grain: one row per model and scope (total, active, per_expert); a size with no scope counts as total
-- parameters: none
create or replace view parameter_sizes as
with sized as (
    select
        c.subject_id,
        c.subject,
        coalesce(c.scope, 'total') as scope,
        c.value,
        c.modality,
        c.post_row,
        c.source_number,
        c.published_on
    from claim_facts as c
    where
        c.metric = 'parameters'
        and c.modality in ('stated', 'planned', 'rumored')
        and c.bound in ('exact', 'approx')
        and c.subject_id is not null
),

voted as (
    select
        s.subject_id,
        s.scope,
        s.value,
        count(distinct s.post_row) as posts,
        count(distinct s.source_number) as sources,
        bool_or(s.modality = 'stated') as is_stated,
        min(s.published_on) as first_claimed_on
    from sized as s
    group by s.subject_id, s.scope, s.value
)

select
    v.subject_id,
    e.name,
    e.family,
    e.maker,
    v.scope,
    v.value as parameters,
    v.posts,
    v.sources,
    v.is_stated,
    v.first_claimed_on,
    count(*) over (partition by v.subject_id, v.scope) as values_claimed,
    cast(e.first_seen_at as date) as first_seen_on
from voted as v
inner join entities as e on v.subject_id = e.entity_id
qualify row_number() over (
    partition by v.subject_id, v.scope
    order by v.is_stated desc, v.sources desc, v.posts desc, v.first_claimed_on nulls last, v.value
) = 1;
