-- purpose: Every number claimed of a named subject, once, by the day it was said first, and how many say it. Stated,
--          planned and rumored ones stand apart; denied and imagined ones are left out.
-- grain: one row per metric, subject, scope, hardware, currency, per, benchmark, bound, modality and value
-- parameters: none
create or replace view said_values as
select
    c.metric,
    coalesce(c.subject_id, c.subject) as about,
    min(c.subject) as subject,
    min(c.subject_id) as subject_id,
    coalesce(c.scope, 'total') as scope,
    c.hardware,
    c.currency,
    c.per,
    c.benchmark,
    c.bound,
    c.modality,
    c.value,
    count(distinct p.post_number) as posts,
    count(distinct p.source_number) as sources,
    min(p.published_on) as first_said_on,
    max(p.published_on) as last_said_on,
    arg_min(c.claim_id, (cast(p.post_number as bigint) << 32) + c.char_start) as claim_id
from claims as c
inner join post_numbers as p on c.post_id = p.post_id
where c.subject is not null and c.modality in ('stated', 'planned', 'rumored')
group by all;
