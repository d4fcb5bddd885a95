-- purpose: The text between the offsets of a mention or claim is its surface or quote, letter for letter.
-- grain: one row per mention or claim that says otherwise; none is right
-- parameters: since BIGINT; looks at posts loaded after this content_version
select
    'mentions' as of_table,
    m.post_id,
    m.char_start,
    m.surface as wording
from mentions as m
inner join posts as p on m.post_id = p.post_id
where
    p.loaded_version > $since
    and substring(p.text, m.char_start + 1, m.char_end - m.char_start) != m.surface
union all
select
    'claims' as of_table,
    c.post_id,
    c.char_start,
    c.quote as wording
from claims as c
inner join posts as p on c.post_id = p.post_id
where
    p.loaded_version > $since
    and substring(p.text, c.char_start + 1, c.char_end - c.char_start) != c.quote
order by all;
