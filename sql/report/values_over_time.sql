-- purpose: Numbers said of named subjects, by the day each was said first. Of the size of a model the total only, of
--          money dollars only: what stands on one axis must be comparable.
-- grain: one row per metric, subject, value and modality; of a metric those that most sources say, then the largest
-- parameters: top INTEGER
with firm as (
    select
        c.*,
        coalesce(c.subject_id, c.subject) as about
    from claim_context as c
    where
        c.modality in ('stated', 'planned', 'rumored')
        and c.subject is not null
        and c.published_on <= latest_day()
        and c.value > 0
        and coalesce(c.scope, 'total') = 'total'
        and coalesce(c.currency, 'USD') = 'USD'
        and c.metric in (
            'parameters', 'hardware_quantity', 'training_dataset_size', 'context_length', 'training_compute',
            'training_cost', 'funding', 'valuation', 'revenue', 'power', 'users'
        )
)

select
    f.metric,
    min(f.published_on) as published_on,
    min(f.subject) as subject,
    f.value,
    f.modality,
    count(distinct f.source_id) as sources,
    arg_min(f.quote, (f.published_at, f.source_id, f.post_id, f.char_start)) as quote,
    arg_min(f.title, (f.published_at, f.source_id, f.post_id, f.char_start)) as title,
    arg_min(f.claim_id, (f.published_at, f.source_id, f.post_id, f.char_start)) as claim_id
from firm as f
group by f.metric, f.about, f.value, f.modality
qualify row_number() over (partition by f.metric order by sources desc, f.value desc, f.about, f.modality) <= $top
order by f.metric, published_on, f.value, f.about, f.modality;
