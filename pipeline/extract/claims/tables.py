"""Tables as grids of cells, and what the heads of their rows and columns name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.claims.cues import cue_set

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pipeline.extract.claims.benchmarks import Benchmark
    from pipeline.extract.claims.cues import Cue
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.records import Block

    Cells = Mapping[tuple[int, int], tuple[int, Block]]  # (row, column) -> index of the block, block

_THINGS = frozenset({"model", "chip", "device", "cluster"})
_NAMES_SUBJECTS = re.compile(  # a head over names: the names below need not be known
    r"(?:modelos?|models?|LLMs?|empresas?|compan(?:y|ies)|compañías?|labs?|laboratorios?|proveedor(?:es)?|providers?|"
    r"startups?|GPUs?|tarjetas?|cards?|chips?|devices?|dispositivos?|equipos?|m[áa]quinas?|machines?|hardware|"
    r"sites?|clusters?|proyectos?|projects?|organi[sz]aci[óo]n(?:es)?|organi[sz]ations?|servicios?|services?|"
    r"herramientas?|tools?|planes|plans?|nombres?|names?|productos?|products?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a row's or column's head names: things that numbers are said of, a benchmark, or a property."""

    text: str
    entities: tuple[Entity, ...] = ()
    benchmark: Benchmark | None = None
    cue: Cue | None = None

    @property
    def kind(self) -> str:
        """`name`, `benchmark`, `property`, or `plain` for none of these. What is named goes before what it measures."""
        if self.entities:
            return "name"
        return "benchmark" if self.benchmark else "property" if self.cue else "plain"

    def entity(self, *choices: Collection[str]) -> Entity | None:
        """The first thing named that is of one of the kinds; earlier choices go first."""
        return next((e for kinds in choices for e in self.entities if e.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells by row and column, and what its heads name.

    `corner` is the head over the heads of rows; `names` tells which axes give the names of subjects, known or not.
    """

    cells: Cells
    rows: dict[int, Head]
    columns: dict[int, Head]
    heads: frozenset[int]  # rows of column heads
    corner: Head
    side: int  # column of the heads of rows
    scores: str  # which heads are benchmarks: `rows`, `columns`, or nothing
    names: frozenset[str]  # which heads are names: `rows`, `columns`

    @property
    def first(self) -> int:
        """The index of the table's first block."""
        return min(index for index, _ in self.cells.values())


def tables_of(page: Page) -> Iterator[Table]:
    """The tables of a document."""
    grids: dict[int, dict[tuple[int, int], tuple[int, Block]]] = {}
    for index, block in enumerate(page.blocks):
        if block.kind == "cell" and block.table >= 0:
            grids.setdefault(block.table, {})[(block.row, block.column)] = (index, block)
    for cells in grids.values():
        yield _table(page, cells)


def _table(page: Page, cells: Cells) -> Table:
    heads = _head_rows(page, cells)
    left = min(column for _, column in cells)
    columns: dict[int, Head] = {}
    for row, column in sorted(cells):
        if row in heads:
            head = head_of(page, cells[row, column][1])
            columns[column] = head if column not in columns or columns[column].kind == "plain" else columns[column]
    side, rows = _side(page, cells, heads, left)
    columns = _named_by_row(page, cells, heads, side, columns)
    corner = columns.get(side, Head(""))
    values = {column: head for column, head in columns.items() if column != side}
    names = frozenset(
        axis
        for axis, over, of in (("rows", corner, rows), ("columns", None, values))
        if any(head.kind == "name" for head in of.values())
        or (over and _NAMES_SUBJECTS.match(over.text) and not any(h.cue or h.benchmark for h in of.values()))
    )
    return Table(cells, rows, columns, heads, corner, side, _score_axis(rows, values), names)


def _head_rows(page: Page, cells: Cells) -> frozenset[int]:
    """The rows of column heads. A table of two columns may have none: "Parameters | 671B" is what follows too."""
    rows = sorted({row for row, _ in cells})
    heads = frozenset({row for (row, _), (_, block) in cells.items() if block.header} or {rows[0]})
    if len(heads) == len(rows):
        heads = frozenset({rows[0]})
    columns = sorted({column for _, column in cells})
    if len(columns) != _SPEC or heads != {rows[0]} or (rows[0], columns[1]) not in cells:
        return heads
    body = page.text[cells[rows[0], columns[1]][1].start : cells[rows[0], columns[1]][1].end]
    label = cells.get((rows[0], columns[0]))
    is_value = label and body[:1].strip("~≈$€<>").isdigit() | body[1:2].isdigit()
    return frozenset() if label and is_value and head_of(page, label[1]).kind == "property" else heads


_SPEC = 2  # columns of a table of properties and values


def _side(page: Page, cells: Cells, heads: frozenset[int], left: int) -> tuple[int, dict[int, Head]]:
    """The column of the heads of rows: the second, where the first only says what kind the names in it are."""
    first, second = (_row_heads(page, cells, heads, column) for column in (left, left + 1))
    known = Counter(head.kind for head in first.values())
    fewer = _models(second) <= _models(first)
    return (left, first) if known["property"] or known["benchmark"] or fewer else (left + 1, second)


def _models(heads: dict[int, Head]) -> int:
    return sum(head.entity({"model"}) is not None for head in heads.values())


def _row_heads(page: Page, cells: Cells, heads: frozenset[int], column: int) -> dict[int, Head]:
    """The heads of rows; one without a head goes on about what the row above names, as under a cell of several rows."""
    found: dict[int, Head] = {}
    last = Head("")
    for row in sorted({row for row, _ in cells} - heads):
        cell = cells.get((row, column))
        last = head_of(page, cell[1]) if cell else last
        if cell or last.kind == "name":
            found[row] = last
    return found


def _named_by_row(
    page: Page, cells: Cells, heads: frozenset[int], side: int, columns: dict[int, Head]
) -> dict[int, Head]:
    """The heads of columns; where they name nothing but a row does ("Model | X | Y"), the names of that row."""
    if any(head.kind != "plain" for column, head in columns.items() if column != side):
        return columns
    for row in sorted({row for row, _ in cells if row not in heads}):
        label = cells.get((row, side))
        body = page.text[label[1].start : label[1].end] if label else ""
        if not _A_MODEL.fullmatch(body.strip("* ")):
            continue
        named = {at: head_of(page, block) for (r, at), (_, block) in cells.items() if r == row and at != side}
        if named and all(head.entities for head in named.values()):
            return {**columns, **named}
    return columns


_A_MODEL = re.compile(
    r"(?:base |underlying )?models?(?: name)?|modelos?(?: base)?|nombre(?: del modelo)?", re.IGNORECASE
)


def head_of(page: Page, block: Block) -> Head:
    """What a head names."""
    text = page.text[block.start : block.end].strip()
    inside = page.between(block.start, block.end)
    things = [e for e in inside if e.kind in _THINGS]
    found = page.benchmarks(block.start, block.end)
    score = found[0].benchmark if found and found[0].start - block.start <= _EARLY else None
    if score and not (things and things[0].start < found[0].start):
        return Head(text, benchmark=score)
    one = len({e.name for e in things}) == 1 and len(text) <= _SHORT
    if not things or not (one or things[0].start - block.start <= _EARLY):
        things = []
    orgs = [e for e in inside if e.kind == "org" and (things or _is_whole(e, block, text))]
    cue = next((c for a, b, c in _column_cues(text) if not _within(block.start + a, block.start + b, things)), None)
    return Head(text, (*things, *orgs), None, cue)


_EARLY = 12  # characters before the name in a head
_SHORT = 40
_MARKS = 2  # characters of mark-up before a name


def _is_whole(entity: Entity, block: Block, text: str) -> bool:
    """Whether a company is what a head is about: it is most of it, or stands first and a comma or bracket follows."""
    if entity.end - entity.start > 0.6 * len(text):
        return True
    return entity.start - block.start <= _MARKS and text[entity.end - block.start :].lstrip()[:1] in set("(/,+·")


def _within(start: int, end: int, things: list[Entity]) -> bool:
    return any(e.start < end and start < e.end for e in things)


def _score_axis(rows: dict[int, Head], columns: dict[int, Head]) -> str:
    """Which heads are benchmarks."""
    across, down = (Counter(head.kind for head in heads.values())["benchmark"] for heads in (rows, columns))
    if across and across >= down:
        return "rows"
    return "columns" if down else ""


def cues_of(text: str) -> list[Cue]:
    """What a text says that is measured, the first rows of the table of cues first."""
    return [cue for _, _, cue in _column_cues(text)]


@lru_cache(maxsize=512)  # the heads of a post's tables are asked for again and again
def _column_cues(text: str) -> tuple[tuple[int, int, Cue], ...]:
    found = list(cue_set("columns", "*").find(text))
    return tuple(sorted(found, key=lambda item: (item[2].row, item[0])))
