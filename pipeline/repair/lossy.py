"""Sequences that lost something on the way: a no-break space made a space, an undecodable byte made `�` or `?`.

They are too short to be evidence by themselves. They are read where certain pieces of the same damage stand near, or
where nothing else in the text is left unexplained. What cannot be known becomes U+FFFD, one for each character lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.repair.edits import Edit
from pipeline.repair.plausible import naturalness
from pipeline.repair.scopes import BLOCKS
from pipeline.repair.tables import DAMAGES, Damage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOST = "�"
# `voilÃ le`: after lower case, Ã or Â is no letter of its own
_ALONE = re.compile(r"(?<=[a-zà-öø-ÿ])Ã[ \xa0]|(?<=[a-zà-öø-ÿ] )Ã (?=[a-zà-ÿ])|(?<=[a-z.,;:!?])Â[ \xa0]")
_HEADLESS = re.compile(
    f"(?<![^\\x00-\\x7f]){DAMAGES['macroman'].chars(0x9F, 0x9F)}"
    f"[{DAMAGES['macroman'].chars(0x8C, 0x9F)[1:-1]}{DAMAGES['macroman'].chars(0xA4, 0xAB)[1:-1]}]"
    + DAMAGES["macroman"].chars(0x80, 0xBF)
)
# of the letters that end in bytes 91-94 Spanish has Ñ and Ó; of the dashes it has two
_STRAIGHT = re.compile('Ã"(?=[A-Za-z])|(?<=[A-Z])Ã["\'](?=[A-Z])|(?<=\\s)â€"(?=\\s)|(?<=\\w)â€"(?=\\w)')
_CESU_SPACED = re.compile(
    f"[\xed] {DAMAGES['cp1252'].chars(0x80, 0xBF)}\xed{DAMAGES['cp1252'].chars(0xB0, 0xBF)}"
    + DAMAGES["cp1252"].chars(0x80, 0xBF)
)
_A_JOINED = re.compile(r"(?:s|quel[ea]s?|quilo)\b(?!['’])")  # Portuguese às, àquele, àquela, àquilo


@lru_cache(maxsize=16)
def _patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What has a space where byte A0 was, and what has a piece missing."""
    c = DAMAGES[name].chars
    go_on, f0, ed = c(0x80, 0xBF), c(0xF0, 0xF0), c(0xED, 0xED)
    two = "[" + "".join(c(b, b)[1:-1] for b in (0xC2, 0xC3, 0xC5, 0xCE, 0xD0, 0xD9)) + "]"
    three, odd = c(0xE0, 0xE3), "[" + c(0x80, 0x84)[1:-1] + c(0x86, 0x9F)[1:-1] + c(0xA1, 0xBF)[1:-1] + "]"
    spaced = "|".join([
        f"{two} ", f"{c(0xE2, 0xE3)} {odd}", f"{three}{odd} ", f"{ed} {go_on}{ed}{c(0xB0, 0xBF)}{go_on}",
        f"{f0} {go_on}{{2}}", f"{f0}{go_on} {go_on}", f"{f0}{go_on}{{2}} ",
    ])  # fmt: skip
    gone, some = "[�?]", "[�" + go_on[1:]
    lossy = "|".join([
        f"{c(0xC2, 0xDF)}�", f"{c(0xC2, 0xC3)}\\?",
        f"{c(0xE0, 0xEF)}(?:{gone}{some}|{some}{gone})",
        f"{f0}(?:{gone}{some}{{2}}|{some}{gone}{some}|{some}{{2}}{gone})",
        # bytes 81, 8D, 8F, 90, 9D were dropped altogether: the closing quotation mark, and capitals at a word's start
        f"{c(0xE2, 0xE2)}{c(0x80, 0x80)}(?!{some[:-1]}?])", f"(?<![^\\W\\d_]){c(0xC3, 0xC3)}(?=[a-z]{{2}})",
    ])  # fmt: skip
    return re.compile(spaced), re.compile(lossy)


