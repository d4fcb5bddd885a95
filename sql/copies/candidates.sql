-- purpose: Which texts to compare: a new one with others that share a band. In a band that many share, each is compared
--          with the first and with the one before it, so that the work grows with the number of posts, not of pairs.
-- grain: one row per two posts, the smaller post_id first
-- parameters: none; reads the registered table new_signatures
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
),

fresh as (
    select p.*
    from pairs as p
    anti join copy_links as l on p.post_id = l.post_id and p.other_id = l.other_id
),

named as (
    select
        m.post_id,
        list(distinct m.entity_id) as entity_ids
    from mentions as m
    where m.post_id in (select f.post_id from fresh as f) or m.post_id in (select f.other_id from fresh as f)
    group by m.post_id
)

select
    f.post_id,
    f.other_id,
    a.text,
    b.text as other_text,
    coalesce(
        a.language != b.language
        and a.language != 'und'
        and b.language != 'und'
        and abs(a.published_on - b.published_on) <= 31
        and a.word_count between b.word_count / 2 and b.word_count * 2,
        false
    ) as may_be_translation,
    coalesce(n.entity_ids, []) as entity_ids,
    coalesce(o.entity_ids, []) as other_entity_ids
from fresh as f
inner join posts as a on f.post_id = a.post_id
inner join posts as b on f.other_id = b.post_id
left join named as n on f.post_id = n.post_id
left join named as o on f.other_id = o.post_id;
