-- purpose: Numbers said of named subjects, by the day each was said first. Of the size of a model the total only, of
--          money dollars only: what stands on one axis must be comparable.
-- grain: one row per value of values_over_time; of a metric those that most sources say, then the largest
-- parameters: top INTEGER
select
    v.metric,
    v.first_said_on as published_on,
    v.subject,
    v.value,
    v.bound,
    v.modality,
    v.hardware,
    v.posts,
    v.sources,
    v.quote,
    v.title,
    v.claim_id
from values_over_time as v
inner join charted_metrics as m on v.metric = m.metric
where
    v.first_said_on <= latest_day()
    and v.value > 0
    and v.scope = 'total'
    and coalesce(v.currency, 'USD') = 'USD'
qualify row_number() over (partition by v.metric order by v.sources desc, v.value desc, v.claim_id) <= $top
order by m.place, published_on, v.value, v.claim_id;
