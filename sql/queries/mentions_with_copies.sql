-- purpose: How often is someone named over time if copies count too: every feed, archive, repost and translation?
-- grain: one row per period in which a published post, original or copy, names the entity
-- parameters: entity VARCHAR; unit VARCHAR default month
with named as (
    select
        cast(date_trunc($unit, p.published_on) as date) as unit_start,
        count(*) filter (where p.duplicate_of is null) as originals,
        count(*) as posts
    from published as p
    semi join mentions as m on p.post_id = m.post_id and m.entity_id = entity_called($entity)
    where p.published_on is not null and not p.is_preview
    group by unit_start
),

everything as (
    select
        cast(date_trunc($unit, p.published_on) as date) as unit_start,
        count(*) as posts_published
    from published as p
    where p.published_on is not null and not p.is_preview
    group by unit_start
)

select
    n.unit_start,
    n.originals,
    n.posts,
    e.posts_published,
    n.posts / e.posts_published as share
from named as n
inner join everything as e on n.unit_start = e.unit_start
order by n.unit_start;
