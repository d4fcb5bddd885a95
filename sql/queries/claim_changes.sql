-- purpose: Which numbers did authors change after publishing?
-- grain: one row per changed claim
-- parameters: since DATE default null; until DATE default null; top INTEGER default 100
select
    c.changed_at,
    c.what,
    c.metric,
    c.subject,
    c.old_value,
    c.new_value,
    c.old_quote,
    c.new_quote,
    c.title,
    c.source_id
from latest_claim_changes($since, $until, $top) as c
order by c.changed_at desc, c.post_id, c.revision, c.metric, c.subject, c.old_value, c.new_value
limit $top;
