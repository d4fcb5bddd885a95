-- purpose: Which posts are copies of others?
-- grain: one row per copy
-- parameters: none
select
    c.source_id,
    c.path,
    c.title,
    c.published_on,
    c.duplicate_kind,
    c.original_source_id,
    c.original_path
from copies as c
order by c.source_id, c.path;
