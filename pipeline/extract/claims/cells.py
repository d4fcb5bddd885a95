"""Claims in the cells of tables: models in rows under benchmarks or properties in columns, or the reverse."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.extract.claims.bounds import bound_of
from pipeline.extract.claims.draft import Draft
from pipeline.extract.claims.page import Sentence
from pipeline.extract.claims.setting import METRICS
from pipeline.extract.claims.subject.base import made, named, unnamed
from pipeline.extract.claims.tables import Head
from pipeline.extract.quantities import read_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.claims.draft import Subject
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.extract.claims.tables import Table
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Block, Bound, Metric, Scope

_MEAN = re.compile(
    r"^(?:avg|average|mean|media|promedio|overall|total|all|global|rank|#|params|benchmark|benchmarks|task|tasks|"
    r"model|modelo|modelos|models)\b\.?$",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"\W*(?:brecha|distancia|diferencia|ventaja|cambio|mejora|gap|diff\w*|delta|Δ|change|gain|improvement|lead)\b",
    re.IGNORECASE,
)
_SCALE = re.compile(r"[(\[]\s*(?:in |en )?(?:# )?(B|M|K|T|k|billions?|millions?|millones|GB|GiB|MB|TB)\s*[)\]]")
_SCALES = {
    "b": 1e9,
    "m": 1e6,
    "k": 1e3,
    "t": 1e12,
    "billion": 1e9,
    "billions": 1e9,
    "million": 1e6,
    "millions": 1e6,
    "millones": 1e6,
    "gb": 1e9,
    "gib": 2.0**30,
    "mb": 1e6,
    "tb": 1e12,
}
_PER_MILLION = re.compile(r"(?:1\s?M|/\s?M|mill[óo]n|million|MTok)", re.IGNORECASE)
_SIGN = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY"}
_CURRENCY_WORDS = {
    "dólares": "USD",
    "dollars": "USD",
    "USD": "USD",
    "euros": "EUR",
    "EUR": "EUR",
    "$": "USD",
    "€": "EUR",
}
_MEDALS = "\u2190-\u27bf\u2b50-\u2b55\ufe0f\U0001f300-\U0001faff"
_PLAIN = re.compile(
    r"^[\s*_~≈≥>+†‡^]*-?\d+(?:[.,]\d+)*\s?%?(?:\s?±\s?\d+(?:[.,]\d+)?)?"
    rf"[\s*_†‡^()a-zA-Z{_MEDALS}-]{{0,12}}$"
)
_OF_ITS_OWN = re.compile(r"[\s:=(–—-]*[~≈]?\d+(?:[.,]\d+)*\s?%?\s?\)?\s*")  # what a cell says behind the model it names
_BYTES = re.compile(r"\d\s?(?:[KMGT]i?B\b|gigas?\b|gigabytes?\b)", re.IGNORECASE)
_OF_DATA = re.compile(r"\b(?:datos|datasets?|data|corpus|bandwidth|ancho de banda|tr[áa]fico|traffic)\b", re.IGNORECASE)
_DIMENSIONS: dict[str, frozenset[Metric]] = {
    "accelerator": frozenset({"hardware_quantity", "hardware_hours"}),  # "2.788M H800" under "GPU hours"
    "parameter": frozenset({"parameters"}),
    "expert": frozenset({"experts"}),
    "token": frozenset({"training_dataset_size", "context_length"}),
    "money": frozenset({"price", "training_cost", "funding", "valuation", "revenue"}),
    "watt": frozenset({"power"}),
    "watt_hour": frozenset({"energy"}),
    "byte": frozenset({"memory"}),
    "token_per_second": frozenset({"throughput"}),
    "accelerator_hour": frozenset({"hardware_hours"}),
    "flop": frozenset({"training_compute"}),
    "person": frozenset({"users"}),
}
_FULL, _MOST = 100, 5000  # percent, points
_NEEDS_SCALE: frozenset[Metric] = frozenset(
    {"parameters", "training_dataset_size", "users", "funding", "valuation", "revenue", "training_cost"}
)


def table_drafts(page: Page, table: Table) -> list[Draft]:
    """The claims of a table's cells."""
    kind = _score_axis(table)
    left = min(column for _, column in table.cells)
    drafts: list[Draft] = []
    for (row, column), (index, block) in sorted(table.cells.items()):
        if row in table.heads or row not in table.rows or column == left:
            continue
        across, down = table.rows[row], table.columns.get(column, Head(""))
        drafts.extend(_cell(page, index, block, across, down, kind))
    return drafts


