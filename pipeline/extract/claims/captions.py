"""What a table is about whose heads name nobody: the words that introduce it, the headings above, the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.claims.roles import is_oblique
from pipeline.extract.claims.subject.base import made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.benchmarks import Benchmark
    from pipeline.extract.claims.draft import Subject
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.extract.claims.topic import Topic

_INTRODUCED = "named in the words before the list"
_REACH = 40  # blocks that are looked back over for headings
_SHORT = 160  # characters of a paragraph that is a caption


class Caption:
    """What stands above the block `at`, where a table begins."""

    def __init__(self, page: Page, topic: Topic, at: int) -> None:
        self.page, self.topic, self.at = page, topic, at
        self._subjects: dict[tuple[frozenset[str], ...], Subject | None] = {}

    @property
    def text(self) -> str:
        """The sentence that introduces the table, or its caption, and the heading right above."""
        blocks, spans = self.page.blocks, [self._sentence()]
        above = self.at - (2 if spans[0] else 1)
        if above >= 0 and blocks[above].kind == "heading":
            spans.insert(0, (blocks[above].start, blocks[above].end))
        return "\n".join(self.page.text[span[0] : span[1]] for span in spans if span)

    @property
    def benchmark(self) -> Benchmark | None:
        """The benchmark that the words above name, if it is one."""
        blocks, span = self.page.blocks, self._sentence()
        heading = blocks[self.at - (2 if span else 1)] if self.at >= (2 if span else 1) else None
        spans = [span, (heading.start, heading.end) if heading and heading.kind == "heading" else None]
        for begin, end in filter(None, spans):
            if named_there := {n.benchmark.name: n.benchmark for n in self.page.benchmarks(begin, end)}:
                return next(iter(named_there.values())) if len(named_there) == 1 else None
        return None

    def subject(self, kinds: tuple[frozenset[str], ...]) -> Subject | None:
        """Who the table is about, of the first kinds of which there is somebody."""
        if kinds not in self._subjects:
            self._subjects[kinds] = next((s for choice in kinds if (s := self._find(choice))), None)
        return self._subjects[kinds]

    def _find(self, kinds: frozenset[str]) -> Subject | None:
        if entity := self._introduced(kinds):
            return made(entity, _INTRODUCED)
        if entity := self._headed(kinds):
            return made(entity, "heading")
        told = self.topic.of_post(kinds)
        return made(*told) if told else None

    def _introduced(self, kinds: frozenset[str]) -> Entity | None:
        """What the sentence before the table is about, or the caption it is."""
        span = self._sentence()
        if span is None:
            return None
        return self._one([e for e in self.page.between(*span) if e.kind in kinds], span[0])

    def _sentence(self) -> tuple[int, int] | None:
        above = self.page.blocks[self.at - 1] if self.at else None
        if above is None or above.kind in {"heading", "cell"}:
            return None
        if self.page.text[above.end - 1] != ":" and above.end - above.start > _SHORT:
            return None
        sentence = self.page.sentences(self.at - 1)[-1]
        return sentence.start, sentence.end

    def _headed(self, kinds: frozenset[str]) -> Entity | None:
        """What the heading above names, or the one that it stands under."""
        level = 9
        for index in range(self.at - 1, max(self.at - _REACH, -1), -1):
            block = self.page.blocks[index]
            if block.kind != "heading" or block.level >= level:
                continue
            level = block.level
            named_there = [e for e in self.page.between(block.start, block.end) if e.kind in kinds]
            if named_there:
                return self._one(named_there, block.start)
        return None

    def _one(self, names: Sequence[Entity], begin: int) -> Entity | None:
        plain = [e for e in names if not is_oblique(self.page, e, begin)] or list(names)
        return plain[0] if len({e.name for e in plain}) == 1 else None
