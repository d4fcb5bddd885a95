-- purpose: An index of the words of published posts by their stems: DuckDB's fts extension stems, English posts as
--          English, all others as Spanish. search_posts looks words up in it instead of reading every text.
-- grain: said by the comment on each table
-- parameters: none
create table search_documents as
select
    cast(row_number() over (order by p.published_at nulls last, p.post_id) as integer) as document,
    p.post_id
from published as p
where p.duplicate_of is null;

comment on table search_documents is 'One row per published post that is no copy: what the search index covers.';
comment on column search_documents.document is 'Its number in search_terms.';
comment on column search_documents.post_id is 'The post.';

create temporary table written as
with split as (
    select
        d.document,
        case when p.language = 'en' then 'english' else 'spanish' end as stemmer,
        unnest(string_split(
            regexp_replace(lower(strip_accents(concat(p.title, ' ', p.text))), '[^a-z0-9]+', ' ', 'g'), ' '
        )) as word
    from search_documents as d
    inner join posts as p on d.post_id = p.post_id
)

select
    s.document,
    s.stemmer,
    s.word,
    count(*) as times
from split as s
where s.word != ''
group by s.document, s.stemmer, s.word;

create table search_terms as
with stems as (
    select
        w.stemmer,
        w.word,
        stem(w.word, w.stemmer) as term
    from written as w
    group by w.stemmer, w.word
),

lengths as (
    select
        w.document,
        sum(w.times) as words
    from written as w
    group by w.document
),

used as (
    select
        s.stemmer,
        s.term,
        w.document,
        sum(w.times) as times
    from written as w
    inner join stems as s on w.stemmer = s.stemmer and w.word = s.word
    group by s.stemmer, s.term, w.document
),

spread as (
    select
        u.stemmer,
        u.term,
        count(*) as documents
    from used as u
    group by u.stemmer, u.term
),

whole as (
    select
        count(*) as documents,
        avg(l.words) as words
    from lengths as l
)

-- BM25 with its usual constants, k = 1.2 and b = 0.75
select
    u.term,
    u.stemmer,
    u.document,
    cast(
        ln(1 + (a.documents - s.documents + 0.5) / (s.documents + 0.5))
        * u.times * 2.2 / (u.times + 1.2 * (0.25 + 0.75 * l.words / a.words)) as float
    ) as weight
from used as u
inner join spread as s on u.stemmer = s.stemmer and u.term = s.term
inner join lengths as l on u.document = l.document
cross join whole as a
order by u.term, u.stemmer, u.document;

comment on table search_terms is 'One row per stem and post that has a word of it: where search_posts looks words up.';
comment on column search_terms.term is 'Stem, in small letters without accents; numbers as they are.';
comment on column search_terms.stemmer is 'english for posts in English, else spanish.';
comment on column search_terms.document is 'The post, by its number in search_documents.';
comment on column search_terms.weight is 'How much the stem says about the post (BM25); of several, the sum counts.';

drop table written;
