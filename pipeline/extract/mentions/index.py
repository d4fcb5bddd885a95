"""The lexicon, made ready for one pass over a text: one pattern of all spellings, and what each spelling may be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.extract.folding import folded, plain, spellings
from pipeline.extract.mentions.composing import compose
from pipeline.extract.mentions.naming import Grammar
from pipeline.extract.mentions.parts import Part, Tail
from pipeline.extract.trie import trie_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.lexicon import Family, Lexicon, Organization

EntryKind = Literal["org", "family", "short", "variant", "cue", "noun", "tail"]
_SERIES = re.compile(r"([a-z])\d$")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a spelling may be. `form` is the spelling as the lexicon writes it, `folded` what it is looked up by.

    `short`: a version that stands alone (R1); `variant`: a variant that does (Opus); `cue`: a word that says what the
    post is about; `noun`, `tail`: words that organizations' names are made with (Universidad; Labs).
    """

    kind: EntryKind
    form: str
    ambiguous: bool = False
    org: Organization | None = None
    family: Family | None = None
    parts: tuple[Part, ...] = ()
    folded: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", folded(self.form))  # once: each rule of the evidence asks for it


@dataclass(eq=False)
class Index:
    """`table` has the entries of each folded spelling, `pattern` finds them, longest first."""

    lexicon: Lexicon
    grammar: Grammar
    table: dict[str, tuple[Entry, ...]]
    by_maker: dict[str, tuple[Family, ...]]
    pattern: re.Pattern[str]

    def family_at(self, text: str, at: int) -> tuple[str, Tail] | None:
        """A family's name with its tail at this place of the plain text, composed: `Qwen-7B`."""
        match = self.pattern.match(folded(text[at : at + 60]))
        entries = self.table.get(match.group(), ()) if match else ()
        family = next((entry.family for entry in entries if entry.kind == "family"), None)
        if match is None or family is None:
            return None
        tail = self.grammar.parse_tail(family, text, at + match.end(), lower=text[at].islower())
        return compose(family, self.lexicon.style(family), tail.parts).replace(" ", "-"), tail


@lru_cache(maxsize=4)
def index(lexicon: Lexicon) -> Index:
    """The index of a lexicon, built once."""
    grammar = Grammar(lexicon)
    table: dict[str, list[Entry]] = {}
    for entry in _entries(lexicon, grammar):
        for spelling in spellings(entry.form):
            known = table.setdefault(spelling, [])
            if not any(_stands_for(other, entry) for other in known):
                known.append(entry)
    by_maker: dict[str, list[Family]] = {}
    for family in lexicon.families:
        by_maker.setdefault(family.maker, []).append(family)
    made = Index(
        lexicon,
        grammar,
        {spelling: tuple(entries) for spelling, entries in table.items()},
        {maker: tuple(families) for maker, families in by_maker.items()},
        re.compile(rf"(?<![0-9a-z_@#])(?:{trie_pattern(table)})(?=s?(?![0-9a-z])|v?\d)"),
    )
    grammar.nested = made.family_at
    return made


def _stands_for(known: Entry, entry: Entry) -> bool:
    """Whether an entry of the same spelling makes this one needless. Of short names every dress counts: AI2 and Ai2."""
    same = known.kind == entry.kind and known.family == entry.family
    return same and (len(entry.form) > 3 or known.form == entry.form)


def _entries(lexicon: Lexicon, grammar: Grammar) -> Iterator[Entry]:
    for org in lexicon.organizations:
        for form in org.forms:
            yield Entry("org", form, form in org.ambiguous, org=org)
    yield from _renamed(lexicon)
    for family in lexicon.families:
        yield from _family_entries(family, grammar)
    yield from _short_entries(lexicon, grammar)
    for word in sorted(lexicon.words.get("ai_cue", ())):
        yield Entry("cue", word)
    for word in sorted(lexicon.words.get("org_noun", ())):
        yield Entry("noun", word)
    for word in sorted(lexicon.words.get("org_tail", frozenset()) | lexicon.words.get("org_body", frozenset())):
        yield Entry("tail", word)


def _renamed(lexicon: Lexicon) -> Iterator[Entry]:
    """Old names of organizations stand for the new one, unless they are entries of their own."""
    known = {form for org in lexicon.organizations for form in org.forms}
    for rename in lexicon.renames:
        org = lexicon.organization(rename.new)
        if org is not None and rename.relation in {"rename", "rebrand"} and rename.old not in known:
            yield Entry("org", rename.old, org=org)


def _family_entries(family: Family, grammar: Grammar) -> Iterator[Entry]:
    for form in family.forms:
        yield Entry("family", form, form in family.ambiguous, family=family, parts=_parts(family, form, grammar))
        for version in sorted(family.short_names):
            if version[0].isalpha() and not family.is_series:  # DeepSeekR1: no boundary to find the family by
                together = f"{form}{version}".replace(" ", "")
                yield Entry("family", together, family=family, parts=(Part("version", version),))


def _parts(family: Family, form: str, grammar: Grammar) -> tuple[Part, ...]:
    """The version that an alias holds (Playground v2.5); it is not lost for being listed."""
    if not folded(form).startswith(folded(family.name)):
        return ()
    rest = plain(form)[len(family.name) :]
    tail = grammar.parse_tail(family, rest, 0)
    return tail.parts if tail.end == len(rest) and tail.version else ()


def _short_entries(lexicon: Lexicon, grammar: Grammar) -> Iterator[Entry]:
    for family in lexicon.families:
        for version in sorted(family.short_names):
            for form in _series(version) if family.is_series else {version}:
                tail = grammar.parse_tail(family, plain(form), 0, lower=True)
                parts = tail.parts if tail.end == len(form) else (Part("version", form),)
                yield Entry("short", form, "-" not in form, family=family, parts=parts)  # o4-mini can be nothing else
        for variant in family.variants:
            if variant in family.ambiguous:
                yield Entry("variant", variant, ambiguous=True, family=family, parts=(Part("variant", variant),))


def _series(version: str) -> set[str]:
    """A series goes on: where there is an o3 there will be an o5.

    >>> sorted(_series("o3"))[:3], _series("4o")
    (['o1', 'o2', 'o3'], {'4o'})
    """
    match = _SERIES.match(version)
    return {f"{match[1]}{number}" for number in range(1, 10)} if match else {version}
