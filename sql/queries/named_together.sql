-- purpose: Who is named in the same posts as an entity?
-- grain: one row per other entity; a lift of 2 is twice as often as by chance
-- parameters: entity VARCHAR; top INTEGER default 20
select
    c.name,
    c.kind,
    c.posts_together,
    c.posts,
    round(c.lift, 2) as lift
from co_mentions(entity_called($entity)) as c
order by c.posts_together desc, c.lift desc, c.entity_id
limit $top;
