-- purpose: How did the numbers claimed for a property change over time, of one subject or all?
-- grain: one row per value and modality, by the day it was said first
-- parameters: metric VARCHAR; subject VARCHAR default null; modality VARCHAR default null; top INTEGER default 100
with things as (
    select
        t.*,
        dense_rank() over (
            order by
                coalesce(t.subject_id, t.subject), coalesce(t.scope, 'total'), t.hardware, t.currency, t.per,
                t.benchmark, t.bound, t.modality
        ) as thing
    from claim_terms as t
    where
        t.metric = $metric
        and t.subject is not null
        and t.modality in ('stated', 'planned', 'rumored')
        and ($modality is null or t.modality = $modality)
        and (
            $subject is null
            or coalesce(t.subject_id, t.subject) = entity_called($subject)
            or lower(coalesce(t.subject_id, t.subject)) = lower($subject)
        )
),

by_terms as (
    select
        n.terms,
        n.value,
        min(n.published_on) as first_said_on
    from numbered_claims as n
    where not n.is_preview and n.terms in (select t.terms from things as t)
    group by n.terms, n.value
),

-- the latest, and as many as are alike with the last of them
latest as (
    select
        t.thing,
        b.value,
        min(t.subject) as subject,
        min(b.first_said_on) as first_said_on
    from by_terms as b
    inner join things as t on b.terms = t.terms
    group by t.thing, b.value
    qualify rank() over (order by min(b.first_said_on) desc nulls last, min(t.subject), b.value) <= $top
),

said as (
    select
        l.thing,
        l.value,
        l.subject,
        l.first_said_on,
        count(distinct n.source_number) as sources,
        arg_min(n.terms, (cast(n.post_place as bigint) << 32) + n.char_start) as terms,
        arg_min(n.claim_row, (cast(n.post_place as bigint) << 32) + n.char_start) as claim_row,
        arg_min(n.post_row, n.post_place) as post_row
    from latest as l
    inner join things as t on l.thing = t.thing
    inner join numbered_claims as n on t.terms = n.terms and l.value = n.value
    where not n.is_preview
    group by l.thing, l.value, l.subject, l.first_said_on
    order by l.first_said_on desc nulls last, l.subject, l.value, claim_row
    limit $top
)

select
    s.first_said_on,
    s.subject,
    coalesce(t.scope, 'total') as scope,
    s.value,
    t.bound,
    t.modality,
    t.hardware,
    t.currency,
    t.per,
    t.benchmark,
    s.sources,
    c.quote,
    o.title,
    o.source_id
from said as s
inner join claim_terms as t on s.terms = t.terms
inner join claims as c on s.claim_row = c.rowid
inner join posts as o on s.post_row = o.rowid
order by s.first_said_on nulls first, s.subject, s.value, s.claim_row;
