-- purpose: Take out what is about to be replaced.
-- grain: one post and its mentions and claims
-- parameters: none; reads the registered table incoming_posts
delete from mentions
using incoming_posts
where mentions.post_id = incoming_posts.post_id;

delete from claims
using incoming_posts
where claims.post_id = incoming_posts.post_id;

delete from posts
using incoming_posts
where posts.post_id = incoming_posts.post_id;
