"""What stands behind the family in the name of a model: versions, sizes, variants, dates."""

from __future__ import annotations

from typing import Literal, NamedTuple

PartKind = Literal["version", "size", "variant", "date", "precision", "context", "nested", "word"]


class Part(NamedTuple):
    """One element of a name after the family."""

    kind: PartKind
    text: str


class Tail(NamedTuple):
    """What follows the family. `glued` says that something is joined to it without a space."""

    end: int
    parts: tuple[Part, ...] = ()
    glued: bool = False

    @property
    def version(self) -> str | None:
        """The first version."""
        return next((part.text for part in self.parts if part.kind == "version"), None)

    @property
    def sized(self) -> bool:
        """Whether a size is part of the name."""
        return any(part.kind == "size" for part in self.parts)

    @property
    def variant(self) -> str | None:
        """The first variant."""
        return next((part.text for part in self.parts if part.kind == "variant"), None)


def last_kind(last: list[Part]) -> str:
    """The kind of the last part, in a list that may be empty."""
    return last[0].kind if last else ""
