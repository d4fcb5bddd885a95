-- purpose: Texts that have no signature yet, after those were dropped whose post changed or is gone.
-- grain: one row per text, with one of the posts that have it and whom that names
-- parameters: none
with signed as (
    select s.text_hash
    from post_signatures as s
),

unsigned as (
    select
        p.text_hash,
        min(p.post_id) as post_id
    from posts as p
    anti join signed as s on p.text_hash = s.text_hash
    where p.text_hash is not null
    group by p.text_hash
),

named as (
    select
        m.post_id,
        list(distinct m.entity_id) as entity_ids
    from mentions as m
    semi join unsigned as u on m.post_id = u.post_id
    group by m.post_id
)

select
    u.post_id,
    u.text_hash,
    p.text,
    coalesce(n.entity_ids, []) as entity_ids
from unsigned as u
inner join posts as p on u.post_id = p.post_id
left join named as n on u.post_id = n.post_id;
