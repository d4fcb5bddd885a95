-- purpose: Forget what posts said before, but for the last revisions of each.
-- grain: one replaced revision of a post, with its mentions and claims
-- parameters: kept INTEGER
delete from mention_revisions
using posts
where mention_revisions.post_id = posts.post_id and mention_revisions.revision < posts.revision - $kept;

delete from claim_revisions
using posts
where claim_revisions.post_id = posts.post_id and claim_revisions.revision < posts.revision - $kept;

delete from post_revisions
using posts
where post_revisions.post_id = posts.post_id and post_revisions.revision < posts.revision - $kept;
