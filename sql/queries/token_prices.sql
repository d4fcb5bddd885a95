-- purpose: What does a million tokens cost, and how did that change?
-- grain: one row per claim, the latest first
-- parameters: subject VARCHAR default null; top INTEGER default 50
select
    t.published_on,
    t.subject,
    t.price,
    t.currency,
    t.bound,
    t.modality,
    t.quote,
    t.title,
    t.source_id
from token_prices as t
where $subject is null or t.subject_id = entity_called($subject) or lower(t.subject) = lower($subject)
order by t.published_on desc nulls last, t.source_id, t.post_id, t.claim_id
limit $top;
