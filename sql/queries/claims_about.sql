-- purpose: Which numbers are claimed of a model or an organization, where, and how firmly?
-- grain: one row per claim, by metric and day
-- parameters: subject VARCHAR; metric VARCHAR default null; top INTEGER default 100
with called as (
    select e.entity_id
    from entities as e
    where e.entity_id = entity_called($subject) or lower(e.name) = lower($subject)
),

about as (
    select t.*
    from claim_terms as t
    where
        (
            t.subject_id in (select e.entity_id from called as e)
            or (t.subject_id is null and lower(t.subject) = lower($subject))
        )
        and ($metric is null or t.metric = $metric)
),

found as (
    select
        n.claim_row,
        n.post_row,
        n.post_place,
        n.char_start,
        n.value,
        n.published_on,
        a.metric,
        a.bound,
        a.modality,
        a.scope,
        a.hardware,
        a.currency
    from numbered_claims as n
    inner join about as a on n.terms = a.terms
    order by a.metric, n.post_place, n.char_start
    limit $top
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
        substring(p.text, greatest(c.char_start - 160, 0) + 1, least(c.char_start, 160)),
        '[', c.quote, ']',
        substring(p.text, c.char_end + 1, 160)
    ) as sentence,
    p.title,
    p.source_id
from found as f
inner join claims as c on f.claim_row = c.rowid
inner join posts as p on f.post_row = p.rowid
order by f.metric, f.post_place, f.char_start;
