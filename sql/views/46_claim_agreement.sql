-- purpose: What is claimed of the same thing, and how the values stand to each other: agreeing (two or more sources),
--          alone (one source), superseded, disputed, variants. Values agree within their rounding ("about": 25 %). At
--          least, at most, ranges and denials make no value of their own; they allow a value or deny it. Numbers that
--          change with time, and plans, are superseded by later ones, a rumor by a later statement. Where a post states
--          two values in one breath, the subject has variants (sizes of a family); else, two values are a dispute.
-- grain: one row per subject, metric, scope, hardware, currency, per, plan or not, and group of agreeing values
-- parameters: none
create or replace view claim_agreement as
with comparable as (
    select
        c.metric,
        c.subject_id,
        coalesce(c.scope, 'total') as scope,
        coalesce(c.hardware, '') as hardware,
        coalesce(c.currency, '') as currency,
        coalesce(c.per, '') as per,
        c.modality = 'planned' as is_planned,
        c.modality,
        c.value,
        c.lower,
        c.upper,
        c.bound,
        c.bound in ('exact', 'approx') and c.modality != 'negated' as is_point,
        o.source_id,
        o.post_id,
        min(o.published_on) as first_claimed_on,
        max(o.published_on) as last_claimed_on,
        min({
            'is_undated': o.published_on is null,
            'published_on': o.published_on,
            'source_id': o.source_id,
            'post_id': o.post_id,
            'char_start': c.char_start,
            'claim_id': c.claim_id
        }) as first_claim
    from claims as c
    inner join originals as o on c.post_id = o.post_id
    where
        c.subject_id is not null
        and c.value > 0
        and c.modality != 'hypothetical'
        -- prices and scores depend on what a claim does not say; every round of funding has a number of its own
        and c.metric in (
            'parameters', 'experts', 'training_dataset_size', 'training_compute', 'hardware_hours', 'training_time',
            'training_cost', 'context_length', 'hardware_quantity', 'power', 'users', 'revenue', 'valuation'
        )
    group by all
),

spaced as (
    select
        c.*,
        c.value > lag(c.value) over by_value * (
            1 + greatest(
                rounding(c.value),
                lag(rounding(c.value)) over by_value,
                case when c.bound = 'approx' or lag(c.bound) over by_value = 'approx' then 0.25 end
            )
        ) as is_apart
    from comparable as c
    where c.is_point
    window by_value as (
        partition by c.metric, c.subject_id, c.scope, c.hardware, c.currency, c.per, c.is_planned
        order by c.value, c.bound, c.modality, c.post_id
    )
),

numbered as (
    select
        s.*,
        count(*) filter (where s.is_apart) over (
            partition by s.metric, s.subject_id, s.scope, s.hardware, s.currency, s.per, s.is_planned
            order by s.value, s.bound, s.modality, s.post_id
            rows unbounded preceding
        ) as group_number
    from spaced as s
),

varied as (
    select
        n.*,
        min(n.group_number) over same_breath < max(n.group_number) over same_breath as has_variants
    from numbered as n
    window same_breath as (
        partition by
            n.metric, n.subject_id, n.scope, n.hardware, n.currency, n.per, n.is_planned, n.post_id, n.modality
    )
),

agreeing as (
    select
        v.metric,
        v.subject_id,
        v.scope,
        v.hardware,
        v.currency,
        v.per,
        v.is_planned,
        v.group_number,
        arg_min(v.value, v.first_claim) as value,
        min(v.value) as lowest,
        max(v.value) as highest,
        count(distinct v.post_id) as posts,
        count(distinct v.source_id) as sources,
        bool_or(v.modality = 'stated') as is_stated,
        bool_or(v.has_variants) as has_variants,
        min(v.first_claimed_on) as first_claimed_on,
        max(v.last_claimed_on) as last_claimed_on,
        min(v.first_claimed_on) filter (where v.modality = 'stated') as first_stated_on,
        min(v.first_claim) as first_claim
    from varied as v
    group by all
),

judged as (
    select
        a.*,
        count(distinct b.source_id) filter (
            where case b.bound
                when 'min' then b.value <= a.highest * 1.05
                when 'max' then b.value >= a.lowest / 1.05
                when 'range' then b.lower <= a.highest * 1.05 and b.upper >= a.lowest / 1.05
            end
            and b.modality != 'negated'
        ) as sources_allowing,
        count(distinct b.source_id) filter (
            where case
                when b.modality = 'negated' then b.value between a.lowest / 1.05 and a.highest * 1.05
                when b.bound = 'min' then b.value > a.highest * 1.05
                when b.bound = 'max' then b.value < a.lowest / 1.05
                else b.lower > a.highest * 1.05 or b.upper < a.lowest / 1.05
            end
        ) as sources_denying
    from agreeing as a
    left join comparable as b
        on
            a.metric = b.metric
            and a.subject_id = b.subject_id
            and a.scope = b.scope
            and a.hardware = b.hardware
            and a.currency = b.currency
            and a.per = b.per
            and (a.is_planned = b.is_planned or b.modality = 'negated')
            and not b.is_point
    group by all
),

dated as (
    select
        j.*,
        coalesce(
            case
                when
                    j.is_planned
                    or j.metric in ('power', 'users', 'revenue', 'valuation')
                    or (j.metric = 'hardware_quantity' and j.subject_id not like 'model:%')
                    then max(j.first_claimed_on) over same_thing > j.last_claimed_on
                when not j.is_stated then max(j.first_stated_on) over same_thing > j.last_claimed_on
            end,
            false
        ) as is_superseded
    from judged as j
    window same_thing as (
        partition by j.metric, j.subject_id, j.scope, j.hardware, j.currency, j.per, j.is_planned
    )
)

select
    d.metric,
    d.subject_id,
    e.name as subject,
    d.scope,
    nullif(d.hardware, '') as hardware,
    nullif(d.currency, '') as currency,
    nullif(d.per, '') as per,
    d.is_planned,
    d.value,
    d.lowest,
    d.highest,
    case
        when d.is_superseded then 'superseded'
        when bool_or(d.has_variants) over same_thing then 'variants'
        when d.sources_denying > 0 then 'disputed'
        when count(*) filter (where not d.is_superseded) over same_thing > 1 then 'disputed'
        when d.sources > 1 then 'agreeing'
        else 'alone'
    end as standing,
    d.posts,
    d.sources,
    d.sources_allowing,
    d.sources_denying,
    d.is_stated,
    d.first_claimed_on,
    d.last_claimed_on,
    c.quote,
    o.title,
    o.source_id,
    o.post_id,
    c.claim_id,
    text_fragment(o.url, c.quote) as link
from dated as d
inner join entities as e on d.subject_id = e.entity_id
inner join claims as c on d.first_claim.claim_id = c.claim_id
inner join originals as o on c.post_id = o.post_id
window same_thing as (
    partition by d.metric, d.subject_id, d.scope, d.hardware, d.currency, d.per, d.is_planned
);
