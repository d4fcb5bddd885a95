-- purpose: Which posts a load touched, so that what follows from posts is derived and checked for these alone.
-- grain: said by the comment on each table
-- parameters: none

alter table posts add column loaded_version bigint default 0;

comment on column posts.loaded_version is 'content_version of the batch that wrote this row; 0 for older rows.';

create table unnamed_entities (entity_id varchar not null);

comment on table unnamed_entities is
'One row per entity and replaced post that named it, until entities are derived anew. Not published.';
comment on column unnamed_entities.entity_id is 'The entity.';

comment on column warehouse_state.derived_version is
'content_version that entities and copies were derived at; -1: to be derived anew from all posts.';

update warehouse_state set derived_version = -1;
