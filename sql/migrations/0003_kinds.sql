-- purpose: What a post is, whether all of it is known, and whether its source still holds it.
-- grain: said by the comment on each table
-- parameters: none

alter table posts add column kind varchar default 'post';

alter table posts add column gone_at timestamptz;

-- last: DuckDB adds false (a cast) by an update, after which no table can be altered before the commit
alter table posts add column is_preview boolean default false;

comment on column posts.kind is 'post, podcast, video, thread, note, page or list.';
comment on column posts.is_preview is
'True where only the beginning is known: cut off for those who do not pay, or a summary. Never counted as a post.';
comment on column posts.gone_at is 'When the post was first missing at its source; null while it is there.';

comment on table source_pages is 'One row per page of a live source as it was last fetched. Not published.';
comment on table source_cursors is 'One row per live source and thing to remember about it. Not published.';
