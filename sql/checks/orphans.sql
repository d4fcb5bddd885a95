-- purpose: Every mention, claim and copy belongs to a post, every mention to an entity, every check to a claim.
-- grain: one row per table and key that points nowhere; none is right
-- parameters: none
select
    'mentions' as of_table,
    m.post_id as key
from mentions as m
anti join posts as p on m.post_id = p.post_id
union all
select
    'claims' as of_table,
    c.claim_id as key
from claims as c
anti join posts as p on c.post_id = p.post_id
union all
select
    'claim_checks' as of_table,
    k.claim_id as key
from claim_checks as k
anti join claims as c on k.claim_id = c.claim_id
union all
select
    'mentions' as of_table,
    m.entity_id as key
from mentions as m
anti join entities as e on m.entity_id = e.entity_id
union all
select
    'posts' as of_table,
    p.post_id as key
from posts as p
anti join posts as o on p.duplicate_of = o.post_id and o.duplicate_of is null
where p.duplicate_of is not null
order by all;
