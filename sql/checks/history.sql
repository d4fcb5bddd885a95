-- purpose: A post in its n-th revision has the n-1 before it kept.
-- grain: one row per post that lacks one, or has one too many; none is right
-- parameters: none
with kept as (
    select
        r.post_id,
        count(*) as revisions
    from post_revisions as r
    group by r.post_id
)

select
    p.post_id,
    p.revision,
    k.revisions
from posts as p
left join kept as k on p.post_id = k.post_id
where p.revision - 1 != coalesce(k.revisions, 0)
order by p.post_id;
