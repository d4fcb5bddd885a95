-- purpose: Record how a run ended.
-- grain: one row of runs
-- parameters: run_id VARCHAR, finished_at TIMESTAMPTZ, status VARCHAR, because VARCHAR; reads the run's rows of
--             run_sources
update runs set
    finished_at = cast($finished_at as timestamptz),
    status = $status,
    posts_seen = s.posts_seen,
    posts_new = s.posts_new,
    posts_changed = s.posts_changed,
    posts_unchanged = s.posts_unchanged,
    posts_rejected = s.posts_rejected,
    posts_reextracted = s.posts_reextracted,
    reextracted_because = nullif($because, '')
from (
    select
        coalesce(sum(r.posts_seen), 0) as posts_seen,
        coalesce(sum(r.posts_new), 0) as posts_new,
        coalesce(sum(r.posts_changed), 0) as posts_changed,
        coalesce(sum(r.posts_unchanged), 0) as posts_unchanged,
        coalesce(sum(r.posts_rejected), 0) as posts_rejected,
        coalesce(sum(r.posts_reextracted), 0) as posts_reextracted
    from run_sources as r
    where r.run_id = $run_id
) as s
where runs.run_id = $run_id;
