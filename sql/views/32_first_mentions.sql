-- purpose: Where an entity was named first.
-- grain: one row per entity named in a dated original post
-- parameters: none
create or replace view first_mentions as
select
    e.entity_id,
    e.kind,
    e.name,
    e.family,
    e.maker,
    e.emerging,
    t.first_seen_on,
    p.post_id,
    o.source_id,
    o.title,
    o.url,
    t.posts,
    t.sources
from entity_totals as t
inner join entities as e on t.entity_id = e.entity_id
inner join post_numbers as p on t.first_post_number = p.post_number
inner join originals as o on p.post_id = o.post_id
where t.first_seen_on is not null;
