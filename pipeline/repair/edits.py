"""Changes to a text, kept so that they can be shown, counted and replayed.

Repair works in rounds: each takes off one layer of damage. `Trail` joins the edits of all rounds into changes of the
*original* text, each with the chain of encodings that was undone there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Change:
    """One place of the original that was changed: `original[start:end] == before`, and `after` took its place.

    `codec` is the chain of encodings, the last damage first: the order of repair.
    """

    start: int
    end: int
    before: str
    after: str
    codec: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement within one round, at offsets of the text as that round found it."""

    start: int
    end: int
    new: str
    codec: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of the current text that differs from the original, and where it was."""

    start: int
    end: int
    origin_start: int
    origin_end: int
    codecs: tuple[str, ...]
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
        for place in self._places:
            before = self.original[place.origin_start : place.origin_end]
            after = self.text[place.start : place.end]
            if before != after:
                chain = "+".join(place.codecs)
                found.append(Change(place.origin_start, place.origin_end, before, after, chain, place.reason))
        return tuple(found)


def _merge(places: Sequence[_Place], edits: Sequence[Edit]) -> Iterable[_Place]:
    """The places after a round. A place and an edit that share characters become one place."""
    queue = list(places)
    at, grown, gone = 0, 0, 0  # gone: current offset minus original offset, outside of places; grown: new minus current
    for edit in edits:
        while at < len(queue) and queue[at].end <= edit.start and not _touches(queue[at], edit):
            place = queue[at]
            yield _shifted(place, grown)
            gone += (place.end - place.start) - (place.origin_end - place.origin_start)
            at += 1
        inside: list[_Place] = []
        while at < len(queue) and _touches(queue[at], edit):
            inside.append(queue[at])
            at += 1
        # an edit may end inside a place that reaches further: the place as a whole is taken in
        start = min([edit.start, *(p.start for p in inside)])
        end = max([edit.end, *(p.end for p in inside)])
        origin_start = start - gone
        gone += sum((p.end - p.start) - (p.origin_end - p.origin_start) for p in inside)
        origin_end = end - gone
        delta = len(edit.new) - (edit.end - edit.start)
        codecs = (*max((p.codecs for p in inside), key=len, default=()), edit.codec)
        yield _Place(start + grown, end + grown + delta, origin_start, origin_end, codecs, edit.reason)
        grown += delta
    for place in queue[at:]:
        yield _shifted(place, grown)


def _touches(place: _Place, edit: Edit) -> bool:
    return place.start < edit.end and edit.start < place.end


def _shifted(place: _Place, by: int) -> _Place:
    start, end = place.start + by, place.end + by
    return _Place(start, end, place.origin_start, place.origin_end, place.codecs, place.reason)


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
