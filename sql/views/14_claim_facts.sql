-- purpose: Every claim of claim_context without its words: questions about numbers count and choose from these short
--          rows, and read the words of what they show by claim_row and post_row.
-- grain: one row per claim of a published post that is no copy
-- parameters: none
create or replace view claim_facts as
select
    t.metric,
    n.value,
    n.lower,
    n.upper,
    t.bound,
    t.modality,
    t.subject,
    t.subject_id,
    t.scope,
    t.hardware,
    t.currency,
    t.per,
    t.benchmark,
    t.origin,
    n.char_start,
    n.claim_row,
    n.post_row,
    n.post_place,
    n.source_number,
    n.is_preview,
    n.published_on
from numbered_claims as n
inner join claim_terms as t on n.terms = t.terms;
