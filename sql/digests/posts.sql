-- purpose: The posts published in the period.
-- grain: one row per original post, by day
-- parameters: since DATE; until DATE
with chosen as (
    select
        p.post_number,
        p.post_id
    from post_numbers as p
    where p.published_on between $since and $until
),

mentioned as (
    select
        c.post_id,
        count(*) as entities,
        cast(sum(n.occurrences) as bigint) as mentions
    from numbered_mentions as n
    inner join chosen as c on n.post_number = c.post_number
    group by c.post_id
),

claimed as (
    select
        c.post_id,
        count(*) as claims
    from claims as c
    semi join chosen as p on c.post_id = p.post_id
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
