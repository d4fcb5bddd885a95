-- purpose: The tables of the contract, and those that keep what posts said in earlier revisions.
-- grain: said by the comment on each table
-- parameters: none

create table schema_migrations (
    version integer not null,
    name varchar not null,
    sha256 varchar not null
);

comment on table schema_migrations is 'One row per migration applied to this database.';
comment on column schema_migrations.version is 'Number of the migration file.';
comment on column schema_migrations.name is 'Name of the migration file without number and ending.';
comment on column schema_migrations.sha256 is 'Digest of the file as it was applied.';

create table warehouse_state (
    warehouse_id varchar not null,
    content_version bigint not null,
    derived_version bigint not null
);

comment on table warehouse_state is 'One row: where this database stands.';
comment on column warehouse_state.warehouse_id is 'Drawn at random when the database was made.';
comment on column warehouse_state.content_version is 'Grows by one with every batch that changed a post.';
comment on column warehouse_state.derived_version is 'content_version that entities and copies were derived at.';

insert into warehouse_state (warehouse_id, content_version, derived_version)
values (cast(uuid() as varchar), 0, 0);

create table posts (
    post_id varchar not null,
    source_id varchar not null,
    url varchar,
    path varchar not null,
    title varchar,
    author varchar,
    published_at timestamptz,
    published_on date,
    language varchar not null,
    is_draft boolean not null,
    audience varchar,
    word_count integer not null,
    text varchar not null,
    content_hash varchar not null,
    text_hash varchar,
    raw_key varchar,
    extractor varchar not null,
    repair_codec varchar,
    repair_changes integer not null,
    repair_lost integer not null,
    revision integer not null,
    duplicate_of varchar,
    duplicate_kind varchar,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null,
    run_id varchar not null
);

comment on table posts is 'One row per post, as it stands in its latest revision.';
comment on column posts.post_id is 'Stable across runs and machines: made from source_id and path.';
comment on column posts.source_id is 'The source the post comes from.';
comment on column posts.url is 'Where the post can be read; null if the source does not say.';
comment on column posts.path is 'Path inside the source, with forward slashes.';
comment on column posts.title is 'Title after repair; null if there is none.';
comment on column posts.author is 'Author as the source names them.';
comment on column posts.published_at is 'Moment of publication; a date without a zone counts as UTC. May be null.';
comment on column posts.published_on is 'Day of publication where the author is.';
comment on column posts.language is 'ISO 639-1 code, or und.';
comment on column posts.is_draft is 'True for a post that its author has not published.';
comment on column posts.audience is 'Of Substack: everyone, only_paid, only_free or founding.';
comment on column posts.word_count is 'Words of the plain text.';
comment on column posts.text is 'Plain text after repair; offsets count its code points from 0.';
comment on column posts.content_hash is 'Digest of the raw bytes and metadata: changes when the post changes.';
comment on column posts.text_hash is 'Digest of letters and digits of the text; null for short texts.';
comment on column posts.raw_key is 'Key of the raw bytes in the raw store: their SHA-256.';
comment on column posts.extractor is 'The rules and data that made text, mentions and claims.';
comment on column posts.repair_codec is 'How the text had been broken, for example macroman; null if it was whole.';
comment on column posts.repair_changes is 'Places that repair changed.';
comment on column posts.repair_lost is 'Characters beyond repair (U+FFFD) left in the text.';
comment on column posts.revision is '1 for a post as first seen; one more with every change of it.';
comment on column posts.duplicate_of is 'post_id of the original that this post is a copy of; null for originals.';
comment on column posts.duplicate_kind is 'text: same letters and digits; title: same title and day in another source.';
comment on column posts.first_seen_at is 'When a run first loaded the post.';
comment on column posts.updated_at is 'When a run loaded this revision.';
comment on column posts.run_id is 'The run that last wrote this row.';

create table mentions (
    post_id varchar not null,
    kind varchar not null,
    entity_id varchar not null,
    name varchar not null,
    surface varchar not null,
    char_start integer not null,
    char_end integer not null,
    family varchar,
    maker varchar,
    emerging boolean not null,
    rule varchar not null
);

