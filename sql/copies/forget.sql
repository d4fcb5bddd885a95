-- purpose: Drop the signatures of posts whose text changed since copies were last derived, and the links of these.
-- grain: one signature; one link
-- parameters: none
create or replace temporary table forgotten as
select s.post_id
from post_signatures as s
inner join posts as p on s.post_id = p.post_id
where
    p.loaded_version > (select w.derived_version from warehouse_state as w)
    and s.text_hash is distinct from p.text_hash;

delete from post_signatures
using forgotten
where post_signatures.post_id = forgotten.post_id;

delete from copy_links
where
    copy_links.post_id in (select f.post_id from forgotten as f)
    or copy_links.other_id in (select f.post_id from forgotten as f);

drop table forgotten;
