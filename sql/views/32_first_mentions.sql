-- purpose: Where an entity was named first.
-- grain: one row per entity named in a dated original post
-- parameters: none
create or replace view first_mentions as
with gathered as (
    select
        p.entity_id,
        count(*) as posts,
        count(distinct p.source_id) as sources,
        arg_min(p.post_id, (o.published_at, o.source_id, o.path)) as post_id
    from post_entities as p
    inner join originals as o on p.post_id = o.post_id
    where p.published_on is not null
    group by p.entity_id
)

select
    e.entity_id,
    e.kind,
    e.name,
    e.family,
    e.maker,
    e.emerging,
    o.published_on as first_seen_on,
    g.post_id,
    o.source_id,
    o.title,
    o.url,
    g.posts,
    g.sources
from gathered as g
inner join entities as e on g.entity_id = e.entity_id
inner join originals as o on g.post_id = o.post_id;
