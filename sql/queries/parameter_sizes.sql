-- purpose: How many parameters do models have, by what most posts say?
-- grain: one row per model and scope
-- parameters: maker VARCHAR default null; scope VARCHAR default total; top INTEGER default 50
select
    s.name,
    s.maker,
    s.scope,
    s.parameters,
    s.posts,
    s.sources,
    s.values_claimed,
    s.is_stated,
    s.first_seen_on
from parameter_sizes as s
where ($maker is null or lower(s.maker) = lower($maker)) and ($scope is null or s.scope = $scope)
order by s.parameters desc, s.subject_id
limit $top;
