"""Facts from Epoch AI's tables: named as claims name them, in the units of claims."""

from __future__ import annotations

import csv
from typing import Any, get_args

from pipeline.publish.reference import COLUMNS, cluster_facts, model_facts
from pipeline.records import Metric
from pipeline.resources import resource

MODEL = dict.fromkeys(
    (
        "Parameters", "Training dataset size (datapoints)", "Training compute (FLOP)", "Training time (hours)",
        "Training hardware", "Hardware quantity", "Training chip-hours", "Training compute cost (2023 USD)",
    ),
    "",
) | {"Organization": "OpenAI,Microsoft", "Publication date": "2024-05-13", "Domain": "Language", "Confidence": "Likely"}  # fmt: skip
CLUSTER = {
    "Name": "xAI Colossus Memphis Phase 9", "Owner": "xAI", "Chip type (primary)": "NVIDIA H100 SXM5 80GB",
    "Chip quantity (primary)": "1000.0", "Power Capacity (MW)": "1.5", "Status": "Planned",
    "First Operational Date": "", "Certainty": "Likely",
}  # fmt: skip


def models(**fields: str) -> list[tuple[str, ...]]:
    facts = model_facts([MODEL | {key.replace("_", " "): value for key, value in fields.items()}])
    return [(f["subject"], f["entity_id"], f["metric"], f["value"]) for f in facts]


def test_a_model_is_named_as_posts_name_it() -> None:
    """The name is read by the rules for posts: another spelling has the same id."""
    assert models(Model="gpt4o mini", Parameters="8000000000.0") == [
        ("GPT-4o mini", "model:gpt-4o-mini", "parameters", "8000000000")
    ]


def test_a_name_that_is_only_partly_known_gives_no_fact() -> None:
    """A model built on another is not that other; a version the lexicon lacks is not one that it has."""
    for name in ("Zorblax Llama 3 8B", "Zorblax", "GPT-2 (Zorblax)"):
        assert models(Model=name, Parameters="8e9") == []


def test_a_datapoint_is_a_token_of_language_models_alone() -> None:
    """A model of images was not trained on tokens."""
    row: Any = MODEL | {"Model": "GPT-4", "Parameters": "1.0", "Training dataset size (datapoints)": "5.0"}
    assert [f["metric"] for f in model_facts([row])] == ["parameters", "training_dataset_size"]
    assert [f["metric"] for f in model_facts([row | {"Domain": "Vision"}])] == ["parameters"]


def test_a_cluster_stands_for_its_owner_and_for_itself() -> None:
    """Accelerators and watts, once under each name."""
    facts = [(f["subject"], f["entity_id"], f["metric"], f["value"], f["hardware"]) for f in cluster_facts([CLUSTER])]
    assert facts == [
        ("Colossus", "", "hardware_quantity", "1000", "H100"),
        ("Colossus", "", "power", "1500000", ""),
        ("xAI", "org:xai", "hardware_quantity", "1000", "H100"),
        ("xAI", "org:xai", "power", "1500000", ""),
    ]


def test_a_cluster_without_a_name_or_owner_gives_no_fact() -> None:
    """Epoch hides some."""
    assert list(cluster_facts([CLUSTER | {"Name": "Anonymized Chinese System", "Owner": ""}])) == []


def test_the_file_is_sound() -> None:
    """Every line has the columns, a known metric and a positive number."""
    with resource("data", "reference", "epoch.csv").open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))
    assert len(facts) > 2000
    assert tuple(facts[0]) == COLUMNS
    assert {fact["metric"] for fact in facts} <= set(get_args(Metric))
    assert all(float(fact["value"]) > 0 for fact in facts)
