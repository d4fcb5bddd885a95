-- purpose: Which numbers are claimed of a model or an organization, where, and how firmly?
-- grain: one row per claim, by metric and day
-- parameters: subject VARCHAR; metric VARCHAR default null; top INTEGER default 100
with called as (
    select e.entity_id
    from entities as e
    where e.entity_id = entity_called($subject) or lower(e.name) = lower($subject)
),

found as (
    select
        c.claim_id,
        c.metric,
        c.value,
        c.bound,
        c.modality,
        c.scope,
        c.hardware,
        c.currency,
        c.published_on,
        c.quote,
        c.char_start,
        c.char_end,
        c.title,
        c.source_id,
        c.post_id
    from claim_context as c
    where
        (
            c.subject_id in (select e.entity_id from called as e)
            or (c.subject_id is null and lower(c.subject) = lower($subject))
        )
        and ($metric is null or c.metric = $metric)
    order by c.metric, c.published_on nulls last, c.source_id, c.post_id, c.char_start, c.claim_id
    limit $top
),

-- the texts of these alone, by row: a join by post_id would read all texts
in_rows as (
    select
        f.*,
        p.rowid as row_number
    from found as f
    inner join posts as p on f.post_id = p.post_id
)

select
    f.metric,
    f.value,
    f.bound,
    f.modality,
    f.scope,
    f.hardware,
    f.currency,
    f.published_on,
    concat(
        substring(p.text, greatest(f.char_start - 160, 0) + 1, least(f.char_start, 160)),
        '[', f.quote, ']',
        substring(p.text, f.char_end + 1, 160)
    ) as sentence,
    f.title,
    f.source_id
from in_rows as f
inner join posts as p on f.row_number = p.rowid
order by f.metric, f.published_on nulls last, f.source_id, f.post_id, f.char_start, f.claim_id;
