"""Claims in running text: headings, paragraphs, items, quotations, captions, footnotes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.claims import bounds, ellipsis, modality
from pipeline.extract.claims.benchmarks import find_benchmarks
from pipeline.extract.claims.clauses import clause_at, clause_starts
from pipeline.extract.claims.draft import Draft
from pipeline.extract.claims.metric import choose
from pipeline.extract.claims.money import price_unit
from pipeline.extract.claims.scope import scope_of
from pipeline.extract.claims.scores import score_of
from pipeline.extract.claims.setting import Setting
from pipeline.extract.claims.subject import find_subject, sized
from pipeline.extract.quantities import read_quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.benchmarks import Benchmark, Named
    from pipeline.extract.claims.draft import Subject
    from pipeline.extract.claims.page import Page, Sentence
    from pipeline.extract.claims.topic import Topic
    from pipeline.extract.quantities import Quantity
    from pipeline.records import Bound, Metric

_DIGIT = re.compile(r"[\d²³⁰-⁹]")
_WORDS = re.compile(
    r"\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cuarenta|cincuenta|cien|"
    r"ciento|doscient[oa]s|quinient[oa]s|"
    r"mil|mill[óo]n|millones|bill[óo]n|billones|medio|media|docenas?|decenas|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|fifteen|sixteen|"
    r"twenty|thirty|forty|fifty|sixty|hundred|thousand|million|billion|trillion|half|dozens?)\b",
    re.IGNORECASE,
)


def read_block(page: Page, index: int, topic: Topic, *, is_ai: bool) -> list[Draft]:
    """The claims of a block, in order."""
    block = page.blocks[index]
    if block.kind == "heading" or topic.benchmark is None:
        named = find_benchmarks(page.text, block.start, block.end)
        topic.benchmark = named[-1].benchmark if named else None
    if not _DIGIT.search(page.text, block.start, block.end) and not _WORDS.search(page.text, block.start, block.end):
        return []
    body = _without_names(page, block.start, block.end)
    quantities = [_moved(q, block.start) for q in read_quantities(body, page.language_at(index))]
    if not quantities:
        return []
    reader = _Reader(page, topic, is_ai=is_ai)
    for sentence in page.sentences(index):
        inside = [q for q in quantities if sentence.start <= q.start < sentence.end]
        reader.read(sentence, inside, more=quantities[-1].start >= sentence.end)
    topic.benchmark = reader.benchmark
    return reader.drafts


def _without_names(page: Page, start: int, end: int) -> str:
    """The text with the digits of models' names taken out: "Llama 3 a 800 tokens/s" is no range."""
    body = page.text[start:end]
    for entity in page.between(start, end):
        if entity.kind == "model":
            name = _DIGIT.sub("X", page.text[entity.start : entity.end])
            body = body[: entity.start - start] + name + body[entity.end - start :]
    return body


