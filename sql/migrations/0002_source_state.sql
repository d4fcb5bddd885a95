-- purpose: What is known of live sources between runs, so that only what is new is asked for.
-- grain: said by the comment on each table
-- parameters: none

create table source_pages (
    source_id varchar not null,
    path varchar not null,
    post_id varchar not null,
    url varchar not null,
    format varchar not null,
    raw_key varchar,
    metadata varchar not null,
    fingerprint varchar,
    etag varchar,
    last_modified varchar,
    kind varchar not null,
    is_preview boolean not null,
    fetched_at timestamptz,
    gone_at timestamptz
);

comment on table source_pages is 'One row per page of a live source as it was last fetched.';
comment on column source_pages.source_id is 'The source.';
comment on column source_pages.path is 'Path of the post in the source.';
comment on column source_pages.post_id is 'The post in posts.';
comment on column source_pages.url is 'Where it was fetched.';
comment on column source_pages.format is 'How its text is parsed: markdown, html or org.';
comment on column source_pages.raw_key is 'Key of its raw bytes; null for a page that is no post.';
comment on column source_pages.metadata is 'JSON: what the source says of the post beside its text.';
comment on column source_pages.fingerprint is 'Digest of what the listing said of it: a change means an edit.';
comment on column source_pages.etag is 'ETag that its server gave.';
comment on column source_pages.last_modified is 'Last-Modified that its server gave.';
comment on column source_pages.kind is 'post, newsletter, podcast, thread or page; list or refused if it is no post.';
comment on column source_pages.is_preview is 'True where only the beginning is public: not the whole post.';
comment on column source_pages.fetched_at is 'When it was last fetched.';
comment on column source_pages.gone_at is 'When it was first missing at its source; null while it is there.';

create table source_cursors (
    source_id varchar not null,
    name varchar not null,
    value varchar not null
);

comment on table source_cursors is 'One row per live source and thing to remember about it.';
comment on column source_cursors.source_id is 'The source.';
comment on column source_cursors.name is 'What it is: kind, feed, complete, listed_at, or validators: and an address.';
comment on column source_cursors.value is 'Its value; JSON for validators.';
