-- purpose: Who is named in which original post, and how often.
-- grain: one row per original post and entity
-- parameters: none
create or replace view post_entities as
with counted as (
    select
        m.post_id,
        m.entity_id,
        count(*) as occurrences
    from mentions as m
    group by m.post_id, m.entity_id
)

select
    c.post_id,
    o.source_id,
    o.published_on,
    c.entity_id,
    e.kind,
    e.name,
    e.family,
    e.maker,
    c.occurrences
from counted as c
inner join originals as o on c.post_id = o.post_id
inner join entities as e on c.entity_id = e.entity_id;
