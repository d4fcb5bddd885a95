"""Who is mentioned: models and organizations, each occurrence with its canonical name.

One pass finds every spelling of the lexicon (`candidates`); the naming grammar reads on from there (`naming`);
doubtful names are weighed by what stands around them (`context`); lists that share a head are unfolded
(`lists`); what no list has is found by its shape (`unknown`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.folding import folded, slug
from pipeline.extract.mentions import unknown
from pipeline.extract.mentions.acronyms import acronym, known_as
from pipeline.extract.mentions.candidates import Candidate, FoldedText, candidates
from pipeline.extract.mentions.cited import cited
from pipeline.extract.mentions.companies import companies, shown
from pipeline.extract.mentions.composing import compose
from pipeline.extract.mentions.context import Evidence
from pipeline.extract.mentions.index import Index, index
from pipeline.extract.mentions.introduced import introduced, named
from pipeline.extract.mentions.items import Item, named_in, spread
from pipeline.extract.mentions.lists import listed_with, members
from pipeline.extract.mentions.longer import joined
from pipeline.extract.mentions.recalled import recalled_letters, recalled_variants, recalled_version
from pipeline.lexicon import load_lexicon
from pipeline.records import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.extract.mentions.introduced import Introduced
    from pipeline.extract.mentions.parts import Part
    from pipeline.lexicon import Family, Lexicon, Organization
    from pipeline.records import Document

_MODEL_BEFORE = re.compile(
    r"\b(?:modelos?|models?|LLMs?|familia|family|versión|version)\s"
    r"(?:de\s|como\s|like\s|such as\s|tipo\s)?[*_\"“«]{0,2}$",
    re.IGNORECASE,
)
_MODEL_AFTER = re.compile(r"['’]?s?[*_\"”»]{0,2}\s(?:models?|LLMs?|family|familia)\b", re.IGNORECASE)
_COLON = re.compile(r"[*_]*:[*_]*\s")
_MADE_BY = (" by ", " from ", " por ")
_OF_SERIES = frozenset({"GPT", "ChatGPT"})
_SERIES = re.compile(r"[ -]o[1-9](?!\w|\.\d)|s?[ ]personalizad|(?<=\b[Cc]ustom[ ]GPT)s?\b")
_PRODUCT = re.compile(r"[ ]([A-Za-z0-9+/][\w/+-]*)")


def find_mentions(
    document: Document, language: str, title: str | None = None, lexicon: Lexicon | None = None
) -> tuple[Mention, ...]:
    """The mentions of a document, sorted and without overlap; offsets are into its text.

    >>> from pipeline.records import Document
    >>> [m.name for m in find_mentions(Document("OpenAI presentó gpt-4o-mini."), "es")]
    ['OpenAI', 'GPT-4o mini']
    """
    return _Finder(document, language, title, lexicon or load_lexicon()).mentions()


class _Finder:
    """One document's run through the rules."""

    def __init__(self, document: Document, language: str, title: str | None, lexicon: Lexicon) -> None:
        self.language, self.lexicon = language, lexicon
        self.index: Index = index(lexicon)
        self.page = FoldedText.of(document)
        self.found, self.cues = candidates(self.page, self.index)
        self.shown = tuple(shown(self.page))
        self.evidence = Evidence(
            self.page, self.found, self.cues, self.shown, language=language, title=title, lexicon=lexicon
        )

    def mentions(self) -> tuple[Mention, ...]:
        """All rules, in order; a place that one has taken is not given to the next."""
        items = joined(self._known(self._accepted()), self.page, self.lexicon)
        items = spread(items, self._unknown(items))
        if self.evidence.topic:
            found = cited(self.page, self.index, [item.mention for item in items])
            items = spread(items, (Item(self._new_org(new.name, new.start, new.end, new.rule)) for new in found))
        items = spread(items, self._recalled(items))
        if self.evidence.topic:
            items = spread(items, self._introduced(items))
        items = spread(items, self._acronyms(items))
        return tuple(item.mention for item in items)

    def _accepted(self) -> list[Candidate]:
        """What the evidence speaks for. A spelling that was decided for once has a better standing afterwards."""
        self.found = [c for c in self.found if not self._before_series(c)]
        first = [c for c in self.found if self.evidence.accepts(c) and not self._product(c)]
        agreed = frozenset(c.entry.form for c in first)
        taken = {c.start for c in first}
        self.evidence.learn(first)
        again = [c for c in self.found if c.start not in taken]
        more = [c for c in again if self.evidence.accepts(c, agreed) and not self._product(c)]
        return sorted([*first, *more], key=lambda c: c.start)

    def _product(self, candidate: Candidate) -> bool:
        """Whether the name goes on to that of a product: Google Maps, OpenAI for India."""
        if candidate.entry.org is None:
            return False
        match = _PRODUCT.match(self.page.plain, candidate.end)
        if match is None or candidate.end + 1 in self.evidence.starts:
            return False
        word = match.group(1)
        heads = self.lexicon.products.get(candidate.entry.org.name, frozenset())
        anyone = self.lexicon.products.get("*", frozenset())
        if word == "for":
            return self.page.plain[match.end() + 1 : match.end() + 2].isupper() and "for" in heads
        return (word[0].isupper() or not word[0].isalpha()) and word.lower() in heads | anyone

    def _before_series(self, candidate: Candidate) -> bool:
        """Whether the name goes on to that of a series (GPT o1, ChatGPT o3-mini), or users make it (custom GPTs)."""
        family = candidate.entry.family
        gpt = family is not None and family.name in _OF_SERIES and not candidate.tail.parts
        return gpt and _SERIES.match(self.page.plain, candidate.end) is not None

    def _known(self, accepted: Sequence[Candidate]) -> list[Item]:
        """The candidates as mentions, each list unfolded at its head: what stands in a list is no name by itself."""
        items: list[Item] = []
        reach = 0
        for candidate in accepted:
            if candidate.start < reach:
                continue
            new = list(self._items(candidate, items))
            new += self._unfolded(new[-1])
            reach = new[-1].mention.end
            items.extend(new)
        return items

    def _items(self, candidate: Candidate, before: Sequence[Item]) -> Iterator[Item]:
        entry = candidate.entry
        family = entry.family
        if entry.org is not None:
            twin = next((e for e in candidate.entries if e.family is not None and e.kind == "family"), None)
            family = twin.family if twin and self._called_model(candidate) else None
        if family is None:
            assert entry.org is not None
            yield Item(self._org(entry.org, candidate.start, candidate.end, f"lexicon:{entry.form}"))
            return
        start = candidate.start
        if split := self._maker_in_front(candidate, family):
            org, start = split
            yield Item(self._org(org, candidate.start, start - 1, "maker"))
        parts = candidate.tail.parts
        if entry.kind == "variant" and not any(part.kind == "version" for part in parts):
            parts = recalled_version(family, parts, named_in(before[-40:]))
        yield self._model(family, parts, start, candidate.end, entry.kind)

    def _called_model(self, candidate: Candidate) -> bool:
        """Whether a name of both a maker and a family is the family's here: said beside it, or by its list."""
        text = self.page.plain
        if text.startswith(("'s ", "’s "), candidate.end) and text[candidate.end + 3 : candidate.end + 4].isupper():
            return False  # Baichuan's Baichuan2
        before = text[max(0, candidate.start - 30) : candidate.start]
        if before.endswith(_MADE_BY) or self._before_own(candidate):
            return False
        twin = next((e.family for e in candidate.entries if e.family is not None and e.kind == "family"), None)
        if twin and twin.modality == "assistant" and twin.maker in self.evidence.named - {candidate.entry.form}:
            return True  # Comet, where Perplexity is named
        if listed_with(text, self.found, candidate) == {"model"}:
            return True
        return bool(_MODEL_BEFORE.search(before) or _MODEL_AFTER.match(text, candidate.end))

    def _before_own(self, candidate: Candidate) -> bool:
        """Whether a family of the maker's follows: MiniMax Hailuo, Perplexity Sonar."""
        org, behind = candidate.entry.org, (c for c in self.found if c.start == candidate.end + 1)
        return org is not None and any(c.entry.family and c.entry.family.maker == org.name for c in behind)

    def _maker_in_front(self, candidate: Candidate, family: Family) -> tuple[Organization, int] | None:
        """Where an alias begins with the maker's name (Amazon Nova), that is a mention of the maker."""
        first, _, rest = candidate.entry.form.partition(" ")
        entries = self.index.table.get(folded(first), ())
        org = next((entry.org for entry in entries if entry.org is not None and entry.form == first), None)
        if org is None or rest not in family.forms or not self.page.text.startswith(first, candidate.start):
            return None
        return org, candidate.start + len(first) + 1

    def _org(self, org: Organization, start: int, end: int, rule: str) -> Mention:
        return Mention("org", org.name, self.page.text[start:end], start, end, f"org:{slug(org.name)}", rule=rule)

    def _model(self, family: Family, parts: tuple[Part, ...], start: int, end: int, rule: str) -> Item:
        name = compose(family, self.lexicon.style(family), parts)
        mention = Mention(
            "model", name, self.page.text[start:end], start, end, f"model:{slug(name)}", family.name,
            family.maker or None, rule=rule,
        )  # fmt: skip
        return Item(mention, family, parts)

    def _unfolded(self, item: Item) -> Iterator[Item]:
        """The members of the list that begins here, which do not repeat the family's name."""
        text = self.page.plain
        if item.family is not None:
            for member in members(self.index.grammar, item.family, item.parts, text, item.mention.end):
                yield self._model(item.family, member.parts, member.start, member.end, "list")
        elif match := _COLON.match(text, item.mention.end):
            yield from self._owned(item.mention.name, match.end())

    def _owned(self, maker: str, at: int) -> Iterator[Item]:
        """Mistral: Large 3. After the maker and a colon, a variant with its version needs no family."""
        for family in self.index.by_maker.get(maker, ()):
            tail = self.index.grammar.parse_tail(family, " " + self.page.plain[at : at + 40], 0, listed=True)
            if tail.parts and tail.parts[0].kind == "variant" and tail.version and self.page.plain[at].isupper():
                yield self._model(family, tail.parts, at, at + tail.end - 1, "maker-list")
                return

    def _unknown(self, items: Sequence[Item]) -> Iterator[Item]:
        for found in unknown.models(self.page, self.index, self.evidence.topic):
            surface = self.page.text[found.start : found.end]
            yield Item(
                Mention(
                    "model",
                    found.name,
                    surface,
                    found.start,
                    found.end,
                    f"model:{slug(found.name)}",
                    emerging=True,
                    rule=found.rule,
                )
            )
        more = unknown.organizations(self.page, self.index, self.cues, self.evidence.topic)
        for found in (*more, *companies(self.page, self.index, self.shown)):
            within = [i.mention for i in items if found.start <= i.mention.start and i.mention.end <= found.end]
            one = within[0] if len(within) == 1 and within[0].kind == "org" else None
            known = self.lexicon.organization(one.name) if one else None
            if known is None or known.kind != "university" or "universi" not in folded(found.name):
                other = known_as(self.page.plain, found, [item.mention for item in items])
                known = self.lexicon.organization(other) if other else None
            if known is not None:  # Universidad de Stanford is Stanford University
                yield Item(self._org(known, found.start, found.end, found.rule))
            else:
                yield Item(self._new_org(found.name, found.start, found.end, found.rule))

    def _recalled(self, items: Sequence[Item]) -> Iterator[Item]:
        makers = frozenset(item.mention.name for item in items if item.mention.kind == "org")
        letters = recalled_letters(self.page.plain, self.index, named_in(items))
        for found in (*letters, *recalled_variants(self.page.plain, self.index, named_in(items), makers)):
            yield self._model(found.family, found.parts, found.start, found.end, "recalled")

    def _introduced(self, items: Sequence[Item]) -> Iterator[Item]:
        """Families that the post introduces, wherever they are named, and the lists that they head."""
        families = introduced(self.page, self.index, [item.mention for item in items])
        for found in named(self.page, self.index, families):
            head = self._new_model(found.of, found.tail.parts, found.start, found.end)
            yield head
            for member in members(self.index.grammar, found.of.family, head.parts, self.page.plain, found.end):
                yield self._new_model(found.of, member.parts, member.start, member.end)

    def _new_model(self, of: Introduced, parts: tuple[Part, ...], start: int, end: int) -> Item:
        name, surface = compose(of.family, of.naming, parts), self.page.text[start:end]
        mention = Mention(
            "model", name, surface, start, end, f"model:{slug(name)}", of.family.name, emerging=True, rule="introduced"
        )
        return Item(mention, of.family, parts)

    def _new_org(self, name: str, start: int, end: int, rule: str) -> Mention:
        return Mention(
            "org", name, self.page.text[start:end], start, end, f"org:{slug(name)}", emerging=True, rule=rule
        )

    def _acronyms(self, items: Sequence[Item]) -> Iterator[Item]:
        """Short forms that brackets introduce, there and later in the text."""
        text = self.page.plain
        for item in items:
            if item.mention.kind != "org":
                continue
            span = acronym(text, item.mention.end, item.mention.surface)
            if span is None:
                continue
            short = re.compile(rf"(?<![\w-]){re.escape(text[slice(*span)])}(?!\w)")
            for match in short.finditer(text, span[0]):
                surface = self.page.text[match.start() : match.end()]
                yield Item(replace(item.mention, surface=surface, start=match.start(), end=match.end(), rule="acronym"))
