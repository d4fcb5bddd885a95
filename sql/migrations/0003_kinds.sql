-- purpose: What a post is, whether all of it is known, and whether its source still holds it.
-- grain: said by the comment on each table
-- parameters: none

alter table posts add column kind varchar default 'post';

alter table posts add column gone_at timestamptz;

alter table source_pages add column reader varchar;

alter table source_pages add column final_url varchar;

alter table source_pages add column charset varchar;

alter table source_pages add column content_hash varchar;

-- last: DuckDB adds false (a cast) by an update, after which no table can be altered before the commit
alter table posts add column is_preview boolean default false;

comment on column posts.kind is 'post, podcast, video, thread, note, page or list.';
comment on column posts.is_preview is
'True where only the beginning is known: cut off for those who do not pay, or a summary. Never counted as a post.';
comment on column posts.gone_at is 'When the post was first missing at its source; null while it is there.';

comment on table source_pages is 'One row per page of a live source as it was last fetched. Not published.';
comment on table source_cursors is 'One row per live source and thing to remember about it. Not published.';

comment on column source_pages.raw_key is 'Key of what was fetched, as it came; null for a page that is no post.';
comment on column source_pages.metadata is 'JSON: what the listing says of the post beside its text.';
comment on column source_pages.reader is
'How the post is found in what was fetched: file, feed, page, substack or preloads.';
comment on column source_pages.final_url is 'Where it came from after redirects.';
comment on column source_pages.charset is 'Charset that its server named.';
comment on column source_pages.content_hash is 'posts.content_hash of what was read from it.';
