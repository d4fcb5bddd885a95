"""Claims in the cells of tables: models in rows under benchmarks or properties in columns, or the reverse."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.chips import chips
from pipeline.extract.claims.captions import Caption
from pipeline.extract.claims.cell_values import PART, bound_in_cell, large_sum, property_drafts
from pipeline.extract.claims.draft import Draft
from pipeline.extract.claims.hedges import hedges_of
from pipeline.extract.claims.modality import modality_at, said_so
from pipeline.extract.claims.page import Sentence
from pipeline.extract.claims.patterns import KINDS
from pipeline.extract.claims.setting import METRICS
from pipeline.extract.claims.subject.base import made, named, unnamed
from pipeline.extract.claims.subject.reference import FAR
from pipeline.extract.claims.subject.sizes import sized
from pipeline.extract.claims.tables import Head, cues_of
from pipeline.extract.quantities import read_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.claims.draft import Subject
    from pipeline.extract.claims.page import Page
    from pipeline.extract.claims.tables import Table
    from pipeline.extract.claims.topic import Topic
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Block, Metric

_MEAN = re.compile(
    r"^(?:avg|average|mean|media|promedio|overall|total|all|global|rank|#|params|benchmark|benchmarks|task|tasks|"
    r"model|modelo|modelos|models)\b\.?$",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"\W*(?:brecha|distancia|diferencia|ventaja|cambio|mejora|gap|diff\w*|delta|Δ|change|gain|improvement|lead)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(  # heads over values, which name nobody
    r"(?:valor(?:es)?|values?|detalles?|details?|datos?|data|scores?|puntuaci[óo]n(?:es)?|puntos|points|resultados?|"
    r"results?|notas?|notes?|specs?|specifications?|especificaci[óo]n(?:es)?|cifras?|figures?|numbers?|números?|"
    r"descripci[óo]n|description|accuracy|precisi[óo]n|performance|rendimiento|porcentaje|percentage|%|info|"
    r"informaci[óo]n|best|mejor|importe|amount|cantidad|status|estado)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"(?:scores?|puntuaci[óo]n|puntos|points|resultados?|results?|accuracy|precisi[óo]n|nota|performance|rendimiento|%|"
    r"porcentaje|percentage|Elo|pass@\d|aciertos?|rating)(?:\s?\(?%\)?)?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:(?:FY|Q[1-4]|H[12]|[1-4][TQ]|T[1-4])\s?)?(?:'?\d{2}|20\d\d)\s?(?:[EPF]|\(\w+\.?\))?", re.IGNORECASE
)
_CAPTIONED = frozenset({"revenue", "funding", "valuation", "users", "power", "hardware_quantity"})
_SIZE = re.compile(r"[~≈]?\d+(?:[.,]\d+)?\s?[BM]\b", re.IGNORECASE)
_SCORE = re.compile(
    r"[\s*_~≈≥≤<>+†‡^▲△↑🥇🥈🥉🏆✅⭐-]*(?P<number>-?\d[\d.,]*\s?%?(?:\s?[-–]\s?\d[\d.,]*\s?%?)?)"
    r"(?:\s?(?:±|\+/-)\s?[\d.,]+)?(?:\s?(?:puntos|points|pts\.?|Elo|ELO|pp|pass@\d))?"
    r"(?:\s*(?:[([][^()\[\]]*[)\]]|[^\w\s.,]+|[*†‡a-c](?!\w)|(?:best|mejor|SOTA)\b))*\s*"
)
_DATA = re.compile(
    r"\W*(?:(?:pre-?)?training\s)?(?:datasets?|corpus|corpora|(?:conjuntos?\sde\s)?datos|data)\W*", re.IGNORECASE
)
_OF_DATA = re.compile(
    r"\b(?:(?<!centro de )(?<!centros de )datos|datasets?|data(?![\s-]?cent)|corpus|"
    r"bandwidth|ancho de banda|tr[áa]fico|traffic)\b",
    re.IGNORECASE,
)
_BY_UNIT: dict[str, Metric] = {
    "byte": "memory",
    "token_per_second": "throughput",
    "parameter": "parameters",
    "expert": "experts",
    "flop": "training_compute",
    "accelerator_hour": "hardware_hours",
}
_LONGEST = 80  # characters of a cell that is read as one; longer ones are prose


class _Cell(NamedTuple):
    """A cell with the heads of its row and column."""

    number: int  # of the block
    block: Block
    text: str
    across: Head
    down: Head


def table_drafts(page: Page, table: Table, topic: Topic) -> list[Draft]:
    """The claims of a table's cells."""
    return list(_Reader(page, table, topic).drafts())


