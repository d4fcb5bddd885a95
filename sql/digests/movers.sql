-- purpose: Who rises and who falls against the period of the same length before. chance: how likely such a difference
--          is by accident; names in a single post of both periods are left out.
-- grain: one row per entity, the largest change first
-- parameters: since DATE; until DATE
select
    m.name,
    m.kind,
    m.maker,
    case
        when m.posts_before = 0 then 'new'
        when m.posts_now = 0 then 'gone'
        when m.change > 0 then 'up'
        else 'down'
    end as direction,
    m.posts_now as posts,
    m.posts_before,
    round(m.share_now, 4) as share,
    round(m.share_before, 4) as share_before,
    round(m.change, 4) as change,
    round(m.chance, 4) as chance
from movers(since := cast($since as date), until := cast($until as date)) as m
where m.posts_now + m.posts_before > 1 and m.change != 0
order by abs(m.change) desc, m.posts_now + m.posts_before desc, m.entity_id;
