-- purpose: Which published posts contain all of some words, without regard to case and accents? Where the file was
--          published with a search index, inflected words are found too.
-- grain: one row per post, the best first; without an index, the latest first
-- parameters: words VARCHAR; top INTEGER default 20
with best as (
    select
        p.rowid as post_row,
        p.post_id,
        p.source_id,
        p.published_on,
        s.score
    from best_posts($words, $top) as s
    inner join posts as p on s.post_id = p.post_id
    order by s.score desc nulls last, p.published_on desc nulls last, p.source_id, p.post_id
    limit $top
),

placed as (
    select
        b.*,
        p.title,
        p.is_preview,
        p.text,
        p.url,
        -- the words together, else the first of them, else how it begins: the end may be inflected
        coalesce(
            nullif(position(strip_accents(lower($words)) in strip_accents(lower(p.text))), 0),
            nullif(
                position(
                    regexp_extract(strip_accents(lower($words)), '[a-z0-9]{1,6}') in strip_accents(lower(p.text))
                ),
                0
            ),
            1
        ) as place
    from best as b
    inner join posts as p on b.post_row = p.rowid
)

select
    f.published_on,
    f.source_id,
    f.title,
    f.is_preview,
    round(f.score, 2) as score,
    substring(f.text, greatest(f.place - 80, 1), 160 + length($words)) as excerpt,
    f.url
from placed as f
order by f.score desc nulls last, f.published_on desc nulls last, f.source_id, f.post_id;
