-- purpose: Who is named together with an entity, and whether more often than chance: a lift of 2 is twice as often.
-- grain: one row per other entity named in a post with it
-- parameters: entity VARCHAR (an entity_id)
create or replace macro co_mentions(entity) as table (
    with total as (
        select count(*) as posts from originals
    ),

    with_it as (
        select p.post_id
        from post_entities as p
        where p.entity_id = entity
    ),

    together as (
        select
            p.entity_id,
            count(*) as posts_together
        from post_entities as p
        semi join with_it as w on p.post_id = w.post_id
        where p.entity_id != entity
        group by p.entity_id
    ),

    each_one as (
        select
            p.entity_id,
            count(*) as posts
        from post_entities as p
        group by p.entity_id
    ),

    size as (
        select count(*) as posts from with_it
    )

    select
        t.entity_id,
        e.kind,
        e.name,
        t.posts_together,
        o.posts,
        t.posts_together * a.posts / (o.posts * s.posts) as lift
    from together as t
    inner join each_one as o on t.entity_id = o.entity_id
    inner join entities as e on t.entity_id = e.entity_id
    cross join total as a
    cross join size as s
);
