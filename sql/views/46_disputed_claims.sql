-- purpose: Where posts disagree on a number: the values of claim_agreement that stand against each other, or that
--          some post denies.
-- grain: one row per subject, metric, scope, hardware, currency, per, plan or not, and value in dispute
-- parameters: none
create or replace view disputed_claims as
select
    a.metric,
    a.subject_id,
    a.subject,
    a.scope,
    a.hardware,
    a.currency,
    a.per,
    a.is_planned,
    a.value,
    a.posts,
    a.sources,
    a.is_stated,
    a.first_claimed_on,
    a.quote,
    a.title,
    a.source_id,
    a.post_id,
    a.claim_id,
    a.link
from claim_agreement as a
where a.standing = 'disputed';
