-- purpose: Names of no known family that posts begin to use: what the lexicon may lack.
-- grain: one row per emerging entity named in an original post
-- parameters: none
create or replace view emerging_names as
with counted as (
    select
        p.entity_id,
        count(*) as posts,
        count(distinct p.source_id) as sources,
        cast(sum(p.occurrences) as bigint) as occurrences,
        min(p.published_on) as first_seen_on,
        max(p.published_on) as last_seen_on
    from post_entities as p
    group by p.entity_id
)

select
    e.entity_id,
    e.kind,
    e.name,
    c.posts,
    c.sources,
    c.occurrences,
    c.first_seen_on,
    c.last_seen_on
from entities as e
inner join counted as c on e.entity_id = c.entity_id
where e.emerging;
