"""Changes to a text, kept so that they can be shown, counted and replayed.

Repair works in rounds: each takes off one layer of damage. `Trail` joins the edits of all rounds into changes of the
*original* text, each with the chain of encodings that was undone there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Change(NamedTuple):
    """One place of the original that was changed: `original[start:end] == before`, and `after` took its place.

    `codec` is the chain of encodings, the last damage first: the order of repair.
    """

    start: int
    end: int
    before: str
    after: str
    codec: str
    reason: str


class Edit(NamedTuple):
    """One replacement within one round, at offsets of the text as that round found it."""

    start: int
    end: int
    new: str
    codec: str
    reason: str


class _Place(NamedTuple):
    """A stretch of the current text that differs from the original, and where it was."""

    start: int
    end: int
    origin_start: int
    origin_end: int
    chain: str
    reason: str


@dataclass(slots=True)
class Trail:
    """A text on its way: what it was, what it is, and the places where the two differ."""

    original: str
    text: str
    _places: list[_Place] = field(default_factory=list)

    def apply(self, edits: Sequence[Edit]) -> None:
        """Replace; `edits` are sorted and do not overlap."""
        if not edits:
            return
        pieces: list[str] = []
        at = 0
        for edit in edits:
            pieces += (self.text[at : edit.start], edit.new)
            at = edit.end
        pieces.append(self.text[at:])
        self._places = list(_merge(self._places, edits))
        self.text = "".join(pieces)

    def changes(self) -> tuple[Change, ...]:
        """The places in the order of the text, without those that came back to what they were."""
        found = []
        for start, end, origin_start, origin_end, chain, reason in self._places:
            before, after = self.original[origin_start:origin_end], self.text[start:end]
            if before != after:
                found.append(Change(origin_start, origin_end, before, after, chain, reason))
        return tuple(found)


def _merge(places: Sequence[_Place], edits: Sequence[Edit]) -> Iterator[_Place]:
    """The places after a round. A place and an edit that share characters become one place."""
    at = shrunk = grown = 0  # current offset minus original offset; new offset minus current
    for edit in edits:
        while at < len(places) and places[at].end <= edit.start:
            yield _shifted(places[at], grown)
            shrunk += _growth(places[at])
            at += 1
        start, end, origin_start, chain = edit.start, edit.end, edit.start - shrunk, edit.codec
        while at < len(places) and places[at].start < edit.end:
            place = places[at]
            if place.start < start:
                start, origin_start = place.start, place.origin_start
            end = max(end, place.end)
            chain = _longer(chain, f"{place.chain}+{edit.codec}")
            shrunk += _growth(place)
            at += 1
        new_end = end + grown + len(edit.new) - (edit.end - edit.start)
        yield _Place(start + grown, new_end, origin_start, end - shrunk, chain, edit.reason)
        grown = new_end - end
    for place in places[at:]:
        yield _shifted(place, grown)


def _growth(place: _Place) -> int:
    return (place.end - place.start) - (place.origin_end - place.origin_start)


def _longer(one: str, other: str) -> str:
    return max(one, other, key=lambda chain: chain.count("+"))


def _shifted(place: _Place, by: int) -> _Place:
    start, end = place.start + by, place.end + by
    return _Place(start, end, place.origin_start, place.origin_end, place.chain, place.reason)


def replay(original: str, changes: Sequence[Change]) -> str:
    """The repaired text, made again from the original and the changes.

    >>> replay("m√°s", [Change(1, 3, "√°", "á", "macroman", "")])
    'más'
    """
    pieces: list[str] = []
    at = 0
    for change in changes:
        if original[change.start : change.end] != change.before:
            raise ValueError(f"offset {change.start}: expected {change.before!r}; these changes are of another text")
        pieces += (original[at : change.start], change.after)
        at = change.end
    pieces.append(original[at:])
    return "".join(pieces)
