"""The numbers of a table's cell, read with the units, scales and currencies that its heads give."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.claims.bounds import bound_of
from pipeline.extract.claims.draft import Draft
from pipeline.extract.claims.page import Sentence
from pipeline.extract.claims.parts import mixture_metric
from pipeline.extract.claims.patterns import MONEY
from pipeline.extract.folding import without_accents
from pipeline.extract.numbers.tables import alternation, currencies, scales, unit_rows
from pipeline.extract.per import per_adjective, per_after
from pipeline.extract.quantities import read_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.extract.claims.page import Page
    from pipeline.extract.claims.tables import Head
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Block, Bound, Metric, Scope

_PER_MILLION = re.compile(r"(?:1\s?M|/\s?M|mill[óo]n|million|MTok)", re.IGNORECASE)
_MILLION_TOKENS = re.compile(r"(?:1\s?M|mill[óo]n|million)\s(?:de\s)?(?:\w+\s)?tokens?\b|/\s?1?M\b|MTok", re.IGNORECASE)
_LINK = re.compile(r"[/(]|\b(?:por|per|cada|each|every|al|an?)\b")
_CURRENCY = re.compile(r"[$€]|d[óo]lares|dollars|USD|euros|EUR")
_CURRENCY_IN_HEAD = re.compile(rf"[£¥]|{_CURRENCY.pattern}")
PART = re.compile(  # heads over the parts of a computer
    r"\W*(?:CPU|processor|procesador|RAM|system memory|storage|almacenamiento|SSD|NVMe|disk|disco|motherboard|"
    r"mainboard|"
    r"placa(?: base)?|PSU|power supply|fuente(?: de alimentación)?|case|caja|cooler|cooling|refrigeración)\b",
    re.IGNORECASE,
)
_DIMENSIONS: dict[str, frozenset[Metric]] = {
    "accelerator": frozenset({"hardware_quantity", "hardware_hours"}),  # "2.788M H800" under "GPU hours"
    "parameter": frozenset({"parameters"}),
    "expert": frozenset({"experts"}),
    "token": frozenset({"training_dataset_size", "context_length"}),
    "money": MONEY,
    "watt": frozenset({"power"}),
    "watt_hour": frozenset({"energy"}),
    "byte": frozenset({"memory"}),
    "token_per_second": frozenset({"throughput"}),
    "accelerator_hour": frozenset({"hardware_hours"}),
    "flop": frozenset({"training_compute"}),
    "person": frozenset({"users"}),
    "hour": frozenset({"training_time"}),
}
_NEEDS_SCALE: frozenset[Metric] = frozenset(
    {"parameters", "training_dataset_size", "users", "funding", "valuation", "revenue", "training_cost", "power",
     "energy"}
)  # fmt: skip
_OF_CAPTION = _NEEDS_SCALE - {"parameters", "training_dataset_size"}
_LEAST: dict[Metric, float] = {"parameters": 1e6, "training_dataset_size": 1e6, "context_length": 256}
_ACTIVE = re.compile(r"[^/|,;()]{0,16}\b(?:activ\w+)", re.IGNORECASE)
_ACTIVE_BEFORE = re.compile(r"\bactiv\w+[\s:*(~≈]*$", re.IGNORECASE)
_JOINED = re.compile(r"[^\d]{0,24}?(?:/|\||\(|,|;|\by\b|\band\b|\bde\b|\bof\b|→|\bo\b|\bor\b|\+|·)[^\d]{0,12}")
_OUTPUT = re.compile(r"[^/|,;()]{0,12}\b(?:out|outputs?|salida|m[áa]x\.? output|completion)\b", re.IGNORECASE)
_SEVERAL: frozenset[Metric] = frozenset({"parameters", "experts", "price"})


def property_drafts(
    page: Page, at: tuple[int, Block], metric: Metric, scope: str, told: tuple[Head, Head, str]
) -> Iterator[Draft]:
    """The claims of the numbers in a cell whose head tells the metric: the first, and those that are joined to it.

    `told`: the head that tells the metric, the other one, the caption. The scale of bare numbers, as billions, is that
    of the head, of sums and counts else that of the caption.
    """
    index, block = at
    text = page.text[block.start : block.end]
    found = [q for q in read_quantities(text, page.writing_at(index)) if q.number.is_amount and q.value > 0]
    drafts: list[Draft] = []
    for position, quantity in enumerate(found[:_MANY]):
        if position and not (metric in _SEVERAL and _is_joined(text, found[position - 1], quantity)):
            break
        if metric == "context_length" and _OUTPUT.match(text, quantity.end):
            continue
        part = mixture_metric(quantity, found[position + 1 : position + 2]) if metric == "parameters" else None
        if draft := _property(page, at, quantity, part or metric, told):
            drafts.append(draft._replace(scope="per_expert" if part == "parameters" else None))
    if metric == "price":
        per = next((d.per for d in drafts[::-1] if d.per), None)
        drafts = [d._replace(per=d.per or per) for d in drafts]
    yield from _scoped(text, block.start, drafts, scope)


_MANY = 4


def _is_joined(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a cell goes on with a number: "7B / 13B", "0.5B to 72B", "8x7B"."""
    pair = first.number.relation in {"low", "times"} and second.number.relation in {"high", "each"}
    return pair or bool(_JOINED.match(text, first.end, second.start))


