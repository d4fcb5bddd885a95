-- purpose: The days that the report calls lately: a month up to the last post; with fewer posts than enough a quarter
--          of a year, or half a year, for a share of few posts says nothing.
-- grain: one row; none in an empty warehouse
-- parameters: enough INTEGER
with spans as (
    select unnest([30, 91, 182]) as days
),

counted as (
    select
        s.days,
        count(o.post_id) as posts
    from spans as s
    left join originals as o on o.published_on between latest_day() - s.days + 1 and latest_day()
    group by s.days
)

select
    latest_day() - c.days + 1 as since,
    latest_day() as until
from counted as c
where latest_day() is not null and (c.posts >= $enough or c.days = 182)
order by c.days
limit 1;