comment on table mentions is 'One row per occurrence of a name in a post.';
comment on column mentions.post_id is 'The post that names it.';
comment on column mentions.kind is 'model or org.';
comment on column mentions.entity_id is 'Who is named, for example model:gpt-4-turbo.';
comment on column mentions.name is 'Canonical name, as its maker writes it.';
comment on column mentions.surface is 'The name as the post writes it.';
comment on column mentions.char_start is 'First character in posts.text, from 0.';
comment on column mentions.char_end is 'Character after the last.';
comment on column mentions.family is 'Model family, for example GPT-4.';
comment on column mentions.maker is 'Who makes the model.';
comment on column mentions.emerging is 'True for a name found by its shape and context, of no known family.';
comment on column mentions.rule is 'Which rule decided.';

create table claims (
    claim_id varchar not null,
    post_id varchar not null,
    metric varchar not null,
    value double not null,
    lower double,
    upper double,
    bound varchar not null,
    modality varchar not null,
    subject varchar,
    subject_id varchar,
    scope varchar,
    origin varchar not null,
    hardware varchar,
    currency varchar,
    per varchar,
    benchmark varchar,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null,
    rule varchar not null,
    confidence double not null
);

comment on table claims is 'One row per number that a post claims for one measurable property.';
comment on column claims.claim_id is 'Stable: made from post, metric, place, value and scope.';
comment on column claims.post_id is 'The post that claims it.';
comment on column claims.metric is 'What is measured, for example hardware_quantity or parameters.';
comment on column claims.value is 'The number in the base unit of the metric; the middle of a range.';
comment on column claims.lower is 'Lower end of a range.';
comment on column claims.upper is 'Upper end of a range.';
comment on column claims.bound is 'exact, approx, min, max or range.';
comment on column claims.modality is 'stated, planned, rumored, hypothetical or negated.';
comment on column claims.subject is 'Canonical name of what the number is about; null if the text names none.';
comment on column claims.subject_id is 'entity_id of the subject.';
comment on column claims.scope is 'Of parameters and experts: total, active or per_expert.';
comment on column claims.origin is 'text, or name for a number inside a model''s name.';
comment on column claims.hardware is 'The chip named with the number.';
comment on column claims.currency is 'ISO 4217 code of money.';
comment on column claims.per is 'The unit that a price or a number of users is counted by.';
comment on column claims.benchmark is 'The benchmark that a score belongs to.';
comment on column claims.quote is 'The shortest stretch of the text with the number and its unit.';
comment on column claims.char_start is 'First character of the quote in posts.text, from 0.';
comment on column claims.char_end is 'Character after the last.';
comment on column claims.rule is 'Which rule tied the number to its subject.';
comment on column claims.confidence is 'How sure the rules are, from 0 to 1.';

create table entities (
    entity_id varchar not null,
    kind varchar not null,
    name varchar not null,
    family varchar,
    maker varchar,
    emerging boolean not null,
    first_seen_at timestamptz
);

comment on table entities is 'One row per model or organization that a post names.';
comment on column entities.entity_id is 'For example model:gpt-4-turbo.';
comment on column entities.kind is 'model or org; of other subjects of claims the word before the colon.';
comment on column entities.name is 'Canonical name.';
comment on column entities.family is 'Model family.';
comment on column entities.maker is 'Who makes the model.';
comment on column entities.emerging is 'True if every mention was found by shape and context alone.';
comment on column entities.first_seen_at is 'Earliest publication of a post that names it, drafts apart.';

create table runs (
    run_id varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    status varchar not null,
    posts_seen integer not null,
    posts_new integer not null,
    posts_changed integer not null,
    posts_unchanged integer not null,
    posts_rejected integer not null
);

comment on table runs is 'One row per ingestion run.';
comment on column runs.run_id is 'Names the run; begins with its time.';
comment on column runs.started_at is 'When it began.';
comment on column runs.finished_at is 'When it ended; null while running and if interrupted.';
comment on column runs.status is 'running, ok, partial, failed, or interrupted for one that was killed.';
comment on column runs.posts_seen is 'Posts that the sources hold.';
comment on column runs.posts_new is 'Posts seen for the first time.';
comment on column runs.posts_changed is 'Posts that changed since they were last loaded.';
comment on column runs.posts_unchanged is 'Posts left as they were.';
comment on column runs.posts_rejected is 'What could not be read; see rejects.';

create table rejects (
    run_id varchar not null,
    source_id varchar not null,
    location varchar not null,
    stage varchar not null,
    error varchar not null,
    message varchar not null,
    seen_at timestamptz not null
);

