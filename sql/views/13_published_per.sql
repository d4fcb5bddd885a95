-- purpose: How many posts were published in each day, week, month, quarter or year: what mentions are shares of.
-- grain: one row per period with posts; periods begin on unit_start, undated posts are left out
-- parameters: unit VARCHAR
create or replace macro published_per(unit) as table (
    select
        cast(date_trunc(unit, p.published_on) as date) as unit_start,
        count(*) as posts_published
    from post_numbers as p
    where p.published_on is not null
    group by unit_start
);
