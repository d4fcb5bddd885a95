-- purpose: Which posts are copies of which. Two rules: the same letters and digits anywhere; or the same title, day and
--          language in another source (a feed beside an archive, cut short for some readers).
-- grain: one row per post in the update; an original is never a copy itself
-- parameters: none
create or replace temporary table derived_duplicates as
with ranked as (
    select
        p.post_id,
        p.source_id,
        p.text_hash,
        p.published_on,
        p.language,
        lower(regexp_replace(p.title, '[^\p{L}\p{N}]+', '', 'g')) as title_key,
        row_number() over (
            order by
                p.is_draft, p.gone_at is not null, p.is_preview, p.published_at nulls last, p.source_id, p.path
        ) as place
    from posts as p
),

by_text as (
    select
        r.*,
        case
            when r.text_hash is null then r.post_id
            else first_value(r.post_id) over (partition by r.text_hash order by r.place)
        end as text_leader
    from ranked as r
),

title_leaders as (
    select
        b.post_id as text_leader,
        arg_min(o.post_id, o.place) as title_leader
    from by_text as b
    inner join by_text as o
        on
            b.title_key = o.title_key
            and b.published_on = o.published_on
            and b.language = o.language
            and b.source_id != o.source_id
            and b.place > o.place
    where length(b.title_key) >= 10 and b.post_id = b.text_leader and o.post_id = o.text_leader
    group by b.post_id
),

linked as (
    select
        b.post_id,
        b.text_leader,
        t.title_leader
    from by_text as b
    left join title_leaders as t on b.text_leader = t.text_leader
)

select
    l.post_id,
    case
        when l.text_leader != l.post_id then 'text'
        when l.title_leader is not null then 'title'
    end as duplicate_kind,
    nullif(coalesce(up.title_leader, l.title_leader, l.text_leader), l.post_id) as duplicate_of
from linked as l
left join title_leaders as up on l.title_leader = up.text_leader;

update posts set duplicate_of = d.duplicate_of, duplicate_kind = d.duplicate_kind
from derived_duplicates as d
where
    posts.post_id = d.post_id
    and (posts.duplicate_of is distinct from d.duplicate_of or posts.duplicate_kind is distinct from d.duplicate_kind);

drop table derived_duplicates;
