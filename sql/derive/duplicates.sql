-- purpose: Which posts are copies of which. By falling strength: the same address in another source; the same letters
--          and digits; the same title, day and language in another source (a feed beside an archive, cut short for some
--          readers); nearly the same words; a translation, by the file's path without its language or by its facts.
--          Told anew for the posts touched and all that are or were related to them, over however many steps: what a
--          post is a copy of depends on no other.
-- grain: one row per post in the update; an original is never a copy itself
-- parameters: none; reads what sql/copies/keys.sql left
create or replace temporary table relations as
with keyed as (
    select
        k.post_id,
        unnest([k.text_key, k.address_key, k.title_key, k.path_key]) as key
    from post_keys as k
    union all
    select
        e.post_id,
        unnest([e.text_key, e.address_key, e.title_key, e.path_key]) as key
    from earlier_keys as e
),

shared_keys as (
    select k.key
    from keyed as k
    where k.key is not null
    group by k.key
    having count(*) > 1
),

-- who shares a key is related to the first that has it
with_first as (
    select
        k.post_id,
        min(k.post_id) over (partition by k.key) as other_id
    from keyed as k
    semi join shared_keys as s on k.key = s.key
),

pairs as (
    select
        f.post_id,
        f.other_id
    from with_first as f
    union all
    select
        l.post_id,
        l.other_id
    from copy_links as l
    union all
    select
        e.post_id,
        e.other_id
    from earlier_links as e
)

select
    p.post_id,
    p.other_id
from pairs as p
union
select
    p.other_id as post_id,
    p.post_id as other_id
from pairs as p;

create or replace temporary table related_posts as
with recursive related as (
    select t.post_id
    from touched_posts as t
    union
    (
        select l.post_id
        from copy_links as l
        anti join earlier_links as e on l.post_id = e.post_id and l.other_id = e.other_id
    )
    union
    select n.other_id as post_id
    from related as r
    inner join relations as n on r.post_id = n.post_id
)

select r.post_id
from related as r;

create or replace temporary table ranked_posts as
with ranked as (
    select
        p.post_id,
        p.source_id,
        p.language,
        k.text_key,
        k.address_key,
        k.title_key,
        k.path_key,
        row_number() over (
            order by
                p.is_draft, p.gone_at is not null, p.is_preview, p.published_at nulls last, p.source_id, p.path
        ) as place
    from posts as p
    semi join related_posts as r on p.post_id = r.post_id
    inner join post_keys as k on p.post_id = k.post_id
)

select
    r.*,
    case
        when r.text_key is null then r.post_id
        else first_value(r.post_id) over (partition by r.text_key order by r.place)
    end as text_leader
from ranked as r;

create or replace temporary table found_links as
with leaders as (
    select r.*
    from ranked_posts as r
    where r.post_id = r.text_leader
),

addressed as (
    select
        r.post_id,
        arg_min(o.post_id, o.place) as other_id,
        'address' as kind,
        1 as score,
        1 as strength
    from ranked_posts as r
    inner join ranked_posts as o on r.address_key = o.address_key and r.source_id != o.source_id and r.place > o.place
    group by r.post_id
),

same_text as (
    select
        r.post_id,
        r.text_leader as other_id,
        'text' as kind,
        1 as score,
        2 as strength
    from ranked_posts as r
    where r.post_id != r.text_leader
),

titled as (
    select
        r.post_id,
        arg_min(o.post_id, o.place) as other_id,
        'title' as kind,
        1 as score,
        3 as strength
    from leaders as r
    inner join leaders as o
        on
            r.title_key = o.title_key
            and r.source_id != o.source_id
            and r.place > o.place
    group by r.post_id
),

-- a pair of texts is compared by two posts that have them; it holds for the first of each
compared as (
    select
        case when a.place > b.place then a.text_leader else b.text_leader end as post_id,
        case when a.place > b.place then b.text_leader else a.text_leader end as other_id,
        l.kind,
        l.score,
        case l.kind when 'near' then 4 else 6 end as strength
    from copy_links as l
    inner join ranked_posts as c on l.post_id = c.post_id
    inner join ranked_posts as d on l.other_id = d.post_id
    inner join ranked_posts as a on c.text_leader = a.post_id
    inner join ranked_posts as b on d.text_leader = b.post_id
),

versions as (
    select
        r.post_id,
        arg_min(o.post_id, o.place) as other_id,
        'translation' as kind,
        1 as score,
        5 as strength
    from leaders as r
    inner join leaders as o
        on
            r.path_key = o.path_key
            and r.language != o.language
            and r.place > o.place
    group by r.post_id
),

every_link as (
    select a.* from addressed as a
    union all
    select s.* from same_text as s
    union all
    select t.* from titled as t
    union all
    select c.* from compared as c
    union all
    select v.* from versions as v
)

select
    e.post_id,
    e.other_id,
    e.kind,
    e.score
from every_link as e
inner join ranked_posts as o on e.other_id = o.post_id
qualify row_number() over (partition by e.post_id order by e.strength, o.place) = 1;

create or replace temporary table derived_duplicates as
with recursive chains as (
    select
        f.post_id,
        f.other_id,
        f.kind,
        f.score
    from found_links as f
    union all
    select
        c.post_id,
        f.other_id,
        c.kind,
        c.score
    from chains as c
    inner join found_links as f on c.other_id = f.post_id
)

select c.*
from chains as c
anti join found_links as f on c.other_id = f.post_id;

update posts set duplicate_of = d.other_id, duplicate_kind = d.kind, duplicate_score = d.score
from ranked_posts as r
left join derived_duplicates as d on r.post_id = d.post_id
where
    posts.post_id = r.post_id
    and (
        posts.duplicate_of is distinct from d.other_id
        or posts.duplicate_kind is distinct from d.kind
        or posts.duplicate_score is distinct from d.score
    );

drop table derived_duplicates;

drop table found_links;

drop table ranked_posts;

drop table related_posts;

drop table relations;

drop table touched_posts;

drop table earlier_keys;

drop table earlier_links;
