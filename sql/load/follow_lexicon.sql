-- purpose: Mark the posts that hold a changed name, and keep what the spellings of the lexicon mean now.
-- grain: one row per post to be marked; one per spelling
-- parameters: mark VARCHAR; reads the registered tables marked_posts (post_id) and incoming_spellings
update posts set extractor = posts.extractor || $mark
from marked_posts as m
where posts.post_id = m.post_id and not ends_with(posts.extractor, $mark);

delete from lexicon_spellings;

insert into lexicon_spellings by name
select i.*
from incoming_spellings as i;
