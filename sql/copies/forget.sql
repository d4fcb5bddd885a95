-- purpose: Drop the signatures of posts that changed or are gone, and the links of posts that have no signature.
-- grain: one signature; one link
-- parameters: none
delete from post_signatures
where not exists (
    select 1
    from posts as p
    where p.post_id = post_signatures.post_id and p.text_hash = post_signatures.text_hash
);

delete from copy_links
where
    copy_links.post_id not in (select s.post_id from post_signatures as s)
    or copy_links.other_id not in (select s.post_id from post_signatures as s);
