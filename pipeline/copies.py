"""Near copies and translations: what two texts have in common. Pure.

A text is signed by MinHash: its signature is cut into bands, and two texts that share a band are worth comparing. One
signature is of what a text says word by word, one of its facts (numbers and names), which outlive translation.
"""

from __future__ import annotations

import hashlib
import re
import struct
from functools import lru_cache
from typing import TYPE_CHECKING

from rensa import RMinHash

if TYPE_CHECKING:
    from collections.abc import Iterable

# 16 bands of 4: of two texts with 60 % in common 9 in 10 share a band, with 30 % 1 in 8, with 10 % 1 in 600
_PERMUTATIONS = 64
_ROWS = 4
_SHINGLE = 3  # words: the order of words counts, a changed one costs three shingles
NEAR = 0.6  # shingles in common; posts of a series made from one template stay below
SAME_FACTS = 0.8
FEWEST_FACTS = 6  # in common, some of them numbers and some names: fewer may agree by chance
_FEWEST_OF_A_KIND = 2
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d(?:[\d.,\u202f\u00a0]*\d)+")


@lru_cache(maxsize=64)  # a text is compared with several others
def shingles(text: str) -> frozenset[str]:
    """All runs of three words, without case and punctuation.

    >>> sorted(shingles("Uno, dos: ¡TRES! Cuatro."))
    ['dos tres cuatro', 'uno dos tres']
    """
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))


def facts(text: str, names: Iterable[str]) -> frozenset[str]:
    """What a translation keeps: numbers of two digits or more, however their digits are grouped, and names.

    >>> sorted(facts("Son 1.800 millones", ["org:faro"])) == sorted(facts("1,800 million", ["org:faro"]))
    True
    """
    return frozenset(re.sub(r"\D", "", number) for number in _NUMBER.findall(text)) | frozenset(names)


def bands(text: str, names: Iterable[str]) -> list[int]:
    """Numbers of 64 bits; texts alike in words or in facts have one of them in common."""
    known = facts(text, names)
    signed = [("words", shingles(text))] + ([("facts", known)] if len(known) >= FEWEST_FACTS else [])
    return [band for kind, features in signed for band in _bands(kind, features)]


def _bands(kind: str, features: frozenset[str]) -> list[int]:
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=1)
    minhash.update(sorted(features))
    signature = minhash.digest()
    rows = (signature[i : i + _ROWS] for i in range(0, _PERMUTATIONS, _ROWS))
    return [_digest(struct.pack(f"<{_ROWS}I", *row), f"{kind}{i}") for i, row in enumerate(rows)]


def _digest(data: bytes, person: str) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8, person=person.encode()).digest(), "little")


def near(one: str, other: str) -> float | None:
    """How much two texts have in common word by word, where that makes them near copies."""
    score = _jaccard(shingles(one), shingles(other))
    return score if score >= NEAR else None


def translated(one: frozenset[str], other: frozenset[str]) -> float | None:
    """How much the facts of two texts in different languages agree, where that makes one a translation of the other.

    >>> translated(frozenset({"671", "37", "org:a"}), frozenset({"671", "37", "org:a"})) is None  # too few to tell
    True
    """
    both = one & other
    numbers = sum(fact.isdigit() for fact in both)
    if len(both) < FEWEST_FACTS or min(numbers, len(both) - numbers) < _FEWEST_OF_A_KIND:
        return None
    score = _jaccard(one, other)
    return score if score >= SAME_FACTS else None


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of all features that both have.

    >>> _jaccard(frozenset("abc"), frozenset("bcd"))
    0.5
    """
    return len(one & other) / len(one | other) if one or other else 0.0
