-- purpose: Mentions by month, for tools that cannot call a macro.
-- grain: one row per month and entity named in it
-- parameters: none
create or replace view monthly_mentions as
select
    m.unit_start as month,
    m.entity_id,
    m.kind,
    m.name,
    m.family,
    m.maker,
    m.posts,
    m.occurrences,
    m.posts_published,
    m.share
from mentions_per('month') as m;
