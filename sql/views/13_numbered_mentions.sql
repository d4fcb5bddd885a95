-- purpose: Who is named in which original post, and how often: the short form of post_entities that trends count from.
-- grain: one row per original post and entity
-- parameters: none
create or replace table numbered_mentions as
select
    e.entity_number,
    p.post_number,
    p.source_number,
    p.published_on,
    cast(count(*) as integer) as occurrences
from mentions as m
inner join post_numbers as p on m.post_id = p.post_id
inner join entity_numbers as e on m.entity_id = e.entity_id
group by e.entity_number, p.post_number, p.source_number, p.published_on
order by e.entity_number, p.post_number;

comment on column numbered_mentions.entity_number is 'As in entity_numbers.';
comment on column numbered_mentions.post_number is 'As in post_numbers.';
comment on column numbered_mentions.source_number is 'As in post_numbers.';
comment on column numbered_mentions.published_on is 'Day of publication of the post; null for undated posts.';
comment on column numbered_mentions.occurrences is 'How often the post names the entity.';
