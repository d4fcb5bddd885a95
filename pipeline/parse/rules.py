"""Rules that Markdown's parser does not have: formulas between dollars, Obsidian's links, comments and highlights."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.parse.math import is_math

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_MAX_FORMULA: Final = 600
_WIKILINK: Final = re.compile(r"(!)?\[\[([^\[\]\n|]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
_COMMENT: Final = re.compile(r"%%(?=\S|\s[^\W\d])[^\n]{0,500}?%%(?=\s|[.,;:)]|$)")
_COMMENT_BLOCK: Final = re.compile(
    r"^%%[ \t]*\n(?:[^\n]*\n){0,200}?[ \t]*%%[ \t]*$|"
    r"^%%[^%\n]+\n(?:(?!\n\n|%%).){0,2000}%%[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_HIGHLIGHT: Final = re.compile(r"(?<![=\w!<>`:])==(?=[^\s=])([^\n=`]{1,400}?)(?<=\S)==(?![=\w])")


def highlight_free(text: str) -> str:
    """The text without the marks of `==highlights==`.

    >>> highlight_free("a ==b c== d, x == y")
    'a b c d, x == y'
    """
    return _HIGHLIGHT.sub(r"\1", text) if "==" in text else text


def strip_comments(text: str) -> str:
    """The text without Obsidian's comments of several lines."""
    return _COMMENT_BLOCK.sub("", text) if "%%" in text else text


def obsidian_comment(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """`%%a comment%%` within a line; in `5 %% 2` it is an operator."""
    at = state.pos
    if not state.src.startswith("%%", at) or (at and not state.src[at - 1].isspace()):
        return False
    found = _COMMENT.match(state.src, at, state.posMax)
    if found is None:
        return False
    if not silent or found:
        state.pos = found.end()
    return True


def wikilink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """`[[Note]]` and `[[Note|shown]]` are links, `![[picture]]` shows something that is no text."""
    at = state.pos
    if not state.src.startswith(("[[", "![["), at):
        return False
    found = _WIKILINK.match(state.src, at, state.posMax)
    if found is None:
        return False
    embed, target, shown = found.groups()
    if not silent and not embed:
        note, _, section = target.partition("#")
        label = shown if shown is not None else note or section
        state.push("link_open", "a", 1).attrSet("href", target.strip())
        state.push("text", "", 0).content = label.strip()
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def math_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    r"""`$x^2$`, `$$x$$`, `\(x\)` and `\[x\]` are formulas; `$5 a 10$` is money, `$2 and $3` as well."""
    source, at = state.src, state.pos
    if source[at] == "$":
        size = 2 if source.startswith("$$", at) else 1
        opening, closing = source[at : at + size], "$" * size
    elif source.startswith(("\\(", "\\[", "\\\\(", "\\\\["), at):
        size = 3 if source[at + 1] == "\\" else 2
        opening = source[at : at + size]
        closing = opening[:-1] + {"(": ")", "[": "]"}[opening[-1]]
    else:
        return False
    start = at + size
    end = _formula_end(source, start, closing, min(state.posMax, start + _MAX_FORMULA))
    if end < 0:
        return False
    content = source[start:end]
    if opening == "$":
        after = source[end + 1 : end + 2]
        before = source[at - 1 : at]
        if after.isalnum() or before.isalnum() or not is_math(content):
            return False
    elif opening[0] == "\\" and not re.search(r"[\\^_=]|^\s*[A-Za-z]\s*$", content):
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = content.strip()
    state.pos = end + size
    return True


def _formula_end(source: str, start: int, closing: str, limit: int) -> int:
    """Where the formula ends; a dollar sign behind a backslash does not end it."""
    end = source.find(closing, start, limit)
    while end > start and closing[0] == "$" and source[end - 1] == "\\":
        end = source.find(closing, end + 1, limit)
    return end if end > start else -1
