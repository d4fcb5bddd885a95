"""How far a change of the lexicon reaches: which texts may be read differently for it.

A row of the lexicon speaks through its spellings. A text that holds none of the spellings whose meaning changed is read
as it was: `spellings` says what each one means, `differing` compares two lexicons by that, `finder` looks for them in
folded texts. What bears on every text (`everywhere`: the words of the grammar, what no organization's products are) is
part of the extractor's version instead.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from pipeline.extract.folding import folded, plain
from pipeline.extract.mentions.index import index
from pipeline.extract.trie import trie_pattern
from pipeline.identity import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pipeline.extract.mentions.index import Entry, Index
    from pipeline.lexicon import Family, Lexicon, Organization

_SPELT = frozenset({"aliases", "ambiguous"})  # of a record: these bear on their own spelling alone, through its entries
_SHORT = 4  # letters; shorter spellings count at the head of a word only, since they are inside of many


def everywhere(lexicon: Lexicon) -> str:
    """A digest of what may change the reading of any text."""
    words = (f"{role}:{word}" for role, words in sorted(lexicon.words.items()) for word in sorted(words))
    return digest(*words, "*", *sorted(lexicon.products.get("*", ())))


def spellings(lexicon: Lexicon) -> dict[str, str]:
    """What each folded spelling means: a digest of all that the rules can learn by it.

    Beside the spellings of the index there is `: opus` for each variant: after a maker and a colon it stands for its
    family, which need not be named ("Anthropic: Opus 4").
    """
    known = index(lexicon)
    meant = {spelling: _meaning(entries, known) for spelling, entries in known.table.items()}
    for maker, families in known.by_maker.items():
        for family in families if maker else ():
            for variant in sorted(known.grammar.own(family)):
                key = f": {variant.partition('-')[0]}"
                meant[key] = digest(meant.get(key, ""), maker, *_family(family, known))
    return meant


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> frozenset[str]:
    """The spellings that mean something else, mean something only now, or nothing any more.

    >>> sorted(differing({"gpt": "1", "opus": "2", "o1": "3"}, {"gpt": "1", "opus": "4", "o3": "5"}))
    ['o1', 'o3', 'opus']
    """
    return frozenset(spelling for spelling, _ in before.items() ^ after.items())


def finder(wanted: Collection[str]) -> re.Pattern[str]:
    r"""Finds the spellings in what `searched` makes of a text, and rather more than the rules would: a name may be read
    on from a stretch of the text that was cut in the middle of a word.

    >>> bool(finder({"hugging face"}).search(searched("En Hugging\nFace.")))
    True
    >>> [bool(finder({"x", "opus"}).search(searched(text))) for text in ("xAI", "Linux", "octopus")]
    [True, False, True]
    """
    short = {spelling for spelling in wanted if len(spelling) < _SHORT and spelling.isalnum()}
    groups = ((r"(?<![0-9a-z])", short), ("", set(wanted) - short))
    found = "|".join(f"{before}(?:{trie_pattern(group)})" for before, group in groups if group)
    return re.compile(found.replace(r"\ ", r"[*_]*\s+") or r"(?!)")


def searched(text: str) -> str:
    """The text as spellings are looked for in it."""
    return folded(plain(text))


def _meaning(entries: tuple[Entry, ...], known: Index) -> str:
    return digest(*(part for entry in entries for part in _entry(entry, entries, known)))


def _entry(entry: Entry, among: tuple[Entry, ...], known: Index) -> Iterator[str]:
    yield from (entry.kind, entry.form, str(entry.ambiguous), repr(entry.parts))
    _, _, rest = entry.form.partition(" ")  # Amazon Nova: the maker's name before the family's
    yield str([rest in other.family.forms for other in among if other.family])
    if entry.org:
        yield from _organization(entry.org, known)
    if entry.family:
        yield from _family(entry.family, known)


def _organization(org: Organization, known: Index) -> Iterator[str]:
    """What is known of an organization beside its spellings; whether it makes models may make it a lab."""
    yield from _record(org)
    yield str(org.name in known.by_maker)
    yield repr(sorted(known.lexicon.products.get(org.name, ())))


def _family(family: Family, known: Index) -> Iterator[str]:
    maker = known.lexicon.organization(family.maker)
    yield from _record(family)
    yield repr(known.lexicon.style(family))
    yield maker.parent if maker else ""


def _record(record: Any) -> Iterator[str]:
    for each in fields(record):
        value = getattr(record, each.name)
        if each.name not in _SPELT:
            yield f"{each.name}={sorted(value) if isinstance(value, frozenset) else value!r}"
