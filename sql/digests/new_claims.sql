-- purpose: The numbers claimed in the period, what an editor should see first at the top, with the reason: record
--          (larger than any before it), changed (over a quarter off all that was said of the subject before), several
--          sources, first number (of this metric for this subject), known (said before); empty for the rest, and
--          for numbers that are part of a name (Llama 3 70B) and no news.
-- grain: one row per claim
-- parameters: since DATE; until DATE
with spoken as (
    select
        c.*,
        concat_ws(
            '|', c.metric, coalesce(c.subject_id, c.subject), c.scope, c.hardware, c.currency, c.per, c.benchmark
        ) as about,
        coalesce(c.subject_id, c.subject) is not null as has_subject,
        c.published_on >= $since as is_now
    from claim_context as c
    where c.published_on <= $until and not c.is_preview
),

firm as (
    select s.*
    from spoken as s
    where s.modality in ('stated', 'planned', 'rumored')
),

records as (
    select
        f.metric,
        f.currency,
        f.per,
        max(f.value) as largest
    from firm as f
    where not f.is_now
    group by f.metric, f.currency, f.per
),

said_before as (
    select
        f.about,
        arg_max(f.value, (f.published_at, f.post_id, f.char_start)) as last_value,
        list(distinct f.value) as all_values
    from firm as f
    where not f.is_now and f.has_subject
    group by f.about
),

said_now as (
    select
        f.about,
        f.value,
        count(distinct f.source_id) as sources
    from firm as f
    where f.is_now and f.has_subject
    group by f.about, f.value
),

judged as (
    select
        s.*,
        b.last_value,
        n.sources,
        case
            when s.modality not in ('stated', 'planned', 'rumored') then ''
            when s.value > r.largest and s.metric in (select m.metric from charted_metrics as m) then 'record'
            when len(list_filter(b.all_values, lambda v: abs(s.value - v) <= 0.25 * abs(v))) = 0 then 'changed'
            when s.origin = 'name' then ''
            when n.sources > 1 then 'several sources'
            when s.has_subject and b.all_values is null then 'first number'
            when list_contains(b.all_values, s.value) then 'known'
            else ''
        end as reason
    from spoken as s
    left join records as r
        on s.metric = r.metric and s.currency is not distinct from r.currency and s.per is not distinct from r.per
    left join said_before as b on s.about = b.about and s.has_subject
    left join said_now as n on s.about = n.about and s.value = n.value
    where s.is_now
)

select
    j.reason,
    j.published_on,
    j.subject,
    j.metric,
    j.value,
    j.lower,
    j.upper,
    j.bound,
    j.modality,
    j.scope,
    j.hardware,
    j.currency,
    j.per,
    j.benchmark,
    j.last_value as value_before,
    coalesce(j.sources, 1) as sources,
    j.quote,
    concat(j.before, '«', j.quote, '»', j.after) as context,
    j.source_id as source,
    j.title,
    j.link,
    j.claim_id
from judged as j
order by
    list_position(['record', 'changed', 'several sources', 'first number', '', 'known'], j.reason),
    j.metric = 'benchmark_score',  -- tables of them would hide the rest
    j.sources desc nulls last,
    j.published_on,
    j.source_id,
    j.post_id,
    j.char_start,
    j.claim_id;