def lossy_edits(text: str, damage: Damage, sure: Sequence[Edit], *, language: str | None) -> list[Edit]:
    """The edits for what lost something, beside those already found for the same damage."""
    if damage.name == "macroman":
        return _without_apple(text, damage, sure)
    if damage.table[0xA0] != "\xa0" or not sure:
        return []
    codec = sure[0].codec
    reason = f"UTF-8 read as {codec}, "
    spaced, lossy = _patterns(damage.name)
    near, apart = _near(text, sure), "Ã  " in text
    found = [
        Edit(m.start(), m.end(), _with_space(text, m, damage, language, apart=apart), codec, reason + "A0 made a space")
        for m in _free(spaced, text, sure)
        if near(m.start()) and not _letter_of_its_own(text, m) and _better(text, m, damage)
    ]
    found += [
        Edit(m.start(), m.end(), _straightened(m[0]), codec, reason + "a quotation mark straightened")
        for m in _free(_STRAIGHT, text, sure)
        if damage.name == "cp1252" and near(m.start())
    ]
    both = sorted([*sure, *found])
    found += [
        Edit(m.start(), m.end(), LOST, codec, reason + "a byte lost")
        for m in _free(lossy, text, both)
        if near(m.start())
    ]
    return found


def _straightened(found: str) -> str:
    """What stood there before a program made the curly mark in it straight: Ó, Ñ, or a dash of unknown length."""
    return {'Ã"': "Ó", "Ã'": "Ñ"}.get(found, LOST)


def _without_apple(text: str, damage: Damage, sure: Sequence[Edit]) -> list[Edit]:
    """Emoji without their first character, the private-use one of the Apple logo: only byte F0 can have stood there."""
    return [
        Edit(m.start(), m.end(), damage.read("\uf8ff" + m[0]), "macroman", "UTF-8 read as macroman, U+F8FF stripped")
        for m in _free(_HEADLESS, text, sure)
    ]


def alone_edits(text: str, *, language: str | None) -> list[Edit]:
    """The edits for `à` and the no-break space where they are the only damage: `voilÃ le travail`."""
    damage, apart = DAMAGES["cp1252"], "Ã  " in text
    reason = "UTF-8 read as cp1252, A0 made a space"
    found = list(_ALONE.finditer(text)) if "Ã" in text or "Â" in text else []
    found += _CESU_SPACED.finditer(text) if "í " in text else []
    return [
        Edit(m.start(), m.end(), _with_space(text, m, damage, language, apart=apart), "cp1252", reason) for m in found
    ]


def _near(text: str, sure: Sequence[Edit]) -> _Near:
    return _Near(text, [edit.start for edit in sure])


class _Near:
    """Tells whether a certain piece stands in the same paragraph of the text."""

    def __init__(self, text: str, starts: list[int]) -> None:
        self._borders = [match.start() for match in BLOCKS.finditer(text)]
        self._broken = {bisect_left(self._borders, start) for start in starts}

    def __call__(self, at: int) -> bool:
        return bisect_left(self._borders, at) in self._broken


def _free(pattern: re.Pattern[str], text: str, taken: Sequence[Edit]) -> Iterator[re.Match[str]]:
    """The matches that share no character with an edit."""
    starts = [edit.start for edit in taken]
    for match in pattern.finditer(text):
        at = bisect_left(starts, match.end()) - 1
        if at < 0 or taken[at].end <= match.start():
            yield match


def _letter_of_its_own(text: str, match: re.Match[str]) -> bool:
    """Within words in capitals, Ã and Å are letters: AMANHÃ É."""
    return len(match[0]) == 2 and text[match.start() - 1 : match.start()].isupper() and match.start() > 0


def _better(text: str, match: re.Match[str], damage: Damage) -> bool:
    """Whether a longer sequence becomes more natural: `está— ` is not U+15E0."""
    if len(match[0]) < 3:
        return True
    left, right = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    try:
        new = damage.read(match[0].replace(" ", "\xa0"))
    except UnicodeDecodeError:
        return False
    return naturalness(left, new, right) > naturalness(left, match[0], right)


def _with_space(text: str, match: re.Match[str], damage: Damage, language: str | None, *, apart: bool) -> str:
    new = damage.read(match[0].replace(" ", "\xa0"))
    if new != "à" or match[0][1] != " ":
        return new
    after = text[match.end() : match.end() + 8]
    if after[:1].isspace() or not after or _A_JOINED.match(after):
        return new
    # two spaces after another Ã show that each A0 became a space of its own, so this one is no word's end
    joined = apart or (language in {"ca", "vi"} and text[match.start() - 1 : match.start()].isalpha())
    return new if joined else new + " "
