-- purpose: Numbers that one source says and others say after it: who was first, who repeated it, and after how long.
--          The same number is one within 0.5 % of the same metric, subject and scope, neither denied nor imagined.
-- grain: one row per number and source that repeats it; said by several on its first day, the number is nobody's
-- parameters: none
create or replace table echoes as
with said as (
    select
        c.metric,
        c.subject_id,
        coalesce(c.scope, 'total') as scope,
        coalesce(c.currency, '') as currency,
        coalesce(c.per, '') as per,
        coalesce(c.benchmark, '') as benchmark,
        round(ln(c.value) * 200) as about_value,
        c.source_number,
        min(c.published_on) as said_on,
        arg_min(c.claim_row, (cast(c.post_place as bigint) << 32) + c.char_start) as claim_row
    from claim_facts as c
    where
        not c.is_preview
        and c.subject_id is not null
        and c.origin = 'text'
        and c.value > 0
        and c.modality in ('stated', 'planned', 'rumored')
        and c.published_on is not null
    group by all
),

ordered as (
    select
        s.*,
        first(s.source_number) over same_number as first_source_number,
        first(s.said_on) over same_number as first_said_on,
        first(s.claim_row) over same_number as first_claim_row,
        nth_value(s.said_on, 2) over same_number as second_said_on
    from said as s
    window same_number as (
        partition by s.metric, s.subject_id, s.scope, s.currency, s.per, s.benchmark, s.about_value
        order by s.said_on, s.source_number
        rows between unbounded preceding and unbounded following
    )
)

select
    r.metric,
    r.subject_id,
    f.subject,
    f.value,
    a.source_id as first_source_id,
    r.first_said_on,
    f.modality as first_modality,
    b.source_id,
    r.said_on,
    c.modality,
    r.said_on - r.first_said_on as days_later,
    f.quote as first_quote,
    c.quote,
    f.claim_id as first_claim_id,
    c.claim_id
from ordered as r
inner join claims as f on r.first_claim_row = f.rowid
inner join claims as c on r.claim_row = c.rowid
inner join post_numbers as a on f.post_id = a.post_id
inner join post_numbers as b on c.post_id = b.post_id
where r.source_number != r.first_source_number and r.second_said_on > r.first_said_on;

comment on column echoes.metric is 'As in claims.';
comment on column echoes.subject_id is 'As in claims.';
comment on column echoes.subject is 'As in claims.';
comment on column echoes.value is 'The number, as it was said first.';
comment on column echoes.first_source_id is 'The source that said it first.';
comment on column echoes.first_said_on is 'When it did.';
comment on column echoes.first_modality is 'stated, planned or rumored: as it was said first.';
comment on column echoes.source_id is 'The source that repeats it.';
comment on column echoes.said_on is 'When it first did.';
comment on column echoes.modality is 'stated, planned or rumored: as it is repeated.';
comment on column echoes.days_later is 'Days between the two.';
comment on column echoes.first_quote is 'The words it was said in first.';
comment on column echoes.quote is 'The words it is repeated in.';
comment on column echoes.first_claim_id is 'The claim that was first.';
comment on column echoes.claim_id is 'The claim that repeats it.';