def _scoped(text: str, begin: int, drafts: Sequence[Draft], scope: str) -> Iterator[Draft]:
    """Of two numbers of parameters or experts in a cell the smaller second is that of the active ones."""
    for position, draft in enumerate(drafts):
        if draft.metric not in {"parameters", "experts"} or draft.scope:
            yield draft
            continue
        said = _ACTIVE.match(text, draft.end - begin) or _ACTIVE_BEFORE.search(text, 0, draft.start - begin)
        pair = len(drafts) == 2 and position == 1 and draft.value < drafts[0].value
        few = draft.metric == "experts" and len(drafts) == 2 and draft.value == min(d.value for d in drafts)
        whole = len(drafts) == 2 and draft.value > min(d.value for d in drafts)  # "37B of 671B" under "Active"
        is_active = (scope == "active" and not whole) or said or pair or few
        settled: Scope = "active" if is_active else "total"
        yield draft._replace(scope=settled)


def _property(
    page: Page, at: tuple[int, Block], quantity: Quantity, metric: Metric, told: tuple[Head, Head, str]
) -> Draft | None:
    index, block = at
    head, other, caption = told
    settled = _metric_in_cell(quantity, metric, page.text[block.start : block.end])
    scaled = _scaled(quantity, settled, head.text, caption) if settled else None
    if scaled is None:
        return None
    metric, factor = scaled
    value = quantity.value * factor
    lower, upper = (end and end * factor for end in (quantity.lower, quantity.upper))
    if value < _LEAST.get(metric, 0):
        return None
    currency, per = _money_of(page, block, quantity, metric, (head, other))
    if metric in MONEY and currency is None and quantity.dimension != "money":
        return None
    if metric == "users":
        per = quantity.per or per_of(head.text)
    start, end = block.start + quantity.start, block.start + quantity.end
    sentence = Sentence(block.start, block.end, index, page.language_at(index))
    bound, why = bound_in_cell(page.text, quantity, start, end, sentence)
    return Draft(
        metric, start, end, block.start + quantity.number.start, block.start + quantity.number.end, value,
        sentence, (block.start, block.end), lower, upper,
        hardware=quantity.hardware, currency=currency, per=per, bound=bound,
        reasons=(f"metric {metric}: a cell under {head.text!r}", why),
    )  # fmt: skip


def _metric_in_cell(quantity: Quantity, metric: Metric, text: str) -> Metric | None:
    """The metric of the head, or that of the number's own unit where it is another; None where it is no such number."""
    if quantity.dimension in _DIMENSIONS and metric not in _DIMENSIONS[quantity.dimension]:
        return _BY_UNIT.get((quantity.dimension, metric)) or _OWN_UNIT.get(quantity.dimension)
    if quantity.dimension == "percent" or quantity.number.kind == "year" or _is_in_name(quantity, metric, text):
        return None
    return metric


_OWN_UNIT: dict[str, Metric] = {  # "82K GPU-hours" under "Training cost"
    "accelerator_hour": "hardware_hours",
    "token_per_second": "throughput",
    "flop": "training_compute",
}
_BY_UNIT: dict[tuple[str, Metric], Metric] = {
    ("byte", "parameters"): "memory",
    ("money", "training_dataset_size"): "price",  # per million tokens
}


def _scaled(quantity: Quantity, metric: Metric, head: str, caption: str) -> tuple[Metric, float] | None:
    """The metric and the factor of a number, by the scale that the head or the caption gives to bare ones."""
    if metric == "experts":
        return metric, 1.0  # the 8 of "8x7B" under "Parameters (B)"
    if (
        metric == "training_compute"
        and quantity.dimension != "flop"
        and quantity.value < _COUNT
        and "flop" not in head.lower()
    ):
        return None  # "5 runs" under "Compute"
    bare = quantity.dimension in {"none", "bare"} or (quantity.dimension == "money" and quantity.value < _SMALL)
    if not bare or quantity.number.suffix or quantity.number.kind == "scientific":
        return metric, 1.0
    found = _scale().search(head) or (_scale().search(caption) if metric in _OF_CAPTION else None)
    if found:
        factor, dimension = _scales().get(found["exact"]) or _scales()[found["any"].lower()]
        return _OF_DIMENSION.get(dimension, metric), factor * (1000 if found["thousand"] else 1)
    if quantity.dimension != "money" and metric in _NEEDS_SCALE and quantity.value < _LEAST.get(metric, _FULL):
        return None
    if metric == "memory":
        return (metric, 1e9) if "gb" in head.lower() else None
    return metric, 1.0


