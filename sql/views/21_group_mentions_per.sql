-- purpose: Mentions over time by model family or by maker of models: how many posts name any of its members, and
--          which share of the posts published then that is.
-- grain: one row per period and group; periods begin on unit_start, undated posts are left out
-- parameters: unit VARCHAR; kind VARCHAR (family or maker)
create or replace macro group_mentions_per(unit, kind) as table (
    with members as (
        select
            cast(date_trunc(unit, d.published_on) as date) as unit_start,
            case kind when 'family' then e.family else e.maker end as group_name,
            count(distinct d.entity_number) as entities
        from entity_days as d
        inner join entity_numbers as i on d.entity_number = i.entity_number
        inner join entities as e on i.entity_id = e.entity_id
        where d.published_on is not null and group_name is not null
        group by unit_start, group_name
    ),

    named as (
        select
            cast(date_trunc(unit, g.published_on) as date) as unit_start,
            g.name,
            sum(g.posts) as posts,
            sum(g.occurrences) as occurrences
        from group_days as g
        where g.published_on is not null and g.grouping = kind
        group by unit_start, g.name
    )

    select
        n.unit_start,
        n.name,
        cast(n.posts as bigint) as posts,
        m.entities,
        cast(n.occurrences as bigint) as occurrences,
        p.posts_published,
        n.posts / p.posts_published as share
    from named as n
    inner join members as m on n.unit_start = m.unit_start and n.name = m.group_name
    inner join published_per(unit) as p on n.unit_start = p.unit_start
);
