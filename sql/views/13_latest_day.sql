-- purpose: The last day with a post that is not dated in the future: where "lately" ends.
-- grain: a day
-- parameters: none
create or replace macro latest_day() as (
    select max(o.published_on) as latest
    from originals as o
    where o.published_on <= current_date
);
