"""Short names for what the post named in full: Opus for Claude 3 Opus, V4 for DeepSeek-V4, R2 for what follows R1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.mentions.parts import Part
from pipeline.extract.trie import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.extract.mentions.index import Index
    from pipeline.lexicon import Family

_LETTERED = re.compile(r"([A-Z])(\d)(?:\.\d)?")
_ALONE = re.compile(r"([A-Z])(?<![\w./@#-].)(\d)(?:\.\d)?(?![\w/]|\.\d|-\d)")
_SIZED_VARIANT = Words(
    "Small", "Medium", "Large", "Flash", "Pro", "Ultra", "Nano", "Mini", "Max", "Plus", "Turbo", "Coder", "Lite",
    before=r"(?<![\w./@#-])", then=r"[ ]\d(?:\.\d)?(?![\w%]|[.,]\d|[ ]?[$€])",
)  # fmt: skip
_NAMED_BEFORE = re.compile(r"[A-ZÀ-Þ0-9][\w-]*[ ]$")
_OTHER_BEFORE = re.compile(r"\b([A-ZÀ-Þ][\w'’-]*|chips?|motor|coeficiente|eje|nivel|level|an|un|adjusted)[ ]$")
_OTHER_AFTER = re.compile(
    r"[ ]*[=<>≈²~]|[ ](?:of|de|es|is)[ ]\d|[ ](?:score|buckets?|value|chips?|motor|engine|car|storage|Pro|Max|Ultra)\b"
)
_APPLE = Words("Mac(?:Book)?", "Apple", "iMac", "iPad", then=r"\b")


class Named(NamedTuple):
    """What a mention of the post has said: the family, and the parts of the name."""

    family: Family
    parts: tuple[Part, ...]


class Recalled(NamedTuple):
    """A short name, and the model that it stands for."""

    start: int
    end: int
    family: Family
    parts: tuple[Part, ...]


def recalled_version(family: Family, parts: tuple[Part, ...], before: Sequence[Named]) -> tuple[Part, ...]:
    """A variant alone (Opus) is the one that was last named with its version, or of the version last named."""
    variant = parts[0].text
    for item in reversed(before):
        if item.family is family and any(part.kind == "variant" and part.text == variant for part in item.parts):
            return item.parts
    for item in reversed(before):
        if item.family is family and item.parts and item.parts[0].kind == "version" and len(item.parts) == 1:
            return (*item.parts, *parts)
    return parts


def recalled_letters(text: str, index: Index, named: Sequence[Named]) -> Iterator[Recalled]:
    """Versions with a letter that stand alone: those of the models named, and the next ones of their series."""
    series: dict[str, tuple[Family, int]] = {}
    for family, parts in named:
        said = {part.text for part in parts if part.kind == "version"}
        for version in said | (family.short_names if not family.is_series else set()):
            if match := _LETTERED.fullmatch(version):
                known = series.get(match[1])
                series[match[1]] = (family, max(int(match[2]), known[1] if known and known[0] is family else 0))
    if "M" in series and any(_APPLE.finditer(text)):
        del series["M"]
    for match in _ALONE.finditer(text) if series else ():
        if match[1] not in series or _another(text, index, match):
            continue
        family, last = series[match[1]]
        if not 0 < int(match[2]) <= last + 1:
            continue
        tail = index.grammar.parse_tail(family, " " + text[match.start() : match.start() + 60], 0, listed=True)
        parts = tail.parts if tail.parts and tail.parts[0].kind == "version" else (Part("version", match.group()),)
        end = match.start() + tail.end - 1 if tail.parts and tail.parts[0].kind == "version" else match.end()
        yield Recalled(match.start(), end, family, parts)


def recalled_variants(text: str, index: Index, named: Sequence[Named], makers: frozenset[str]) -> Iterator[Recalled]:
    """Small 3.1 for Mistral Small 3.1: a variant and its version, where only one family that the post names has it.

    A maker stands for the family of its name: who speaks of Mistral AI need not say "Mistral".
    """
    for match in _SIZED_VARIANT.finditer(text) if named or makers else ():
        variant, _, _ = match.group().partition(" ")
        families = {of.name: of for of, parts in named if any(part == ("variant", variant) for part in parts)}
        if not families:
            made = (of for maker in makers for of in index.by_maker.get(maker, ()))
            families = {of.name: of for of in made if variant in of.variants and of.name == of.maker.partition(" ")[0]}
        before = _NAMED_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
        if len(families) != 1 or (before and before.group().strip().lower() not in index.grammar.closed):
            continue
        family = next(iter(families.values()))
        tail = index.grammar.parse_tail(family, " " + text[match.start() : match.start() + 60], 0, listed=True)
        if tail.version and tail.parts[0].kind == "variant":
            yield Recalled(match.start(), match.start() + tail.end - 1, family, tail.parts)


def _another(text: str, index: Index, match: re.Match[str]) -> bool:
    """Whether what stands around says that it is something else: Cloudflare R2, R2 = 0.9, an M2 chip."""
    before = _OTHER_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
    small = before is not None and before[1][0].isupper() and before[1].lower() in index.grammar.closed
    return (before is not None and not small) or _OTHER_AFTER.match(text, match.end()) is not None
