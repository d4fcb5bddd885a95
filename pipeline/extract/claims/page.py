"""A document prepared for reading claims: its language by block, its sentences, and who is named where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.datafile import read_rows
from pipeline.extract.chips import numbered_chips
from pipeline.extract.claims.benchmarks import find_benchmarks
from pipeline.extract.claims.known import known
from pipeline.extract.claims.short_names import short_names
from pipeline.extract.claims.unlisted import find_unlisted
from pipeline.extract.folding import lowered, without_accents
from pipeline.extract.mentions.find import find_mentions
from pipeline.extract.numbers.tongue import writing
from pipeline.extract.numbers.words import telling_words
from pipeline.extract.sentences import split_sentences
from pipeline.extract.trie import Words, names_pattern
from pipeline.records import Block, Document
from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.datafile import Row
    from pipeline.extract.claims.benchmarks import Named
    from pipeline.lexicon import Lexicon
    from pipeline.records import Mention

ACTOR_KINDS = frozenset({"person", "cluster", "device", "dataset", "chip"})
_SPANISH = frozenset("el la los las de del que y en un una con por para se es son más al su lo".split())
_ENGLISH = frozenset("the of and to in is are was with for that on it as by at this from has have an".split())
_WORD = re.compile(r"\w+")
DIGIT = re.compile(r"[0-9²³⁰-⁹]")
_TELLING = 60  # characters; a shorter block says little of its language
_SAMPLE = 100  # words; more do not change it
_WORD_LENGTH = 10  # characters, with what stands between; few texts have longer ones
_CLUSTER_NOUN = Words(
    "superc", "superord", "cluster", "clúster", "campus", "data cent", "centro de datos", before=""
)  # fmt: skip
_CLUSTER = re.compile(
    r"\b(?:superordenador(?:es)?|supercomputador(?:a|es)?|cl[úu]ster|supercomputer|supercluster|campus)\s+[«“\"]?"
    r"([A-ZÁÉÍÓÚ][\w-]+(?: (?:[A-ZÁÉÍÓÚ][\w-]+|\d{1,2}\b))*)|\b([A-Z][\w-]+ Super(?:computer|cluster))\b|"
    r"\b([A-Z][\w-]+(?: \d{1,2})?) (?:(?:AI |training )?super(?:computer|cluster)|(?:AI|training) cluster)\b|"
    r"\b([A-ZÁÉÍÓÚ][\w-]+(?: (?:[A-Z][\w-]*|\d{1,2}\b))?), (?:la|el|su|una?|the|its|an?) (?:\w+ ){0,2}?"
    r"(?:superordenador|supercomputadora?|cl[úu]ster|supercomputer|supercluster|data cent(?:er|re)|centro de datos)\b"
)
_NO_CLUSTERS = frozenset(  # words with a capital that stand before "supercomputer" and name none
    "A An The This That Its Their Our His My Each Every One Another First Second Third New Largest Biggest World AI "
    "GPU TPU Exascale Primer Primera Segundo Segunda Tercer Tercera Nuevo Nueva Su Sus El La Un Una Este Otro Cada "
    "Mayor Gran".split()
)
_OF_FIELD = re.compile(r"\s(?:models?|LLMs?|labs?|AI|companies|developers)\b")  # "Frontier models" run on no Frontier
_DEVICE_NUMBER = re.compile(r"\s(?:\d{1,2}(?:\s(?:Pro Max|Pro|Plus|Air))?|\d)(?![\w.,]*\d|[ \u00a0]?[GTM]i?B)\b")


class Entity(NamedTuple):
    """Something a number can be said of, where the text names it. `kind`: model, org, person, cluster, device, dataset,
    chip.
    """

    start: int
    end: int
    name: str
    kind: str
    entity_id: str | None = None
    family: str | None = None


class Sentence(NamedTuple):
    """A sentence, with the block it stands in and the language it is in."""

    start: int
    end: int
    block: int
    language: str


def led_by(person: str) -> str:
    """The organization that a person stands for: "los de Amodei" is Anthropic; empty where nobody knows."""
    return leaders().get(person, "")


@cache
def leaders() -> dict[str, str]:
    """The persons that stand for an organization, and which."""
    return {row["name"]: row["leads"] for row in _rows() if row["leads"]}


def _rows() -> Iterator[Row]:
    return read_rows(resource("data", "cues", "actors.csv"), ("name", "aliases", "kind", "leads", "note"))


@cache
def _actors() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    forms: dict[str, tuple[str, str]] = {}
    for row in _rows():
        for form in (row["name"], *row.words("aliases")):
            forms[re.sub(r"\s", " ", form)] = (row["name"], row.choice("kind", ACTOR_KINDS))
    for form, name in numbered_chips().items():
        forms.setdefault(form, (name, "chip"))
        forms.setdefault(f"{form}s", (name, "chip"))
    names = names_pattern([r"\s" if sign == " " else re.escape(sign) for sign in form] for form in forms)
    return re.compile(names), forms


def find_actors(text: str) -> list[Entity]:
    """Persons, clusters, devices, data sets and chips named in a text.

    >>> [(e.name, e.kind) for e in find_actors("Musk llena el superordenador Colossus; mi iPhone 15 Pro no.")]
    [('Elon Musk', 'person'), ('Colossus', 'cluster'), ('iPhone 15 Pro', 'device')]
    """
    pattern, forms = _actors()
    found = []
    for match in pattern.finditer(text):
        name, kind = forms[re.sub(r"\s", " ", match.group())]
        end = match.end()
        if kind == "cluster" and _OF_FIELD.match(text, end):
            continue
        if kind == "device" and (more := _DEVICE_NUMBER.match(text, end)):
            end, name = more.end(), name + re.sub(r"\s", " ", more.group())
        found.append(Entity(match.start(), end, name, kind))
    taken = {entity.start for entity in found}
    for begin, end in _lines_with(_CLUSTER_NOUN, text):
        for match in _CLUSTER.finditer(text, begin, end):
            group = match.lastindex or 0
            if match.start(group) not in taken and match.group(group) not in _NO_CLUSTERS:
                found.append(Entity(match.start(group), match.end(group), match.group(group), "cluster"))
    return sorted(found, key=lambda entity: entity.start)


def _lines_with(pattern: Words, text: str) -> Iterator[tuple[int, int]]:
    """The lines that hold something; the others need no slower search."""
    end = -1
    for match in pattern.finditer(text):
        if match.start() > end:
            end = text.find("\n", match.end())
            end = end if end >= 0 else len(text)
            yield text.rfind("\n", 0, match.start()) + 1, end


def language_of(words: Sequence[str], default: str) -> str:
    """The language of a block: the post's, unless the block speaks the other one clearly (a quotation, say)."""
    es, en = sum(map(_SPANISH.__contains__, words)), sum(map(_ENGLISH.__contains__, words))
    if default != "es" and es > 2 * en + 3:
        return "es"
    if default != "en" and en > 2 * es + 3:
        return "en"
    return default


