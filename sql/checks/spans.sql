-- purpose: The text between the offsets of a mention or claim is its surface or quote, letter for letter.
-- grain: one row per mention or claim that says otherwise; none is right
-- parameters: since BIGINT; looks at posts loaded after this content_version
with spans as (
    select
        'mentions' as of_table,
        m.post_id,
        m.char_start,
        m.char_end,
        m.surface as wording
    from mentions as m
    union all
    select
        'claims' as of_table,
        c.post_id,
        c.char_start,
        c.char_end,
        c.quote as wording
    from claims as c
)

select
    s.of_table,
    s.post_id,
    s.char_start,
    s.wording
from spans as s
inner join posts as p on s.post_id = p.post_id
where
    p.loaded_version > $since
    and substring(p.text, s.char_start + 1, s.char_end - s.char_start) != s.wording
order by all;
