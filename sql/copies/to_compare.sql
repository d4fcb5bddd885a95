-- purpose: The texts of a lot of pairs that are to be compared, whom their posts name, and whether one may be the
--          other's translation.
-- grain: one row per row of the lot, in its order
-- parameters: none; reads the registered table lot (post_id, other_id)
with named as (
    select
        m.post_id,
        list(distinct m.entity_id) as entity_ids
    from mentions as m
    where m.post_id in (select l.post_id from lot as l) or m.post_id in (select l.other_id from lot as l)
    group by m.post_id
)

select
    l.post_id,
    l.other_id,
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
from lot as l
inner join posts as a on l.post_id = a.post_id
inner join posts as b on l.other_id = b.post_id
left join named as n on l.post_id = n.post_id
left join named as o on l.other_id = o.post_id
order by l.post_id, l.other_id;
