-- purpose: What a published post claimed before it was changed, and what it claims after: same metric, subject and
--          scope, or appeared, or disappeared.
-- grain: one row per changed post, revision and claim that differs; the n-th number of a kind is held against the n-th
-- parameters: none
create or replace view claim_changes as
with every_claim as (
    select
        c.post_id,
        p.revision,
        c.claim_id,
        c.metric,
        c.subject,
        c.subject_id,
        c.scope,
        c.benchmark,
        c.value,
        c.modality,
        c.quote,
        c.char_start
    from claims as c
    inner join posts as p on c.post_id = p.post_id
    where p.revision > 1
    union all
    select
        r.post_id,
        r.revision,
        r.claim_id,
        r.metric,
        r.subject,
        r.subject_id,
        r.scope,
        r.benchmark,
        r.value,
        r.modality,
        r.quote,
        r.char_start
    from claim_revisions as r
),

keyed as (
    select
        c.*,
        concat_ws(
            '|', c.metric, coalesce(c.subject_id, c.subject, ''), coalesce(c.scope, ''), coalesce(c.benchmark, '')
        ) as about
    from every_claim as c
),

unmatched as (
    select
        k.*,
        row_number() over (
            partition by k.post_id, k.revision, k.about, k.value, k.modality order by k.char_start
        ) as copy
    from keyed as k
),

steps as (
    select
        r.post_id,
        r.revision as old_revision,
        r.revision + 1 as new_revision,
        r.replaced_at
    from post_revisions as r
),

gone as (
    select
        s.new_revision,
        s.replaced_at,
        u.*
    from unmatched as u
    inner join steps as s on u.post_id = s.post_id and u.revision = s.old_revision
    anti join unmatched as n
        on
            u.post_id = n.post_id and s.new_revision = n.revision and u.about = n.about and u.value = n.value
            and u.modality = n.modality and u.copy = n.copy
),

come as (
    select
        s.new_revision,
        s.replaced_at,
        u.*
    from unmatched as u
    inner join steps as s on u.post_id = s.post_id and u.revision = s.new_revision
    anti join unmatched as n
        on
            u.post_id = n.post_id and s.old_revision = n.revision and u.about = n.about and u.value = n.value
            and u.modality = n.modality and u.copy = n.copy
),

gone_in_order as (
    select
        g.*,
        row_number() over (partition by g.post_id, g.new_revision, g.about order by g.char_start, g.claim_id) as nth
    from gone as g
),

come_in_order as (
    select
        c.*,
        row_number() over (partition by c.post_id, c.new_revision, c.about order by c.char_start, c.claim_id) as nth
    from come as c
),

paired as (
    select
        coalesce(o.post_id, n.post_id) as post_id,
        coalesce(o.new_revision, n.new_revision) as revision,
        coalesce(o.replaced_at, n.replaced_at) as changed_at,
        coalesce(o.metric, n.metric) as metric,
        coalesce(n.subject, o.subject) as subject,
        coalesce(n.subject_id, o.subject_id) as subject_id,
        coalesce(o.scope, n.scope) as scope,
        case
            when o.claim_id is null then 'appeared'
            when n.claim_id is null then 'disappeared'
            else 'changed'
        end as what,
        o.value as old_value,
        n.value as new_value,
        o.modality as old_modality,
        n.modality as new_modality,
        o.quote as old_quote,
        n.quote as new_quote
    from gone_in_order as o
    full join come_in_order as n
        on o.post_id = n.post_id and o.new_revision = n.new_revision and o.about = n.about and o.nth = n.nth
)

select
    a.post_id,
    a.revision,
    a.changed_at,
    a.metric,
    a.subject,
    a.subject_id,
    a.scope,
    a.what,
    a.old_value,
    a.new_value,
    a.old_modality,
    a.new_modality,
    a.old_quote,
    a.new_quote,
    p.source_id,
    p.title,
    p.url,
    p.published_on
from paired as a
inner join published as p on a.post_id = p.post_id;
