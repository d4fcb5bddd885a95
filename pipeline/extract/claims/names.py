"""Numbers inside models' names: 405B, 8x7B, 235B-A22B, 17B-16E."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.claims.confidence import confidence_of
from pipeline.records import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.records import Mention, Metric, Scope

_POWER = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_NUMBER = r"(\d+(?:[.,]\d+)?)[ \u00a0]?"
_EDGE = r"(?<![\w.])"
_EXPERTS_OF = re.compile(rf"{_EDGE}(\d{{1,3}})[ ]?[x×]{_NUMBER}([BM])(?!\w)", re.IGNORECASE)
_ACTIVE = re.compile(rf"(?<![A-Za-z0-9])A{_NUMBER}([BM])(?!\w)", re.IGNORECASE)
_EFFECTIVE = re.compile(rf"(?<![A-Za-z0-9])E{_NUMBER}([BM])(?!\w)")
_EXPERTS = re.compile(r"(?<![A-Za-z0-9.])(\d{1,3})E(?!\w)")
_SIZE = re.compile(rf"(?:{_EDGE}|(?<=[a-z]-)|(?<=v\d)){_NUMBER}([BMT])(\+?)(?!\w)", re.IGNORECASE)


_BARE = re.compile(r"\d+(?:[.,]\d+)?[ \u00a0]?[BMT]", re.IGNORECASE)


class Part(NamedTuple):
    """A number in a name, with its place in the surface."""

    metric: Metric
    value: float
    start: int
    end: int
    scope: Scope
    at_least: bool = False


@lru_cache(maxsize=1024)  # a post names a few models, again and again
def parts_of(surface: str) -> tuple[Part, ...]:
    """The numbers of properties in a model's name, in order.

    >>> [(p.metric, p.value, p.scope) for p in parts_of("Mixtral 8x7B")]
    [('experts', 8.0, 'total'), ('parameters', 7000000000.0, 'per_expert')]
    >>> [(p.value, p.scope) for p in parts_of("Qwen3-235B-A22B")]
    [(235000000000.0, 'total'), (22000000000.0, 'active')]
    """
    return tuple(_parts(surface))


def _parts(surface: str) -> Iterator[Part]:
    mixture = _EXPERTS_OF.search(surface)
    if mixture:
        yield Part("experts", float(mixture[1]), mixture.start(1), mixture.end(1), "total")
        yield Part("parameters", _value(mixture[2], mixture[3]), mixture.start(2), mixture.end(3), "per_expert")
        return
    experts = _EXPERTS.search(surface)
    size = _SIZE.search(surface)
    if size and _is_window(size):
        size = None
    if size:
        scope: Scope = "active" if experts else "total"
        yield Part("parameters", _value(size[1], size[2]), size.start(1), size.end(2), scope, bool(size[3]))
    for pattern, kind in ((_ACTIVE, "active"), (_EFFECTIVE, "effective")):
        if found := pattern.search(surface):
            scope = "active" if kind == "active" or size else "total"
            yield Part("parameters", _value(found[1], found[2]), found.start(1), found.end(2), scope)
    if experts:
        yield Part("experts", float(experts[1]), experts.start(1), experts.end(1), "total")


def _is_window(size: re.Match[str]) -> bool:
    """Whether a number in millions is too small for a model's size: the 1M of "Qwen2.5-1M" is its context window."""
    return size[2].lower() == "m" and float(size[1].replace(",", ".")) < 5


def _value(number: str, suffix: str) -> float:
    return float(f"{float(number.replace(',', '.')) * _POWER[suffix.lower()]:.12g}")


def name_claims(mentions: Sequence[Mention]) -> list[Claim]:
    """The claims that stand in names, once a model, at its first occurrence. The quote is the name as written."""
    claims, seen = [], set()
    for mention in mentions:
        if mention.kind != "model" or not any(letter in mention.surface for letter in "bBmMtTE"):
            continue
        for part in parts_of(mention.surface):
            key = (mention.entity_id, part.metric, part.scope)
            again = key in seen
            if again and not _BARE.fullmatch(mention.surface):
                continue
            seen.add(key)
            rule = "the size stands for the name" if again else "the number stands inside the name"
            claims.append(
                Claim(
                    part.metric, part.value, mention.surface, mention.start, mention.end,
                    bound="min" if part.at_least else "exact", subject=mention.name, subject_id=mention.entity_id,
                    scope=part.scope, origin="text" if again else "name", confidence=confidence_of(rule),
                    rule=f"subject: {rule}",
                )
            )  # fmt: skip
    return claims


@lru_cache(maxsize=1024)
def key_of(name: str) -> str:
    """A name without case, blanks and dashes, by which its spellings are one.

    >>> key_of("Llama-3.1 405B")
    'llama3.1405b'
    """
    return re.sub(r"[\s\u00a0_‐-―-]+", "", name).lower()
