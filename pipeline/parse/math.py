"""Formulas in running text: which dollar signs enclose one, and which formulas are numbers in disguise."""

from __future__ import annotations

import re
from typing import Final

_MONEY: Final = re.compile(r"\d[\d.,\s]*(?:[kKMBT]|bn|mil|mill)?\b")
_LATEX: Final = re.compile(r"[\\^_{}=]")
_WORD: Final = re.compile(r"(?<!\\)\b[^\W\d_]{3,}")
_NUMBER: Final = re.compile(
    r"[~≈<>≤≥±+\-−–]?\s*\d[\d.,  ]*(?:\s*[×·x]\s*\d[\d.,]*)*"
    r"(?:\^[+\-−]?\d+)?\s*%?(?:\s*[–-]\s*\d[\d.,]*%?)?(?:\s*[A-Za-z]{1,5})?"
)
_REPLACED: Final = (
    (re.compile(r"\\(?:text|mathrm|textrm|mathbf|textbf|operatorname)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\(?:times|cdot)(?![a-zA-Z])"), "×"),
    (re.compile(r"\\(?:sim|approx)(?![a-zA-Z])"), "~"),
    (re.compile(r"\\(?:leq?|leqslant)(?![a-zA-Z])"), "≤"),
    (re.compile(r"\\(?:geq?|geqslant)(?![a-zA-Z])"), "≥"),
    (re.compile(r"\\(?:quad|[,;:! ])|(?<!\\)~"), " "),
    (re.compile(r"\\([%$#&_])"), r"\1"),
    (re.compile(r"\{,\}"), ","),
    (re.compile(r"\^\{([+\-−]?\d+)\}"), r"^\1"),
    (re.compile(r"\{(\d[\d.,]*)\}"), r"\1"),
)


def is_math(content: str) -> bool:
    """Whether what stands between two dollar signs is a formula and not an amount of money with prose behind it.

    >>> is_math("x^2"), is_math("C"), is_math("5 a 10"), is_math("0.14 por millón y de ")
    (True, True, False, False)
    """
    if not content or content != content.strip() or "\n\n" in content:
        return False
    if _LATEX.search(content):
        return not (_MONEY.match(content) and len(_WORD.findall(content)) > 3 and "\\" not in content)
    if _MONEY.match(content):
        sums = " " not in content and re.search(r"[+*/<>()|~-]|[a-zA-Z]$", content)
        return bool(sums) or content.isdigit()
    return not _WORD.search(content) or (len(content) <= 12 and " " not in content)


def plain_number(content: str) -> str | None:
    r"""The number that a formula merely sets in type; None where it is more than a number.

    >>> plain_number(r"3.8 \times 10^{25}"), plain_number("x^2")
    ('3.8 × 10^25', None)
    """
    if not any(character.isdigit() for character in content) or len(content) > 60:
        return None
    for pattern, replacement in _REPLACED:
        content = pattern.sub(replacement, content)
    content = content.strip()
    return content if _NUMBER.fullmatch(content) else None
