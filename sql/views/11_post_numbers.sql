-- purpose: A number for each post that trends count, in the order of publication, which joins faster than its id.
-- grain: one row per original post
-- parameters: none
create or replace table post_numbers as
select
    cast(row_number() over (order by o.published_at nulls last, o.source_id, o.path) as integer) as post_number,
    cast(dense_rank() over (order by o.source_id) as integer) as source_number,
    o.post_id,
    o.source_id,
    o.published_on
from originals as o
order by post_number;

comment on column post_numbers.post_number is 'From 1; the smaller number was published first, undated posts last.';
comment on column post_numbers.source_number is 'The same for all posts of a source.';
comment on column post_numbers.post_id is 'The post.';
comment on column post_numbers.source_id is 'Its source.';
comment on column post_numbers.published_on is 'Its day of publication; null for undated posts.';
