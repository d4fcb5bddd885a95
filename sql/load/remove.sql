-- purpose: Take out what is about to be replaced; note whom it named.
-- grain: one post and its mentions and claims
-- parameters: none; reads the registered table incoming_posts
insert into unnamed_entities (entity_id)
with replaced_mentions as (
    select m.rowid as row_number
    from mentions as m
    semi join incoming_posts as i on m.post_id = i.post_id
),

replaced_claims as (
    select c.rowid as row_number
    from claims as c
    semi join incoming_posts as i on c.post_id = i.post_id
)

select m.entity_id
from mentions as m
inner join replaced_mentions as r on m.rowid = r.row_number
union
select c.subject_id as entity_id
from claims as c
inner join replaced_claims as r on c.rowid = r.row_number
where c.subject_id is not null;

delete from mentions
using incoming_posts
where mentions.post_id = incoming_posts.post_id;

delete from claims
using incoming_posts
where claims.post_id = incoming_posts.post_id;

delete from claim_checks
using incoming_posts
where claim_checks.post_id = incoming_posts.post_id;

delete from posts
using incoming_posts
where posts.post_id = incoming_posts.post_id;
