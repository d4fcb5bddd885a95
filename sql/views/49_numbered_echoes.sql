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
said as materialized (
    select
        t.thing,
        cast(round(ln(n.value) * 200) as integer) as about_value,
        n.source_number,
        min(n.published_on) as said_on,
        (min(n.published_on) - date '1970-01-01') * 1000000 + n.source_number as turn,
        min((cast(n.post_place as bigint) << 32) + n.char_start) as place,
        arg_min(n.terms, (cast(n.post_place as bigint) << 32) + n.char_start) as terms,
        arg_min(n.claim_row, (cast(n.post_place as bigint) << 32) + n.char_start) as claim_row
    from numbered_claims as n
    inner join things as t on n.terms = t.terms
    where not n.is_preview and n.value > 0 and n.published_on is not null
    group by t.thing, about_value, n.source_number
),

firsts as (
    select
        s.thing,
        s.about_value,
        min(s.said_on) as first_said_on,
        arg_min(s.source_number, s.turn) as first_source_number,
        arg_min(s.terms, s.turn) as first_terms,
        arg_min(s.claim_row, s.turn) as first_claim_row
    from said as s
    group by s.thing, s.about_value
    having count(*) > 1
),

repeated as materialized (
    select
        f.*,
        s.* exclude (thing, about_value, turn)
    from said as s
    inner join firsts as f on s.thing = f.thing and s.about_value = f.about_value
    where s.source_number != f.first_source_number
),

nobodys as (
    select
        r.thing,
        r.about_value
    from repeated as r
    where r.said_on = r.first_said_on
)

select
    r.first_terms,
    r.first_source_number,
    r.first_said_on,
    r.first_claim_row,
    r.terms,
    r.source_number,
    r.said_on,
    r.place,
    r.claim_row
from repeated as r
anti join nobodys as n on r.thing = n.thing and r.about_value = n.about_value;

comment on column numbered_echoes.first_terms is 'What was said first, as in claim_terms.';
comment on column numbered_echoes.first_source_number is 'The source that said it first, as in post_places.';
comment on column numbered_echoes.first_said_on is 'When it did.';
comment on column numbered_echoes.first_claim_row is 'The rowid of the claim that was first.';
comment on column numbered_echoes.terms is 'What is repeated, as in claim_terms.';
comment on column numbered_echoes.source_number is 'The source that repeats it, as in post_places.';
comment on column numbered_echoes.said_on is 'When it first did.';
comment on column numbered_echoes.place is 'Where it first did: the smaller was published before.';
comment on column numbered_echoes.claim_row is 'The rowid of the claim that repeats it.';
