-- purpose: On which numbers do independent sources agree, which are superseded, disputed, or said by one alone?
-- grain: one row per subject, metric and group of agreeing values, in the order of subjects
-- parameters: subject VARCHAR default null; metric VARCHAR default null; standing VARCHAR default null;
--             top INTEGER default 100
select
    a.subject,
    a.metric,
    a.scope,
    a.hardware,
    a.is_planned,
    a.value,
    a.lowest,
    a.highest,
    a.standing,
    a.sources,
    a.sources_allowing,
    a.sources_denying,
    a.posts,
    a.is_stated,
    a.first_claimed_on,
    a.last_claimed_on,
    a.quote,
    a.source_id
from claim_agreement as a
where
    ($subject is null or a.subject_id = entity_called($subject))
    and ($metric is null or a.metric = $metric)
    and ($standing is null or a.standing = $standing)
order by
    a.subject,
    a.metric,
    a.scope,
    a.hardware,
    a.currency,
    a.per,
    a.is_planned,
    a.sources desc,
    a.value
limit $top;
