-- purpose: How many original posts name an entity, day by day.
-- grain: one row per entity and day with such a post; one more for undated posts
-- parameters: none
create or replace table entity_days as
select
    n.entity_number,
    n.published_on,
    cast(count(*) as integer) as posts,
    cast(sum(n.occurrences) as integer) as occurrences
from numbered_mentions as n
group by n.entity_number, n.published_on
order by n.published_on, n.entity_number;

comment on column entity_days.entity_number is 'As in entity_numbers.';
comment on column entity_days.published_on is 'The day; null for undated posts.';
comment on column entity_days.posts is 'Posts that name the entity.';
comment on column entity_days.occurrences is 'How often they name it.';
