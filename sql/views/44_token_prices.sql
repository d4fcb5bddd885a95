-- purpose: Prices per million tokens, as posts give them over time.
-- grain: one row per claim
-- parameters: none
create or replace view token_prices as
select
    c.published_on,
    c.subject,
    c.subject_id,
    c.value as price,
    c.currency,
    c.bound,
    c.modality,
    c.quote,
    c.before,
    c.after,
    c.title,
    c.source_id,
    c.post_id,
    c.claim_id,
    c.link
from claim_context as c
where c.metric = 'price' and c.per = 'million_tokens' and c.modality in ('stated', 'planned', 'rumored');
