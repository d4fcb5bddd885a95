-- purpose: What could not be read in the latest run.
-- grain: one row per thing that could not be read
-- parameters: none
create or replace view latest_rejects as
select
    r.source_id,
    r.location,
    r.stage,
    r.error,
    r.message,
    r.seen_at
from rejects as r
where r.run_id = (select arg_max(u.run_id, (u.started_at, u.run_id)) as run_id from runs as u);
