"""Claims in tables: rows of models under columns of benchmarks or properties, or the reverse."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.extract.claims.benchmarks import Benchmark, find_benchmarks
from pipeline.extract.claims.cues import cue_set
from pipeline.extract.claims.draft import Draft
from pipeline.extract.claims.page import Sentence
from pipeline.extract.claims.subject.base import made, named, unnamed
from pipeline.extract.quantities import read_quantities
from pipeline.records import Metric, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.claims.cues import Cue
    from pipeline.extract.claims.draft import Subject
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.extract.claims.topic import Topic
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Block

_MEAN = re.compile(
    r"^(?:avg|average|mean|media|promedio|overall|total|all|global|rank|#|params|benchmark|benchmarks|task|tasks|"
    r"model|modelo|modelos|models)\b\.?$",
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
_PLAIN = re.compile(r"^[\s*_~≈≥>+†‡^]*-?\d+(?:[.,]\d+)?\s?%?[\s*_†‡^()a-zA-Z-]{0,12}$")
_METRICS: dict[str, Metric] = {}
_DIMENSIONS: dict[str, frozenset[Metric]] = {
    "accelerator": frozenset({"hardware_quantity"}),
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
_NEEDS_SCALE: frozenset[Metric] = frozenset(
    {"parameters", "training_dataset_size", "users", "funding", "valuation", "revenue", "training_cost"}
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a row's or column's head names: something numbers are said of, a benchmark, or a property."""

    text: str
    entity: Entity | None = None
    benchmark: Benchmark | None = None
    cue: Cue | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it names none of these."""
        return not (self.entity or self.benchmark or self.cue)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells by row and column, and what its heads name."""

    cells: dict[tuple[int, int], tuple[int, Block]]  # (row, column) -> index of the block, block
    rows: dict[int, Head]
    columns: dict[int, Head]
    heads: frozenset[int]  # rows of column heads


def tables_of(page: Page) -> Iterator[Table]:
    """The tables of a document."""
    grids: dict[int, dict[tuple[int, int], tuple[int, Block]]] = {}
    for index, block in enumerate(page.blocks):
        if block.kind == "cell" and block.table >= 0:
            grids.setdefault(block.table, {})[(block.row, block.column)] = (index, block)
    for cells in grids.values():
        yield _table(page, cells)


def _table(page: Page, cells: dict[tuple[int, int], tuple[int, Block]]) -> Table:
    first = min(row for row, _ in cells)
    heads = frozenset({row for (row, _), (_, block) in cells.items() if block.header} or {first})
    if len(heads) == len({row for row, _ in cells}):
        heads = frozenset({first})
    left = min(column for _, column in cells)
    columns: dict[int, Head] = {}
    for row, column in sorted(cells):
        if row in heads:
            head = _head(page, cells[row, column][1])
            columns[column] = head if column not in columns or columns[column].is_plain else columns[column]
    rows = {row: _head(page, cells[row, left][1]) for row, column in cells if column == left and row not in heads}
    return Table(cells, rows, columns, heads)


def _head(page: Page, block: Block) -> Head:
    text = page.text[block.start : block.end].strip()
    things = [e for e in page.between(block.start, block.end) if e.kind in {"model", "chip", "device", "cluster"}]
    if things and things[0].start - block.start <= 12:
        return Head(text, entity=things[0])
    orgs = [e for e in page.between(block.start, block.end) if e.kind == "org" and e.end - e.start > 0.6 * len(text)]
    if orgs:
        return Head(text, entity=orgs[0])
    found = find_benchmarks(text)
    if found and found[0].start <= 12:
        return Head(text, benchmark=found[0].benchmark)
    cue = next((c for _, _, c in _column_cues(text)), None)
    return Head(text, cue=cue)


@cache
def _column_cues(text: str) -> tuple[tuple[int, int, Cue], ...]:
    found = list(cue_set("columns", "*").find(text))
    return tuple(sorted(found, key=lambda item: (int(item[2].place.rsplit(":", 1)[1]), item[0])))


def table_drafts(page: Page, table: Table, topic: Topic) -> list[Draft]:
    """The claims of a table's cells."""
    kind = _score_axis(page, table)
    drafts: list[Draft] = []
    for (row, column), (index, block) in sorted(table.cells.items()):
        if row in table.heads or row not in table.rows or column == min(c for _, c in table.cells):
            continue
        across, down = table.rows[row], table.columns.get(column, Head(""))
        drafts.extend(_cell(page, index, block, across, down, kind, topic))
    return drafts


