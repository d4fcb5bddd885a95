-- purpose: Which stories were told again most: as feed and archive, copied, nearly copied, translated?
-- grain: one row per original that has copies
-- parameters: top INTEGER default 20
select
    o.title,
    o.source_id,
    o.published_on,
    count(*) as copies,
    count(distinct c.source_id) as sources,
    string_agg(distinct c.duplicate_kind, ', ' order by c.duplicate_kind) as kinds,
    min(c.duplicate_score) as least_score,
    max(c.published_on) as last_copied_on
from copies as c
inner join posts as o on c.original_id = o.post_id
group by o.post_id, o.title, o.source_id, o.published_on
order by copies desc, o.published_on desc nulls last, o.post_id
limit $top;
