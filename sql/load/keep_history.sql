-- purpose: Put aside what is about to be replaced by a new revision. The rows that all incoming posts replace are noted
--          for remove.sql.
-- grain: one post and its mentions and claims
-- parameters: run_id VARCHAR, now TIMESTAMPTZ; reads the registered table incoming_posts
-- rows are found by post_id once and read by rowid then: a join would read all columns of the table for a few rows
create or replace temporary table replaced_posts as
select
    p.rowid as row_number,
    p.post_id,
    case when p.content_hash != i.content_hash then p.revision end as revision
from posts as p
inner join incoming_posts as i on p.post_id = i.post_id;

create or replace temporary table replaced_mentions as
select
    m.rowid as row_number,
    r.revision
from mentions as m
inner join replaced_posts as r on m.post_id = r.post_id;

create or replace temporary table replaced_claims as
select
    c.rowid as row_number,
    r.revision
from claims as c
inner join replaced_posts as r on c.post_id = r.post_id;

insert into post_revisions by name
select
    p.post_id,
    p.revision,
    p.title,
    p.published_at,
    p.published_on,
    p.text,
    p.content_hash,
    p.raw_key,
    p.extractor,
    p.updated_at,
    cast($now as timestamptz) as replaced_at,
    $run_id as replaced_by_run
from posts as p
inner join replaced_posts as r on p.rowid = r.row_number
where r.revision is not null;

insert into mention_revisions by name
select
    m.*,
    r.revision
from mentions as m
inner join replaced_mentions as r on m.rowid = r.row_number
where r.revision is not null;

insert into claim_revisions by name
select
    c.*,
    r.revision
from claims as c
inner join replaced_claims as r on c.rowid = r.row_number
where r.revision is not null;
