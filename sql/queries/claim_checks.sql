-- purpose: Where posts do arithmetic with their own numbers, does it come out? What does not comes first.
-- grain: one row per product or sum that a post states
-- parameters: none
select
    k.agrees,
    k.relation,
    c.metric,
    c.subject,
    k.expected,
    k.found,
    substring(p.text, k.char_start + 1, k.char_end - k.char_start) as words,
    c.published_on,
    c.source_id,
    c.title,
    c.link
from claim_checks as k
inner join claim_context as c on k.claim_id = c.claim_id
inner join posts as p on k.post_id = p.post_id
order by k.agrees, c.published_on desc nulls last, c.source_id, c.post_id, k.char_start;
