-- purpose: How much is in the warehouse?
-- grain: one row per thing counted
-- parameters: none
select
    'posts' as what,
    count(*) as number
from posts
union all
select
    'mentions' as what,
    count(*) as number
from mentions
union all
select
    'claims' as what,
    count(*) as number
from claims
union all
select
    'entities' as what,
    count(*) as number
from entities;
