-- purpose: The best of the posts that search_posts finds by the index: this takes the place of best_posts of
--          `sql/views` in a file that is published with one.
-- grain: one row per post, at least as many as asked for if there are as many
-- parameters: words VARCHAR, most INTEGER
create or replace macro best_posts(words, most) as table (
    select
        s.post_id,
        s.score
    from search_posts(words) as s
);
