-- purpose: The largest numbers of accelerators, to be drawn; a hundred at least, fewer are no cluster.
-- grain: one row per modality and subject (per claim where no subject is named), the largest number first
-- parameters: top INTEGER
select
    c.accelerators as value,
    c.bound,
    c.modality,
    c.subject,
    c.hardware,
    c.published_on,
    c.quote,
    c.title,
    c.source_id as source,
    c.claim_id
from largest_clusters as c
where c.accelerators >= 100
order by c.accelerators desc, c.published_on nulls last, c.claim_id
limit $top;
