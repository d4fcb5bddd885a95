-- purpose: Bring post_keys up to date with the posts touched since copies were last derived; keep for the while of the
--          derivation what keys these had, and which links there were: who was related then may be no copy now.
-- grain: one row per post
-- parameters: none
create or replace temporary table touched_posts as
select p.post_id
from posts as p
where p.loaded_version > (select w.derived_version from warehouse_state as w);

create or replace temporary table earlier_keys as
select k.*
from post_keys as k
semi join touched_posts as t on k.post_id = t.post_id;

create or replace temporary table earlier_links as
select
    l.post_id,
    l.other_id
from copy_links as l;

delete from post_keys
using touched_posts
where post_keys.post_id = touched_posts.post_id;

insert into post_keys by name
with worded as (
    select
        p.post_id,
        p.text_hash,
        regexp_extract(
            lower(p.url), '^https?://(?:www\.)?([^#/]+/[^#]+?)(?:index\.html?)?/?(?:[?&]utm_[^#]*)?(?:#.*)?$', 1
        ) as address,
        lower(regexp_replace(p.title, '[^\p{L}\p{N}]+', '', 'g')) as title,
        concat(' ', p.published_on, ' ', p.language) as day_and_language,
        concat(p.source_id, ' ', regexp_replace(p.path, '([/.]|^)' || p.language || '[/.]', '\1')) as path,
        p.published_on
    from posts as p
    semi join touched_posts as t on p.post_id = t.post_id
)

select
    w.post_id,
    md5_number_lower(w.text_hash) as text_key,
    case when w.address != '' then md5_number_lower(w.address) end as address_key,
    case
        when length(w.title) >= 10 and w.published_on is not null
            then md5_number_lower(concat(w.title, w.day_and_language))
    end as title_key,
    md5_number_lower(w.path) as path_key
from worded as w;
