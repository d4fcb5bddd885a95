"""Facts to hold claims against, made from Epoch AI's tables by `python -m pipeline.publish.reference FOLDER`.

Only facts that a claim can state are kept, about models and owners of clusters that the lexicon knows; the names are
read by the same rules as posts, so that both sides have the same ids. See `data/reference/README.md`.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.extract.chips import chips
from pipeline.extract.claims.page import find_actors
from pipeline.extract.folding import slug
from pipeline.extract.mentions.find import find_mentions
from pipeline.lexicon import load_lexicon
from pipeline.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.records import Mention

COLUMNS = (
    "subject", "entity_id", "name", "kind", "metric", "value", "hardware", "currency", "status", "as_of", "confidence",
)  # fmt: skip
_OF_MODELS = {
    "Parameters": "parameters",
    "Training dataset size (datapoints)": "training_dataset_size",
    "Training compute (FLOP)": "training_compute",
    "Training time (hours)": "training_time",
    "Hardware quantity": "hardware_quantity",
    "Training chip-hours": "hardware_hours",
    "Training compute cost (2023 USD)": "training_cost",
}
_WITH_HARDWARE = frozenset({"hardware_quantity", "hardware_hours"})
_MEGAWATT = 1e6
_SIZE = re.compile(r"\s*\((\d[^)]*)\)")  # "Qwen2.5-Coder (7B)"; other asides name another model: "GPT-2 (AMPS)"
_DIGITS = re.compile(r"\d+")

Fact = dict[str, str]


def model_facts(rows: Iterable[Mapping[str, str]]) -> Iterator[Fact]:
    """Facts about the models of Epoch's table that the lexicon knows. Datapoints are tokens of language models only."""
    for row in rows:
        model = _model(row["Model"], row["Organization"])
        if model is None:
            continue
        for column, metric in _OF_MODELS.items():
            if not row[column] or (metric == "training_dataset_size" and "Language" not in row["Domain"]):
                continue
            yield {
                "subject": model.name, "entity_id": model.entity_id, "name": " ".join(row["Model"].split()),
                "kind": "model", "metric": metric, "value": _number(row[column]),
                "currency": "USD" if metric == "training_cost" else "",
                "hardware": _chip(row["Training hardware"]) if metric in _WITH_HARDWARE else "",
                "status": "released", "as_of": row["Publication date"], "confidence": row["Confidence"].lower(),
            }  # fmt: skip


def cluster_facts(rows: Iterable[Mapping[str, str]]) -> Iterator[Fact]:
    """Accelerators and power of each cluster, once for every owner, and once for the cluster if it has a name."""
    for row in rows:
        facts = [
            ("hardware_quantity", row["Chip quantity (primary)"], 1.0, _chip(row["Chip type (primary)"])),
            ("power", row["Power Capacity (MW)"], _MEGAWATT, ""),
        ]
        for subject, entity_id in sorted(_owners(row["Name"], row["Owner"])):
            for metric, value, unit, hardware in facts:
                if value and not row["Name"].startswith("Anonymized"):
                    yield {
                        "subject": subject, "entity_id": entity_id, "name": row["Name"].strip('" '), "kind": "cluster",
                        "metric": metric, "value": _number(value, unit), "hardware": hardware, "currency": "",
                        "status": row["Status"].lower(), "as_of": row["First Operational Date"],
                        "confidence": row["Certainty"].lower(),
                    }  # fmt: skip


def _model(name: str, makers: str) -> Mention | None:
    """The model that the whole name means; None where the lexicon knows it not, or only something like it."""
    bare = _SIZE.sub(r" \1", " ".join(name.split()))
    said = f"{makers.split(',', maxsplit=1)[0]} released the model {bare}."
    start, end = len(said) - len(bare) - 1, len(said) - 1
    found = [m for m in find_mentions(Document(said), "en") if m.start >= start]
    if not found or found[-1].kind != "model" or found[-1].emerging or found[-1].end != end:
        return None
    before = {m.kind for m in found[:-1]} | {"org" for _ in said[start : found[0].start].split()}
    whole = found[0].start == start and before <= {"org"}
    return found[-1] if whole and _DIGITS.findall(found[-1].name) == _DIGITS.findall(bare) else None


def _owners(cluster: str, owners: str) -> Iterator[tuple[str, str]]:
    """Name and id of whose a cluster is: its owners, what these are a part of, and the cluster itself by its name."""
    lexicon = load_lexicon()
    for owner in owners.split(","):
        for mention in find_mentions(Document(f"The company {owner} announced it."), "en"):
            if mention.kind == "org" and mention.surface == owner:
                organization = lexicon.organization(mention.name)
                yield mention.name, mention.entity_id
                if organization and organization.parent:
                    yield organization.parent, f"org:{slug(organization.parent)}"
    yield from {(actor.name, "") for actor in find_actors(cluster) if actor.kind == "cluster"}


def _chip(names: str) -> str:
    """The accelerator as claims call it; empty where there are several or none.

    >>> _chip("NVIDIA H100 SXM5 80GB"), _chip("NVIDIA A100,NVIDIA H100"), _chip("")
    ('H100', '', '')
    """
    found = {chip.name for chip in chips(names)}
    return found.pop() if len(found) == 1 else ""


def _number(text: str, unit: float = 1.0) -> str:
    """A number without the noise of its last binary digits, and without a point where it is whole.

    >>> _number("1281.28", 1e6), _number("24000000000.0"), _number("6.12e+23"), _number("$60.5")
    ('1281280000', '24000000000', '6.12e+23', '60.5')
    """
    value = float(f"{float(text.lstrip('$').replace(',', '')) * unit:.7g}")
    return str(int(value)) if value < 1e15 and value == int(value) else str(value)


def main(folder: Path) -> None:
    """Write the facts as CSV to stdout."""
    models, clusters = (
        list(csv.DictReader((folder / name).open(encoding="utf-8", newline="")))
        for name in ("epoch_models.csv", "epoch_gpu_clusters.csv")
    )
    facts = [fact for fact in [*model_facts(models), *cluster_facts(clusters)] if fact["value"] != "0"]
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(facts, key=lambda fact: tuple(fact[column] for column in COLUMNS)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
