-- purpose: How sure a copy is, and what near copies and translations are found by, kept so that only new posts are
--          compared.
-- grain: said by the comment on each table
-- parameters: none

alter table posts add column duplicate_score double;

comment on column posts.duplicate_score is 'How much of the original the copy holds, from 0 to 1; null for originals.';
comment on column posts.duplicate_kind is
'How copies are known: address, text (same letters and digits), title (and day), near or translation.';

create table post_signatures (
    post_id varchar not null,
    text_hash varchar not null,
    bands ubigint[] not null
);

comment on table post_signatures is 'One row per post long enough to be compared with others. Not published.';
comment on column post_signatures.post_id is 'The post.';
comment on column post_signatures.text_hash is 'posts.text_hash of the text that was signed.';
comment on column post_signatures.bands is 'MinHash of its words in bands: near copies have one in common.';

create table copy_links (
    post_id varchar not null,
    other_id varchar not null,
    kind varchar not null,
    score double not null
);

comment on table copy_links is 'One row per two posts whose texts were compared and found alike. Not published.';
comment on column copy_links.post_id is 'One of the two: the smaller post_id.';
comment on column copy_links.other_id is 'The other.';
comment on column copy_links.kind is 'near: nearly the same words; translation: the same story in two languages.';
comment on column copy_links.score is 'How alike they are, from 0 to 1.';
