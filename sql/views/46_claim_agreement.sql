-- purpose: What is claimed of the same thing, and how the values stand to each other: agreeing (two or more sources),
--          alone (one source), superseded, disputed, variants. Values agree within their rounding ("about": 25 %). At
--          least, at most, ranges and denials make no value of their own; they allow a value or deny it. Numbers that
--          change with time, and plans, are superseded by later ones, a rumor by a later statement. Where a post states
--          two values in one breath, the subject has variants (sizes of a family); else, two values are a dispute.
-- grain: one row per subject, metric, scope, hardware, currency, per, plan or not, and group of agreeing values
-- parameters: none
create or replace table claim_agreement as
-- a number for each thing that claims are compared about, and one for it and its plan alike
with things as (
    select
        t.terms,
        t.metric,
        t.subject_id,
        coalesce(t.scope, 'total') as scope,
        t.hardware,
        t.currency,
        t.per,
        t.modality = 'planned' as is_planned,
        t.modality,
        t.bound,
        t.bound in ('exact', 'approx') and t.modality != 'negated' as is_point,
        dense_rank() over (
            order by
                t.metric, t.subject_id, coalesce(t.scope, 'total'), t.hardware, t.currency, t.per,
                t.modality = 'planned'
        ) as thing,
        dense_rank() over (
            order by t.metric, t.subject_id, coalesce(t.scope, 'total'), t.hardware, t.currency, t.per
        ) as thing_or_plan
    from claim_terms as t
    where
        t.subject_id is not null
        and t.modality != 'hypothetical'
        -- prices and scores depend on what a claim does not say; every round of funding has a number of its own
        and t.metric in (
            'parameters', 'experts', 'training_dataset_size', 'training_compute', 'hardware_hours', 'training_time',
            'training_cost', 'context_length', 'hardware_quantity', 'power', 'users', 'revenue', 'valuation'
        )
),

points as materialized (
    select
        t.thing,
        n.value,
        t.modality = 'stated' as is_stated,
        t.bound = 'approx' as is_approx,
        n.claim_row,
        n.post_row,
        n.source_number,
        n.published_on,
        (cast(n.post_place as bigint) << 32) + n.char_start as place
    from numbered_claims as n
    inner join things as t on n.terms = t.terms
    where t.is_point and not n.is_preview and n.value > 0
),

distinct_values as (
    select
        p.thing,
        p.value,
        bool_or(p.is_approx) as is_ever_approx,
        bool_and(p.is_approx) as is_always_approx
    from points as p
    group by p.thing, p.value
),

spaced as (
    select
        v.thing,
        v.value,
        v.value > lag(v.value) over by_value * (
            1 + greatest(
                rounding(v.value),
                lag(rounding(v.value)) over by_value,
                case when v.is_ever_approx or lag(v.is_always_approx) over by_value then 0.25 end
            )
        ) as is_apart
    from distinct_values as v
    window by_value as (partition by v.thing order by v.value)
),

numbered as (
    select
        s.thing,
        s.value,
        count(*) filter (where s.is_apart) over (
            partition by s.thing order by s.value rows unbounded preceding
        ) as group_number
    from spaced as s
),

grouped as materialized (
    select
        p.*,
        n.group_number
    from points as p
    inner join numbered as n on p.thing = n.thing and p.value = n.value
),

varied as (
    select distinct b.thing
    from (
        select g.thing
        from grouped as g
        group by g.thing, g.post_row, g.is_stated
        having min(g.group_number) < max(g.group_number)
    ) as b
),

agreeing as (
    select
        g.thing,
        g.group_number,
        min(g.value) as lowest,
        max(g.value) as highest,
        count(distinct g.post_row) as posts,
        count(distinct g.source_number) as sources,
        bool_or(g.is_stated) as is_stated,
        min(g.published_on) as first_claimed_on,
        max(g.published_on) as last_claimed_on,
        min(g.published_on) filter (where g.is_stated) as first_stated_on,
        arg_min(g.claim_row, g.place) as claim_row
    from grouped as g
    group by g.thing, g.group_number
),

limits as (
    select distinct
        t.thing_or_plan,
        t.is_planned,
        t.modality,
        t.bound,
        n.value,
        n.lower,
        n.upper,
        n.source_number
    from numbered_claims as n
    inner join things as t on n.terms = t.terms
    where not t.is_point and not n.is_preview and n.value > 0
),

