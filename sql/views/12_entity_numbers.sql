-- purpose: A number for each entity, which joins faster than its id.
-- grain: one row per entity
-- parameters: none
create or replace table entity_numbers as
select
    cast(row_number() over (order by e.entity_id) as integer) as entity_number,
    e.entity_id
from entities as e
order by entity_number;

comment on column entity_numbers.entity_number is 'From 1, in the order of the ids.';
comment on column entity_numbers.entity_id is 'The entity.';
