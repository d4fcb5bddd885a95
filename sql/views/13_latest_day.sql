-- purpose: The last day with a post that is not dated in the future: where "lately" ends.
-- grain: a day
-- parameters: none
create or replace macro latest_day() as (
    select max(p.published_on) as latest
    from post_numbers as p
    where p.published_on <= current_date
);
