-- purpose: Where an entity was named first.
-- grain: one row per entity named in a dated original post
-- parameters: none
create or replace view first_mentions as
with ranked as (
    select
        p.entity_id,
        p.post_id,
        p.source_id,
        p.published_on,
        count(*) over (partition by p.entity_id) as posts,
        count(distinct p.source_id) over (partition by p.entity_id) as sources
    from post_entities as p
    inner join originals as o on p.post_id = o.post_id
    where p.published_on is not null
    qualify row_number() over (partition by p.entity_id order by o.published_at, p.source_id, o.path) = 1
)

select
    e.entity_id,
    e.kind,
    e.name,
    e.family,
    e.maker,
    e.emerging,
    r.published_on as first_seen_on,
    r.post_id,
    r.source_id,
    o.title,
    o.url,
    r.posts,
    r.sources
from ranked as r
inner join entities as e on r.entity_id = e.entity_id
inner join originals as o on r.post_id = o.post_id;
