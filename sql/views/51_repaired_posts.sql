-- purpose: How many published posts came in broken, and how.
-- grain: one row per source and codec (null: needed no repair)
-- parameters: none
create or replace view repaired_posts as
select
    p.source_id,
    p.repair_codec,
    count(*) as posts,
    cast(sum(p.repair_changes) as bigint) as changes,
    cast(sum(p.repair_lost) as bigint) as characters_lost
from published as p
group by p.source_id, p.repair_codec;
