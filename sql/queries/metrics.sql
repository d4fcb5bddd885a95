-- purpose: What is claimed at all, and how firmly?
-- grain: one row per metric
-- parameters: none
select
    c.metric,
    count(*) as claims,
    count(*) filter (where c.modality = 'stated') as stated,
    count(*) filter (where c.modality = 'planned') as planned,
    count(*) filter (where c.modality = 'rumored') as rumored,
    count(*) filter (where c.modality = 'hypothetical') as hypothetical,
    count(*) filter (where c.modality = 'negated') as negated,
    count(c.subject) as with_subject,
    min(c.value) as smallest,
    median(c.value) as middle,
    max(c.value) as largest
from claim_facts as c
group by c.metric
order by claims desc, c.metric;
