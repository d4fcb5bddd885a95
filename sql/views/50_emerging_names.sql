-- purpose: Names of no known family that posts begin to use: what the lexicon may lack.
-- grain: one row per emerging entity named in an original post
-- parameters: none
create or replace view emerging_names as
select
    e.entity_id,
    e.kind,
    e.name,
    t.posts,
    t.sources,
    t.occurrences,
    t.first_seen_on,
    t.last_seen_on
from entities as e
inner join entity_totals as t on e.entity_id = t.entity_id
where e.emerging;
