-- purpose: How the largest number claimed of anything grew, stated, planned and rumored apart: the largest cluster, the
--          largest model; of prices the smallest, in the same currency and per the same unit.
-- grain: one row per value that goes beyond all that were said on earlier days (and that day) for its metric
-- parameters: none; undated posts, and numbers that are only bounds from the other side, are left out
create or replace view value_records as
-- by metric throughout, so that a question about one reads the claims of no other
with things as not materialized (
    select
        t.*,
        case when t.metric = 'price' then -1 else 1 end as upward,
        dense_rank() over (
            partition by t.metric
            order by
                coalesce(t.subject_id, t.subject), t.hardware, t.currency, t.per, t.benchmark, t.bound, t.modality
        ) as thing
    from claim_terms as t
    where
        t.subject is not null
        and t.modality in ('stated', 'planned', 'rumored')
        and coalesce(t.scope, 'total') = 'total'
        and t.bound != (case when t.metric = 'price' then 'min' else 'max' end)
        and t.metric not in ('benchmark_score', 'experts')
),

by_terms as (
    select
        t.metric,
        n.terms,
        n.value,
        min(n.published_on) as first_said_on
    from numbered_claims as n
    inner join things as t on n.terms = t.terms
    where not n.is_preview and n.published_on is not null
    group by t.metric, n.terms, n.value
),

dated as (
    select
        t.metric,
        t.modality,
        t.currency,
        t.per,
        t.thing,
        b.value,
        b.value * t.upward as height,
        min(t.subject) as subject,
        min(t.subject_id) as subject_id,
        min(b.first_said_on) as first_said_on
    from by_terms as b
    inner join things as t on b.metric = t.metric and b.terms = t.terms
    group by t.metric, t.modality, t.currency, t.per, t.thing, b.value, t.upward
),

before as (
    select
        d.*,
        max(d.height) over (
            partition by d.metric, d.modality, d.currency, d.per
            order by d.first_said_on, d.height desc
            groups between unbounded preceding and 1 preceding
        ) as height_before
    from dated as d
),

said as (
    select
        b.metric,
        b.modality,
        b.currency,
        b.per,
        b.thing,
        b.value,
        b.subject,
        b.subject_id,
        b.first_said_on,
        b.height_before,
        count(distinct n.source_number) as sources,
        arg_min(n.terms, (cast(n.post_place as bigint) << 32) + n.char_start) as terms,
        arg_min(n.claim_row, (cast(n.post_place as bigint) << 32) + n.char_start) as claim_row,
        arg_min(n.post_row, n.post_place) as post_row
    from before as b
    inner join things as t on b.metric = t.metric and b.thing = t.thing
    inner join numbered_claims as n on t.terms = n.terms and b.value = n.value
    where (b.height_before is null or b.height > b.height_before) and not n.is_preview
    group by
        b.metric, b.modality, b.currency, b.per, b.thing, b.value, b.subject, b.subject_id, b.first_said_on,
        b.height_before
),

-- of those that were said of several on the same day
first_said as (
    select s.*
    from said as s
    qualify row_number() over (
        partition by s.metric, s.modality, s.currency, s.per, s.first_said_on, s.value
        order by s.subject, s.claim_row
    ) = 1
)

select
    s.metric,
    s.modality,
    s.currency,
    s.per,
    s.first_said_on,
    s.value,
    s.value / abs(s.height_before) as times_the_last,
    s.subject,
    s.subject_id,
    t.hardware,
    t.bound,
    s.sources,
    c.quote,
    o.title,
    o.source_id,
    o.post_id,
    c.claim_id,
    text_fragment(o.url, c.quote) as link
from first_said as s
inner join claim_terms as t on s.terms = t.terms
inner join claims as c on s.claim_row = c.rowid
inner join posts as o on s.post_row = o.rowid;
