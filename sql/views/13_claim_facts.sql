-- purpose: Every claim of claim_context without its words: questions about numbers count and choose from these short
--          rows, and read the words of what they show by claim_row and post_row.
-- grain: one row per claim of a published post that is no copy
-- parameters: none
create or replace table claim_facts as
with placed as (
    select
        p.post_id,
        p.rowid as post_row,
        cast(row_number() over (order by p.published_at nulls last, p.source_id, p.path) as integer) as post_place,
        cast(dense_rank() over (order by p.source_id) as integer) as source_number,
        p.is_preview,
        p.published_on
    from posts as p
    where not p.is_draft and p.gone_at is null and p.duplicate_of is null
)

select
    c.metric,
    c.value,
    c.lower,
    c.upper,
    c.bound,
    c.modality,
    c.subject,
    c.subject_id,
    c.scope,
    c.hardware,
    c.currency,
    c.per,
    c.benchmark,
    c.origin,
    c.char_start,
    c.rowid as claim_row,
    p.post_row,
    p.post_place,
    p.source_number,
    p.is_preview,
    p.published_on
from claims as c
inner join placed as p on c.post_id = p.post_id;

comment on column claim_facts.metric is 'As in claims, like all columns down to char_start.';
comment on column claim_facts.value is 'As in claims.';
comment on column claim_facts.lower is 'As in claims.';
comment on column claim_facts.upper is 'As in claims.';
comment on column claim_facts.bound is 'As in claims.';
comment on column claim_facts.modality is 'As in claims.';
comment on column claim_facts.subject is 'As in claims.';
comment on column claim_facts.subject_id is 'As in claims.';
comment on column claim_facts.scope is 'As in claims.';
comment on column claim_facts.hardware is 'As in claims.';
comment on column claim_facts.currency is 'As in claims.';
comment on column claim_facts.per is 'As in claims.';
comment on column claim_facts.benchmark is 'As in claims.';
comment on column claim_facts.origin is 'As in claims.';
comment on column claim_facts.char_start is 'As in claims.';
comment on column claim_facts.claim_row is 'The rowid of the claim in this file.';
comment on column claim_facts.post_row is 'The rowid of its post in this file.';
comment on column claim_facts.post_place is 'The smaller was published first; undated posts last.';
comment on column claim_facts.source_number is 'The same for all posts of a source.';
comment on column claim_facts.is_preview is 'True for posts cut off by a paywall, which trends leave out.';
comment on column claim_facts.published_on is 'Day of publication of the post; null for undated posts.';
