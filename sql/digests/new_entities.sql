-- purpose: Who was named for the first time in the period.
-- grain: one row per entity, the most named first
-- parameters: since DATE; until DATE
select
    f.name,
    f.kind,
    f.family,
    f.maker,
    f.emerging,
    f.first_seen_on,
    f.posts,
    f.sources,
    f.source_id as source,
    f.title,
    f.url
from first_mentions as f
where f.first_seen_on between $since and $until
order by f.posts desc, f.first_seen_on, f.entity_id;
