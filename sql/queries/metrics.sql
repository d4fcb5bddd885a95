-- purpose: What is claimed at all, and how firmly?
-- grain: one row per metric
-- parameters: none
with by_terms as (
    select
        n.terms,
        count(*) as claims,
        min(n.value) as smallest,
        max(n.value) as largest
    from numbered_claims as n
    group by n.terms
),

counted as (
    select
        t.metric,
        sum(b.claims) as claims,
        sum(b.claims) filter (where t.modality = 'stated') as stated,
        sum(b.claims) filter (where t.modality = 'planned') as planned,
        sum(b.claims) filter (where t.modality = 'rumored') as rumored,
        sum(b.claims) filter (where t.modality = 'hypothetical') as hypothetical,
        sum(b.claims) filter (where t.modality = 'negated') as negated,
        sum(b.claims) filter (where t.subject is not null) as with_subject,
        min(b.smallest) as smallest,
        max(b.largest) as largest
    from by_terms as b
    inner join claim_terms as t on b.terms = t.terms
    group by t.metric
),

-- the median from how often each value is claimed, since there are few values
by_value as (
    select
        t.metric,
        n.value,
        count(*) as claims
    from numbered_claims as n
    inner join claim_terms as t on n.terms = t.terms
    group by t.metric, n.value
),

placed as (
    select
        b.metric,
        b.value,
        sum(b.claims) over (partition by b.metric order by b.value) as up_to,
        sum(b.claims) over (partition by b.metric) as claims
    from by_value as b
),

middles as (
    select
        p.metric,
        min(p.value) filter (where p.up_to * 2 >= p.claims) as lower,
        min(p.value) filter (where p.up_to * 2 > p.claims) as upper
    from placed as p
    group by p.metric
)

select
    c.metric,
    cast(c.claims as bigint) as claims,
    cast(coalesce(c.stated, 0) as bigint) as stated,
    cast(coalesce(c.planned, 0) as bigint) as planned,
    cast(coalesce(c.rumored, 0) as bigint) as rumored,
    cast(coalesce(c.hypothetical, 0) as bigint) as hypothetical,
    cast(coalesce(c.negated, 0) as bigint) as negated,
    cast(coalesce(c.with_subject, 0) as bigint) as with_subject,
    c.smallest,
    (m.lower + m.upper) / 2 as middle,
    c.largest
from counted as c
inner join middles as m on c.metric = m.metric
order by c.claims desc, c.metric;
