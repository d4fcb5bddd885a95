-- purpose: Many posts out of few, to measure with: each is two posts of the base, one under the other, with a number of
--          its own; days, sources and values vary, and names have a long tail (half the mentions of a name go to
--          variants of it). One in fifty is a copy, a draft, or a second revision of itself.
-- grain: one row per post, mention and claim
-- parameters: posts INTEGER; reads the attached database base
create temporary table pairs as
select
    a.post_id as upper_id,
    b.post_id as lower_id,
    concat(a.text, chr(10), chr(10), b.text) as text,
    a.word_count + b.word_count as word_count,
    length(a.text) + 2 as shift,
    row_number() over (order by hash(concat(a.post_id, b.post_id))) - 1 as pair
from base.posts as a
cross join base.posts as b
where a.post_id != b.post_id and a.language = b.language;

create temporary table pair_mentions as
select
    p.pair,
    m.* replace (m.char_start + w.shift as char_start, m.char_end + w.shift as char_end)
from (select 0 as half, p.* from pairs as p union all select 1 as half, p.* from pairs as p) as p
cross join lateral (select p.half * p.shift as shift) as w
inner join base.mentions as m on m.post_id = case p.half when 0 then p.upper_id else p.lower_id end;

create temporary table pair_claims as
select
    p.pair,
    p.half,
    c.* replace (c.char_start + w.shift as char_start, c.char_end + w.shift as char_end)
from (select 0 as half, p.* from pairs as p union all select 1 as half, p.* from pairs as p) as p
cross join lateral (select p.half * p.shift as shift) as w
inner join base.claims as c on c.post_id = case p.half when 0 then p.upper_id else p.lower_id end;

create temporary table made as
select
    n.n,
    n.n % (select count(*) from pairs) as pair,
    left(md5(concat('post', n.n)), 16) as post_id,
    concat('source-', lpad(cast(n.n * 200 // $posts as varchar), 3, '0')) as source_id,
    date '2018-01-01' + cast(2800 * sqrt((hash(case when n.n % 100 = 1 then n.n // 2 else n.n end) % 10000) / 10000) as integer) as published_on,
    case when n.n % 100 = 1 then n.n // 2 else n.n end as title_of,
    case when n.n % 100 = 51 then n.n // 2 else n.n end as text_of,
    1 + cast(n.n % 50 = 7 as integer) as revision
from (select unnest(range(0, $posts)) as n) as n;

insert into main.posts by name
select
    b.* replace (
        m.post_id as post_id,
        m.source_id as source_id,
        concat('https://', m.source_id, '.example/', m.n) as url,
        concat(m.published_on, '-', m.n, '.md') as path,
        concat('Newsletter number ', m.title_of) as title,
        cast(m.published_on as timestamp) at time zone 'UTC' as published_at,
        m.published_on as published_on,
        m.n % 50 = 3 as is_draft,
        p.word_count + 1 as word_count,
        concat(p.text, chr(10), m.n) as text,
        md5(concat('content', m.n)) as content_hash,
        md5(concat('text', m.text_of)) as text_hash,
        m.revision as revision,
        null as duplicate_of,
        null as duplicate_kind,
        1 as loaded_version
    )
from made as m
inner join pairs as p on m.pair = p.pair
inner join base.posts as b on p.upper_id = b.post_id
order by m.n;

create temporary macro variant(called, n) as least(400, cast(floor(10000 / (1 + hash(concat(called, n)) % 10000)) as integer));

insert into main.mentions by name
select
    m.* exclude (pair) replace (
        d.post_id as post_id,
        concat(m.entity_id, case when v.variant > 1 then concat('-', v.variant) end) as entity_id,
        concat(m.name, case when v.variant > 1 then concat(' ', v.variant) end) as name
    )
from made as d
inner join pair_mentions as m on d.pair = m.pair
cross join lateral (select variant(m.entity_id, d.n) as variant) as v
order by d.n;

create temporary table made_claims as
select
    m.* exclude (pair, half) replace (
        d.post_id as post_id,
        left(md5(concat(m.half, m.claim_id, d.post_id)), 16) as claim_id,
        m.value * v.factor as value,
        m.lower * v.factor as lower,
        m.upper * v.factor as upper,
        m.subject_id || (case when v.variant > 1 then concat('-', v.variant) else '' end) as subject_id,
        m.subject || (case when v.variant > 1 then concat(' ', v.variant) else '' end) as subject
    ),
    d.n,
    d.revision
from made as d
inner join pair_claims as m on d.pair = m.pair
cross join lateral (
    select
        variant(coalesce(m.subject_id, ''), d.n) as variant,
        1 + (hash(concat(m.claim_id, d.n)) % 40) / 20 as factor
) as v
order by d.n;

insert into main.claims by name
select c.* exclude (n, revision)
from made_claims as c
order by c.n;

insert into main.post_revisions by name
select
    p.post_id,
    1 as revision,
    p.title,
    p.published_at,
    p.published_on,
    p.text,
    p.content_hash,
    p.raw_key,
    p.extractor,
    p.updated_at,
    p.updated_at as replaced_at,
    p.run_id as replaced_by_run
from posts as p
where p.revision = 2;

insert into main.claim_revisions by name
select c.* exclude (n) replace (1 as revision, c.value * 2 as value)
from made_claims as c
where c.revision = 2;

update warehouse_state set content_version = 1, derived_version = -1;

-- as if all texts had been compared and none found alike: made of so few, they would all be near copies
insert into main.post_signatures by name
select
    p.post_id,
    p.text_hash,
    list_transform(range(20), lambda i: hash(concat(p.post_id, i))) as bands
from posts as p
qualify row_number() over (partition by p.text_hash order by p.post_id) = 1;
