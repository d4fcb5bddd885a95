"""From bytes to text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes, read: the text, the encoding by which it was read, how many pieces could not be, and why this encoding."""

    text: str
    encoding: str
    lost: int = 0
    explanation: str = ""


def decode(data: bytes, *, declared: str | None = None, language: str | None = None) -> Decoded:  # noqa: ARG001
    """The text behind the bytes."""
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8", 0, "valid UTF-8")
    except UnicodeDecodeError:
        return Decoded(data.decode("cp1252", "replace"), "cp1252", 0, "not UTF-8")
