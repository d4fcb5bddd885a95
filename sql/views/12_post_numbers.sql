-- purpose: A number for each post that trends count, in the order of publication.
-- grain: one row per original post
-- parameters: none
create or replace view post_numbers as
select
    p.post_place as post_number,
    p.source_number,
    p.post_id,
    p.source_id,
    p.published_on
from post_places as p
where not p.is_preview;
