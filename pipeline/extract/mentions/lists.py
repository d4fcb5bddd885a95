"""Lists that share a head: "Claude 3 Haiku, Sonnet y Opus", "Llama 3 8B y 70B", "GPT-3.5 y 4", "Gemini 1.5 Pro, 2.0".

After a model's name, what is joined to it by commas and conjunctions is read with the same family's grammar; what the
member does not say itself (the version before a variant) it takes from the head.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.fillers import AGAINST, AND_OR
from pipeline.extract.mentions.parts import Tail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.extract.mentions.candidates import Candidate
    from pipeline.extract.mentions.naming import Grammar
    from pipeline.extract.mentions.parts import Part
    from pipeline.lexicon import Family

_ASIDE = r"(?:[ ]?\([^()\n]{1,40}\))?"
_JOIN = re.compile(
    rf"{_ASIDE}(?:[ ]?[,;][ ](?:(?:y|e|o|u|and|or)[ ])?|[ ](?:y|e|o|u|and|or|&|\+|{AGAINST})[ ]|[ ]?/[ ]?)"
    r"(?:(?:los?|las?|el|the|al|de|su)[ ])?[*_\"“«(]{0,2}"
)
_BEHIND_PRICE = re.compile(
    r"(?:[^\n.;]|\.\d){0,70}?(?:[$€][ ]?\d|\d[ ]?[$€])(?:[^\n.;]|\.\d){0,60}?"
    r"(?:[,;][ ](?:(?:and|while|y|mientras[ ]que)[ ])?|[ ](?:and|y)[ ])(?:(?:the|el|la)[ ])?(?=[A-Z][a-z])"
)
_PRICED = re.compile(
    r"[ ](?:(?:is|costs?|at|for|es|cuesta|vale|sale|a|por)[ ][^\n.;]{0,30}?)?(?:[$€][ ]?\d|\d[\d.,]*[ ]?[$€])|: ?[$€]"
)
_OPEN = re.compile(r"(?:[^.\n(]{0,40}?)[ ]\([*_\"“«]{0,2}")
_JOINED = re.compile(rf"[*_\"”»]*(?:,? {AND_OR} |, | ?/ ?|; )[*_\"“«]*")
_NEXT_WORD = re.compile(r"[*_\"”»]*[ ]+([^\W\d_]+)|[*_\"”»]*\s*(?:[,;:.)\]…!?—–]|\n|$)|\s\(")


class Member(NamedTuple):
    """One more name of a list: where it stands, and the parts of the whole name."""

    start: int
    end: int
    parts: tuple[Part, ...]


def members(grammar: Grammar, family: Family, head: tuple[Part, ...], text: str, end: int) -> Iterator[Member]:
    """The names that follow a model's name ending at `end` and share its head."""
    parts = head
    join = _JOIN.match(text, end) or _opened(grammar, family, text, end, head)
    if join is None and (member := _priced(grammar, family, head, text, end)):
        yield member
    while join is not None:
        member = _member(grammar, family, parts, text, join.end())
        if member is None:
            return
        yield member
        parts, end = member.parts, member.end
        join = _JOIN.match(text, end)


def _priced(grammar: Grammar, family: Family, head: tuple[Part, ...], text: str, end: int) -> Member | None:
    """A variant behind the price of another one: "GPT-5 mini is $0.25 and $2, and Nano is $0.05"."""
    sign = text.find("$", end, end + 90) + text.find("€", end, end + 90)
    match = _BEHIND_PRICE.match(text, end) if sign > -2 else None
    member = _member(grammar, family, head, text, match.end()) if match else None
    known = member is not None and _PRICED.match(text, member.end) and member.parts[-1].kind == "variant"
    return member if known and member and member.parts[-1].text in family.variants else None


def _opened(grammar: Grammar, family: Family, text: str, end: int, head: tuple[Part, ...]) -> re.Match[str] | None:
    """A list of variants in brackets after the head: "Claude 3, en tres tamaños (Haiku, Sonnet y Opus)"."""
    match = _OPEN.match(text, end)
    if match is None or any(part.kind in {"variant", "size"} for part in head):
        return None
    tail = _read(grammar, family, text, match.end())
    return match if tail and tail.parts[0].kind == "variant" and text[match.end()].isupper() else None


