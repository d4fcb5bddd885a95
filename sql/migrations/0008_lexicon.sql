-- purpose: What the names of the lexicon meant when posts were last read, so that a change of the lexicon re-reads the
--          posts that hold a changed name; and why a run read posts again.
-- grain: said by the comment on each table
-- parameters: none

create table lexicon_spellings (
    spelling varchar not null,
    meaning varchar not null
);

comment on table lexicon_spellings is
'One row per spelling that the lexicon knew at the last run, and an empty one for all its files. Not published.';
comment on column lexicon_spellings.spelling is 'The spelling, folded; empty for the row of all files.';
comment on column lexicon_spellings.meaning is 'Digest of what the rules learn by it; of the files, their digest.';

alter table runs add column posts_reextracted integer default 0;

alter table runs add column reextracted_because varchar;

comment on column runs.posts_reextracted is 'Posts that are the same, but were read again by other rules.';
comment on column runs.reextracted_because is
'Why posts were read again: the rules changed, or names of the lexicon did, and which; null if none were.';

comment on column posts.extractor is
'The rules and data that made text, mentions and claims; with ~ where a changed name is to be looked at again.';
