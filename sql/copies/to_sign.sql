-- purpose: The texts of a lot that is to be signed, and whom their posts name.
-- grain: one row per row of the lot
-- parameters: none; reads the registered table lot (post_id, text_hash)
with named as (
    select
        m.post_id,
        list(distinct m.entity_id) as entity_ids
    from mentions as m
    semi join lot as l on m.post_id = l.post_id
    group by m.post_id
)

select
    l.post_id,
    l.text_hash,
    p.text,
    coalesce(n.entity_ids, []) as entity_ids
from lot as l
inner join posts as p on l.post_id = p.post_id
left join named as n on l.post_id = n.post_id;
