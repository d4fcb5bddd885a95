-- purpose: How did the largest number grow (of clusters, say), stated, planned, rumored; how did the lowest price fall?
-- grain: one row per value that went beyond all before it
-- parameters: metric VARCHAR default hardware_quantity; modality VARCHAR default null; per VARCHAR default null
select
    r.first_said_on,
    r.modality,
    r.value,
    r.currency,
    r.per,
    round(r.times_the_last, 3) as times_the_last,
    r.subject,
    r.hardware,
    r.sources,
    r.quote,
    r.title,
    r.source_id
from value_records as r
where
    r.metric = $metric
    and ($modality is null or r.modality = $modality)
    and ($per is null or r.per = $per)
order by r.modality, r.currency, r.per, r.first_said_on, r.value;