def _moved(quantity: Quantity, by: int) -> Quantity:
    number = replace(quantity.number, start=quantity.number.start + by, end=quantity.number.end + by)
    return replace(
        quantity, start=quantity.start + by, end=quantity.end + by, number=number, per_end=quantity.per_end + by
    )


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
        named = find_benchmarks(page.text, sentence.start, sentence.end)
        entities = page.between(sentence.start, sentence.end)
        quantities = [q for q in quantities if self._counts(q, named)]
        if quantities:
            starts = clause_starts(page.text, sentence.start, sentence.end, entities)
            found: list[Draft] = []
            for position, quantity in enumerate(quantities):
                clause = clause_at(starts, sentence.end, quantity.start)
                setting = Setting(page, sentence, clause, self.is_ai)
                draft = self._draft(quantities, position, setting, named, found)
                if draft:
                    found.append(draft)
            self._finish(found, sentence, starts)
        if more and not self.supposed:
            self.supposed = modality.carries_on(page.text, sentence)
        if named:
            self.benchmark = named[-1].benchmark

    def _counts(self, quantity: Quantity, named: Sequence[Named]) -> bool:
        """Whether a number may be a claim by its form and place: not in a name, in code, or a year."""
        number = quantity.number
        if not number.is_amount and quantity.dimension in {"none", "bare"}:
            return False
        if number.kind in {"multiple", "ordinal", "name"} or self.page.in_code(number.start, number.end):
            return False
        if any(n.start < number.end and number.start < n.end for n in named):
            return False
        around = self.page.between(max(0, number.start - 60), number.end)
        return not any(e.start < number.end and number.start < e.end for e in around)

    def _draft(
        self, quantities: Sequence[Quantity], at: int, setting: Setting, named: Sequence[Named], found: Sequence[Draft]
    ) -> Draft | None:
        quantity = quantities[at]
        if quantity.dimension in {"percent", "none", "bare"}:
            benchmark, reason = score_of(quantity, setting, named, self.benchmark)
            if benchmark and quantity.dimension != "bare":
                return replace(_started(quantity, "benchmark_score", reason, setting), benchmark=benchmark.name)
            if quantity.dimension == "percent":
                return None
            return self._unitless(quantities, at, setting, found)
        metric, reason = choose(quantity, setting)
        twin = (
            found[-1] if found and quantity.dimension == "money" and found[-1].currency == quantity.currency else None
        )
        if twin and metric in {None, "price"} and twin.metric == "price" and 1e-3 < quantity.value / twin.value < 1e3:
            return replace(
                _started(quantity, "price", "a price, as the one before", setting), per=quantity.per or twin.per
            )
        if metric in {None, "price"} and (sums := ellipsis.sum_of_before(quantity, setting, self.topic.previous)):
            metric, reason = "training_cost", sums
        if metric is None and ellipsis.price_as_before(quantity, setting, [*self.drafts, *found]):
            return replace(
                _started(quantity, "price", "a price, as the sentence before", setting), per=self.drafts[-1].per
            )
        if metric is None:
            return None
        draft = _started(quantity, metric, reason, setting)
        if metric == "price" and draft.per is None:
            since = 2500 if "bracket" in reason else draft.start - setting.clause[0]
            return replace(draft, per=price_unit(self.page, draft.start, since))
        return draft

    def _unitless(  # noqa: C901
        self, quantities: Sequence[Quantity], at: int, setting: Setting, found: Sequence[Draft]
    ) -> Draft | None:
        quantity = quantities[at]
        twin, reason = ellipsis.twin_metric(quantity, found, setting)
        if twin and twin.metric != "parameters" and ellipsis.is_size_word(self.page.text, quantity):
            twin = None
        if not twin:
            twin, reason = ellipsis.follows(quantity, [*self.drafts, *found], setting)
        if twin:
            draft = _started(quantity, twin.metric, reason, setting)
            return replace(draft, currency=twin.currency, per=twin.per, hardware=twin.hardware, elliptic=True)
        last = quantity
        for following in quantities[at + 1 : at + 8]:
            if not ellipsis.forward_link(self.page.text, last, following):
                break
            if following.dimension not in {"bare", "none", "percent"}:
                metric, why = choose(following, setting)
                if metric and metric != "training_time":
                    draft = _started(quantity, metric, f"unit of its twin after it; {why}", setting)
                    return replace(
                        draft,
                        currency=following.currency,
                        per=following.per,
                        hardware=following.hardware,
                        elliptic=True,
                    )
                return None
            last = following
        if metric := _unit_behind_bracket(self.page.text, quantity):
            return _started(quantity, metric, "the unit stands behind a bracket", setting)
        if quantity.dimension == "bare" or quantity.number.suffix in {"B", "T", "M", "k", "K"}:
            sizes = sum(q.dimension == "bare" and q.number.suffix in {"B", "b", "T"} for q in quantities)
            sizes += any(d.metric == "parameters" for d in found) and quantity.number.suffix in {"B", "T"}
            metric, reason = ellipsis.bare_metric(quantity, setting, sizes)
            if metric:
                return _started(quantity, metric, reason, setting)
        return self._money(quantity, setting, found)

    def _money(self, quantity: Quantity, setting: Setting, found: Sequence[Draft]) -> Draft | None:
        money = [d for d in [*self.drafts, *found] if d.currency]
        twin, metric, reason = ellipsis.money_of_context(quantity, setting, money)
        if not twin or not metric:
            return None
        return replace(_started(quantity, metric, reason, setting), currency=twin.currency, elliptic=True)

    def _finish(self, found: list[Draft], sentence: Sentence, starts: Sequence[int]) -> None:
        """Scope, bound, modality and subject for the numbers of a sentence, in order."""
        text = self.page.text
        hedges = modality.hedges_of(text, sentence, starts)
        done: list[Draft] = []
        self.topic.sibling, self.topic.peers = None, found
        for at, draft in enumerate(found):
            draft = _bounded(text, draft, [*done, *found[at:]], at)  # noqa: PLW2901
            mode, why = modality.modality_at(text, draft.start, draft.clause, hedges)
            if (
                mode == "stated"
                and draft.elliptic
                and done
                and draft.clause[0] > done[-1].start
                and done[-1].modality == "planned"
            ):
                mode, why = "planned", "planned: the verb of the clause before, left out here"
            if mode in {"stated", "planned"} and self.supposed:
                mode, why = "hypothetical", self.supposed
            draft = replace(draft, modality=mode, reasons=(*draft.reasons, f"modality {why}"))  # noqa: PLW2901
            same = _restated(text, done[-1], draft) if done else None
            subject = draft.subject or same or find_subject(draft, self.topic)
            if "before the bracket" in subject.rule and mode in {"rumored", "hypothetical", "planned"}:
                draft = _presupposed(draft, hedges)  # noqa: PLW2901
            if subject.entity and "after the number" not in subject.rule:
                self.topic.sibling = subject.entity
            done.append(replace(draft, subject=subject, reasons=(*draft.reasons, subject.rule)))
        done = _sized(done, self.topic)
        self.topic.note(done)
        self.drafts.extend(done)


