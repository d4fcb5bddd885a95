-- purpose: Which numbers are claimed for a metric in a period?
-- grain: one row per claim, the largest first
-- parameters: metric VARCHAR; since DATE default null; until DATE default null; top INTEGER default 50
select
    c.value,
    c.subject,
    c.bound,
    c.modality,
    c.currency,
    c.per,
    c.published_on,
    c.quote,
    c.title,
    c.source_id
from claim_context as c
where
    c.metric = $metric
    and ($since is null or c.published_on >= $since)
    and ($until is null or c.published_on <= $until)
order by c.value desc, c.published_on nulls last, c.claim_id
limit $top;
