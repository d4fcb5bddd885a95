-- purpose: Entities, anew from mentions and the subjects of claims: those that a touched post names, or named before it
--          was replaced. Nothing else goes in: the same posts, the same entities, whichever were touched last.
-- grain: one row per entity; what most mentions say wins, then the first in the alphabet
-- parameters: none
create or replace temporary table stale_entities as
with touched as (
    select p.post_id
    from posts as p
    where p.loaded_version > (select w.derived_version from warehouse_state as w)
)

select m.entity_id
from mentions as m
semi join touched as t on m.post_id = t.post_id
union
select c.subject_id as entity_id
from claims as c
semi join touched as t on c.post_id = t.post_id
where c.subject_id is not null
union
select u.entity_id
from unnamed_entities as u;

create or replace temporary table derived_entities as
with said as (
    select
        m.entity_id,
        m.kind,
        m.name,
        m.family,
        m.maker,
        m.emerging,
        p.published_at,
        p.is_draft,
        1 as weight
    from mentions as m
    semi join stale_entities as t on m.entity_id = t.entity_id
    inner join posts as p on m.post_id = p.post_id
    union all
    select
        c.subject_id as entity_id,
        split_part(c.subject_id, ':', 1) as kind,
        c.subject as name,
        null as family,
        null as maker,
        true as emerging,
        p.published_at,
        p.is_draft,
        0 as weight
    from claims as c
    semi join stale_entities as t on c.subject_id = t.entity_id
    inner join posts as p on c.post_id = p.post_id
    where c.subject_id is not null and c.subject is not null
),

names as (
    select
        s.entity_id,
        s.name,
        s.kind,
        sum(s.weight) as weight,
        min(s.family) as family,
        min(s.maker) as maker,
        bool_and(s.emerging) as emerging,
        min(s.published_at) filter (where not s.is_draft) as first_seen_at
    from said as s
    group by s.entity_id, s.name, s.kind
),

ranked as (
    select
        n.*,
        row_number() over (partition by n.entity_id order by n.weight desc, n.name, n.kind) as place
    from names as n
)

select
    r.entity_id,
    min(r.kind) filter (where r.place = 1) as kind,
    min(r.name) filter (where r.place = 1) as name,
    min(r.family) as family,
    min(r.maker) as maker,
    bool_and(r.emerging) as emerging,
    min(r.first_seen_at) as first_seen_at
from ranked as r
group by r.entity_id
order by r.entity_id;

delete from entities
where
    entity_id in (select t.entity_id from stale_entities as t)
    or (select w.derived_version < 0 from warehouse_state as w);

insert into entities by name
select d.*
from derived_entities as d;

delete from unnamed_entities;

drop table derived_entities;

drop table stale_entities;