_BEHIND = re.compile(
    r"[\s\u00a0]*(?:\([^()]{1,40}\)|\))\s*(?:de\s|of\s)?(?:(?:total|active|activos?)\s)?(par[áa]metros|parameters|"
    r"params)",
    re.IGNORECASE,
)


def _unit_behind_bracket(text: str, quantity: Quantity) -> Metric | None:
    """7 mil millones (7B) de parámetros: both numbers count what follows."""
    return "parameters" if quantity.value >= 1e6 and _BEHIND.match(text, quantity.end) else None


def _restated(text: str, first: Draft, second: Draft) -> Subject | None:
    """The subject of a number said twice at one place: "671B parámetros (671 mil millones)"."""
    alike = first.metric == second.metric and abs(first.value - second.value) <= 0.01 * first.value
    if alike and re.fullmatch(r"[\s\u00a0]*\([~≈=\s]*", text[first.end : second.start]):
        return first.subject
    return None


def _presupposed(draft: Draft, hedges: Sequence[modality.Hedge]) -> Draft:
    """A number in brackets behind a name is background, outside the hedges of its sentence."""
    inside = [h for h in hedges if draft.start - 24 <= h.start]
    if inside:
        return draft
    return replace(draft, modality="stated", reasons=(*draft.reasons, "modality stated: in brackets behind a name"))


def _started(quantity: Quantity, metric: Metric, reason: str, setting: Setting) -> Draft:
    number = quantity.number
    span = (setting.sentence.start, setting.sentence.end)
    scope, why = scope_of(setting.page.text, quantity.start, quantity.end, span, metric, number.relation)
    bound: Bound = "range" if quantity.lower is not None and quantity.upper is not None else "exact"
    reasons = (
        f"number {setting.page.text[number.start : number.end]!r} = {quantity.value:g}",
        f"metric {metric}: {reason}",
    )
    return Draft(
        metric, quantity.start, quantity.end, number.start, number.end, quantity.value, setting.sentence,
        setting.clause,
        quantity.lower, quantity.upper, quantity.hardware, quantity.currency, quantity.per, scope=scope, bound=bound,
        suffix=number.suffix, reasons=(*reasons, *filter(None, (why,))),
    )  # fmt: skip


def _bounded(text: str, draft: Draft, drafts: Sequence[Draft], at: int) -> Draft:
    if draft.bound == "range":
        return replace(draft, reasons=(*draft.reasons, "bound range: two ends are given"))
    span = (draft.sentence.start, draft.sentence.end)
    bound, why = bounds.bound_of(text, draft.number_start, draft.end, span, draft.sentence.language)
    if bound == "exact":
        bound, why = bounds.bound_of(text, draft.number_start, draft.number_end, span, draft.sentence.language)
    if bound == "exact" and draft.start < draft.number_start:
        bound, why = bounds.bound_of(text, draft.start, draft.end, span, draft.sentence.language)
    if bound == "exact" and (first := bounds.inherited(text, drafts, at)):
        bound, why = first.bound, f"bound of {text[first.start : first.end]!r}, with which it is coordinated"
    return replace(draft, bound=bound, reasons=(*draft.reasons, why))


def _sized(done: Sequence[Draft], topic: Topic) -> list[Draft]:
    """Where a list gives a model several sizes, each is of the sized model."""
    result = list(done)
    for chain in _chains(done, topic.page.text):
        base = next((d.subject for d in chain if d.subject and "has this size" not in d.subject.rule), None)
        for draft in chain if base and base.name else ():
            at = next(i for i, d in enumerate(done) if d is draft)
            result[at] = replace(draft, subject=sized(base, draft, topic)) if base else draft
    return result


def _chains(done: Sequence[Draft], text: str) -> list[list[Draft]]:
    """The lists of two or more sizes."""
    chains: list[list[Draft]] = []
    for first, second in pairwise(done):
        if not _are_sizes(text, first, second):
            continue
        if chains and chains[-1][-1] is first:
            chains[-1].append(second)
        else:
            chains.append([first, second])
    return chains


def _are_sizes(text: str, first: Draft, second: Draft) -> bool:
    """Whether two numbers are sizes of one family, in a list."""
    return (
        first.metric == second.metric == "parameters"
        and first.scope == second.scope == "total"
        and first.value != second.value
        and second.subject is not None
        and not any(
            word in second.subject.rule
            for word in ("bracket", "sized name", "right before", "after the number", "same order")
        )
        and ellipsis.linked(text, first.end, second.start)
    )
