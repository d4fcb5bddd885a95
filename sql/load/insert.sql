-- purpose: Put in the incoming posts with their mentions, claims and checks.
-- grain: one post and its mentions and claims
-- parameters: none; reads the registered tables incoming_posts, incoming_mentions, incoming_claims,
--             incoming_claim_checks
insert into posts by name
select
    i.*,
    w.content_version + 1 as loaded_version
from incoming_posts as i
cross join warehouse_state as w;

insert into mentions by name
select i.*
from incoming_mentions as i;

insert into claims by name
select i.*
from incoming_claims as i;

insert into claim_checks by name
select i.*
from incoming_claim_checks as i;

update warehouse_state set content_version = content_version + 1;
