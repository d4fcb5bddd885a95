-- purpose: Prices of a million tokens, each with the family whose curve it belongs to.
-- grain: one row per subject, price, currency and modality, by the day it was said first
-- parameters: top INTEGER
select
    min(t.published_on) as published_on,
    min(t.subject) as subject,
    min(coalesce(e.family, e.maker, t.subject)) as family,
    t.price as value,
    t.currency,
    t.modality,
    count(distinct t.source_id) as sources,
    arg_min(t.quote, (t.published_on, t.source_id, t.claim_id)) as quote,
    arg_min(t.title, (t.published_on, t.source_id, t.claim_id)) as title,
    arg_min(t.claim_id, (t.published_on, t.source_id, t.claim_id)) as claim_id
from token_prices as t
left join entities as e on t.subject_id = e.entity_id
where t.published_on <= latest_day() and t.price > 0 and t.subject is not null
group by coalesce(t.subject_id, t.subject), t.price, t.currency, t.modality
order by published_on desc, t.price, claim_id
limit $top;
