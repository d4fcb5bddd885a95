-- purpose: Numbers that one source says and others say after it: who was first, who repeated it, and after how long.
--          The same number is one within 0.5 % of the same metric, subject and scope, neither denied nor imagined.
-- grain: one row per number and source that repeats it; said by several on its first day, the number is nobody's
-- parameters: none
create or replace view echoes as
with sources as (
    select distinct
        p.source_number,
        p.source_id
    from post_places as p
)

select
    s.metric,
    s.subject_id,
    s.subject,
    f.value,
    a.source_id as first_source_id,
    n.first_said_on,
    s.modality as first_modality,
    b.source_id,
    n.said_on,
    t.modality,
    n.said_on - n.first_said_on as days_later,
    f.quote as first_quote,
    c.quote,
    f.claim_id as first_claim_id,
    c.claim_id
from numbered_echoes as n
inner join claim_terms as s on n.first_terms = s.terms
inner join claim_terms as t on n.terms = t.terms
inner join sources as a on n.first_source_number = a.source_number
inner join sources as b on n.source_number = b.source_number
inner join claims as f on n.first_claim_row = f.rowid
inner join claims as c on n.claim_row = c.rowid;
