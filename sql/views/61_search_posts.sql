-- purpose: The published posts that contain all of some words, without regard to case and accents; where the file was
--          published with an index (by DuckDB's fts extension), their inflections too, with a score (BM25).
-- grain: one row per post, copies apart; score is null without an index
-- parameters: words VARCHAR
create or replace macro search_posts(words) as table (
    select
        p.post_id,
        cast(null as double) as score
    from published as p
    where
        p.duplicate_of is null
        and has_words(p.title, p.text, regexp_extract_all(lower(strip_accents(words)), '[a-z0-9]+'))
);
