-- purpose: Posts that are copies, beside their originals.
-- grain: one row per copy
-- parameters: none
create or replace view copies as
select
    c.post_id,
    c.source_id,
    c.path,
    c.title,
    c.published_on,
    c.duplicate_kind,
    c.duplicate_score,
    o.post_id as original_id,
    o.source_id as original_source_id,
    o.path as original_path,
    o.published_on as original_published_on
from posts as c
inner join posts as o on c.duplicate_of = o.post_id;
