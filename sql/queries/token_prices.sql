-- purpose: What does a million tokens cost, and how did that change?
-- grain: one row per claim, the latest first
-- parameters: subject VARCHAR default null; top INTEGER default 50
with latest as (
    select f.*
    from claim_facts as f
    where
        f.metric = 'price'
        and f.per = 'million_tokens'
        and f.modality in ('stated', 'planned', 'rumored')
        and ($subject is null or f.subject_id = entity_called($subject) or lower(f.subject) = lower($subject))
    order by f.published_on desc nulls last, f.post_place, f.char_start
    limit $top
)

select
    f.published_on,
    f.subject,
    f.value as price,
    f.currency,
    f.bound,
    f.modality,
    c.quote,
    p.title,
    p.source_id
from latest as f
inner join claims as c on f.claim_row = c.rowid
inner join posts as p on f.post_row = p.rowid
order by f.published_on desc nulls last, f.post_place, f.char_start;
