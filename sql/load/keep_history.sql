-- purpose: Put aside what is about to be replaced by a new revision.
-- grain: one post and its mentions and claims
-- parameters: run_id VARCHAR, now TIMESTAMPTZ; reads the registered table incoming_posts
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
inner join incoming_posts as i on p.post_id = i.post_id
where p.content_hash != i.content_hash;

insert into mention_revisions by name
select
    m.*,
    p.revision
from mentions as m
inner join posts as p on m.post_id = p.post_id
inner join incoming_posts as i on p.post_id = i.post_id
where p.content_hash != i.content_hash;

insert into claim_revisions by name
select
    c.*,
    p.revision
from claims as c
inner join posts as p on c.post_id = p.post_id
inner join incoming_posts as i on p.post_id = i.post_id
where p.content_hash != i.content_hash;
