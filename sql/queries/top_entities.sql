-- purpose: Who is named in most posts?
-- grain: one row per entity
-- parameters: since DATE default null; until DATE default null; kind VARCHAR default null; top INTEGER default 20
with counted as (
    select
        d.entity_number,
        sum(d.posts) as posts,
        sum(d.occurrences) as occurrences
    from entity_days as d
    where
        ($since is null or d.published_on >= $since)
        and ($until is null or d.published_on <= $until)
    group by d.entity_number
),

leaders as (
    select
        c.entity_number,
        e.entity_id,
        e.kind,
        e.name,
        cast(c.posts as bigint) as posts,
        cast(c.occurrences as bigint) as occurrences
    from counted as c
    inner join entity_numbers as i on c.entity_number = i.entity_number
    inner join entities as e on i.entity_id = e.entity_id
    where $kind is null or e.kind = $kind
    order by c.posts desc, c.occurrences desc, e.entity_id
    limit $top
),

said_in as (
    select
        n.entity_number,
        count(distinct n.source_number) as sources
    from numbered_mentions as n
    where
        n.entity_number in (select l.entity_number from leaders as l)
        and ($since is null or n.published_on >= $since)
        and ($until is null or n.published_on <= $until)
    group by n.entity_number
)

select
    l.entity_id,
    l.kind,
    l.name,
    l.posts,
    s.sources,
    l.occurrences
from leaders as l
inner join said_in as s on l.entity_number = s.entity_number
order by l.posts desc, l.occurrences desc, l.entity_id;
