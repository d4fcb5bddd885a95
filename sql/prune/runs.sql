-- purpose: Forget all runs but the last ones, with what they said of sources and what they could not read.
-- grain: one run
-- parameters: kept INTEGER
create or replace temporary table forgotten_runs as
select r.run_id
from runs as r
order by r.started_at desc, r.run_id desc
offset cast($kept as bigint);

delete from run_sources
using forgotten_runs
where run_sources.run_id = forgotten_runs.run_id;

delete from rejects
using forgotten_runs
where rejects.run_id = forgotten_runs.run_id;

delete from runs
using forgotten_runs
where runs.run_id = forgotten_runs.run_id;

drop table forgotten_runs;
