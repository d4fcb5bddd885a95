-- purpose: Texts that have no signature yet, after those were dropped whose post changed or is gone.
-- grain: one row per text, with one of the posts that have it
-- parameters: none
select
    p.text_hash,
    min(p.post_id) as post_id
from posts as p
anti join post_signatures as s on p.text_hash = s.text_hash
where p.text_hash is not null
group by p.text_hash
order by post_id;
