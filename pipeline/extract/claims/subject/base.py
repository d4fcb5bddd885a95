"""What every rule about subjects needs: the kinds of subject a metric has, and the answer with its confidence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.claims.confidence import confidence_of
from pipeline.extract.claims.draft import Draft, Subject
from pipeline.extract.claims.names import parts_of
from pipeline.extract.claims.patterns import KINDS, MODEL_METRICS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.extract.claims.page import Entity
    from pipeline.extract.claims.topic import Topic

UNNAMED = "the text names none"


def made(entity: Entity, rule: str, detail: str = "") -> Subject:
    """The entity as subject; `rule` is one of `subject_rules.csv`, `detail` says what made it apply."""
    return Subject(entity.name, rule, confidence_of(rule), entity.entity_id, entity, detail)


def named(name: str, rule: str, detail: str = "", entity: Entity | None = None) -> Subject:
    """A subject by a name that need not stand in the text, as that of a model's size."""
    known = entity.entity_id if entity else None
    return Subject(name, rule, confidence_of(rule), known, entity, detail)


def unnamed(rule: str = UNNAMED) -> Subject:
    """No subject, for a reason."""
    return Subject(None, rule, confidence_of(rule))


def allowed(draft: Draft) -> frozenset[str]:
    """The kinds of subject that are possible for a number."""
    if draft.metric == "power" and draft.value >= _PLANT:
        return KINDS["power"][1] - _MACHINES
    return _OF_TOKENS[1] if _is_token_price(draft) else KINDS[draft.metric][1]


def wanted(draft: Draft) -> frozenset[str]:
    """The kinds of subject that are usual for a number."""
    if draft.metric == "price" and draft.per == "hour":
        return _RENTED
    if draft.metric == "power" and draft.value >= _PLANT:
        return KINDS["power"][0] - _MACHINES
    return _OF_TOKENS[0] if _is_token_price(draft) else KINDS[draft.metric][0]


_PLANT = 1e6  # watts; no chip or device draws so much
_MACHINES = frozenset({"chip", "device"})
_RENTED = frozenset({"chip", "device"})
_OF_TOKENS = frozenset({"model"}), frozenset({"model", "org"})


def _is_token_price(draft: Draft) -> bool:
    return draft.metric == "price" and draft.per is not None and draft.per.endswith("tokens")


def preferred(draft: Draft, entities: Iterable[Entity]) -> list[Entity]:
    """Those of the usual kinds, or where there are none, those of the possible ones."""
    entities = list(entities)
    return [e for e in entities if e.kind in wanted(draft)] or [e for e in entities if e.kind in allowed(draft)]


@lru_cache(maxsize=4)  # several rules ask the same of a draft
def named_before(draft: Draft, topic: Topic) -> list[Entity]:
    """The possible subjects that the sentence names before the number."""
    kinds = allowed(draft)
    names = topic.page.between(draft.sentence.start, draft.start)
    plain = [e for i, e in enumerate(names) if not (i and _is_whose(topic, names[i - 1], e))]
    if draft.metric in MODEL_METRICS or draft.metric == "memory":
        plain = [e for i, e in enumerate(plain) if not (i and _is_maker_of(topic, plain[i - 1], e))]
    return [e for e in plain if e.kind in kinds and e.end <= draft.start]


def _is_whose(topic: Topic, first: Entity, second: Entity) -> bool:
    """Whether a person only tells whose the organization before is: "xAI, de Elon Musk"."""
    between = topic.page.text[first.end : second.start] if second.kind == "person" and first.kind == "org" else ""
    return between in {" de ", ", de ", " of ", " del ", " (de ", ", la empresa de ", ", the company of "}


def _is_maker_of(topic: Topic, model: Entity, org: Entity) -> bool:
    """Whether an organization only tells whose the model before is: "GPT-5.2 from OpenAI, which registered N"."""
    between = topic.page.text[model.end : org.start]
    return (model.kind, org.kind) == ("model", "org") and between in _FROM


_FROM = frozenset(
    {" from ", ", from ", " by ", " de ", ", de ", " (", " (de ", " (by "}
)  # "GPT-4 (OpenAI): 119 tokens/s"


def is_of_system(text: str, draft: Draft, entity: Entity) -> bool:
    """Whether a memory is the computer's, not its graphics card's: "RAM: 32 GB", "64 GB of system memory"."""
    if entity.kind not in {"chip", "model"}:
        return False
    if entity.kind == "chip" and _RAM.search(text, max(0, draft.start - 24), draft.start):
        return True
    pattern = _LISTED if entity.kind == "model" else _SYSTEM_OR_RAM if _CARD.match(entity.name) else _SYSTEM
    return bool(pattern.match(text, draft.number_end))


_RAM = re.compile(
    r"\b(?:(?:System )?(?:RAM|[Mm]emory)|(?:RAM|Memoria)(?: del sistema)?|Storage|Almacenamiento|Disk|Disco):\s$"
)
_CARD = re.compile("[RG]TX |RX |Arc |Tesla ")
_SIZE = r"\s?[GT]i?B\s(?:of\s|de\s)?"
_LISTED = re.compile(_SIZE + r"DDR\d\b")
_SYSTEM = re.compile(_SIZE + r"(?:DDR\d|system (?:RAM|memory)|(?:RAM|memoria) del sistema)\b")
_SYSTEM_OR_RAM = re.compile(_SIZE + r"(?:DDR\d|system (?:RAM|memory)|RAM)\b")


def contradicts(draft: Draft, entity: Entity, *, beside: bool = False) -> bool:
    """Whether a name says another size than the number does: a 70B is no property of Llama 3 8B.

    A number `beside` the name may be a more exact one: "gpt-oss-20b (21B)".
    """
    if draft.metric != "parameters" or draft.scope != "total" or draft.bound in {"min", "max"}:
        return False
    parts = [part for part in parts_of(entity.name) if part.metric == "parameters"]
    if any(part.scope == "per_expert" for part in parts):
        return False  # "Mixtral 8x22B, which has 141B parameters"
    tolerance = 0.3 if draft.suffix not in {"B", "M", "T"} else 0.026 if draft.value % 1e9 == 0 else 0.12
    tolerance = max(tolerance, 0.12) if beside else tolerance
    return bool(parts) and not any(abs(part.value - draft.value) <= tolerance * part.value for part in parts)