def _score_axis(table: Table) -> str:
    """Which heads are benchmarks: `rows`, `columns`, or nothing."""
    rows = Counter(_kind(head) for head in table.rows.values())
    columns = Counter(_kind(head) for c, head in table.columns.items() if c != min(table.columns))
    if rows["benchmark"] and rows["benchmark"] >= columns["benchmark"]:
        return "rows"
    return "columns" if columns["benchmark"] else ""


def _kind(head: Head) -> str:
    return "model" if head.entity else "benchmark" if head.benchmark else "metric" if head.cue else "plain"


def _cell(page: Page, index: int, block: Block, across: Head, down: Head, axis: str) -> Iterator[Draft]:  # noqa: PLR0917
    text = page.text[block.start : block.end]
    if not any(char.isdigit() for char in text) or len(text) > 80:
        return
    if holder := _file_of(text, across, down):
        yield from _file_cell(page, index, block, holder)
        return
    property_head, other = (down, across) if down.cue else (across, down) if across.cue else (None, None)
    if property_head is not None and other is not None:
        yield from _property_cell(page, index, block, property_head, other)
        return
    score, holder = (across, down) if axis == "rows" else (down, across)
    if not axis or score.entity or not score.text or _MEAN.match(score.text) or _GAP.match(holder.text):
        return
    if _PLAIN.match(text.strip()):
        yield from _score_cell(page, index, block, score, _holder(holder))
    elif score.benchmark and (best := _best_of(page, block)):
        yield from _score_cell(page, index, block, score, made(best, "the model that the cell names"))


def _best_of(page: Page, block: Block) -> Entity | None:
    """The model that a cell names with its score: "GPT-4o (88,7)" under "the best"."""
    models = [e for e in page.between(block.start, block.end) if e.kind == "model"]
    alone = len(models) == 1 and models[0].start - block.start <= 4
    return models[0] if alone and _OF_ITS_OWN.fullmatch(page.text, models[0].end, block.end) else None


def _file_of(text: str, across: Head, down: Head) -> Head | None:
    """The head that says whose bytes a cell gives, where the other head names nothing of which there are bytes."""
    if not _BYTES.search(text):
        return None
    for holder, other in ((across, down), (down, across)):
        if holder.entity and not other.entity and not other.benchmark and not _OF_DATA.search(other.text):
            return holder if other.cue is None or other.cue.value == "none" else None
    return None


def _file_cell(page: Page, index: int, block: Block, holder: Head) -> Iterator[Draft]:
    text = page.text[block.start : block.end]
    for quantity in read_quantities(text, page.language_at(index))[:1]:
        if quantity.dimension == "byte":
            draft = _property(page, index, block, quantity, "memory", holder)
            if draft:
                yield draft._replace(subject=_holder(holder))


def _score_cell(page: Page, index: int, block: Block, score: Head, holder: Subject | None) -> Iterator[Draft]:
    name = score.benchmark.name if score.benchmark else score.text.split("\n")[0]
    begin = max((e.end for e in page.between(block.start, block.end) if e.kind == "model"), default=block.start)
    language = page.language_at(index)
    read = [q for q in read_quantities(page.text[begin : block.end], language) if q.number.is_amount]
    if not read or (score.benchmark is None and len(name) > 40):
        return
    number, scale = read[0].number, score.benchmark.scale if score.benchmark else ""
    other = number.alternative is not None and number.value > (_FULL if scale == "percent" else _MOST)
    value = number.alternative if other and number.alternative is not None else number.value
    start, end = begin + number.start, begin + number.end
    sentence = Sentence(block.start, block.end, index, language)
    bound, why = bound_of(page.text, start, end, (block.start, block.end), language)
    yield Draft(
        "benchmark_score", start, end, start, end, value, sentence, (block.start, block.end), bound=bound,
        benchmark=name, subject=holder, reasons=(f"metric benchmark_score: a cell under {name!r}", why),
    )  # fmt: skip


