-- purpose: The published posts that contain all of some words, inflected or not, by the index: this takes the place of
--          the plain search of `sql/views` in a file that is published with one.
-- grain: one row per post, copies apart; score is BM25 within its language
-- parameters: words VARCHAR
create or replace macro search_posts(words) as table (
    with scored as (
        select
            p.post_id,
            case
                when p.language = 'en' then fts_main_search_en.match_bm25(p.post_id, words, conjunctive := 1)
                else fts_main_search_es.match_bm25(p.post_id, words, conjunctive := 1)
            end as score
        from published as p
        where p.duplicate_of is null
    )

    select
        s.post_id,
        s.score
    from scored as s
    where s.score is not null
);
