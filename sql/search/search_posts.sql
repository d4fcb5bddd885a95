-- purpose: The published posts that contain all of some words, inflected or not, by the index: this takes the place of
--          the plain search of `sql/views` in a file that is published with one.
-- grain: one row per post, copies apart; score is BM25
-- parameters: words VARCHAR
create or replace macro search_posts(words) as table (
    with wanted as (
        select distinct unnest(regexp_extract_all(lower(strip_accents(words)), '[a-z0-9]+')) as word
    ),

    stems as (
        select
            w.word,
            l.stemmer,
            stem(w.word, l.stemmer) as term
        from wanted as w
        cross join (values ('spanish'), ('english')) as l (stemmer)
    ),

    hits as (
        select
            t.document,
            s.word,
            any_value(t.weight) as weight
        from search_terms as t
        inner join stems as s on t.term = s.term and t.stemmer = s.stemmer
        group by t.document, s.word
    ),

    whole as (
        select
            h.document,
            sum(h.weight) as score
        from hits as h
        group by h.document
        having count(*) = (select count(*) as words from wanted)
    )

    select
        d.post_id,
        w.score
    from whole as w
    inner join search_documents as d on w.document = d.document
);
