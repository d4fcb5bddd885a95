-- purpose: Who says numbers first, and who repeats them, how often and how much later?
-- grain: one row per source that was first and source that repeated it
-- parameters: source VARCHAR default null; since DATE default null; top INTEGER default 50
with sources as (
    select distinct
        p.source_number,
        p.source_id
    from post_places as p
),

counted as (
    select
        n.first_source_number,
        n.source_number,
        count(*) as numbers
    from numbered_echoes as n
    where $since is null or n.said_on >= $since
    group by n.first_source_number, n.source_number
),

largest as (
    select
        a.source_id as first_source_id,
        b.source_id,
        c.*
    from counted as c
    inner join sources as a on c.first_source_number = a.source_number
    inner join sources as b on c.source_number = b.source_number
    where $source is null or $source in (a.source_id, b.source_id)
    order by c.numbers desc, a.source_id, b.source_id
    limit $top
),

repeated as (
    select
        l.first_source_id,
        l.source_id,
        l.numbers,
        median(n.said_on - n.first_said_on) as days_later,
        count(*) filter (where f.modality = 'rumored' and t.modality = 'stated') as rumors_stated,
        arg_max(n.first_terms, n.place) as latest_terms,
        arg_max(n.claim_row, n.place) as latest_row,
        max(n.said_on) as latest_on
    from numbered_echoes as n
    inner join largest as l
        on n.first_source_number = l.first_source_number and n.source_number = l.source_number
    inner join claim_terms as f on n.first_terms = f.terms
    inner join claim_terms as t on n.terms = t.terms
    where $since is null or n.said_on >= $since
    group by l.first_source_id, l.source_id, l.numbers
)

select
    r.first_source_id,
    r.source_id,
    r.numbers,
    r.days_later,
    r.rumors_stated,
    t.subject as latest_subject,
    c.quote as latest_quote,
    r.latest_on
from repeated as r
inner join claim_terms as t on r.latest_terms = t.terms
inner join claims as c on r.latest_row = c.rowid
order by r.numbers desc, r.first_source_id, r.source_id;