def _is_one_of(entity: Entity, benchmarks: Sequence[Named]) -> bool:
    """Whether what looks like a model is a benchmark that the text explains."""
    return any(named.start <= entity.start and entity.end <= named.end for named in benchmarks)


class Page:
    """A document with what reading claims needs to know of it, looked up by offset."""

    def __init__(
        self, document: Document, language: str, mentions: Sequence[Mention], title: str | None, lexicon: Lexicon
    ) -> None:
        self.text, self.title, self.lexicon = document.text, title, lexicon
        self.known = known(lexicon)
        self.language = language if language in {"es", "en"} else "en"
        self.blocks = document.blocks or (Block("paragraph", 0, len(document.text)),)
        self.leads = {i.start: i.end for i in document.inlines if i.kind == "lead"}
        self.code = sorted((i.start, i.end) for i in document.inlines if i.kind in {"code", "math"})
        self._code_starts = [start for start, _ in self.code]
        self.mentions = tuple(mentions)
        entities = self._entities()
        listed = find_benchmarks(self.text)
        unlisted = find_unlisted(self.text, listed, [(entity.start, entity.end) for entity in entities])
        self.entities = tuple(e for e in entities if e.kind != "model" or not _is_one_of(e, unlisted))
        self._starts = [entity.start for entity in self.entities]
        self._languages: dict[int, str] = {}
        self._sentences: dict[int, list[Sentence]] = {}
        self._benchmarks = sorted([*listed, *unlisted], key=itemgetter(0))
        self._benchmark_starts = [named.start for named in self._benchmarks]

    def _entities(self) -> tuple[Entity, ...]:
        named = [
            Entity(m.start, m.end, m.name, m.kind, m.entity_id, m.family)
            for m in self.mentions
            if self.text[m.start - 4 : m.start].lower() != "non-"  # the largest non-NVIDIA contract
        ]
        taken = [(m.start, m.end) for m in self.mentions]
        starts = [start for start, _ in taken]
        for actor in find_actors(self.text):
            at = bisect_right(starts, actor.end) - 1
            if at < 0 or taken[at][1] <= actor.start or taken[at][0] >= actor.end:
                named.append(actor)
        named.extend(short_names(self.text, named))
        return tuple(sorted(named, key=lambda entity: (entity.start, -entity.end)))

    @cached_property  # as the next ones, for posts that are about AI only
    def bare(self) -> str:
        """The text with the digits of models' names taken out: "Llama 3 a 800 tokens/s" is no range."""
        kept: list[str] = []
        at = 0
        for entity in self.entities:
            if entity.kind == "model" and entity.start >= at:
                kept += self.text[at : entity.start], DIGIT.sub("X", self.text[entity.start : entity.end])
                at = entity.end
        return "".join([*kept, self.text[at:]])

    @cached_property
    def folded(self) -> str:
        """The same in small letters, without accents."""
        return without_accents(self.bare)

    @cached_property
    def _spelled(self) -> list[int]:
        """Where the words stand that numbers are written with."""
        return [match.start() for match in telling_words().finditer("\n" + lowered(self.text))]

    def between(self, start: int, end: int) -> tuple[Entity, ...]:
        """The entities that begin between two offsets."""
        return self.entities[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def benchmarks(self, start: int, end: int) -> Sequence[Named]:
        """The benchmarks that are named between two offsets."""
        starts = self._benchmark_starts
        return self._benchmarks[bisect_left(starts, start) : bisect_left(starts, end)]

    @property
    def has_benchmarks(self) -> bool:
        """Whether the text names any benchmark."""
        return bool(self._benchmarks)

    def in_title(self, kind: str) -> dict[str, Entity]:
        """The entities that the title names, by name; their place, before the text, is -1."""
        return {m.name: Entity(-1, -1, m.name, m.kind, m.entity_id, m.family) for m in self._titled if m.kind == kind}

    @cached_property
    def _titled(self) -> tuple[Mention, ...]:
        return find_mentions(Document(self.title), self.language, lexicon=self.lexicon) if self.title else ()

    def is_spelled(self, block: int) -> bool:
        """Whether a block has words that numbers are written with."""
        at = bisect_left(self._spelled, self.blocks[block].start)
        return at < len(self._spelled) and self._spelled[at] < self.blocks[block].end

    def language_at(self, block: int) -> str:
        """The language of a block."""
        if block not in self._languages:
            span = self.blocks[block]
            end = min(span.end, span.start + _SAMPLE * _WORD_LENGTH)
            words = _WORD.findall(self.text[span.start : end].lower()) if end - span.start >= _TELLING else []
            self._languages[block] = language_of(words[:_SAMPLE], self.language) if words else self.language
        return self._languages[block]

    def writing_at(self, block: int) -> str:
        """The language of a block as its numbers are written: `es-MX` where decimals have a point."""
        return self._writing if self.language_at(block) == "es" else "en"

    @cached_property
    def _writing(self) -> str:
        return writing(self.text, "es")

    def lead(self, block: int) -> tuple[int, int] | None:
        """The bold words that a block begins with: a small heading of its own and of the blocks that follow."""
        start = self.blocks[block].start
        return next(((at, self.leads[at]) for at in range(start, start + 4) if at in self.leads), None)

    def sentences(self, block: int) -> list[Sentence]:
        """The sentences of a block."""
        if block not in self._sentences:
            span, language = self.blocks[block], self.language_at(block)
            spans = split_sentences(self.text, span.start, span.end)
            self._sentences[block] = [Sentence(a, b, block, language) for a, b in spans]
        return self._sentences[block]

    def code_end(self, start: int, end: int) -> int | None:
        """Where the inline code or the formula ends that the stretch lies in; None where it lies in none."""
        before = bisect_left(self._code_starts, end) - 1
        return self.code[before][1] if before >= 0 and self.code[before][1] > start else None
