-- purpose: How the largest number claimed of anything grew, stated, planned and rumored apart: the largest cluster, the
--          largest model; of prices the smallest, in the same currency and per the same unit.
-- grain: one row per value that goes beyond all that were said on earlier days (and that day) for its metric
-- parameters: none; undated posts, and numbers that are only bounds from the other side, are left out
create or replace view value_records as
with dated as (
    select
        v.*,
        case when v.metric = 'price' then -v.value else v.value end as height
    from said_values as v
    where
        v.first_said_on is not null
        and v.scope = 'total'
        and v.bound != (case when v.metric = 'price' then 'min' else 'max' end)
        and v.metric not in ('benchmark_score', 'experts')
),

before as (
    select
        d.*,
        max(d.height) over (
            partition by d.metric, d.modality, d.currency, d.per
            order by d.first_said_on, d.height desc, d.subject, d.claim_row
            rows between unbounded preceding and 1 preceding
        ) as height_before
    from dated as d
)

select
    b.metric,
    b.modality,
    b.currency,
    b.per,
    b.first_said_on,
    b.value,
    b.value / abs(b.height_before) as times_the_last,
    b.subject,
    b.subject_id,
    b.hardware,
    b.bound,
    b.sources,
    c.quote,
    o.title,
    o.source_id,
    o.post_id,
    c.claim_id,
    text_fragment(o.url, c.quote) as link
from before as b
inner join claims as c on b.claim_row = c.rowid
inner join posts as o on b.post_row = o.rowid
where b.height_before is null or b.height > b.height_before;
