-- purpose: Who is named in most posts?
-- grain: one row per entity
-- parameters: since DATE default null; until DATE default null; kind VARCHAR default null; top INTEGER default 20
select
    p.entity_id,
    p.kind,
    p.name,
    count(*) as posts,
    count(distinct p.source_id) as sources,
    cast(sum(p.occurrences) as bigint) as occurrences
from post_entities as p
where
    ($since is null or p.published_on >= $since)
    and ($until is null or p.published_on <= $until)
    and ($kind is null or p.kind = $kind)
group by p.entity_id, p.kind, p.name
order by posts desc, occurrences desc, p.entity_id
limit $top;
