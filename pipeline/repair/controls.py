"""Characters that no author writes: halves of surrogate pairs, and C1 controls that were Windows-1252 letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.repair.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUSPECT = re.compile("[\x80-\x9f\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_C1 = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")  # those that mean something in Windows-1252
_BINARY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d�]")


def control_edits(text: str) -> list[Edit]:
    """The edits for a text that is otherwise repaired.

    A line that holds other controls or U+FFFD is a dump of bytes, not prose: its C1 controls stay.
    """
    if not _SUSPECT.search(text):
        return []
    return sorted([*_surrogates(text), *_c1(text)], key=lambda edit: edit.start)


def _surrogates(text: str) -> Iterator[Edit]:
    for match in _SURROGATES.finditer(text):
        whole = len(match[0]) == 2
        new = match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le") if whole else "�"
        reason = "a character in two halves" if whole else "half a character, the other is lost"
        yield Edit(match.start(), match.end(), new, "utf-16", reason)


def _c1(text: str) -> Iterator[Edit]:
    at = 0
    for line in text.split("\n"):
        if _C1.search(line) and not _BINARY.search(line):
            for match in _C1.finditer(line):
                new = match[0].encode("latin-1").decode("cp1252")
                yield Edit(at + match.start(), at + match.end(), new, "latin-1", "cp1252 read as latin-1")
        at += len(line) + 1
