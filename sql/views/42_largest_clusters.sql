-- purpose: The largest numbers of accelerators, and how firmly they are claimed. Denied and imagined ones are left out.
-- grain: one row per modality and subject (per claim where no subject is named): the largest number claimed for it
-- parameters: none
create or replace view largest_clusters as
with firm as (
    select
        c.*,
        coalesce(c.subject_id, c.subject, c.claim_id) as about
    from claim_context as c
    where c.metric = 'hardware_quantity' and c.modality in ('stated', 'planned', 'rumored')
),

counted as (
    select
        f.*,
        count(distinct f.source_id) over (partition by f.modality, f.about, f.value) as sources
    from firm as f
)

select
    c.modality,
    c.subject,
    c.subject_id,
    c.hardware,
    c.value as accelerators,
    c.bound,
    c.sources,
    c.published_on,
    c.quote,
    c.title,
    c.source_id,
    c.post_id,
    c.claim_id,
    c.link
from counted as c
qualify row_number() over (
    partition by c.modality, c.about
    order by c.value desc, c.published_at nulls last, c.source_id, c.post_id, c.char_start
) = 1;
