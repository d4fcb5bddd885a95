-- purpose: The entity_id of what an analyst calls by its id or its name, in any case; null if there is none.
-- grain: a text
-- parameters: called VARCHAR
create or replace macro entity_called(called) as (
    select min(e.entity_id) as entity_id
    from entities as e
    where e.entity_id = called or lower(e.name) = lower(called)
);
