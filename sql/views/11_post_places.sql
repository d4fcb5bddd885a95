-- purpose: The place of each published post in the order of publication, each story once: a number joins faster than an
--          id, and the smaller one was first.
-- grain: one row per published post that is no copy; previews are among them
-- parameters: none
create or replace table post_places as
select
    cast(row_number() over (order by p.published_at nulls last, p.source_id, p.path) as integer) as post_place,
    cast(dense_rank() over (order by p.source_id) as integer) as source_number,
    p.rowid as post_row,
    p.post_id,
    p.source_id,
    p.is_preview,
    p.published_on
from posts as p
where not p.is_draft and p.gone_at is null and p.duplicate_of is null
order by post_place;

comment on column post_places.post_place is 'From 1; the smaller was published first; undated posts last.';
comment on column post_places.source_number is 'The same for all posts of a source.';
comment on column post_places.post_row is 'The rowid of the post in this file.';
comment on column post_places.post_id is 'The post.';
comment on column post_places.source_id is 'Its source.';
comment on column post_places.is_preview is 'True for posts cut off by a paywall, which trends leave out.';
comment on column post_places.published_on is 'Its day of publication; null for undated posts.';
