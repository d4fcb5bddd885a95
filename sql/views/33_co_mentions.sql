-- purpose: Who is named together with an entity, and whether more often than chance: a lift of 2 is twice as often.
-- grain: one row per other entity named in a post with it
-- parameters: entity VARCHAR (an entity_id)
create or replace macro co_mentions(entity) as table (
    with total as (
        select count(*) as posts from post_numbers
    ),

    with_it as (
        select n.post_number
        from numbered_mentions as n
        semi join entity_numbers as i on n.entity_number = i.entity_number and i.entity_id = entity
    ),

    together as (
        select
            n.entity_number,
            count(*) as posts_together
        from numbered_mentions as n
        semi join with_it as w on n.post_number = w.post_number
        group by n.entity_number
    )

    select
        t.entity_id,
        e.kind,
        e.name,
        c.posts_together,
        t.posts,
        c.posts_together * a.posts / (t.posts * i.posts) as lift
    from together as c
    inner join entity_totals as t on c.entity_number = t.entity_number
    inner join entities as e on t.entity_id = e.entity_id
    inner join entity_totals as i on i.entity_id = entity
    cross join total as a
    where t.entity_id != entity
);
