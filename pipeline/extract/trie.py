"""One regular expression for thousands of words: alternatives that share a beginning share its test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_Node = dict[str, "_Node"]


def trie_pattern(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words at a place.

    >>> trie_pattern(["gpt", "gptneo", "gemma"])
    'g(?:emma|pt(?:neo)?)'
    """
    root: _Node = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _pattern(root)


def _pattern(node: _Node) -> str:
    branches = [re.escape(char) + _pattern(child) for char, child in sorted(node.items()) if char]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in node:
        return branches[0]
    joined = "|".join(branches)
    return f"(?:{joined})?" if "" in node else f"(?:{joined})"
