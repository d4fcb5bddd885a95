-- purpose: The facts that claims are held against, from `data/reference`.
-- grain: one row per subject, thing in Epoch AI's tables and metric
-- parameters: file VARCHAR
create table reference (
    subject varchar not null,
    entity_id varchar,
    name varchar not null,
    kind varchar not null,
    metric varchar not null,
    value double not null,
    hardware varchar,
    currency varchar,
    status varchar not null,
    as_of date,
    confidence varchar not null
);

comment on table reference is
'One row per subject, thing and metric: facts of Epoch AI''s tables (epoch.ai/data, CC-BY), to check claims.';
comment on column reference.subject is 'Whom the fact is about, as in claims: a model, an owner, a cluster.';
comment on column reference.entity_id is 'Its id, as in claims; null for a cluster.';
comment on column reference.name is 'What Epoch calls the model or the cluster.';
comment on column reference.kind is 'model, or cluster: a fact about one of perhaps many clusters of the subject.';
comment on column reference.metric is 'As in claims.';
comment on column reference.value is 'In the base unit of the metric, as in claims. Costs are in US dollars of 2023.';
comment on column reference.hardware is 'The chip, of quantities and hours of hardware; null for several kinds.';
comment on column reference.currency is 'ISO 4217 code of money.';
comment on column reference.status is 'released for a model; existing, planned or decommissioned for a cluster.';
comment on column reference.as_of is 'Day of publication of the model; day since which the cluster runs.';
comment on column reference.confidence is
'Of models confident, likely, speculative or unknown; of clusters confirmed, likely or unlikely: Epoch''s own words.';

insert into reference by name
select f.*
from read_csv(
    $file,
    types = { 'value': 'double', 'as_of': 'date', 'hardware': 'varchar', 'currency': 'varchar' }
) as f;
