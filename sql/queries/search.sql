-- purpose: Which published posts contain some words, without regard to case and accents?
-- grain: one row per post, the latest first
-- parameters: words VARCHAR; top INTEGER default 20
with found as (
    select
        p.post_id,
        p.source_id,
        p.title,
        p.published_on,
        p.url,
        p.is_preview,
        p.text,
        position(strip_accents(lower($words)) in strip_accents(lower(p.text))) as place
    from published as p
    where p.duplicate_of is null
)

select
    f.published_on,
    f.source_id,
    f.title,
    f.is_preview,
    substring(f.text, greatest(f.place - 80, 1), 160 + length($words)) as excerpt,
    f.url
from found as f
where f.place > 0
order by f.published_on desc nulls last, f.source_id, f.post_id
limit $top;
