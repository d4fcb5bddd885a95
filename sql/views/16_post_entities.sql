-- purpose: Who is named in which original post, and how often.
-- grain: one row per original post and entity
-- parameters: none
create or replace view post_entities as
select
    p.post_id,
    p.source_id,
    n.published_on,
    e.entity_id,
    e.kind,
    e.name,
    e.family,
    e.maker,
    n.occurrences
from numbered_mentions as n
inner join post_numbers as p on n.post_number = p.post_number
inner join entity_numbers as i on n.entity_number = i.entity_number
inner join entities as e on i.entity_id = e.entity_id;
