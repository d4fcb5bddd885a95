-- purpose: How many parameters models have, by what most posts say of them.
-- grain: one row per model and scope (total, active, per_expert); a size with no scope counts as total
-- parameters: none
create or replace view parameter_sizes as
with things as (
    select
        t.terms,
        t.subject_id,
        coalesce(t.scope, 'total') as scope,
        t.modality = 'stated' as is_stated,
        dense_rank() over (order by t.subject_id, coalesce(t.scope, 'total')) as thing
    from claim_terms as t
    where
        t.metric = 'parameters'
        and t.modality in ('stated', 'planned', 'rumored')
        and t.bound in ('exact', 'approx')
        and t.subject_id is not null
),

voted as (
    select
        t.thing,
        n.value,
        count(distinct n.source_number) as sources,
        bool_or(t.is_stated) as is_stated,
        min(n.published_on) as first_claimed_on
    from numbered_claims as n
    inner join things as t on n.terms = t.terms
    group by t.thing, n.value
),

ahead as (
    select
        v.*,
        count(*) over (partition by v.thing) as values_claimed
    from voted as v
    qualify rank() over (partition by v.thing order by v.is_stated desc, v.sources desc) = 1
),

-- posts are counted only of values that lead: there are many
counted as (
    select
        l.thing,
        l.value,
        min(t.subject_id) as subject_id,
        min(t.scope) as scope,
        count(distinct n.post_row) as posts
    from ahead as l
    inner join things as t on l.thing = t.thing
    inner join numbered_claims as n on t.terms = n.terms and l.value = n.value
    group by l.thing, l.value
)

select
    c.subject_id,
    e.name,
    e.family,
    e.maker,
    c.scope,
    l.value as parameters,
    c.posts,
    l.sources,
    l.is_stated,
    l.first_claimed_on,
    l.values_claimed,
    cast(e.first_seen_at as date) as first_seen_on
from ahead as l
inner join counted as c on l.thing = c.thing and l.value = c.value
inner join entities as e on c.subject_id = e.entity_id
qualify row_number() over (
    partition by l.thing order by c.posts desc, l.first_claimed_on nulls last, l.value
) = 1;
