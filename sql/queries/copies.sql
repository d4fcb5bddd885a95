-- purpose: Which posts are copies of others?
-- grain: one row per copy
-- parameters: kind VARCHAR default null
select
    c.source_id,
    c.path,
    c.title,
    c.published_on,
    c.duplicate_kind,
    round(c.duplicate_score, 2) as duplicate_score,
    c.original_source_id,
    c.original_path
from copies as c
where $kind is null or c.duplicate_kind = $kind
order by c.source_id, c.path;
