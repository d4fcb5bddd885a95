-- purpose: How many original posts name any model of a family, or of a maker, day by day.
-- grain: one row per family and day with such a post, and one per maker and day; one more each for undated posts
-- parameters: none
create or replace table group_days as
with grouped as (
    select
        n.entity_number,
        'family' as grouping,
        e.family as name
    from entities as e
    inner join entity_numbers as n on e.entity_id = n.entity_id
    where e.family is not null
    union all
    select
        n.entity_number,
        'maker' as grouping,
        e.maker as name
    from entities as e
    inner join entity_numbers as n on e.entity_id = n.entity_id
    where e.maker is not null
)

select
    g.grouping,
    g.name,
    m.published_on,
    cast(count(distinct m.post_number) as integer) as posts,
    cast(sum(m.occurrences) as integer) as occurrences
from numbered_mentions as m
inner join grouped as g on m.entity_number = g.entity_number
group by g.grouping, g.name, m.published_on
order by g.grouping, g.name, m.published_on;

comment on column group_days.grouping is 'family or maker.';
comment on column group_days.name is 'The family or the maker.';
comment on column group_days.published_on is 'The day; null for undated posts.';
comment on column group_days.posts is 'Posts that name any of its models, each counted once.';
comment on column group_days.occurrences is 'How often they name them.';
