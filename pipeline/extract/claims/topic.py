"""What the text has been about: whom a number belongs to where its own sentence names none."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.extract.claims.benchmarks import benchmark_in
from pipeline.extract.claims.digest import stands_alone
from pipeline.extract.claims.leads import HEADED, INTRODUCED, LEAD, headed, introduced, led, newly_headed
from pipeline.extract.claims.main_topic import in_title, main_topic
from pipeline.extract.claims.names import parts_of
from pipeline.extract.claims.patterns import CHAIN, COMPARED, OF_CHIPS, SOURCE, SUBORDINATE
from pipeline.extract.claims.references import references
from pipeline.extract.claims.roles import is_estimator, is_investor, is_oblique, is_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.benchmarks import Benchmark
    from pipeline.extract.claims.cues import Cue
    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity, Page, Sentence


@dataclass(eq=False)
class Topic:
    """What the text has been about up to here: who the last sentences and headings were about."""

    page: Page
    sibling: Entity | None = None  # the subject of the claim before in the same sentence
    peers: Sequence[Draft] = ()  # the claims of the sentence at hand
    previous: Sequence[Draft] = ()  # the claims of the sentence before
    last: dict[int, list[Entity]] = field(default_factory=dict)  # block -> subjects of its claims so far
    given: list[Draft] = field(default_factory=list)  # sizes that lists have given to a family
    sizes: dict[float, list[Entity]] = field(default_factory=dict)  # models by the sizes in their names
    by_title: bool = False  # whether the title names the main topic
    main: Entity | None = None  # what the title or the whole post is about
    benchmark: Benchmark | None = None  # the one named last in this section
    titled: Benchmark | None = None  # the one that the title names
    said: dict[tuple[str, float], Subject] = field(default_factory=dict)  # whom sums and counts were said of
    _cues: tuple[int, list[tuple[int, int, Cue]]] = (-1, [])  # of the sentence at hand

    @classmethod
    def of(cls, page: Page) -> Topic:
        """The topic before the first sentence."""
        topic = cls(page)
        counts: dict[str, int] = {}
        for entity in page.entities:
            if entity.kind != "model":
                continue
            counts[entity.name] = counts.get(entity.name, 0) + 1
            for part in parts_of(entity.name):
                if part.metric == "parameters" and part.scope != "per_expert":
                    topic.sizes.setdefault(part.value, []).append(entity)
        topic.titled = benchmark_in(page.title or "")
        named = page.in_title("model")
        topic.main = main_topic(page, counts, named)
        topic.by_title = bool(topic.main and (topic.main.name in named or in_title(page, topic.main.name)))
        return topic

    def of_size(self, value: float) -> list[Entity]:
        """The models of the text whose names have a size."""
        return [e for size, entities in self.sizes.items() if abs(size - value) <= 0.002 * value for e in entities]

    def sized_before(self, draft: Draft) -> dict[float, tuple[str | None, Entity | None]]:
        """The sized models that the section has named or given sizes to before a number."""
        floor = self._section(draft.sentence.block)
        sizes: dict[float, tuple[str | None, Entity | None]] = {
            size: (entity.name, entity)
            for size, entities in self.sizes.items()
            for entity in entities
            if floor <= entity.start < draft.start
        }
        sizes.update((d.value, (d.subject.name, None)) for d in self.given if d.subject and d.start >= floor)
        return sizes

    def given_size(self, value: float, block: int) -> Subject | None:
        """The sized model that a list of sizes gave a size to: in "Gemma 2, in 9B and 27B" the 27B is Gemma 2 27B."""
        given = (d for d in reversed(self.given) if abs(d.value - value) <= 0.002 * value)
        found = next(given, None)
        return found.subject if found and not newly_headed(self.page, found.sentence.block, block) else None

    def _section(self, block: int) -> int:
        """Where the section of a block begins, three blocks before it at most."""
        for index in range(block - 1, max(block - 4, -1), -1):
            if self.page.blocks[index].kind == "heading":
                return self.page.blocks[index].start
        return self.page.blocks[max(block - 3, 0)].start

    def note(self, drafts: Sequence[Draft]) -> None:
        """Remember a sentence's claims: the subject of its main clause is what the next one goes on about."""
        self.previous = [draft for draft in drafts if draft.value]
        for draft in drafts:
            if draft.subject and draft.subject.entity:
                self.said[draft.metric, draft.value] = draft.subject
        self.given.extend(d for d in drafts if d.subject and d.subject.size)
        if drafts and is_comparison(self.page, drafts[0].sentence.start):
            return
        known = [d for d in drafts if d.subject and d.subject.entity]
        main = [d for d in known if not SUBORDINATE.match(self.page.text, *d.clause)] or known
        main = [d for d in main if not (d.subject and d.subject.entity and self._is_aside(d, d.subject.entity))]
        kinds: set[str] = set()
        noted = self.last.setdefault(drafts[0].sentence.block, []) if drafts else []
        for draft in main:
            entity = draft.subject.entity if draft.subject else None
            if entity and entity.start >= 0 and is_investor(self.page, entity):
                continue
            if entity and entity.kind not in kinds:
                kinds.add(entity.kind)
                here = entity.start >= 0 and not (draft.subject and _points_back(draft.subject.rule))
                noted.append(entity if here else entity._replace(start=draft.start, end=draft.end))

    def _is_aside(self, draft: Draft, entity: Entity) -> bool:
        """Whether a sentence with a number of this subject is about another: "X runs on my Y, with N", "it beats Y"."""
        if COMPARED.search(self.page.text, max(draft.sentence.start, entity.start - 40), entity.start):
            return True
        anew = self.page.text[max(0, draft.clause[0] - 2) : draft.clause[0]] in {": ", "; "}
        before = self.page.between(draft.clause[0] if anew else draft.sentence.start, entity.start)
        themes = [e for e in before if e.kind in {"model", "org", "cluster"} and e.name != entity.name]
        return is_oblique(self.page, entity, draft.sentence.start) and any(
            not is_oblique(self.page, e, draft.sentence.start) for e in themes
        )

    def cues(self, sentence: Sentence) -> list[tuple[int, int, Cue]]:
        """The references of a sentence, "este modelo" or "the latter", by their offsets in the text."""
        if self._cues[0] != sentence.start:
            found = references(self.page.text[sentence.start : sentence.end], sentence.language)
            self._cues = sentence.start, [(sentence.start + a, sentence.start + b, cue) for a, b, cue in found]
        return self._cues[1]

    def before(self, draft: Draft, kinds: frozenset[str]) -> tuple[Entity, str] | None:
        """The entity that a reference in this sentence points back to: in the paragraph, the heading, the title."""
        block = self.page.blocks[draft.sentence.block]
        named = [e for e in self._told(draft.sentence) if e.kind in kinds]
        plain = [e for e in named if self._is_theme(e, block.start)]
        plain = [e for e in plain if not is_investor(self.page, e)] or plain
        claimed = next((e for e in reversed(self.last.get(draft.sentence.block, [])) if e.kind in kinds), None)
        if claimed and not any(e.start > claimed.start and self._new_sentence(claimed, e) for e in plain):
            return claimed, "subject of the sentence before"
        if entity := headed(self.page, draft.sentence.block, kinds):
            return entity, HEADED
        if plain:
            return self._first_of_its_sentence(plain), "last named in the paragraph"
        return (named[-1], "last named in the paragraph") if named else self._outside(draft, kinds)

    def _told(self, sentence: Sentence) -> Sequence[Entity]:
        """The entities of the paragraph up to a sentence; those that serve a comparison only are left out."""
        begin = max(self.page.blocks[sentence.block].start, sentence.start - _MEMORY)
        named = [e for e in self.page.between(begin, sentence.start) if not is_source(self.page, e)]
        named = [e for e in named if not SOURCE.search(self.page.text, max(begin, e.start - 60), e.start)]
        named = [e for e in named if not _DENIED.search(self.page.text, max(begin, e.start - 48), e.start)] or named
        if not named or not _COMPARISON.search(self.page.text, begin, sentence.start):
            return named
        sentences = self.page.sentences(sentence.block)
        first, last = (bisect_left(sentences, at, key=attrgetter("start")) for at in (begin, sentence.start))
        told = sentences[first:last]
        aside = [s for s in told if is_comparison(self.page, s.start)]
        return [e for e in named if not any(s.start <= e.start < s.end for s in aside)]

    def _is_theme(self, entity: Entity, begin: int) -> bool:
        lead = self.page.text[max(begin, entity.start - 40) : entity.start]
        if is_estimator(self.page, entity):
            return False
        if COMPARED.search(lead) or SOURCE.search(lead) or is_oblique(self.page, entity, begin):
            return False
        if entity.kind == "org" and OF_CHIPS.match(self.page.text, entity.end):
            return False
        return not _BACKGROUND.search(self.page.text, max(begin - 1, entity.start - 80, 0), entity.start)

    def _new_sentence(self, first: Entity, second: Entity) -> bool:
        return bool(_STOP.search(self.page.text, first.end, second.start + 1))

    def _first_of_its_sentence(self, plain: Sequence[Entity]) -> Entity:
        chosen = plain[-1]
        for entity in reversed(plain[:-1]):
            if self._new_sentence(entity, plain[-1]):
                break
            if CHAIN.fullmatch(self.page.text, entity.end, chosen.start):
                break  # "X y Z": the last is what stands nearest
            if chosen.kind == "cluster" and self.page.text[entity.end : chosen.start] in {"'s ", "’s ", " "}:
                continue  # "xAI's Colossus"
            chosen = entity
        return chosen

    def _outside(self, draft: Draft, kinds: frozenset[str]) -> tuple[Entity, str] | None:
        """What a paragraph that names none is about."""
        at = draft.sentence.block
        if _GENERIC.search(self.page.text, self.page.blocks[at].start, draft.start):
            return None  # the paragraph is about models in general
        if entity := led(self.page, at, kinds):
            return entity, LEAD
        if entity := introduced(self.page, at, kinds):
            return entity, INTRODUCED
        if stands_alone(self.page, at):
            return None
        told = self._title_again(at, kinds)
        return (told, "subject of the paragraph before") if told else self._above(at, kinds)

    def _above(self, at: int, kinds: frozenset[str]) -> tuple[Entity, str] | None:
        last = self._of_items_before(at, kinds)
        seen: dict[str, Entity] = {}
        for index in range(at - 1, max(at - 12, -1), -1):
            block = self.page.blocks[index]
            if block.kind == "cell":
                continue
            named = [e for e in self.page.between(block.start, block.end) if e.kind in kinds]
            if block.kind == "heading":
                if len({e.name for e in named}) == 1:
                    return named[0], "heading"
                break
            seen.update((e.name, e) for e in named)
            if named and index >= at - 2 and block.kind != "item":
                claimed = next((e for e in self.last.get(index, [])[::-1] if e.kind in kinds), None)
                opening = [e for e in named if e.start - block.start < 25]
                if claimed or opening:
                    last = last or (claimed or opening[0], "subject of the paragraph before")
                plain = [e for e in named if not is_oblique(self.page, e, block.start)] or named
                last = last or (plain[-1], "last named in the paragraph before")
        if len(seen) == 1:
            return next(iter(seen.values())), "the only one named in the section"
        if last and last[1] in {"subject of the paragraph before", "subject of the item before"}:
            return last
        return self.of_post(kinds) or last

    def _title_again(self, at: int, kinds: frozenset[str]) -> Entity | None:
        """The topic of the title, where the paragraph before was about it: one that names none goes back to it."""
        main = self.main if self.by_title else None
        before = next((i for i in range(at - 1, max(at - 4, -1), -1) if self.last.get(i)), None)
        if main is None or main.kind not in kinds or before is None:
            return None
        under_heading = any(self.page.blocks[i].kind == "heading" for i in range(before, at))
        return main if not under_heading and any(e.name == main.name for e in self.last[before]) else None

    def of_post(self, kinds: frozenset[str]) -> tuple[Entity, str] | None:
        """What the whole post is about, of the kinds: the model it has most of, the company of its title."""
        if self.main and self.main.kind in kinds:
            return self.main, "named in the title" if self.by_title else "topic of the post"
        if "org" not in kinds:
            return None
        told = [e for e in self.page.in_title("org").values() if not is_source(self.page, e)]
        maker = self.page.known.makers.get(self.main.family or "") if self.main and self.by_title and not told else None
        told = told or [e for e in self.page.entities if e.name == maker and e.kind == "org"][:1]
        return (told[0], "named in the title") if len(told) == 1 else None

    def _of_items_before(self, at: int, kinds: frozenset[str]) -> tuple[Entity, str] | None:
        """What the items before go on about, where none of them has a head of its own."""
        items = [i for i in range(at, max(at - 4, -1), -1) if self.page.blocks[i].kind == "item"]
        for index in items[1:] if items[:1] == [at] else ():
            for entity in self.last.get(index, []):
                if entity.kind in kinds and is_oblique(self.page, entity, self.page.blocks[index].start):
                    return entity, "subject of the item before"
        return None


