"""What each encoding makes of the bytes of UTF-8: tables, and one regular expression per encoding.

A text that was UTF-8 and was read as, say, Mac Roman consists of ASCII and of *sequences*: the character of a lead byte
followed by the characters of its continuation bytes (`√±` is C3 B1, that is `ñ`). Only well-formed UTF-8 counts as a
sequence, and the surrogate pairs of CESU-8, which old Java and MySQL wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import ftfy.bad_codecs

ftfy.bad_codecs.ok()  # registers `utf-8-variants`, which reads CESU-8


@dataclass(frozen=True)
class Damage:
    """One encoding that UTF-8 is mistaken for. `table[byte]` are its characters for a byte, the usual one first.

    Several characters stand for one byte where programs differ (the Ohm sign or Omega in Mac Roman) or where
    the next program in line rewrote them (NFKC makes the micro sign a Greek mu).
    """

    name: str
    table: tuple[str, ...]

    @cached_property
    def to_byte(self) -> dict[int, int]:
        """For `str.translate`: characters to the Latin-1 character of their byte."""
        return {ord(char): byte for byte, chars in enumerate(self.table) for char in chars}

    @cached_property
    def pieces(self) -> re.Pattern[str]:
        """Matches stretches that consist of sequences and nothing else."""
        return re.compile(f"(?:{self._sequence()})+")

    @cached_property
    def leads(self) -> frozenset[str]:
        """The characters that a sequence begins with."""
        return frozenset("".join(self.table[0xC2:0xF5]))

    @cached_property
    def continuations(self) -> frozenset[str]:
        """The characters that a sequence goes on with."""
        return frozenset("".join(self.table[0x80:0xC0]))

    def chars(self, first: int, last: int) -> str:
        """A character class for a range of bytes."""
        return "[" + re.escape("".join(self.table[first : last + 1])) + "]"

    def read(self, piece: str) -> str:
        """The text behind a stretch of sequences.

        >>> DAMAGES["macroman"].read("√±")
        'ñ'
        """
        data = piece.translate(self.to_byte).encode("latin-1")
        return data.decode("utf-8-variants" if b"\xed" in data else "utf-8")

    def _sequence(self) -> str:
        c = self.chars
        go_on = c(0x80, 0xBF)
        high, low = c(0xED, 0xED) + c(0xA0, 0xAF), c(0xED, 0xED) + c(0xB0, 0xBF)
        return "|".join([
            c(0xC2, 0xDF) + go_on,
            c(0xE0, 0xE0) + c(0xA0, 0xBF) + go_on,
            f"(?:{c(0xE1, 0xEC)}|{c(0xEE, 0xEF)}){go_on}{{2}}",
            c(0xED, 0xED) + c(0x80, 0x9F) + go_on,
            high + go_on + low + go_on,
            c(0xF0, 0xF0) + c(0x90, 0xBF) + go_on + "{2}",
            c(0xF1, 0xF3) + go_on + "{3}",
            c(0xF4, 0xF4) + c(0x80, 0x8F) + go_on + "{2}",
        ])  # fmt: skip


def _table(*codecs: str, also: str = "") -> tuple[str, ...]:
    """A byte's characters in the given encodings; a byte that the first leaves undefined is its C1 control.

    `also` holds further characters as `byte=char` pairs, in hexadecimal, separated by spaces.
    """
    more: dict[int, str] = {}
    for pair in also.split():
        code, char = (int(part, 16) for part in pair.split("="))
        more[code] = more.get(code, "") + chr(char)
    rows = []
    for byte in range(256):
        chars = [bytes([byte]).decode(codec, "ignore") for codec in codecs]
        chars = [chars[0] or chr(byte), *chars[1:], more.get(byte, "")]
        rows.append("".join(dict.fromkeys("".join(chars))))
    return tuple(rows)


DAMAGES: dict[str, Damage] = {
    damage.name: damage
    for damage in (
        # Latin-1, Windows-1252 and Windows-1254 never give different bytes for one character: one table reads all three
        Damage("cp1252", _table("cp1252", "latin-1", "cp1254", also="b5=3bc")),
        Damage("macroman", _table("mac_roman", also="bd=2126 c6=394 b5=3bc")),
        Damage("cp437", _table("cp437", also="e1=3b2 e6=3bc")),
        Damage("cp850", _table("cp850", also="e6=3bc d5=20ac")),
        Damage("cp1251", _table("cp1251", also="b5=3bc")),
        Damage("cp1250", _table("cp1250", also="b5=3bc")),
        Damage("iso-8859-2", _table("iso-8859-2")),
        Damage("cp1253", _table("cp1253", also="b5=3bc")),
        Damage("cp1257", _table("cp1257", also="b5=3bc")),
    )
}


def name_of(damage: str, broken: str) -> str:
    r"""The precise encoding, where one table reads several: told by characters that only one of them has.

    >>> name_of("cp1252", "Ã¡"), name_of("cp1252", "â\x80\x9c"), name_of("cp1252", "ğŸ")
    ('cp1252', 'latin-1', 'cp1254')
    """
    if damage != "cp1252":
        return damage
    if any(char in broken for char in "ĞİŞğış"):
        return "cp1254"
    if re.search("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]", broken):
        return "latin-1"
    return "cp1252"
