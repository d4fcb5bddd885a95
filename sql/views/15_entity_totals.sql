-- purpose: How many original posts name an entity, and which was the first.
-- grain: one row per entity named in an original post
-- parameters: none
create or replace table entity_totals as
with by_source as (
    select
        n.entity_number,
        n.source_number,
        count(*) as posts,
        sum(n.occurrences) as occurrences,
        min(n.post_number) as first_post_number,
        min(n.published_on) as first_seen_on,
        max(n.published_on) as last_seen_on
    from numbered_mentions as n
    group by n.entity_number, n.source_number
)

select
    b.entity_number,
    e.entity_id,
    cast(sum(b.posts) as bigint) as posts,
    count(*) as sources,
    cast(sum(b.occurrences) as bigint) as occurrences,
    min(b.first_post_number) as first_post_number,
    min(b.first_seen_on) as first_seen_on,
    max(b.last_seen_on) as last_seen_on
from by_source as b
inner join entity_numbers as e on b.entity_number = e.entity_number
group by b.entity_number, e.entity_id
order by b.entity_number;

comment on column entity_totals.entity_number is 'As in entity_numbers.';
comment on column entity_totals.entity_id is 'The entity.';
comment on column entity_totals.posts is 'Posts that name it.';
comment on column entity_totals.sources is 'Sources of these posts.';
comment on column entity_totals.occurrences is 'How often they name it.';
comment on column entity_totals.first_post_number is 'The post that named it first, as in post_numbers.';
comment on column entity_totals.first_seen_on is 'Day of the first dated post that names it; null if none is dated.';
comment on column entity_totals.last_seen_on is 'Day of the last.';
