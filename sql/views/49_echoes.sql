-- purpose: Numbers that one source says and others say after it: who was first, who repeated it, and after how long.
--          The same number is one within 0.5 % of the same metric, subject and scope, neither denied nor imagined.
-- grain: one row per number and source that repeats it; said by several on its first day, the number is nobody's
-- parameters: none
create or replace view echoes as
with said as (
    select
        c.metric,
        c.subject_id,
        coalesce(c.scope, 'total') as scope,
        coalesce(c.currency, '') as currency,
        coalesce(c.per, '') as per,
        coalesce(c.benchmark, '') as benchmark,
        round(ln(c.value) * 200) as about_value,
        o.source_id,
        min(o.published_on) as said_on,
        arg_min(c.claim_id, (o.published_at, o.post_id, c.char_start)) as claim_id
    from claims as c
    inner join originals as o on c.post_id = o.post_id
    where
        c.subject_id is not null
        and c.origin = 'text'
        and c.value > 0
        and c.modality in ('stated', 'planned', 'rumored')
        and o.published_on is not null
    group by all
),

ordered as (
    select
        s.*,
        first(s.source_id) over same_number as first_source_id,
        first(s.said_on) over same_number as first_said_on,
        first(s.claim_id) over same_number as first_claim_id,
        nth_value(s.said_on, 2) over same_number as second_said_on
    from said as s
    window same_number as (
        partition by s.metric, s.subject_id, s.scope, s.currency, s.per, s.benchmark, s.about_value
        order by s.said_on, s.source_id
        rows between unbounded preceding and unbounded following
    )
)

select
    r.metric,
    r.subject_id,
    f.subject,
    f.value,
    r.first_source_id,
    r.first_said_on,
    f.modality as first_modality,
    r.source_id,
    r.said_on,
    c.modality,
    r.said_on - r.first_said_on as days_later,
    f.quote as first_quote,
    c.quote,
    f.post_id as first_post_id,
    c.post_id,
    r.first_claim_id,
    r.claim_id
from ordered as r
inner join claims as f on r.first_claim_id = f.claim_id
inner join claims as c on r.claim_id = c.claim_id
where r.source_id != r.first_source_id and r.second_said_on > r.first_said_on;
