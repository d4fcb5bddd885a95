"""One regular expression for thousands of words: alternatives that share a beginning share its test.

A word is a string, or a sequence of patterns for its signs: `["a", "[ -]", "b"]`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_Node = dict[str, "_Node"]


def trie_pattern(words: Iterable[Sequence[str]]) -> str:
    """A pattern that matches the longest of the words at a place.

    >>> trie_pattern(["gpt", "gptneo", "gemma"])
    'g(?:emma|pt(?:neo)?)'
    """
    return _pattern(_trie(words))


def names_pattern(names: Iterable[Sequence[str]]) -> str:
    r"""A pattern to search a text for the longest of the names, none of them inside a word or behind a hyphen.

    What stands before is asked after the first letter, so that `re` skips at once to the capitals that begin a name.

    >>> names_pattern(["GPT", "Llama", "GPTNeo"])
    '(?:G(?<![\\w-]G)PT(?:Neo)?|L(?<![\\w-]L)lama)(?!\\w|-\\w)'
    """
    found = (rf"{first}(?<![\w-]{first}){_pattern(rest)}" for first, rest in sorted(_trie(names).items()))
    return rf"(?:{'|'.join(found)})(?!\w|-\w)"


class Words:
    """Finds words that are like one of the alternatives, each a pattern that begins with letters, and what follows.

    `str.find` looks for those letters, several times as fast as `re` tries all alternatives at each letter of a text;
    of `Founder` and `founder`, which differ in their first letter, for the rest of both at once.

    >>> [match.group() for match in Words("raise[sd]", "bags", then=" [$€]").finditer("It raised €2; praised $3")]
    ['raised €']
    """

    def __init__(self, *alternatives: str, before: str = r"(?<!\w)", then: str = "") -> None:
        heads = {_LETTERS.match(alternative)[0].replace("[ ]", " ") for alternative in alternatives}  # type: ignore[index]
        heads = {head for head in heads if not any(head[:end] in heads for end in range(1, len(head)))}
        pairs = {head[1:] for head in heads if head[0].islower() and head.capitalize() in heads}
        self._heads = [*((rest, 1) for rest in pairs), *((head, 0) for head in heads if head[1:] not in pairs)]
        self._pattern = re.compile(rf"{before}(?:{'|'.join(alternatives)}){then}")

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches, in order and without overlap."""
        reach = 0
        for at in sorted({at - ahead for head, ahead in self._heads for at in _places(head, text)}):
            match = self._pattern.match(text, at) if at >= reach else None
            if match:
                reach = match.end()
                yield match


_LETTERS = re.compile(r"(?:(?:[\w '-]|\[ \])(?![?*]))+")


def _places(letters: str, text: str) -> Iterator[int]:
    at = text.find(letters)
    while at >= 0:
        yield at
        at = text.find(letters, at + 1)


class _Escaped(dict[str, str]):
    """Each sign as a pattern, made once: the names of the lexicon have 200,000."""

    def __missing__(self, sign: str) -> str:
        self[sign] = re.escape(sign)
        return self[sign]


_ESCAPED = _Escaped()


def _trie(words: Iterable[Sequence[str]]) -> _Node:
    root: _Node = {}
    for word in words:
        node = root
        for sign in map(_ESCAPED.__getitem__, word) if isinstance(word, str) else word:
            node = node.setdefault(sign, {})
        node[""] = {}
    return root


def _pattern(node: _Node) -> str:
    branches = [sign + _pattern(child) for sign, child in sorted(node.items()) if sign]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in node:
        return branches[0]
    joined = "|".join(branches)
    return f"(?:{joined})?" if "" in node else f"(?:{joined})"
