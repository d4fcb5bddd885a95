-- purpose: Entities, anew from mentions and the subjects of claims. Nothing else goes in: the same posts, the same
--          entities.
-- grain: one row per entity; what most mentions say wins, then the first in the alphabet
-- parameters: none
create or replace temporary table derived_entities as
with said as (
    select
        m.entity_id,
        m.kind,
        m.name,
        m.family,
        m.maker,
        m.emerging,
        m.post_id,
        1 as weight
    from mentions as m
    union all
    select
        c.subject_id as entity_id,
        split_part(c.subject_id, ':', 1) as kind,
        c.subject as name,
        null as family,
        null as maker,
        true as emerging,
        c.post_id,
        0 as weight
    from claims as c
    where c.subject_id is not null and c.subject is not null
),

names as (
    select
        s.entity_id,
        s.name,
        s.kind,
        sum(s.weight) as weight
    from said as s
    group by s.entity_id, s.name, s.kind
),

best_names as (
    select
        n.entity_id,
        n.name,
        n.kind
    from names as n
    qualify row_number() over (partition by n.entity_id order by n.weight desc, n.name, n.kind) = 1
),

gathered as (
    select
        s.entity_id,
        min(s.family) as family,
        min(s.maker) as maker,
        bool_and(s.emerging) as emerging,
        min(p.published_at) filter (where not p.is_draft) as first_seen_at
    from said as s
    inner join posts as p on s.post_id = p.post_id
    group by s.entity_id
)

select
    b.entity_id,
    b.kind,
    b.name,
    g.family,
    g.maker,
    g.emerging,
    g.first_seen_at
from best_names as b
inner join gathered as g on b.entity_id = g.entity_id
order by b.entity_id;

delete from entities;

insert into entities by name
select d.*
from derived_entities as d;

drop table derived_entities;
