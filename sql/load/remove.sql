-- purpose: Take out what is about to be replaced; note whom it named.
-- grain: one post and its mentions and claims
-- parameters: none; reads what keep_history.sql noted
insert into unnamed_entities (entity_id)
select m.entity_id
from mentions as m
inner join replaced_mentions as r on m.rowid = r.row_number
union
select c.subject_id as entity_id
from claims as c
inner join replaced_claims as r on c.rowid = r.row_number
where c.subject_id is not null;

delete from claim_checks
using replaced_posts
where claim_checks.post_id = replaced_posts.post_id;

delete from mentions
using replaced_mentions
where mentions.rowid = replaced_mentions.row_number;

delete from claims
using replaced_claims
where claims.rowid = replaced_claims.row_number;

delete from posts
using replaced_posts
where posts.rowid = replaced_posts.row_number;

drop table replaced_mentions;

drop table replaced_claims;

drop table replaced_posts;
