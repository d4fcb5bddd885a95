-- purpose: Who was named for the first time, and where?
-- grain: one row per entity
-- parameters: since DATE default null; until DATE default null; top INTEGER default 50
select
    f.first_seen_on,
    f.kind,
    f.name,
    f.maker,
    f.source_id,
    f.title,
    f.posts,
    f.sources,
    f.url
from first_mentions as f
where ($since is null or f.first_seen_on >= $since) and ($until is null or f.first_seen_on <= $until)
order by f.first_seen_on desc, f.posts desc, f.entity_id
limit $top;
