-- purpose: The largest numbers of accelerators, and how firmly they are claimed. Denied and imagined ones are left out.
-- grain: one row per modality and subject (per claim where no subject is named): the largest number claimed for it
-- parameters: none
create or replace view largest_clusters as
with firm as materialized (
    select
        c.claim_row,
        c.modality,
        coalesce(c.subject_id, c.subject, cast(c.claim_row as varchar)) as about,
        c.value,
        c.source_number,
        (cast(c.post_place as bigint) << 32) + c.char_start as place
    from claim_facts as c
    where c.metric = 'hardware_quantity' and c.modality in ('stated', 'planned', 'rumored')
),

largest as (
    select
        f.modality,
        f.about,
        max(f.value) as accelerators
    from firm as f
    group by f.modality, f.about
),

claimed as (
    select
        f.modality,
        f.about,
        count(distinct f.source_number) as sources,
        arg_min(f.claim_row, f.place) as claim_row
    from firm as f
    inner join largest as l on f.modality = l.modality and f.about = l.about and f.value = l.accelerators
    group by f.modality, f.about
)

select
    c.modality,
    c.subject,
    c.subject_id,
    c.hardware,
    c.value as accelerators,
    c.bound,
    g.sources,
    p.published_on,
    c.quote,
    p.title,
    p.source_id,
    p.post_id,
    c.claim_id,
    text_fragment(p.url, c.quote) as link
from claimed as g
inner join claims as c on g.claim_row = c.rowid
inner join posts as p on c.post_id = p.post_id;
