-- purpose: Who says a number first, and who repeats it? The same value within 0.5 %.
-- grain: one row per source that claims the value, in the order in which they did
-- parameters: metric VARCHAR; subject VARCHAR; value DOUBLE
with saying as (
    select
        f.source_number,
        min(f.published_on) as first_said_on,
        count(distinct f.post_row) as posts,
        arg_min(f.post_row, f.post_place) as post_row,
        arg_min(f.claim_row, (cast(f.post_place as bigint) << 32) + f.char_start) as claim_row
    from claim_facts as f
    where
        f.metric = $metric
        and (f.subject_id = entity_called($subject) or lower(f.subject) = lower($subject))
        and abs(f.value - $value) <= abs($value) * 0.005
    group by f.source_number
)

select
    p.source_id,
    s.first_said_on,
    s.posts,
    p.title,
    c.quote
from saying as s
inner join claims as c on s.claim_row = c.rowid
inner join posts as p on s.post_row = p.rowid
order by s.first_said_on nulls last, p.source_id;
