-- purpose: What are the largest numbers of accelerators claimed, and how firmly?
-- grain: one row per modality and subject (per claim where no subject is named)
-- parameters: modality VARCHAR default null; top INTEGER default 20
select
    c.accelerators,
    c.bound,
    c.modality,
    c.subject,
    c.hardware,
    c.published_on,
    c.quote,
    c.title,
    c.source_id
from largest_clusters as c
where $modality is null or c.modality = $modality
order by c.accelerators desc, c.published_on nulls last, c.claim_id
limit $top;
