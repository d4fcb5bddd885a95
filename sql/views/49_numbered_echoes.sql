-- purpose: What echoes shows, in numbers alone: numbers that one source says and others say after it.
-- grain: one row per number and source that repeats it
-- parameters: none
create or replace table numbered_echoes as
with things as (
    select
        t.terms,
        dense_rank() over (
            order by t.metric, t.subject_id, coalesce(t.scope, 'total'), t.currency, t.per, t.benchmark
        ) as thing
    from claim_terms as t
    where t.subject_id is not null and t.origin = 'text' and t.modality in ('stated', 'planned', 'rumored')
),

-- a number is told by its logarithm: steps of 0.5 %
said as (
    select
        t.thing,
        cast(round(ln(n.value) * 200) as integer) as about_value,
        n.source_number,
        min(n.published_on) as said_on,
        min((cast(n.post_place as bigint) << 32) + n.char_start) as place,
        arg_min(n.terms, (cast(n.post_place as bigint) << 32) + n.char_start) as terms,
        arg_min(n.claim_row, (cast(n.post_place as bigint) << 32) + n.char_start) as claim_row
    from numbered_claims as n
    inner join things as t on n.terms = t.terms
    where not n.is_preview and n.value > 0 and n.published_on is not null
    group by t.thing, about_value, n.source_number
),

ordered as (
    select
        s.*,
        first(s.source_number) over same_number as first_source_number,
        first(s.said_on) over same_number as first_said_on,
        first(s.terms) over same_number as first_terms,
        first(s.claim_row) over same_number as first_claim_row,
        nth_value(s.said_on, 2) over same_number as second_said_on
    from said as s
    window same_number as (
        partition by s.thing, s.about_value
        order by s.said_on, s.source_number
        rows between unbounded preceding and unbounded following
    )
)

select
    o.first_terms,
    o.first_source_number,
    o.first_said_on,
    o.first_claim_row,
    o.terms,
    o.source_number,
    o.said_on,
    o.place,
    o.claim_row
from ordered as o
where o.source_number != o.first_source_number and o.second_said_on > o.first_said_on;

comment on column numbered_echoes.first_terms is 'What was said first, as in claim_terms.';
comment on column numbered_echoes.first_source_number is 'The source that said it first, as in post_places.';
comment on column numbered_echoes.first_said_on is 'When it did.';
comment on column numbered_echoes.first_claim_row is 'The rowid of the claim that was first.';
comment on column numbered_echoes.terms is 'What is repeated, as in claim_terms.';
comment on column numbered_echoes.source_number is 'The source that repeats it, as in post_places.';
comment on column numbered_echoes.said_on is 'When it first did.';
comment on column numbered_echoes.place is 'Where it first did: the smaller was published before.';
comment on column numbered_echoes.claim_row is 'The rowid of the claim that repeats it.';
