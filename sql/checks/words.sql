-- purpose: Fields with a fixed set of words hold one of them.
-- grain: one row per table, field and word that is none of them; none is right
-- parameters: none
select distinct
    'posts.kind' as field,
    p.kind as word
from posts as p
where p.kind not in ('post', 'podcast', 'video', 'thread', 'note', 'page', 'list')
union all
select distinct
    'claims.bound' as field,
    c.bound as word
from claims as c
where c.bound not in ('exact', 'approx', 'min', 'max', 'range')
union all
select distinct
    'claims.modality' as field,
    c.modality as word
from claims as c
where c.modality not in ('stated', 'planned', 'rumored', 'hypothetical', 'negated')
union all
select distinct
    'claims.scope' as field,
    c.scope as word
from claims as c
where c.scope not in ('total', 'active', 'per_expert')
union all
select distinct
    'claims.origin' as field,
    c.origin as word
from claims as c
where c.origin not in ('text', 'name')
union all
select distinct
    'claims.metric' as field,
    c.metric as word
from claims as c
where
    c.metric not in (
        'hardware_quantity', 'parameters', 'experts', 'training_dataset_size', 'context_length', 'training_compute',
        'hardware_hours', 'training_time', 'training_cost', 'price', 'funding', 'valuation', 'revenue', 'power',
        'energy', 'memory', 'throughput', 'users', 'benchmark_score'
    )
union all
select distinct
    'mentions.kind' as field,
    m.kind as word
from mentions as m
where m.kind not in ('model', 'org')
union all
select distinct
    'runs.status' as field,
    r.status as word
from runs as r
where r.status not in ('running', 'ok', 'partial', 'failed', 'interrupted')
order by all;
