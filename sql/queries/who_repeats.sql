-- purpose: Who says numbers first, and who repeats them, how often and how much later?
-- grain: one row per source that was first and source that repeated it
-- parameters: source VARCHAR default null; since DATE default null; top INTEGER default 50
select
    e.first_source_id,
    e.source_id,
    count(*) as numbers,
    median(e.days_later) as days_later,
    count(*) filter (where e.first_modality = 'rumored' and e.modality = 'stated') as rumors_stated,
    arg_max(e.subject, (e.said_on, e.claim_id)) as latest_subject,
    arg_max(e.quote, (e.said_on, e.claim_id)) as latest_quote,
    max(e.said_on) as latest_on
from echoes as e
where
    ($source is null or $source in (e.first_source_id, e.source_id))
    and ($since is null or e.said_on >= $since)
group by e.first_source_id, e.source_id
order by numbers desc, e.first_source_id, e.source_id
limit $top;