_FULL = 1e99  # of these no number is written out without a scale
_COUNT = 1e15  # operations; fewer train nothing


@cache
def _scales() -> dict[str, tuple[float, str]]:
    """The factor of what heads say of bare numbers, and the dimension of those that are units: "(GB)", "in MW"."""
    words = {a: (float(s.factor), "") for a, s in scales().items() if s.form not in {"weak", "attached"}}
    units = {a: (float(u.factor), u.dimension) for a, u in unit_rows().items() if u.dimension in _OF_DIMENSION}
    return {"G": (1e9, ""), **words, **{a: unit for a, unit in units.items() if unit[0] > 1 or a in {"W", "Wh"}}}


@cache
def _scale() -> re.Pattern[str]:
    any_case, exact = (alternation(a for a in _scales() if (a == a.lower()) is low) for low in (True, False))
    return re.compile(
        r"(?:[(\[,]|\b(?:in|en)\s)[^()\[\]]*?(?<![\w/])(?<!\b(?i:per|por)\s)(?<!\bcada\s)(?P<thousand>mil\s|"
        r"miles\sde\s(?=[mb]illon))?"
        rf"(?:(?P<exact>{exact})|(?P<any>(?i:{any_case})))(?!\w|/|\s(?i:tokens?)\b)"
    )


_OF_DIMENSION: dict[str, Metric] = {"byte": "memory", "watt": "power", "watt_hour": "energy"}


def _is_in_name(quantity: Quantity, metric: Metric, text: str) -> bool:
    """Whether a number under "GPU" is that of a card's name: a count begins its cell."""
    is_count = metric == "hardware_quantity" and quantity.dimension in {"none", "bare"}
    return is_count and bool(text[: quantity.start].strip("~≈<>≥≤+ *_"))


_SMALL = 1e4  # money; no round, company or training is worth so little


def _money_of(
    page: Page, block: Block, quantity: Quantity, metric: Metric, heads: tuple[Head, Head]
) -> tuple[str | None, str | None]:
    """The currency and the unit of a price: of the cell, else of a head, else of the text above."""
    if metric not in MONEY:
        return quantity.currency, quantity.per
    above = page.text[max(0, block.start - 1200) : block.start]
    said = " ".join(head.text for head in heads)
    currency = quantity.currency or _currency_in(said, _CURRENCY_IN_HEAD)
    if currency is None and not (metric == "price" and quantity.number.suffix):
        currency = _currency_in(above, _CURRENCY)
    if metric != "price":
        return currency, quantity.per
    per = quantity.per or per_of(said)
    of_card = any(head.entity({"chip", "device"}) for head in heads)
    of_tokens = quantity.value < _SMALL and not of_card and _MILLION_TOKENS.search(above)
    if per is None and (of_tokens or _PER_MILLION.search(said)):
        per = "million_tokens"
    return currency, per


def _currency_in(text: str, pattern: re.Pattern[str]) -> str | None:
    """The code of the currency that is said last."""
    said = pattern.findall(text)
    return currencies()[without_accents(said[-1])][0] if said else None


@lru_cache(maxsize=512)
def per_of(head: str) -> str | None:
    """What the head of a table says that its numbers are counted per.

    >>> per_of("Precio al mes"), per_of("Weekly users"), per_of("$/1M tokens"), per_of("Model")
    ('month', 'week', 'million_tokens', None)
    """
    folded = without_accents(head)
    if per := per_adjective(head):
        return per
    for link in _LINK.finditer(folded):
        for start in (link.start() - 1, link.start()):
            if start >= 0 and (found := per_after(folded, start)):
                return found[1]
    return None


def large_sum(head: Head, other: Head) -> Metric:
    """What a sum under "Cost" is that no token, month or device costs: of a model its training, else an investment."""
    return "training_cost" if other.entity({"model"}) or not (other.entities or head.entities) else "funding"


def bound_in_cell(text: str, quantity: Quantity, start: int, end: int, sentence: Sentence) -> tuple[Bound, str]:
    """How exact a cell is: "~1.8T", "$100M+", "$180-190 billion"."""
    if quantity.lower is not None and quantity.upper is not None:
        return "range", "bound range: two ends are given"
    return bound_of(text, start, end, (sentence.start, sentence.end), sentence.language)
