-- purpose: Of a copy is said how it is known and how sure that is, of an original neither.
-- grain: one row per post that breaks this; none is right
-- parameters: none
select
    p.post_id,
    p.duplicate_of,
    p.duplicate_kind,
    p.duplicate_score
from posts as p
where
    case
        when p.duplicate_of is null then p.duplicate_kind is not null or p.duplicate_score is not null
        else
            coalesce(p.duplicate_kind not in ('address', 'text', 'title', 'near', 'translation'), true)
            or coalesce(p.duplicate_score not between 0 and 1, true)
    end;
