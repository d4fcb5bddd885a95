-- purpose: What names one row names only one.
-- grain: one row per table and key that comes twice; none is right
-- parameters: since BIGINT; looks at claims of posts loaded after this content_version
with loaded_claims as (
    select c.claim_id
    from claims as c
    inner join posts as p on c.post_id = p.post_id
    where p.loaded_version > $since
)

select
    'posts' as of_table,
    p.post_id as key
from posts as p
group by p.post_id
having count(*) > 1
union all
select
    'claims' as of_table,
    c.claim_id as key
from claims as c
semi join loaded_claims as l on c.claim_id = l.claim_id
group by c.claim_id
having count(*) > 1
union all
select
    'entities' as of_table,
    e.entity_id as key
from entities as e
group by e.entity_id
having count(*) > 1
union all
select
    'runs' as of_table,
    r.run_id as key
from runs as r
group by r.run_id
having count(*) > 1
union all
select
    'post_revisions' as of_table,
    v.post_id as key
from post_revisions as v
group by v.post_id, v.revision
having count(*) > 1
order by all;
