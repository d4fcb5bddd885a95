-- purpose: Arithmetic that posts state themselves, and whether it comes out.
-- grain: said by the comment on each table
-- parameters: none

create table claim_checks (
    post_id varchar not null,
    claim_id varchar not null,
    claim_ids varchar[] not null,
    relation varchar not null,
    expected double not null,
    found double not null,
    agrees boolean not null,
    char_start integer not null,
    char_end integer not null
);

comment on table claim_checks is
'One row per product or sum that a post states with its claims: "8 × 220B ≈ 1.8T".';
comment on column claim_checks.post_id is 'The post that states it.';
comment on column claim_checks.claim_id is 'The claim that is its result; where that is none, the first of its parts.';
comment on column claim_checks.claim_ids is 'All claims that take part, the result first.';
comment on column claim_checks.relation is 'product or sum.';
comment on column claim_checks.expected is 'What the parts give, in base units.';
comment on column claim_checks.found is 'What the post says that they give.';
comment on column claim_checks.agrees is 'True where both agree within 5 %, or 15 % where the post says about.';
comment on column claim_checks.char_start is 'First character of the arithmetic in posts.text, from 0.';
comment on column claim_checks.char_end is 'Character after the last.';
