-- purpose: Which texts to compare: a new one with others that share a band. In a band that many share, each is compared
--          with the first and with the one before it, so that the work grows with the number of posts, not of pairs.
-- grain: one row per two posts, the smaller post_id first
-- parameters: none; reads the temporary table new_signatures
with new_bands as (
    select distinct unnest(n.bands) as band
    from new_signatures as n
),

every_band as (
    select
        s.post_id,
        unnest(s.bands) as band
    from post_signatures as s
),

shared as (
    select
        e.post_id,
        min(e.post_id) over (partition by e.band) as first_id,
        lag(e.post_id) over (partition by e.band order by e.post_id) as previous_id
    from every_band as e
    semi join new_bands as n on e.band = n.band
),

pairs as (
    select
        s.first_id as post_id,
        s.post_id as other_id
    from shared as s
    where s.first_id < s.post_id
    union
    select
        s.previous_id as post_id,
        s.post_id as other_id
    from shared as s
    where s.previous_id is not null
)

select
    p.post_id,
    p.other_id
from pairs as p
anti join copy_links as l on p.post_id = l.post_id and p.other_id = l.other_id
order by p.post_id, p.other_id;
