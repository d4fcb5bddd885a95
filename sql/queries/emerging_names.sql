-- purpose: Which names of no known family do posts begin to use?
-- grain: one row per name
-- parameters: since DATE default null; top INTEGER default 50
select
    n.name,
    n.kind,
    n.posts,
    n.sources,
    n.occurrences,
    n.first_seen_on,
    n.last_seen_on
from emerging_names as n
where $since is null or n.first_seen_on >= $since
order by n.posts desc, n.occurrences desc, n.entity_id
limit $top;
