-- purpose: The numbers of said_values, each with the words it was said in first and the place to read them.
-- grain: one row per metric, subject, scope, hardware, currency, per, benchmark, bound, modality and value
-- parameters: none
create or replace view values_over_time as
select
    s.* exclude (about, claim_row, post_row),
    c.claim_id,
    c.quote,
    o.title,
    o.source_id,
    o.post_id,
    text_fragment(o.url, c.quote) as link
from said_values as s
inner join claims as c on s.claim_row = c.rowid
inner join posts as o on s.post_row = o.rowid;
