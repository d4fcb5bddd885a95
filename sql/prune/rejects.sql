-- purpose: Forget what could not be read, but for the last runs.
-- grain: one reject
-- parameters: kept INTEGER
create or replace temporary table forgotten_runs as
select r.run_id
from runs as r
order by r.started_at desc, r.run_id desc
offset cast($kept as bigint);

delete from rejects
using forgotten_runs
where rejects.run_id = forgotten_runs.run_id;

drop table forgotten_runs;
