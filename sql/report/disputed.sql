-- purpose: Numbers on which posts disagree, those of most sources first; the values of a thing stand together.
-- grain: one row per subject, metric, scope, hardware, currency, per, plan or not, and value
-- parameters: top INTEGER
with ranked as (
    select
        d.*,
        dense_rank() over (
            order by
                d.total_sources desc, d.subject, d.subject_id, d.metric, d.scope, d.hardware, d.currency, d.per,
                d.is_planned
        ) as place
    from (
        select
            v.*,
            sum(v.sources) over (
                partition by v.subject_id, v.metric, v.scope, v.hardware, v.currency, v.per, v.is_planned
            ) as total_sources
        from disputed_claims as v
    ) as d
)

select
    r.place,
    r.subject,
    r.metric,
    r.scope,
    r.hardware,
    r.currency,
    r.per,
    r.is_planned,
    r.value,
    r.posts,
    r.sources,
    r.is_stated as stated,
    r.first_claimed_on,
    r.quote,
    r.title,
    r.source_id as source,
    r.claim_id
from ranked as r
where r.place <= $top
order by r.place, r.sources desc, r.posts desc, r.value;