class _Reader:
    """Goes through the cells of one table."""

    def __init__(self, page: Page, table: Table, topic: Topic) -> None:
        self.page, self.table, self.topic = page, table, topic
        self.caption = Caption(page, topic, table.first)
        properties = [h.kind == "property" for h in table.rows.values()]
        self.rows_measure = sum(properties) > sum(h.kind == "property" for h in table.columns.values())

    def drafts(self) -> Iterator[Draft]:
        """The claims, in order."""
        table = self.table
        for (row, column), (index, block) in sorted(table.cells.items()):
            text = self.page.text[block.start : block.end]
            if row in table.heads or row not in table.rows or not any(map(str.isdigit, text)):
                continue
            if column <= table.side:
                yield from self._size_as_head(index, block, text) if column == table.side else ()
            elif len(text) <= _LONGEST:
                cell = _Cell(index, block, text, table.rows[row], table.columns.get(column, Head("")))
                yield from self._cell(cell)

    def _size_as_head(self, index: int, block: Block, text: str) -> Iterator[Draft]:
        """Sizes that rows are headed by, under "Model size"."""
        cue = self.table.corner.cue
        if cue and cue.value == "parameters" and _SIZE.match(text):
            cell = _Cell(index, block, text, Head(text), self.table.corner)
            for draft in self._values(cell, "parameters", self.table.corner, Head("")):
                yield draft._replace(subject=sized(draft.subject or unnamed(), draft, self.topic))

    def _cell(self, cell: _Cell) -> Iterator[Draft]:
        pair = (cell.across, cell.down) if self.rows_measure else (cell.down, cell.across)
        first, second = next(((a, b) for a, b in (pair, pair[::-1]) if a.kind == "property"), (None, None))
        axis = self.table.scores
        if first is None and not (axis and "benchmark" in {cell.across.kind, cell.down.kind}):
            first, second = next(((a, b) for a, b in (pair, pair[::-1]) if a.cue), (None, None))
        if first and second and first.cue and first.cue.value != "none":
            yield from self._values(cell, METRICS[first.cue.value], first, second)
        elif (axis or self._is_score(cell)) and not first and (draft := self._score(cell)):
            yield draft
        elif not first and (head := self._captioned(cell)):
            yield from self._values(cell, *head)
        elif not first or (first.cue and first.cue.value == "none"):
            yield from self._by_unit(cell)

    def _is_score(self, cell: _Cell) -> bool:
        """Whether a cell is under "Score", beside a model, in a table under the name of one benchmark."""
        holder, head = (cell.across, cell.down) if cell.across.entities else (cell.down, cell.across)
        is_headed = head.kind == "plain" and holder.entity({"model"}) and _RESULT.match(head.text)
        return bool(is_headed and self.caption.benchmark)

    def _captioned(self, cell: _Cell) -> tuple[Metric, Head, Head] | None:
        """What the caption says that a table measures: "Revenue of the labs ($ billions)" over columns of years."""
        holder, head = (cell.across, cell.down) if cell.across.entities else (cell.down, cell.across)
        if head.kind != "plain" or not (_TIME.fullmatch(head.text) or _VALUE.match(head.text)):
            return None
        said = self.caption.text if holder.entities else self.table.corner.text  # "Ronda | Importe"
        cue = next((cue for cue in cues_of(said) if cue.value in _CAPTIONED), None)
        return (METRICS[cue.value], Head(head.text, cue=cue), holder) if cue else None

    def _values(self, cell: _Cell, metric: Metric, head: Head, other: Head) -> Iterator[Draft]:
        """The numbers of a cell under the head of a property."""
        told_of = (head.text, other.text, self.table.corner.text if _DATA.fullmatch(self.table.corner.text) else "")
        if metric == "memory" and any(_OF_DATA.search(text) for text in told_of):
            return  # | Dataset | Disk size |
        if metric == "price" and PART.match(other.text):
            return  # | RAM | 32 GB | $70 |
        scope = head.cue.extra if head.cue else ""
        at, told = (cell.number, cell.block), (head, other, self.caption.text)
        found = list(property_drafts(self.page, at, metric, scope, told))
        sizes = [draft.value for draft in found if draft.metric == "parameters" and draft.scope == "total"]
        several = len(set(sizes)) > 1  # not "1.76T (1,760B)"
        for draft in found:
            if draft.metric == "price" and draft.value >= _DEAR:
                draft = draft._replace(metric=large_sum(head, other))  # noqa: PLW2901
            subject = self._holder(draft, cell, head, other) or unnamed()
            yield _told(self.page, draft, head)._replace(
                subject=sized(subject, draft, self.topic) if several else subject
            )

    def _by_unit(self, cell: _Cell) -> Iterator[Draft]:
        """The numbers of a cell whose heads say of what they are, but not what they measure: the unit does."""
        found = read_quantities(cell.text, self.page.writing_at(cell.number))
        metric = _BY_UNIT.get(found[0].dimension) if found else None
        if found and found[0].dimension == "money" and found[0].per not in {None, "year"}:
            metric = "price"
        if metric and (cell.across.entities or cell.down.entities):
            holder, other = (cell.across, cell.down) if cell.across.entities else (cell.down, cell.across)
            for draft in self._values(cell, metric, other, holder):
                if draft.subject and draft.subject.name:
                    yield draft

    def _score(self, cell: _Cell) -> Draft | None:
        axis = self.table.scores or ("rows" if cell.down.entities else "columns")
        score, holder = (cell.across, cell.down) if axis == "rows" else (cell.down, cell.across)
        if not self.table.scores and (benchmark := self.caption.benchmark):
            score = replace(score, benchmark=benchmark)
        name = score.benchmark.name if score.benchmark else score.text.split("\n")[0]
        unlikely = score.benchmark is None and (len(name) > _SHORT or _MEAN.match(name))
        if score.entities or not name or unlikely or _GAP.match(holder.text):
            return None
        begin, percent = cell.block.start, score.benchmark is not None and score.benchmark.scale == "percent"
        inside = [e for e in self.page.between(begin, cell.block.end) if e.kind == "model"]
        skipped = _TO_NUMBER.match(cell.text, inside[0].end - begin) if inside else None
        match = _SCORE.match(cell.text, skipped.end() if skipped else 0)
        rest = cell.text[match.end() :].strip(") ") if match else ""
        if match is None or (rest if skipped else match.end() < len(cell.text)):
            return None
        quantity = self._number(cell, match.start("number"), match.end("number"))
        if quantity is None:
            return None
        if quantity.number.alternative is not None and quantity.value > (_FULL if percent else _MOST):
            quantity = quantity._replace(value=quantity.number.alternative)
        start, end = begin + quantity.start, begin + quantity.end
        sentence = Sentence(begin, cell.block.end, cell.number, self.page.language_at(cell.number))
        bound, why = bound_in_cell(self.page.text, quantity, start, end, sentence)
        draft = Draft(
            "benchmark_score", start, end, start, end, quantity.value, sentence, (begin, cell.block.end),
            quantity.lower, quantity.upper, benchmark=name, bound=bound,
            reasons=(f"metric benchmark_score: a cell under {name!r}", why),
        )  # fmt: skip
        subject = made(inside[0], _IN_CELL) if skipped else self._holder(draft, cell, score, holder)
        return _told(self.page, draft, score)._replace(subject=subject)

    def _number(self, cell: _Cell, start: int, end: int) -> Quantity | None:
        """The number of a score, read in the post's language: "1.679" has a Spanish thousand."""
        found = read_quantities(cell.text[:end], self.page.writing_at(cell.number))
        return next((q for q in found if q.start >= start and _is_plain(q)), None)

    def _holder(self, draft: Draft, cell: _Cell, head: Head, other: Head) -> Subject | None:
        """Whom the numbers of a cell are of: what a head names, the cell itself, or what the table is about."""
        kinds: tuple[frozenset[str], ...] = KINDS[draft.metric]
        if draft.metric == "throughput":
            kinds = (frozenset({"model"}), *kinds)
        for choice in kinds:
            for named_by in (other, head):
                if entity := named_by.entity(choice):
                    return made(entity, _BY_HEAD)
        inside = [e for e in self.page.between(cell.block.start, draft.start) if e.kind in kinds[-1]]
        if inside and inside[0].start - cell.block.start <= 4:
            return made(inside[0], _IN_CELL)
        axis = "rows" if other is cell.across else "columns"
        text = other.text.strip("*_ ")
        if axis in self.table.names and other.kind == "plain" and _is_name(text):
            return named(text, "head of the row or column, of no known name")
        theme = self.caption.subject(kinds)
        if theme and theme.entity and theme.entity.kind == "chip" and PART.match(head.text):
            return None  # | RAM | 32 GB | is not that of the card above
        theme = theme if theme and self._fits(theme, draft, text) else None
        if theme is None and draft.metric == "benchmark_score" and _is_name(text) and other.kind == "plain":
            return named(text, "head of the row or column, of no known name")
        if theme and _SIZE.fullmatch(text):
            return named(f"{theme.name} {text.strip('~≈ ')}", "the size in the clause, of the model before", " (table)")
        return theme

    def _fits(self, theme: Subject, draft: Draft, head: str) -> bool:
        """Whether a table may be of the post's topic: one of memory only if that comes in sizes, so that readers run
        it, and one whose rows are sizes ("7B | 13B | 70B") only if the post is announced as being about it.
        """
        if theme.rule.startswith("topic of the post") and (draft.metric == "parameters" or _SIZE.fullmatch(head)):
            return False
        if draft.metric != "memory" or theme.rule.removesuffix(", by reference") not in FAR:
            return True
        return any(theme.entity and e.family == theme.entity.family for es in self.topic.sizes.values() for e in es)