def _read(grammar: Grammar, family: Family, text: str, at: int) -> Tail | None:
    """A tail that begins here, as if the family stood before it."""
    if not text[at : at + 1].isalnum():
        return None
    tail = grammar.parse_tail(family, " " + text[at : at + 60], 0, listed=True)
    return Tail(at + tail.end - 1, tail.parts, tail.glued) if tail.parts else None


def _member(grammar: Grammar, family: Family, head: tuple[Part, ...], text: str, at: int) -> Member | None:
    tail = _read(grammar, family, text, at)
    if tail is None or text[tail.end : tail.end + 1].isalnum():
        return None
    kinds = [part.kind for part in tail.parts]
    sized = any(part.kind == "size" for part in head)
    if kinds[0] == "size":
        mixed = "x" in _text_of(head, "size") and "x" not in _text_of(tail.parts, "size")
        plausible = sized and not mixed and _NEXT_WORD.match(text, tail.end) is not None
        return Member(at, tail.end, (*_until(head, "size"), *tail.parts)) if plausible else None
    if kinds[0] == "version" and family.is_series and text[at].isdigit():
        return None
    if (
        kinds[0] == "version"
        and text[at].isalpha()
        and (
            grammar.nested(text, at) is not None
            or not (family.is_series or "letter" in family.versions or tail.parts[0].text in family.short_names)
        )
    ):
        return None  # "DeBERTa-v3, T5-11B": another family's
    if kinds[0] == "version" and text[at].islower() and text[at] != "v" and not family.is_series:
        return None  # "DeepSeek-R1, o1": another family's
    if kinds == ["version"]:
        return Member(at, tail.end, tail.parts) if _bare_version(grammar, head, text, tail) else None
    if kinds[0] == "version":
        return Member(at, tail.end, tail.parts) if text[at].isdigit() or text[at].isupper() else None
    if kinds[0] == "variant" and text[at].isupper():
        version = tuple(part for part in head if part.kind == "version" and part.text[0] not in "vV")
        keep = () if "version" in kinds else version
        return Member(at, tail.end, (*keep, *tail.parts))
    return None


def _text_of(parts: tuple[Part, ...], kind: str) -> str:
    """What a name says of a kind: "8x7B", after which "47B and 13B" are its sizes, and no names."""
    return "".join(part.text for part in parts if part.kind == kind).lower()


def _until(parts: tuple[Part, ...], kind: str) -> tuple[Part, ...]:
    kinds = [part.kind for part in parts]
    return parts[: kinds.index(kind)] if kind in kinds else parts


_NEWEST = 20  # versions; larger numbers behind "Claude 3" are none


def _bare_version(grammar: Grammar, head: tuple[Part, ...], text: str, tail: Tail) -> bool:
    """GPT-3.5 y 4: a number alone is a version if the head has one, and no noun follows that it could count."""
    version = _text_of(head, "version")
    number = tail.parts[0].text
    if not version or (number.isdigit() and len(number) > len(version.split(".")[0]) and int(number) > _NEWEST):
        return False  # "GPT-4 scores 85 and Claude 3 Opus, 88"
    match = None if _FOR_ANOTHER.match(text, tail.end) else _NEXT_WORD.match(text, tail.end)
    if match is None:
        return False
    word = match.group(1)
    if word is None or word.lower() in {"de", "of", "del"}:
        return word is None
    return word.lower() in grammar.closed or not (word.endswith("s") or word.lower() in grammar.not_version)


_FOR_ANOTHER = re.compile(r"[ ](?:for|by|para)[ ](?:the[ ]|el[ ]|la[ ])?[A-Z]")  # "25 for GLM-5, 4 for Llama 3"


def listed_with(text: str, found: Sequence[Candidate], candidate: Candidate) -> set[str]:
    """What the names joined to this one are, "model" and "org": "LLaMA, Mistral y Qwen" are models, "OpenAI y Mistral"
    makers. Names that may be both say nothing, and the list goes on behind them.
    """
    kinds: set[str] = set()
    at = found.index(candidate)
    for step in (-1, 1):
        here = at
        while 0 <= here + step < len(found):
            left, right = sorted((found[here], found[here + step]), key=lambda c: c.start)
            if not _JOINED.fullmatch(text, left.end, right.start):
                break
            here += step
            is_org = any(entry.org is not None for entry in found[here].entries)
            is_model = any(entry.family is not None for entry in found[here].entries)
            if is_org != is_model:
                kinds.add("org" if is_org else "model")
    return kinds
