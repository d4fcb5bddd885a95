-- purpose: What became of each source in each run, and which sources keep failing, so that they are tried less often.
-- grain: said by the comment on each table
-- parameters: none

create table run_sources (
    run_id varchar not null,
    source_id varchar not null,
    status varchar not null,
    posts_seen integer not null,
    posts_new integer not null,
    posts_changed integer not null,
    posts_reextracted integer not null,
    posts_unchanged integer not null,
    posts_rejected integer not null,
    seconds double not null
);

comment on table run_sources is 'One row per run and source that it tried, or left for later.';
comment on column run_sources.run_id is 'The run.';
comment on column run_sources.source_id is 'The source, or the location at which none was found.';
comment on column run_sources.status is 'ok, failed, or postponed for one that keeps failing and was not due.';
comment on column run_sources.posts_seen is 'Posts that the source holds.';
comment on column run_sources.posts_new is 'Posts seen for the first time.';
comment on column run_sources.posts_changed is 'Posts that changed since they were last loaded.';
comment on column run_sources.posts_reextracted is 'Posts that are the same, but are read by other rules.';
comment on column run_sources.posts_unchanged is 'Posts left as they were.';
comment on column run_sources.posts_rejected is 'What could not be read; see rejects.';
comment on column run_sources.seconds is 'From its first fetch to its last load; sources overlap.';

create table source_failures (
    source_id varchar not null,
    failures integer not null,
    is_transient boolean not null,
    error varchar not null,
    message varchar not null,
    first_failed_at timestamptz not null,
    failed_at timestamptz not null,
    next_attempt_at timestamptz
);

comment on table source_failures is 'One row per source that failed as a whole when it was last tried. Not published.';
comment on column source_failures.source_id is 'The source, or the location at which none was found.';
comment on column source_failures.failures is 'How many times in a row.';
comment on column source_failures.is_transient is 'True where it may pass by itself: network, server load.';
comment on column source_failures.error is 'Class of the last error.';
comment on column source_failures.message is 'What was seen and what to do about it.';
comment on column source_failures.first_failed_at is 'When it failed first.';
comment on column source_failures.failed_at is 'When it failed last.';
comment on column source_failures.next_attempt_at is 'Not tried before then; null: tried in the next run.';