_MEMORY = 4_000  # characters of a paragraph that a reference looks back over; more would cost their square


def _points_back(rule: str) -> bool:
    """Whether a rule finds the subject by words that point back at a name."""
    return rule.endswith(", by reference") or rule in {"the organization of a person", "the maker of a model"}


_DENIED = re.compile(  # "it is not just another X": what it is comes next
    r"\b(?:no\s(?:es|era|son|fue)|(?:is|are|was|were)\snot|(?:is|are|was|were)n['’]t)\s(?:[^\W\d]+\s){0,4}?[*_«“\"]*"
    r"(?:[^\W\d]+\s)?$",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"(?:for|by|in|as a|to give a sense of|to put (?:it|this|that) in)\s(?:a\s|the\s)?(?:comparison|scale|reference|"
    r"contrast|perspective|context)\b|compare (?:that|this|it) (?:to|with)\b|(?:en|por|a modo de|como|a título de)\s"
    r"(?:comparación|comparativa|comparar|contraste|referencia|perspectiva)\b|para (?:comparar|ponerlo en "
    r"(?:contexto|perspectiva)|(?:hacerse|que os hagáis|que te hagas) una idea)\b",
    re.IGNORECASE,
)


def is_comparison(page: Page, start: int) -> bool:
    """Whether a sentence says that it is there for comparison only: what follows goes on about what was before."""
    return bool(_COMPARISON.match(page.text, start))


_BACKGROUND = re.compile(  # "un día después de que X presentara Y, Z contraatacó": it goes on about Z
    r"(?:^|[.!?]\s|\n)(?:[\wáéíóúñ]+\s){0,4}?(?:(?:después|antes|luego) de que|cuando|mientras(?: que)?|aunque|"
    r"a la vez que|"
    r"after|before|when|while|although)\s[^,.;]*$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?…]\s+[¿¡\"“«(]?[A-ZÁÉÍÓÚÑ]")
_GENERIC = re.compile(
    r"(?<!\bes )(?<!\bis )(?<!\bera )(?<!\bwas )(?<!\bde )(?<!\bcomo )(?<!\bas )(?<!, )(?<!: )"
    r"\b(?:un|cualquier|cada|an?|any|each|every)\s(?:\w+\s)?(?:modelo|model|LLM)\s(?:(?:de|con|of|with|que|that)\s|"
    r"tiene\b|has\b|needs\b|necesita\b)",
    re.IGNORECASE,
)