def _told(page: Page, draft: Draft, head: Head) -> Draft:
    """The draft with the chip that its head counts ("H100 GPUs"), and what a bracket behind its number says."""
    if draft.metric == "hardware_quantity" and not draft.hardware and (chip := next(iter(chips(head.text)), None)):
        draft = draft._replace(hardware=chip.name)
    if draft.modality != "stated" or not page.text.startswith("(", draft.end + 1):
        return draft
    hedges = hedges_of(page.text, draft.sentence, [draft.sentence.start])
    return said_so(draft, modality_at(page.text, (draft.start, draft.end), draft.clause, hedges, draft.metric))


_BY_HEAD = "head of the row or column"
_IN_CELL = "the model that the cell names"
_SHORT = 40
_FULL, _MOST = 100, 5000  # percent, points
_DEAR = 2e5  # money; no token or month costs so much
_TO_NUMBER = re.compile(r"[*_\s]*[:(—–=-]?[*_\s]*")


def _is_plain(quantity: Quantity) -> bool:
    return quantity.dimension == "percent" or (quantity.dimension == "none" and not quantity.number.suffix)


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _SHORT and not (
        _MEAN.match(text) or _VALUE.match(text) or _SIZE.fullmatch(text) or _WHOSE.fullmatch(text)
    )


_WHOSE = re.compile(  # heads that point at what no table names
    r"(?:(?:el|la|los|las)\s)?(?:tuy[oa]s?|mí[oa]s?|nuestr[oa]s?|suy[oa]s?|tu|mi|su|yours?|ours?|mine|my|this|est[ea])"
    r"(?:\s(?:modelo|model|versión|version|equipo|setup))?",
    re.IGNORECASE,
)
