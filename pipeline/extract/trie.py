"""One regular expression for thousands of words: alternatives that share a beginning share its test.

A word is a string, or a sequence of patterns for its signs: `["a", "[ -]", "b"]`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def word_pattern(*alternatives: str) -> str:
    r"""A pattern to search for words that begin like one of the alternatives, patterns that begin with a letter.

    As with names, what stands before is asked after the letter.

    >>> word_pattern("raise[sd]", "round", "bags")
    '(?:b(?<!\\wb)(?:ags)|r(?<!\\wr)(?:aise[sd]|ound))'
    """
    by_letter: dict[str, list[str]] = {}
    for alternative in alternatives:
        by_letter.setdefault(alternative[0], []).append(alternative[1:])
    found = (rf"{first}(?<!\w{first})(?:{'|'.join(rest)})" for first, rest in sorted(by_letter.items()))
    return f"(?:{'|'.join(found)})"


def _trie(words: Iterable[Sequence[str]]) -> _Node:
    root: _Node = {}
    for word in words:
        node = root
        for sign in map(re.escape, word) if isinstance(word, str) else word:
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
