-- purpose: Numbers that authors changed in posts they had published before; by the day the change was seen.
-- grain: one row per changed claim
-- parameters: since DATE; until DATE
select
    cast(c.changed_at as date) as changed_on,
    c.what,
    c.subject,
    c.metric,
    c.scope,
    c.old_value,
    c.new_value,
    c.old_modality,
    c.new_modality,
    c.old_quote,
    c.new_quote,
    c.source_id as source,
    c.title,
    c.published_on,
    c.url
from claim_changes as c
where cast(c.changed_at as date) between $since and $until
order by
    changed_on,
    list_position(['changed', 'appeared', 'disappeared'], c.what),
    c.source_id,
    c.post_id,
    c.revision,
    c.metric,
    c.subject,
    c.old_value,
    c.new_value,
    c.old_quote;
