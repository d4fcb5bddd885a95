-- purpose: The metrics whose values of different subjects can be compared and shown on one axis, largest first: the
--          report's charts over time and the digests' records. Prices and scores depend on what a claim does not say.
-- grain: one row per metric; place is its order in the report
-- parameters: none
create or replace view charted_metrics as
select
    m.metric,
    m.place
from (
    values
    ('parameters', 1),
    ('training_dataset_size', 2),
    ('context_length', 3),
    ('hardware_quantity', 4),
    ('training_compute', 5),
    ('training_cost', 6),
    ('power', 7),
    ('funding', 8),
    ('valuation', 9),
    ('revenue', 10),
    ('users', 11)
) as m (metric, place);

comment on column charted_metrics.metric is 'As in claims.';
comment on column charted_metrics.place is 'Its place in the report, from 1.';
