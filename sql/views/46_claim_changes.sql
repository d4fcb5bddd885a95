-- purpose: What a published post claimed before it was changed, and what it claims after: same metric, subject and
--          scope, or appeared, or disappeared.
-- grain: one row per changed post, revision and claim that differs; the n-th number of a kind is held against the n-th
-- parameters: none
create or replace view claim_changes as
select c.*
from latest_claim_changes(null, null, null) as c;
