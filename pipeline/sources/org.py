"""Org files that hold many posts: each subtree with an EXPORT_FILE_NAME is one (the way of ox-hugo)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.records import RawPost

_HEADLINE = re.compile(r"^(\*+)[ \t]+(.*)$")
_KEYWORD = re.compile(r"^#\+(\w+):", re.IGNORECASE)
_PROPERTY = re.compile(r"^[ \t]*:([\w+-]+):[ \t]*(.*?)[ \t]*$")
_CLOSED = re.compile(r"CLOSED:[ \t]*\[(\d{4}-\d\d-\d\d)[^\]]*?(\d\d:\d\d)?\]")
_TAGS = re.compile(r"[ \t]+:(?:[\w@#%]+:)+[ \t]*$")
_STATE = re.compile(r"^(TODO|DRAFT|DONE|NEXT|WAIT(?:ING)?)[ \t]+")
_PRIORITY = re.compile(r"^\[#\w\][ \t]+")
# What a post takes over from its file; the rest (macros, start-up options) is for Emacs.
_INHERITED = frozenset({"author", "language", "hugo_section", "hugo_front_matter_format"})


@dataclass(frozen=True, slots=True)
class _Subtree:
    first: int  # the headline's line
    last: int  # one beyond the last line
    headline: str
    properties: Mapping[str, str]


def split_org(post: RawPost) -> Iterator[RawPost]:
    """The posts in an org file: one for each exported subtree, else the file as it is.

    A subtree's path is `file.org#name`; its content is the file's keywords that a post inherits, its title and date as
    keywords, and the subtree's own text without the headline. An exported subtree inside another one is a post of its
    own and not part of the outer one.
    """
    if b"EXPORT_FILE_NAME" not in post.content.upper():
        yield post
        return
    lines = post.content.decode("utf-8", "surrogateescape").removeprefix("\ufeff").splitlines()
    trees = [tree for tree in _subtrees(lines) if "EXPORT_FILE_NAME" in tree.properties]
    inherited = [line for line in _preamble(lines) if (key := _KEYWORD.match(line)) and key[1].lower() in _INHERITED]
    taken: set[str] = set()
    for tree in trees:
        if ":noexport:" in tree.headline.lower() or tree.headline.startswith("COMMENT "):
            continue
        name = tree.properties["EXPORT_FILE_NAME"].removesuffix(".md") or "post"
        path = f"{post.path}#{name}"
        for number in range(2, len(trees) + 2):
            if path not in taken:
                break
            path = f"{post.path}#{name}-{number}"
        taken.add(path)
        yield _post(post, path, tree, inherited, list(_own_lines(lines, tree, trees)))


def _own_lines(lines: list[str], tree: _Subtree, trees: list[_Subtree]) -> Iterator[str]:
    """The lines below the headline, without those of exported subtrees inside."""
    number = tree.first + 1
    for inner in trees:
        if number <= inner.first < tree.last:
            yield from lines[number : inner.first]
            number = inner.last
    yield from lines[number : tree.last]


def _preamble(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if _HEADLINE.match(line):
            return
        yield line


def _subtrees(lines: list[str]) -> Iterator[_Subtree]:
    heads: list[tuple[int, int, str]] = []
    in_block = False
    for number, line in enumerate(lines):
        if re.match(r"[ \t]*#\+(begin|end)_", line, re.IGNORECASE):
            in_block = "begin_" in line.lower()
        elif not in_block and (head := _HEADLINE.match(line)):
            heads.append((number, len(head[1]), head[2]))
    for index, (first, level, headline) in enumerate(heads):
        last = next((n for n, other, _ in heads[index + 1 :] if other <= level), len(lines))
        yield _Subtree(first, last, headline, _properties(lines, first + 1, last))


def _properties(lines: list[str], start: int, end: int) -> dict[str, str]:
    """The property drawer below a headline; a line with CLOSED or SCHEDULED may stand between."""
    found: dict[str, str] = {}
    inside = False
    for line in lines[start:end]:
        word = line.strip().upper()
        if word == ":PROPERTIES:":
            inside = True
        elif inside and word != ":END:":
            if match := _PROPERTY.match(line):
                found[match[1].upper().removesuffix("+")] = match[2]
        elif not word.startswith(("CLOSED:", "SCHEDULED:", "DEADLINE:")):
            break
    if start < end and (closed := _CLOSED.search(lines[start])):
        found["CLOSED"] = closed[1] + (f"T{closed[2]}" if closed[2] else "")
    return found


def _post(post: RawPost, path: str, tree: _Subtree, inherited: list[str], body: list[str]) -> RawPost:
    headline = _TAGS.sub("", tree.headline)
    state = _STATE.match(headline)
    title = tree.properties.get("EXPORT_TITLE") or _PRIORITY.sub("", _STATE.sub("", headline)).strip()
    date = tree.properties.get("EXPORT_DATE") or tree.properties.get("CLOSED")
    draft = "true" if state and state[1] in {"TODO", "DRAFT"} else None
    head = [*inherited, f"#+title: {title}", *([f"#+date: {date}"] if date else [])]
    content = "\n".join([*head, *(["#+hugo_draft: true"] if draft else []), "", *body, ""])
    metadata = dict(post.metadata) | {"title": title, "published": date, "draft": draft}
    return replace(post, path=path, content=content.encode("utf-8", "surrogateescape"), metadata=metadata)
