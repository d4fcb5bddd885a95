-- purpose: The posts that the public can read now: no drafts, and none that their author took down.
-- grain: one row per post; copies and previews are among them
-- parameters: none
create or replace view published as
select p.*
from posts as p
where not p.is_draft and p.gone_at is null;