comment on table rejects is 'One row per run and thing that could not be read.';
comment on column rejects.run_id is 'The run that met it.';
comment on column rejects.source_id is 'The source.';
comment on column rejects.location is 'Path in the source, or its location if it failed as a whole.';
comment on column rejects.stage is 'Where it was given up: fetch, decode, parse, repair, extract or load.';
comment on column rejects.error is 'Class of the error.';
comment on column rejects.message is 'What was seen and what to do about it.';
comment on column rejects.seen_at is 'When.';

create table post_revisions (
    post_id varchar not null,
    revision integer not null,
    title varchar,
    published_at timestamptz,
    published_on date,
    text varchar not null,
    content_hash varchar not null,
    raw_key varchar,
    extractor varchar not null,
    updated_at timestamptz not null,
    replaced_at timestamptz not null,
    replaced_by_run varchar not null
);

comment on table post_revisions is 'One row per post and revision that a later one replaced.';
comment on column post_revisions.post_id is 'The post.';
comment on column post_revisions.revision is 'The revision that was replaced.';
comment on column post_revisions.title is 'Its title then.';
comment on column post_revisions.published_at is 'Its date then.';
comment on column post_revisions.published_on is 'Its day then.';
comment on column post_revisions.text is 'Its plain text then.';
comment on column post_revisions.content_hash is 'Digest of its raw bytes and metadata then.';
comment on column post_revisions.raw_key is 'Key of its raw bytes then.';
comment on column post_revisions.extractor is 'The rules and data that had made its rows.';
comment on column post_revisions.updated_at is 'When it was loaded.';
comment on column post_revisions.replaced_at is 'When the next revision was loaded.';
comment on column post_revisions.replaced_by_run is 'The run that loaded the next one.';

create table mention_revisions as
select
    post_id,
    cast(0 as integer) as revision,
    kind,
    entity_id,
    name,
    surface,
    char_start,
    char_end,
    family,
    maker,
    emerging,
    rule
from mentions;

comment on table mention_revisions is 'One row per mention in a replaced revision of a post.';
comment on column mention_revisions.post_id is 'The post.';
comment on column mention_revisions.revision is 'Its revision then; offsets are into post_revisions.text.';
comment on column mention_revisions.kind is 'As in mentions.';
comment on column mention_revisions.entity_id is 'As in mentions.';
comment on column mention_revisions.name is 'As in mentions.';
comment on column mention_revisions.surface is 'As in mentions.';
comment on column mention_revisions.char_start is 'As in mentions.';
comment on column mention_revisions.char_end is 'As in mentions.';
comment on column mention_revisions.family is 'As in mentions.';
comment on column mention_revisions.maker is 'As in mentions.';
comment on column mention_revisions.emerging is 'As in mentions.';
comment on column mention_revisions.rule is 'As in mentions.';

create table claim_revisions as
select
    claim_id,
    post_id,
    cast(0 as integer) as revision,
    metric,
    value,
    lower,
    upper,
    bound,
    modality,
    subject,
    subject_id,
    scope,
    origin,
    hardware,
    currency,
    per,
    benchmark,
    quote,
    char_start,
    char_end,
    rule,
    confidence
from claims;

comment on table claim_revisions is 'One row per claim in a replaced revision of a post.';
comment on column claim_revisions.claim_id is 'As in claims.';
comment on column claim_revisions.post_id is 'The post.';
comment on column claim_revisions.revision is 'Its revision then; offsets are into post_revisions.text.';
comment on column claim_revisions.metric is 'As in claims.';
comment on column claim_revisions.value is 'As in claims.';
comment on column claim_revisions.lower is 'As in claims.';
comment on column claim_revisions.upper is 'As in claims.';
comment on column claim_revisions.bound is 'As in claims.';
comment on column claim_revisions.modality is 'As in claims.';
comment on column claim_revisions.subject is 'As in claims.';
comment on column claim_revisions.subject_id is 'As in claims.';
comment on column claim_revisions.scope is 'As in claims.';
comment on column claim_revisions.origin is 'As in claims.';
comment on column claim_revisions.hardware is 'As in claims.';
comment on column claim_revisions.currency is 'As in claims.';
comment on column claim_revisions.per is 'As in claims.';
comment on column claim_revisions.benchmark is 'As in claims.';
comment on column claim_revisions.quote is 'As in claims.';
comment on column claim_revisions.char_start is 'As in claims.';
comment on column claim_revisions.char_end is 'As in claims.';
comment on column claim_revisions.rule is 'As in claims.';
comment on column claim_revisions.confidence is 'As in claims.';
