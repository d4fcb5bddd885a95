"""Tables as grids of cells, and what the heads of their rows and columns name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.extract.claims.cues import cue_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.claims.benchmarks import Benchmark
    from pipeline.extract.claims.cues import Cue
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.records import Block


_NEAR = 12  # characters
_RESULT = re.compile(r"(?:resultados?|puntuaci[óo]n|scores?|results?|nota)\b", re.IGNORECASE)  # of a model


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
    rows, second = (_row_heads(page, cells, heads, column) for column in (left, left + 1))
    of_benchmarks = any(head.benchmark for head in rows.values())
    if not of_benchmarks and _models(second) > max(_models(rows), len(second) / 3):
        rows = second
    return Table(cells, rows, columns, heads)


def _row_heads(
    page: Page, cells: dict[tuple[int, int], tuple[int, Block]], heads: frozenset[int], column: int
) -> dict[int, Head]:
    return {row: _head(page, cells[row, column][1]) for row, at in cells if at == column and row not in heads}


def _models(heads: dict[int, Head]) -> int:
    """How many heads of rows are models: where a first column says what kind they are, the second names them."""
    return sum(head.entity is not None and head.entity.kind == "model" for head in heads.values())


def _head(page: Page, block: Block) -> Head:
    text = page.text[block.start : block.end].strip()
    things = [e for e in page.between(block.start, block.end) if e.kind in {"model", "chip", "device", "cluster"}]
    if things and (things[0].start - block.start <= _NEAR or _RESULT.match(text)):
        return Head(text, entity=things[0])
    found = page.benchmarks(block.start, block.end)
    if found and found[0].start - block.start <= _NEAR:
        return Head(text, benchmark=found[0].benchmark)
    orgs = [e for e in page.between(block.start, block.end) if e.kind == "org" and e.end - e.start > 0.6 * len(text)]
    if orgs:
        return Head(text, entity=orgs[0])
    cue = next((c for _, _, c in _column_cues(text)), None)
    return Head(text, cue=cue)


@cache
def _column_cues(text: str) -> tuple[tuple[int, int, Cue], ...]:
    found = list(cue_set("columns", "*").find(text))
    return tuple(sorted(found, key=lambda item: (int(item[2].place.rsplit(":", 1)[1]), item[0])))
