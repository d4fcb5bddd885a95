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
    count(distinct c.post_row) as posts,
    count(distinct c.source_number) as sources,
    min(c.published_on) as first_said_on,
    max(c.published_on) as last_said_on,
    arg_min(c.claim_row, (cast(c.post_place as bigint) << 32) + c.char_start) as claim_row,
    arg_min(c.post_row, c.post_place) as post_row
from claim_facts as c
where not c.is_preview and c.subject is not null and c.modality in ('stated', 'planned', 'rumored')
group by all;
