-- purpose: The posts that trends count: published, whole (no previews), and each story once (no copies).
-- grain: one row per post
-- parameters: none
create or replace view originals as
select
    p.post_id,
    p.source_id,
    p.url,
    p.path,
    p.title,
    p.author,
    p.published_at,
    p.published_on,
    p.language,
    p.audience,
    p.kind,
    p.word_count,
    p.revision
from published as p
where p.duplicate_of is null and not p.is_preview;