def _score_axis(page: Page, table: Table) -> str:
    """Which heads are benchmarks: `rows`, `columns`, or nothing."""
    del page
    rows = Counter(_kind(head) for head in table.rows.values())
    columns = Counter(_kind(head) for c, head in table.columns.items() if c != min(table.columns))
    if rows["benchmark"] and rows["benchmark"] >= columns["benchmark"]:
        return "rows"
    return "columns" if columns["benchmark"] else ""


def _kind(head: Head) -> str:
    return "model" if head.entity else "benchmark" if head.benchmark else "metric" if head.cue else "plain"


def _cell(page: Page, index: int, block: Block, across: Head, down: Head, axis: str, topic: Topic) -> Iterator[Draft]:  # noqa: ARG001, PLR0917
    text = page.text[block.start : block.end]
    if not any(char.isdigit() for char in text) or len(text) > 80:
        return
    property_head, other = (down, across) if down.cue else (across, down) if across.cue else (None, None)
    if property_head is not None and other is not None:
        yield from _property_cell(page, index, block, property_head, other)
        return
    score, holder = (across, down) if axis == "rows" else (down, across)
    if axis and not score.entity and _PLAIN.match(text.strip()) and score.text and not _MEAN.match(score.text):
        yield from _score_cell(page, index, block, score, holder)


def _score_cell(page: Page, index: int, block: Block, score: Head, holder: Head) -> Iterator[Draft]:
    match = re.search(r"\d+(?:[.,]\d+)?(?:\s?%)?", page.text[block.start : block.end])
    name = score.benchmark.name if score.benchmark else score.text.split("\n")[0]
    if match is None or (score.benchmark is None and len(name) > 40):
        return
    start, end = block.start + match.start(), block.start + match.end()
    value = float(match.group().rstrip("% \u00a0").replace(",", "."))
    yield Draft(
        "benchmark_score", start, end, start, end, value,
        Sentence(block.start, block.end, index, page.language_at(index)),
        (block.start, block.end), benchmark=name, subject=_holder(holder),
        reasons=(f"metric benchmark_score: a cell under {name!r}",),
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
    metric = _metric(cue.value)
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
        yield _with(draft, scope, subject)


def _with(draft: Draft, scope: Scope | None, subject: Subject | None) -> Draft:
    from dataclasses import replace  # noqa: PLC0415

    return replace(draft, scope=scope, subject=subject)


def _is_named_row(head: Head) -> bool:
    return bool(head.text.strip()) and not head.benchmark


def _metric(name: str) -> Metric:
    from typing import get_args  # noqa: PLC0415

    if not _METRICS:
        _METRICS.update({metric: metric for metric in get_args(Metric)})
    return _METRICS[name]


def _property(page: Page, index: int, block: Block, quantity: Quantity, metric: Metric, head: Head) -> Draft | None:  # noqa: C901, PLR0917
    value, reason = quantity.value, f"a cell under {head.text!r}"
    if quantity.dimension in _DIMENSIONS and metric not in _DIMENSIONS[quantity.dimension]:
        if quantity.dimension == "byte" and metric == "parameters":
            metric = "memory"
        else:
            return None
    elif quantity.dimension in {"percent", "hour"}:
        return None
    scale = _SCALE.search(head.text)
    bare = quantity.dimension in {"none", "bare"} and not quantity.number.suffix
    if bare and scale:
        value *= _SCALES[scale[1].lower()]
        if scale[1].lower() in {"gb", "gib", "mb", "tb"}:
            metric = "memory"
    elif bare and (metric in _NEEDS_SCALE or (metric == "memory" and "gb" not in head.text.lower())):
        return None
    elif bare and metric == "memory":
        value *= 1e9
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
    return Draft(
        metric, start, end, block.start + quantity.number.start, block.start + quantity.number.end, value,
        Sentence(block.start, block.end, index, page.language_at(index)), (block.start, block.end),
        hardware=quantity.hardware,
        currency=currency, per=per, reasons=(f"metric {metric}: {reason}",),
    )  # fmt: skip
