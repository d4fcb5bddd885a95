-- purpose: What are the largest numbers of accelerators claimed, and how firmly?
-- grain: one row per modality and subject (per claim where no subject is named)
-- parameters: modality VARCHAR default null; top INTEGER default 20
with things as (
    select
        t.terms,
        t.subject_id is null and t.subject is null as is_of_nobody,
        dense_rank() over (order by t.modality, coalesce(t.subject_id, t.subject)) as thing
    from claim_terms as t
    where
        t.metric = 'hardware_quantity'
        and t.modality in ('stated', 'planned', 'rumored')
        and ($modality is null or t.modality = $modality)
),

firm as (
    select
        t.thing,
        case when t.is_of_nobody then n.claim_row end as claim_of_nobody,
        max(n.value) as accelerators
    from numbered_claims as n
    inner join things as t on n.terms = t.terms
    group by t.thing, claim_of_nobody
),

-- as many as are wanted, and those as large as the last of them
largest as (
    select f.*
    from firm as f
    qualify rank() over (order by f.accelerators desc) <= $top
),

said_first as (
    select
        arg_min(n.claim_row, (cast(n.post_place as bigint) << 32) + n.char_start) as claim_row,
        arg_min(n.post_row, n.post_place) as post_row
    from largest as l
    inner join things as t on l.thing = t.thing
    inner join numbered_claims as n on t.terms = n.terms and l.accelerators = n.value
    where not t.is_of_nobody or l.claim_of_nobody = n.claim_row
    group by l.thing, l.claim_of_nobody
)

select
    c.value as accelerators,
    c.bound,
    c.modality,
    c.subject,
    c.hardware,
    p.published_on,
    c.quote,
    p.title,
    p.source_id
from said_first as s
inner join claims as c on s.claim_row = c.rowid
inner join posts as p on s.post_row = p.rowid
order by c.value desc, p.published_on nulls last, c.claim_id
limit $top;
