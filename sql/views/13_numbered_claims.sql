-- purpose: Every claim that claim_facts shows, in numbers alone: claim_facts is this with the words of claim_terms.
-- grain: one row per claim of a published post that is no copy
-- parameters: none
create or replace table numbered_claims as
select
    t.terms,
    c.value,
    c.lower,
    c.upper,
    c.char_start,
    c.rowid as claim_row,
    p.post_row,
    p.post_place,
    p.source_number,
    p.is_preview,
    p.published_on
from claims as c
inner join post_places as p on c.post_id = p.post_id
inner join claim_terms as t
    on
        c.metric = t.metric
        and c.subject_id is not distinct from t.subject_id
        and c.subject is not distinct from t.subject
        and c.scope is not distinct from t.scope
        and c.hardware is not distinct from t.hardware
        and c.currency is not distinct from t.currency
        and c.per is not distinct from t.per
        and c.benchmark is not distinct from t.benchmark
        and c.modality = t.modality
        and c.bound = t.bound
        and c.origin = t.origin;

comment on column numbered_claims.terms is 'As in claim_terms.';
comment on column numbered_claims.value is 'As in claims.';
comment on column numbered_claims.lower is 'As in claims.';
comment on column numbered_claims.upper is 'As in claims.';
comment on column numbered_claims.char_start is 'As in claims.';
comment on column numbered_claims.claim_row is 'The rowid of the claim in this file.';
comment on column numbered_claims.post_row is 'The rowid of its post in this file.';
comment on column numbered_claims.post_place is 'As in post_places, like all that follow.';
comment on column numbered_claims.source_number is 'The same for all posts of a source.';
comment on column numbered_claims.is_preview is 'True for posts cut off by a paywall, which trends leave out.';
comment on column numbered_claims.published_on is 'Day of publication of the post; null for undated posts.';
