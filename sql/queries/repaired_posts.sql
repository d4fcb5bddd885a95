-- purpose: Which sources had broken text, and how was it broken?
-- grain: one row per source and codec
-- parameters: none
select
    r.source_id,
    r.repair_codec,
    r.posts,
    r.changes,
    r.characters_lost
from repaired_posts as r
where r.repair_codec is not null or r.characters_lost > 0
order by r.source_id, r.repair_codec nulls last;
