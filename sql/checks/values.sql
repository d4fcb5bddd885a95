-- purpose: Numbers are numbers, a range has two ends in order and its value between them, confidence is from 0 to 1.
-- grain: one row per claim that breaks this; none is right
-- parameters: none
select
    c.claim_id,
    c.value,
    c.lower,
    c.upper,
    c.confidence
from claims as c
where
    not isfinite(c.value)
    or (c.bound = 'range' and (c.lower is null or c.upper is null))
    or c.lower > c.value
    or c.upper < c.value
    or c.confidence not between 0 and 1
order by c.claim_id;
