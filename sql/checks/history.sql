-- purpose: Of a post's earlier revisions the last ones are kept, without a gap: [retention] forgets the oldest first.
-- grain: one row per post that lacks one between, or has one too many; none is right
-- parameters: none
with kept as (
    select
        r.post_id,
        min(r.revision) as oldest,
        max(r.revision) as newest,
        count(*) as revisions
    from post_revisions as r
    group by r.post_id
)

select
    p.post_id,
    p.revision,
    k.oldest,
    k.newest,
    k.revisions
from posts as p
inner join kept as k on p.post_id = k.post_id
where k.newest != p.revision - 1 or k.revisions != k.newest - k.oldest + 1
order by p.post_id;
