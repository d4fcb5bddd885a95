-- purpose: The posts published in the period.
-- grain: one row per original post, by day
-- parameters: since DATE; until DATE
with mentioned as (
    select
        p.post_id,
        count(*) as entities,
        cast(sum(p.occurrences) as bigint) as mentions
    from post_entities as p
    group by p.post_id
),

claimed as (
    select
        c.post_id,
        count(*) as claims
    from claims as c
    group by c.post_id
)

select
    o.published_on,
    o.source_id as source,
    o.title,
    o.author,
    o.language,
    o.audience,
    o.word_count as words,
    coalesce(m.entities, 0) as entities,
    coalesce(m.mentions, 0) as mentions,
    coalesce(c.claims, 0) as claims,
    o.url,
    o.path
from originals as o
left join mentioned as m on o.post_id = m.post_id
left join claimed as c on o.post_id = c.post_id
where o.published_on between $since and $until
order by o.published_on, o.source_id, o.path;