described as (
    select distinct
        t.thing,
        t.thing_or_plan,
        t.is_planned,
        t.metric,
        t.subject_id,
        t.scope,
        t.hardware,
        t.currency,
        t.per
    from things as t
),

limited as (
    select
        a.thing,
        a.group_number,
        count(distinct b.source_number) filter (
            where case b.bound
                when 'min' then b.value <= a.highest * 1.05
                when 'max' then b.value >= a.lowest / 1.05
                when 'range' then b.lower <= a.highest * 1.05 and b.upper >= a.lowest / 1.05
            end
            and b.modality != 'negated'
        ) as sources_allowing,
        count(distinct b.source_number) filter (
            where case
                when b.modality = 'negated' then b.value between a.lowest / 1.05 and a.highest * 1.05
                when b.bound = 'min' then b.value > a.highest * 1.05
                when b.bound = 'max' then b.value < a.lowest / 1.05
                else b.lower > a.highest * 1.05 or b.upper < a.lowest / 1.05
            end
        ) as sources_denying
    from agreeing as a
    inner join described as t on a.thing = t.thing
    inner join limits as b
        on t.thing_or_plan = b.thing_or_plan and (t.is_planned = b.is_planned or b.modality = 'negated')
    group by a.thing, a.group_number
),

judged as (
    select
        a.*,
        t.is_planned,
        t.metric,
        t.subject_id,
        t.scope,
        t.hardware,
        t.currency,
        t.per,
        v.thing is not null as has_variants,
        coalesce(l.sources_allowing, 0) as sources_allowing,
        coalesce(l.sources_denying, 0) as sources_denying
    from agreeing as a
    inner join described as t on a.thing = t.thing
    left join varied as v on a.thing = v.thing
    left join limited as l on a.thing = l.thing and a.group_number = l.group_number
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
    window same_thing as (partition by j.thing)
)

select
    d.metric,
    d.subject_id,
    e.name as subject,
    d.scope,
    d.hardware,
    d.currency,
    d.per,
    d.is_planned,
    c.value,
    d.lowest,
    d.highest,
    case
        when d.is_superseded then 'superseded'
        when d.has_variants then 'variants'
        when d.sources_denying > 0 then 'disputed'
        when count(*) filter (where not d.is_superseded) over (partition by d.thing) > 1 then 'disputed'
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
inner join claims as c on d.claim_row = c.rowid
inner join posts as o on c.post_id = o.post_id;

comment on column claim_agreement.metric is 'As in claims.';
comment on column claim_agreement.subject_id is 'As in claims.';
comment on column claim_agreement.subject is 'Name of the subject.';
comment on column claim_agreement.scope is 'As in claims; total where none is said.';
comment on column claim_agreement.hardware is 'As in claims.';
comment on column claim_agreement.currency is 'As in claims.';
comment on column claim_agreement.per is 'As in claims.';
comment on column claim_agreement.is_planned is 'True for plans, which are compared among themselves.';
comment on column claim_agreement.value is 'The value as it was claimed first.';
comment on column claim_agreement.lowest is 'The least value of the group.';
comment on column claim_agreement.highest is 'The greatest value of the group.';
comment on column claim_agreement.standing is 'agreeing, alone, superseded, disputed or variants.';
comment on column claim_agreement.posts is 'Posts that claim it.';
comment on column claim_agreement.sources is 'Sources of these posts.';
comment on column claim_agreement.sources_allowing is 'Sources that give a limit or range it lies within.';
comment on column claim_agreement.sources_denying is 'Sources that deny it, or give a limit or range without it.';
comment on column claim_agreement.is_stated is 'True where any post states it; else it is rumored.';
comment on column claim_agreement.first_claimed_on is 'Day of the first dated post that claims it.';
comment on column claim_agreement.last_claimed_on is 'Day of the last.';
comment on column claim_agreement.quote is 'The first claim in its words.';
comment on column claim_agreement.title is 'Title of the first post that claims it.';
comment on column claim_agreement.source_id is 'Source of that post.';
comment on column claim_agreement.post_id is 'That post.';
comment on column claim_agreement.claim_id is 'The first claim.';
comment on column claim_agreement.link is 'Where it can be read, with the words marked.';