def _holder(head: Head) -> Subject | None:
    if head.entity:
        return made(head.entity, "head of the row or column")
    text = head.text.strip("*_ ")
    if text and len(text) <= 40 and not head.cue and not head.benchmark and not _MEAN.match(text):
        return named(text, "head of the row or column, of no known name")
    return None


def _property_cell(page: Page, index: int, block: Block, head: Head, other: Head) -> Iterator[Draft]:
    cue = head.cue
    if cue is None or cue.value == "none" or (other.entity is None and not _is_named_row(other)):
        return
    metric = METRICS[cue.value]
    text = page.text[block.start : block.end]
    found = [q for q in read_quantities(text, page.language_at(index)) if q.number.is_amount and q.value > 0]
    for position, quantity in enumerate(found[:2]):
        if position and not (metric == "experts" and "/" in text):
            break
        draft = _property(page, index, block, quantity, metric, head)
        if draft is None:
            continue
        scope: Scope | None = None
        if draft.metric in {"parameters", "experts"}:
            scope = (
                "active" if cue.extra == "active" or position == 1 or quantity.number.relation == "active" else "total"
            )
        subject = _holder(other) if other.entity else unnamed()
        yield draft._replace(scope=scope, subject=subject)


def _is_named_row(head: Head) -> bool:
    return bool(head.text.strip()) and not head.benchmark


def _property(page: Page, index: int, block: Block, quantity: Quantity, metric: Metric, head: Head) -> Draft | None:  # noqa: C901, PLR0912, PLR0917
    value, reason = quantity.value, f"a cell under {head.text!r}"
    if quantity.dimension in _DIMENSIONS and metric not in _DIMENSIONS[quantity.dimension]:
        if quantity.dimension == "byte" and metric == "parameters":
            metric = "memory"
        elif quantity.dimension == "money" and metric == "training_dataset_size":
            metric = "price"  # price per million tokens
        else:
            return None
    elif quantity.dimension in {"percent", "hour"}:
        return None
    scale = _SCALE.search(head.text)
    bare = quantity.dimension in {"none", "bare"} and not quantity.number.suffix
    factor = 1.0
    if bare and scale:
        factor = _SCALES[scale[1].lower()]
        if scale[1].lower() in {"gb", "gib", "mb", "tb"}:
            metric = "memory"
    elif bare and (metric in _NEEDS_SCALE or (metric == "memory" and "gb" not in head.text.lower())):
        return None
    elif bare and metric == "memory":
        factor = 1e9
    value *= factor
    lower, upper = (end and end * factor for end in (quantity.lower, quantity.upper))
    if metric in {"parameters", "training_dataset_size"} and value < 1e6:
        return None
    if metric == "context_length" and value < 256:
        return None
    currency = quantity.currency or (
        next((code for sign, code in _SIGN.items() if sign in head.text), None) if metric == "price" else None
    )
    if metric == "price" and currency is None:
        above = page.text[max(0, block.start - 1200) : block.start]
        currency = next((code for word, code in _CURRENCY_WORDS.items() if word in above), None)
    if metric == "price" and currency is None and quantity.dimension != "money":
        return None
    above = page.text[max(0, block.start - 1200) : block.start]
    per = quantity.per or (
        "million_tokens"
        if metric == "price" and (_PER_MILLION.search(head.text) or _PER_MILLION.search(above))
        else None
    )
    start, end = block.start + quantity.start, block.start + quantity.end
    sentence = Sentence(block.start, block.end, index, page.language_at(index))
    bound, why = _bound(page.text, quantity, start, end, sentence)
    return Draft(
        metric, start, end, block.start + quantity.number.start, block.start + quantity.number.end, value,
        sentence, (block.start, block.end), lower, upper,
        hardware=quantity.hardware, currency=currency, per=per, bound=bound,
        reasons=(f"metric {metric}: {reason}", why),
    )  # fmt: skip


def _bound(text: str, quantity: Quantity, start: int, end: int, sentence: Sentence) -> tuple[Bound, str]:
    """How exact a cell is: "~1.8T", "$100M+", "$180-190 billion"."""
    if quantity.lower is not None and quantity.upper is not None:
        return "range", "bound range: two ends are given"
    return bound_of(text, start, end, (sentence.start, sentence.end), sentence.language)
