"""Claims in running text: headings, paragraphs, items, quotations, captions, footnotes."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from pipeline.extract.claims import bounds
from pipeline.extract.claims.clauses import Clauses
from pipeline.extract.claims.hedges import carries_on, hedges_of
from pipeline.extract.claims.measured import Numbers, draft_of
from pipeline.extract.claims.modality import Mode, modality_at, said_so, unsure
from pipeline.extract.claims.page import DIGIT
from pipeline.extract.claims.patterns import BEATEN
from pipeline.extract.claims.setting import Setting
from pipeline.extract.claims.sizes import with_sizes
from pipeline.extract.claims.subject import find_subject
from pipeline.extract.claims.subject.base import unnamed
from pipeline.extract.fillers import AGAINST, TO_NUMBER
from pipeline.extract.numbers import Number
from pipeline.extract.quantities import read_quantities
from pipeline.extract.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.benchmarks import Benchmark, Named
    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.hedges import Hedge
    from pipeline.extract.claims.page import Entity, Page, Sentence
    from pipeline.extract.claims.topic import Topic
    from pipeline.records import Block

_AGAINST = re.compile(  # "80 %, frente al 77 % de X, pero …" goes on about who has the 80
    rf"\b(?:{AGAINST}|than|por encima del?|por debajo del?)\s(?:the\s|los\s|las\s|un\s|el\s)?[~≈$€]*$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(  # to a note or a section
    r"\b(?:see|cf\.|véase|nota|note|footnote|figure|figura|section|sección|chapter|capítulo)\s$", re.IGNORECASE
)
_PROCESSOR = re.compile(r"\b(?:i[3579]|Core(?: Ultra)?|Ryzen|Intel)(?: \d)?[ -]$")  # i7 7700K
_FIGURES = re.compile(r"[\s\d.,%+±~/-]*")

_REMEMBERED = 48  # claims of a paragraph that its later numbers look back at; all would cost the square of its length


def read_block(page: Page, index: int, topic: Topic, *, is_ai: bool) -> list[Draft]:
    """The claims of a block, in order."""
    block = page.blocks[index]
    if block.kind == "heading" or topic.benchmark is None:
        named = page.benchmarks(block.start, block.end)
        topic.benchmark = named[-1].benchmark if named else topic.titled
    spelled = page.is_spelled(index)
    if not (spelled or _has_figures(page.text, block)):
        return []
    body, folded = page.bare[block.start : block.end], page.folded[block.start : block.end]
    read = read_quantities(body, page.writing_at(index), folded, spelled=spelled)
    quantities = [_moved(quantity, block.start) for quantity in read if not _is_year(quantity)]
    if not quantities:
        named = page.benchmarks(block.start, block.end) if read else ()
        topic.benchmark = named[-1].benchmark if named else topic.benchmark
        return []
    reader = _Reader(page, topic, is_ai=is_ai)
    starts = [quantity.start for quantity in quantities]
    for sentence in page.sentences(index):
        inside = quantities[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        reader.read(sentence, inside, more=quantities[-1].start >= sentence.end)
    topic.benchmark = reader.benchmark
    return reader.drafts


def _has_figures(text: str, block: Block) -> bool:
    """Whether a block has digits. Bare figures under heads that say nothing are none."""
    if block.kind == "cell" and _FIGURES.fullmatch(text, block.start, block.end):
        return False
    return DIGIT.search(text, block.start, block.end) is not None


def _is_year(quantity: Quantity) -> bool:
    return not quantity.number.is_amount and quantity.dimension in {"none", "bare"}


def _moved(quantity: Quantity, by: int) -> Quantity:
    """The same by offsets of the document; `_make`, for `_replace` takes three times as long."""
    number = Number._make((quantity.number.start + by, quantity.number.end + by, *quantity.number[2:]))
    return Quantity._make((quantity.start + by, quantity.end + by, number, *quantity[3:-1], quantity.per_end + by))


class _Reader:
    """Goes through the sentences of one block; what an earlier sentence said helps with a later one."""

    def __init__(self, page: Page, topic: Topic, *, is_ai: bool) -> None:
        self.page, self.topic, self.is_ai = page, topic, is_ai
        self.drafts: list[Draft] = []
        self.supposed: str | None = None
        self.benchmark: Benchmark | None = topic.benchmark

    def read(self, sentence: Sentence, quantities: Sequence[Quantity], *, more: bool) -> None:
        """Add the claims of a sentence."""
        page = self.page
        named = page.benchmarks(sentence.start, sentence.end)
        quantities = [q for q in quantities if self._counts(q, named)]
        if quantities:
            clauses = Clauses(page.text, sentence, page.between(sentence.start, sentence.end))
            found: list[Draft] = []
            likened: list[Draft] = []  # what other numbers may be likened to; none is so many times "$0"
            earlier = [d for d in self.drafts[-_REMEMBERED:] if d.value]
            numbers = Numbers(quantities, likened, earlier, self.topic.previous, named, self.benchmark)
            for position, quantity in enumerate(quantities):
                draft = draft_of(position, Setting(page, sentence, clauses, quantity.start, self.is_ai), numbers)
                if draft and (draft.value or draft.metric in _MAY_BE_ZERO):
                    found.append(draft)
                    likened.extend([draft] if draft.value else [])
            self._finish(found, sentence, clauses)
        if more and not self.supposed:
            self.supposed = carries_on(page.text, sentence)
        if named:
            self.benchmark = named[-1].benchmark

    def _counts(self, quantity: Quantity, named: Sequence[Named]) -> bool:
        """Whether a number may be a claim by its form and place: not in a name or in code."""
        number = quantity.number
        if number.kind in {"multiple", "ordinal", "name"} or self._in_code(quantity):
            return False
        if number.suffix in {"K", "k"} and _PROCESSOR.search(self.page.text, max(0, number.start - 20), number.start):
            return False
        if quantity.dimension == "none" and _REFERENCE.search(self.page.text, max(0, number.start - 12), number.start):
            return False
        if named and any(n.start < number.end and number.start < n.end for n in named):
            return False
        around = self.page.between(max(0, number.start - 60), number.end)
        return not any(e.start < number.end and number.start < e.end for e in around)

    def _in_code(self, quantity: Quantity) -> bool:
        """Whether a number is in code or a formula; one whose unit stands behind the formula is text."""
        number = quantity.number
        inside = self.page.code_end(number.start, number.end)
        if inside is None:
            return False
        return quantity.end <= inside or quantity.dimension in {"none", "bare", "percent"}

    def _finish(self, found: list[Draft], sentence: Sentence, clauses: Clauses) -> None:
        """Bound, modality and subject for the numbers of a sentence, in order."""
        text = self.page.text
        hedges = hedges_of(text, sentence, clauses.starts) if found else []
        done: list[Draft] = []
        self.topic.sibling, self.topic.peers = None, found
        for at, draft in enumerate(found):
            bounded = _bounded(text, draft, [*done, *found[at:]], at)
            said = said_so(bounded, self._mode(bounded, done, hedges))
            subject = self._subject(said, done)
            settled = _settled(text, said, subject, hedges)
            self._remember(settled, subject)
            done.append(settled._replace(subject=subject, reasons=(*settled.reasons, subject.reason)))
        done = with_sizes(done, self.topic)
        self.topic.note(done)
        self.drafts.extend(done)

    def _mode(self, draft: Draft, done: Sequence[Draft], hedges: Sequence[Hedge]) -> Mode:
        """How firmly a number is said, with what the sentences and the numbers before it make of that."""
        mode = modality_at(self.page.text, (draft.start, draft.end), draft.clause, hedges, draft.metric)
        elided = draft.elliptic and bool(done) and draft.clause[0] > done[-1].start
        if mode.value == "stated" and elided and done[-1].modality == "planned":
            mode = Mode("planned", "planned: the verb of the clause before, left out here")
        if mode.value in {"stated", "planned"} and self.supposed:
            mode = Mode("hypothetical", self.supposed)
        return unsure(self.page, draft.sentence, draft.start, mode.value) or mode

    def _subject(self, draft: Draft, done: Sequence[Draft]) -> Subject:
        same = _restated(self.page.text, done[-1], draft) if done else None
        subject = draft.subject or same or find_subject(draft, self.topic)
        return unnamed() if draft.metric == "benchmark_score" and self._is_benchmark(subject) else subject

    def _is_benchmark(self, subject: Subject) -> bool:
        """Whether what the rules take for the holder of a score is the benchmark itself: LMArena is a company too."""
        entity = subject.entity
        if entity is None or entity.start < 0:
            return False
        named = self.page.benchmarks(entity.start - 40, entity.end)
        return any(n.start <= entity.start and entity.end <= n.end for n in named)

    def _remember(self, draft: Draft, subject: Subject) -> None:
        """Keep whom the numbers that follow in the sentence go on about."""
        text = self.page.text
        if subject.entity is None or subject.rule in _AFTER or _is_beaten(text, subject.entity, draft.sentence):
            return
        if not (self.topic.sibling and _AGAINST.search(text, draft.sentence.start, draft.number_start)):
            self.topic.sibling = subject.entity


def _settled(text: str, draft: Draft, subject: Subject, hedges: Sequence[Hedge]) -> Draft:
    """The number with what its subject says of its firmness and bound."""
    if subject.rule == "before the bracket" and draft.modality in {"rumored", "hypothetical", "planned"}:
        draft = _presupposed(draft, hedges)
    if _is_surpassed(text, draft, subject):
        return draft._replace(bound="exact", reasons=(*draft.reasons, "bound exact: surpassed, of another"))
    return draft


def _is_beaten(text: str, entity: Entity, sentence: Sentence) -> bool:
    """Whether a name stands in a comparison only: "supera a GPT-4 (67 %) con un 73 %" goes on about who beats it."""
    return bool(BEATEN.search(text, max(sentence.start, entity.start - 30), entity.start))


def _restated(text: str, first: Draft, second: Draft) -> Subject | None:
    """The subject of a number said twice at one place: "671B parámetros (671 mil millones)"."""
    alike = first.metric == second.metric and abs(first.value - second.value) <= 0.01 * first.value
    if alike and re.fullmatch(r"[\s\u00a0]*\([~≈=\s]*", text[first.end : second.start]):
        return first.subject
    return None


_DURING = re.compile(  # "used 384 GPUs over 24 days"; but "took over 24 days"
    r"(?<!\btook )(?<!\btakes )(?<!\blasted )(?<!\bspent )(?<!\bfor )(?<!\bwell )(?<!\bjust )(?<!\bin )\bover\s$",
    re.IGNORECASE,
)
_MAY_BE_ZERO = frozenset({"price", "benchmark_score"})
_AFTER = frozenset({"after the number", "after the number, in the clause"})


def _is_surpassed(text: str, draft: Draft, subject: Subject) -> bool:
    """Whether a number is what another surpasses, and somebody else's: "97 %, por encima del 96 % logrado por X"."""
    if draft.bound not in {"min", "max"} or subject.rule not in _AFTER | {"whose doing the number is"}:
        return False
    return bool(_SURPASSES.search(text, max(draft.sentence.start, draft.start - 48), draft.start))


