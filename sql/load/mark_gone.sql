-- purpose: Mark the posts of a source that it holds no more, and unmark those that are back.
-- grain: one row per post of the source whose mark changes
-- parameters: source_id VARCHAR; reads the registered table gone_posts (post_id, gone_at)
create or replace temporary table marked_posts as
select
    p.post_id,
    g.gone_at
from posts as p
left join gone_posts as g on p.post_id = g.post_id
where p.source_id = $source_id and (p.gone_at is null) != (g.gone_at is null);

update warehouse_state set content_version = content_version + 1
where exists (select m.post_id from marked_posts as m);

update posts set
    gone_at = m.gone_at,
    loaded_version = (select w.content_version from warehouse_state as w)
from marked_posts as m
where posts.post_id = m.post_id;

drop table marked_posts;
