-- purpose: What shows a post to be a copy, kept, so that copies are told anew only among posts related to those
--          touched.
-- grain: said by the comment on the table
-- parameters: none

create table post_keys (
    post_id varchar not null,
    text_key ubigint,
    address_key ubigint,
    title_key ubigint,
    path_key ubigint
);

comment on table post_keys is 'One row per post: digests that copies of it have too. Not published.';
comment on column post_keys.post_id is 'The post.';
comment on column post_keys.text_key is 'Of its letters and digits; null for short texts.';
comment on column post_keys.address_key is
'Of its address, without what does not tell pages apart; null if there is none.';
comment on column post_keys.title_key is 'Of its title, day and language; null for short titles and undated posts.';
comment on column post_keys.path_key is 'Of its source and its path without the language: translations share it.';

update warehouse_state set derived_version = -1;
