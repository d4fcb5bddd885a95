-- purpose: Every claim with the words around it, the latest first.
-- grain: one row per claim of an original post
-- parameters: none
select
    c.claim_id,
    c.published_on,
    c.metric,
    c.subject,
    c.value,
    c.lower,
    c.upper,
    c.bound,
    c.modality,
    c.scope,
    c.hardware,
    c.currency,
    c.per,
    c.benchmark,
    c.before,
    c.quote,
    c.after,
    c.source_id,
    c.title,
    c.url
from claim_context as c
order by c.published_on desc nulls last, c.source_id, c.post_id, c.char_start, c.claim_id;
