-- purpose: What could not be read in the latest run, and why?
-- grain: one row per thing that could not be read
-- parameters: none
select
    r.source_id,
    r.location,
    r.stage,
    r.message
from latest_rejects as r
order by r.source_id, r.location, r.stage, r.message;
