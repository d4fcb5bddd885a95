-- purpose: Which numbers are claimed for a metric in a period?
-- grain: one row per claim, the largest first
-- parameters: metric VARCHAR; since DATE default null; until DATE default null; top INTEGER default 50
with largest as (
    select f.*
    from claim_facts as f
    where
        f.metric = $metric
        and ($since is null or f.published_on >= $since)
        and ($until is null or f.published_on <= $until)
    order by f.value desc, f.post_place, f.char_start
    limit $top
)

select
    f.value,
    f.subject,
    f.bound,
    f.modality,
    f.currency,
    f.per,
    f.published_on,
    c.quote,
    p.title,
    p.source_id
from largest as f
inner join claims as c on f.claim_row = c.rowid
inner join posts as p on f.post_row = p.rowid
order by f.value desc, f.post_place, f.char_start;
