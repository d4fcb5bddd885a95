"""Companies that no list has, by what only companies do or have: they raise rounds, have a CEO, are "a startup".

Each rule begins at a rare word and looks for a name beside it, so that a text without such words costs nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.folding import folded
from pipeline.extract.mentions_unknown import Unknown
from pipeline.extract.trie import word_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.mentions_candidates import Page
    from pipeline.extract.mentions_index import Index

_CAP = r"[A-ZÀ-Þ][\w&+-]*\w"
_NAME = rf"(?<![\w.'’/@#&-])(?P<name>{_CAP}(?:[ ](?:{_CAP})){{0,2}})"
_MONEY = (
    r"(?:US)?[$€£]|\d[\d.,]*[ ]?(?:millones|mil[ ]millones|million|billion|bn|m)\b|\b(?:ronda|round)\b|"
    r"\b[Ss]eri[ae]s?[ ][A-H]\b"
)
_ASIDE = r"(?:,[ ][^,.\n]{2,70},|[ ]\([^()\n]{1,40}\))?"
_RAISES = re.compile(
    word_pattern(
        "levant(?:ó|a|aron|ado)", "recaud(?:ó|a|ado)", "capt(?:ó|a|ado)", "cerr(?:ó|ado)", "estir(?:ó|ado)",
        "raise[sd]", "close[ds]", "bagged", "bags", "nabbed", "nabs", "secure[ds]", "land(?:s|ed)",
    ) + r"\b"
)  # fmt: skip
_RAISER = re.compile(rf"{_NAME}{_ASIDE}[ ](?:(?:ha|han|has|have|just|already|ya|acaba[ ]de|ayer|hoy)[ ]){{0,2}}$")
_AMOUNT = re.compile(rf"[^.\n]{{0,40}}?(?:{_MONEY})")
_LED_BY = re.compile(
    word_pattern(
        "led[ ]by", "co-led[ ]by", "liderad[ao][ ]por", "encabezad[ao][ ]por", "que[ ]lider(?:ó|a)",
        "participación[ ]de", "participation[ ]from", "respaldad[ao][ ]por", "backed[ ]by",
    ) + "[ ]"
)  # fmt: skip
_IN_A_ROUND = re.compile(r"\b(?:[Rr]onda|round|[Ss]eri[ae]s?[ ][A-H]|seed|semilla|inversión|funding|financing)\b")
_BACKERS = re.compile(rf"{_NAME}(?:(?:,[ ]|,?[ ](?:y|e|and)[ ])(?P<more>{_CAP}(?:[ ]{_CAP}){{0,2}}))*")
_IS_A = re.compile(
    r",[ ](?:an?|una?)[ ](?:[a-zà-ÿ0-9A-Z][\w.-]*[ ]){0,4}?(?:startup|start-up|empresa|compañía|fintech|company|"
    r"consultora|chipmaker|neocloud|spin-off|spinoff|scaleup)\b"
)
_NAME_ENDS = re.compile(rf"{_NAME}$")
_ROLES = ("o-?founders?", "o-?fundador(?:a|es)?", "onsejer[oa][ ]delegad[oa]")
_ROLE_OF = re.compile(
    word_pattern(
        "CEO", "CTO", "CFO", "COO", *(letter + role for letter in "Cc" for role in _ROLES), "Founders?", "founders?",
        "Fundador(?:a|es)?", "fundador(?:a|es)?", "Directora?[ ]ejecutiv[oa]", "directora?[ ]ejecutiv[oa]",
    ) + "[ ](?:of|de|at)[ ]"
)  # fmt: skip
_NAME_BEGINS = re.compile(_NAME)
_HAS_ROLE = re.compile(r"['’]s[ ](?:CEO|CTO|CFO|COO|co-?founders?|founders?|investors|shareholders)\b")
_PREPOSITION = re.compile(r"\b(?:in|en|at|from|desde|since|on|by)[ ]$", re.IGNORECASE)
_NO_NAMES = ("not_stem", "closed", "month", "not_org", "org_cue", "org_noun", "product_noun", "person", "org_verb")


def companies(page: Page, index: Index) -> Iterator[Unknown]:
    """The companies, investors among them, that the text shows to be such, wherever it names them."""
    rules = {found.name: found.rule for found in _shown(page, index)}
    for name, rule in sorted(rules.items()):
        for match in re.finditer(rf"(?<![\w.'’/@#&-]){re.escape(name)}(?![\w/@&-])", page.plain):
            yield Unknown(*match.span(), page.text[match.start() : match.end()], rule)


def _shown(page: Page, index: Index) -> Iterator[Unknown]:
    text = page.plain
    money = any(sign in text for sign in ("$", "€", "£", "millones", "million", "ronda", "round"))
    for raised in _RAISES.finditer(text) if money else ():
        low = max(text.rfind("\n", 0, raised.start()) + 1, raised.start() - 120)
        raiser = _RAISER.search(text[low : raised.start()])
        if raiser and _AMOUNT.match(text, raised.end()):
            yield from _name(page, index, low + raiser.start("name"), raiser["name"], "raises")
    for led in _LED_BY.finditer(text) if money else ():
        if _IN_A_ROUND.search(text[max(0, text.rfind("\n", 0, led.start()) + 1, led.start() - 90) : led.start()]):
            yield from _backers(page, index, led.end())
    for behind, rule in ((_IS_A, "is-a-company"), (_HAS_ROLE, "role-of")):
        for match in behind.finditer(text):
            low = max(0, match.start() - 50)
            if before := _NAME_ENDS.search(text[low : match.start()]):
                yield from _name(page, index, low + before.start("name"), before["name"], rule)
    for role in _ROLE_OF.finditer(text):
        if after := _NAME_BEGINS.match(text, role.end()):
            yield from _name(page, index, after.start("name"), after["name"], "role-of")


def _backers(page: Page, index: Index, at: int) -> Iterator[Unknown]:
    """All that a list of investors names."""
    match = _BACKERS.match(page.plain, at)
    for part in re.finditer(rf"{_CAP}(?:[ ]{_CAP}){{0,2}}", match.group()) if match else ():
        yield from _name(page, index, at + part.start(), part.group(), "backer")


def _name(page: Page, index: Index, start: int, name: str, rule: str) -> Iterator[Unknown]:
    """The name, if it may be a company's: not known otherwise, no word with a capital, no place, no person."""
    lexicon, words = index.lexicon.words, name.split(" ")
    kept = words[:-1] if len(words) > 1 and folded(words[-1]) in lexicon.get("org_tail", ()) else words
    if any(folded(word) in index.table or any(folded(word) in lexicon.get(r, ()) for r in _NO_NAMES) for word in kept):
        return
    if folded(name) in index.table or _PREPOSITION.search(page.plain[max(0, start - 8) : start]):
        return
    if not _person(page, index, name):
        yield Unknown(start, start + len(name), page.text[start : start + len(name)], rule)


def _person(page: Page, index: Index, name: str) -> bool:
    """Whether the name is a person's: two plain words, or one that has a given name before it somewhere in the text.

    A name with capitals or digits inside it, or with a company's last word (Labs), is none.
    """
    words = name.split(" ")
    if any(any(not char.islower() for char in word[1:]) for word in words):
        return False
    if len(words) > 1:
        return words[-1].lower() not in _TAILS
    lexicon = index.lexicon.words
    before = re.finditer(rf"\b([A-ZÀ-Þ](?:[a-zà-ÿ]+|\.))[ ]{re.escape(name)}\b", page.plain)
    return any(not any(match[1].lower() in lexicon.get(role, ()) for role in _NO_NAMES) for match in before)


_TAILS = frozenset(
    "labs technologies robotics therapeutics ventures capital partners energy systems networks motors health holdings "
    "computing bank group biosciences semiconductors semiconductor research studios".split()
)