_SURPASSES = re.compile(
    r"\b(?:supera\w*|superó|rebas\w+|por (?:encima|debajo) del?|above|below|beyond|under|surpass\w*|beat\w*|exceed\w*|"
    rf"top(?:s|ped|ping))\s{TO_NUMBER}$",
    re.IGNORECASE,
)


def _presupposed(draft: Draft, hedges: Sequence[Hedge]) -> Draft:
    """A number in brackets behind a name is background, outside the hedges of its sentence."""
    inside = [h for h in hedges if draft.start - 24 <= h.start]
    if inside:
        return draft
    return draft._replace(modality="stated", reasons=(*draft.reasons, "modality stated: in brackets behind a name"))


def _bounded(text: str, draft: Draft, drafts: Sequence[Draft], at: int) -> Draft:
    if draft.bound == "range":
        return draft._replace(reasons=(*draft.reasons, "bound range: two ends are given"))
    span = (draft.sentence.start, draft.sentence.end)
    bound, why = bounds.bound_of(text, draft.number_start, draft.end, span, draft.sentence.language)
    if bound == "min" and draft.metric == "training_time" and _DURING.search(text, draft.sentence.start, draft.start):
        return draft._replace(reasons=(*draft.reasons, "bound exact: over so many days is during them"))
    if bound == "exact" and draft.number_end != draft.end:
        bound, why = bounds.bound_of(text, draft.number_start, draft.number_end, span, draft.sentence.language)
    if bound == "exact" and draft.start < draft.number_start:
        bound, why = bounds.bound_of(text, draft.start, draft.end, span, draft.sentence.language)
    if bound == "exact" and (first := bounds.inherited(text, drafts, at)):
        bound, why = first.bound, f"bound of {text[first.start : first.end]!r}, with which it is coordinated"
    return draft._replace(bound=bound, reasons=(*draft.reasons, why))
