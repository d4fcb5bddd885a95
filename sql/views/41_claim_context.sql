-- purpose: Every claim of a published post that is no copy, with the words around it and the place to read it. Those of
--          previews are among them: what is said before the paywall is said.
-- grain: one row per claim
-- parameters: none
create or replace view claim_context as
select
    c.claim_id,
    c.metric,
    c.value,
    c.lower,
    c.upper,
    c.bound,
    c.modality,
    c.subject,
    c.subject_id,
    c.scope,
    c.origin,
    c.hardware,
    c.currency,
    c.per,
    c.benchmark,
    c.confidence,
    c.quote,
    substring(p.text, greatest(c.char_start - 160, 0) + 1, least(c.char_start, 160)) as before,
    substring(p.text, c.char_end + 1, 160) as after,
    c.char_start,
    c.char_end,
    p.post_id,
    p.source_id,
    p.published_on,
    p.published_at,
    p.language,
    p.title,
    p.url,
    p.is_preview,
    text_fragment(p.url, c.quote) as link
from claims as c
inner join published as p on c.post_id = p.post_id
where p.duplicate_of is null;
