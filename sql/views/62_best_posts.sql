-- purpose: Of the posts that search_posts finds, those that come first, which is known sooner than all of them: with an
--          index the best, without one those of the latest days, and undated ones.
-- grain: one row per post, at least as many as asked for if there are as many
-- parameters: words VARCHAR, most INTEGER
create or replace macro best_posts(words, most) as table (
    with latest as (
        select
            p.post_id,
            p.published_on
        from published as p
        where
            p.published_on is not null
            and p.duplicate_of is null
            and has_words(p.title, p.text, regexp_extract_all(lower(strip_accents(words)), '[a-z0-9]+'))
        order by p.published_on desc
        limit most
    ),

    -- more posts of the same day may have been cut off
    earliest as (
        select min(l.published_on) as published_on
        from latest as l
    )

    select
        l.post_id,
        cast(null as double) as score
    from latest as l
    anti join earliest as e on l.published_on = e.published_on
    union all
    select
        p.post_id,
        cast(null as double) as score
    from published as p
    semi join earliest as e on p.published_on = e.published_on
    where
        p.duplicate_of is null
        and has_words(p.title, p.text, regexp_extract_all(lower(strip_accents(words)), '[a-z0-9]+'))
    union all
    select
        p.post_id,
        cast(null as double) as score
    from published as p
    where
        p.published_on is null
        and p.duplicate_of is null
        and has_words(p.title, p.text, regexp_extract_all(lower(strip_accents(words)), '[a-z0-9]+'))
);
