"""Units behind a number: the table of `data/units/units.csv` as patterns to match at a place, never searched for.

Units whose alias has a capital letter are read letter for letter (MB is not Mb), the others in any case and without
accents.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from pipeline.extract.fillers import OF_RAM
from pipeline.extract.numbers.tables import COUNTED, Unit, alternation, unit_rows

CLOSING: Final = frozenset(",.;:)]?!\n")  # behind which no unit follows
_OWNER: Final = r"(?:[A-Za-z][\w.]*['’]s|its|their|sus)\s+"  # 10,000 of Google's TPUs
_LINK: Final = rf"\+?[»”\"]?[\s-]*(?:(?:de|of)\s+(?:{_OWNER})?)?"  # also «más de 1.000» GPU
NO_GAP: Final = (
    "y o u e a en con por para que del al se su sus el la los las and or to in on with for from by at as than is "
    "are was were has have the this servidores servidor nodos nodo nodes node servers server racks rack "
    "pods pod superpods superpod clusters cluster centros instancias instances modelos modelo "
    "models model empresas companies fabricantes makers "
    "vendors tipos types versiones versions capas layers grupos groups billones per una un solo es son fue usa "
    "use uses using core cores nucleo nucleos bit gb tb mb kb horas hours dias days meses "
    "months años years semanas weeks minutos minutes "
    "segundos seconds millones million billion trillion mil veces times dolares dollars euros cada each every "
    "de gw mw kw "
    "of"
).split()
_OF_RAM: Final = re.compile(OF_RAM)
_RATE: Final = re.compile(r"\s?(?:/\s?s(?:eg|ec)?\b|(?:por|per)\s+(?:segundo|second)\b)")
_ASTRONOMIC: Final = Decimal("1e21")


class Found(NamedTuple):
    """A unit found behind a number, up to `end`; `gap` are the words between."""

    end: int
    unit: Unit
    alias: str
    gap: str = ""


@cache
def _exact() -> re.Pattern[str]:
    return re.compile(rf"{_LINK}(?P<unit>{alternation(a for a in unit_rows() if a != a.lower())})(?![\w²³])")


@cache
def _any_case() -> re.Pattern[str]:
    return re.compile(rf"{_LINK}(?P<unit>{alternation(a for a in unit_rows() if a == a.lower())})(?![\w²³])")


@cache
def _after_gap() -> re.Pattern[str]:
    nouns = alternation(a.lower() for a, unit in unit_rows().items() if unit.dimension in COUNTED and len(a) > 2)
    word = rf"(?!(?:{'|'.join(NO_GAP)})\b)[a-zñç]+(?:-[a-zñç]+)?"
    return re.compile(rf"{_LINK}(?P<gap>(?:{word}[\s-]+){{1,3}}?)(?P<unit>{nouns})(?!\w)")


@cache
def _canonical() -> dict[str, Unit]:
    """Units by alias, with every kind of blank and case that the patterns let through made one."""
    rows = unit_rows()
    return {
        **{a.lower().replace("-", " "): u for a, u in reversed(rows.items())},
        **{a.replace("-", " "): u for a, u in rows.items()},
    }


def _unit(written: str) -> Unit:
    return _canonical()[re.sub(r"[\s-]", " ", written)]


def unit_after(text: str, folded: str, position: int) -> Found | None:
    """The unit that follows at `position`, the longest that fits; one directly there before one behind adjectives."""
    if position >= len(text) or text[position] in CLOSING:
        return None
    matches = [m for m in (_exact().match(text, position), _any_case().match(folded, position)) if m]
    if matches:
        best = max(matches, key=lambda m: m.end())
        if "\n" in best[0]:
            return None
        return Found(best.end(), _settled(_unit(best["unit"]), folded, best), best["unit"])
    gap = _after_gap().match(folded, position)
    if gap is None or "\n" in gap[0]:
        return None
    return Found(gap.end(), _unit(gap["unit"]), gap["unit"], text[gap.start("gap") : gap.end("gap")].strip())


def _settled(unit: Unit, folded: str, found: re.Match[str]) -> Unit:
    """A unit whose meaning its surroundings decide: 16 Gb de RAM are bytes."""
    if unit.dimension == "bit" and unit.factor > 1 and _OF_RAM.match(folded, found.end()):
        return Unit("byte", unit.factor, "byte")
    return unit


def settle_flop(unit: Unit, alias: str, value: Decimal, folded: str, end: int) -> Unit:
    """FLOP or FLOP per second: writers mix FLOPs and FLOPS; only totals of a training are astronomic."""
    if unit.dimension == "flop" and _RATE.match(folded, end):
        return Unit("flop_per_second", unit.factor, "FLOP/s")
    if (
        unit.dimension == "flop_per_second"
        and "/" not in alias
        and value >= _ASTRONOMIC
        and not _RATE.match(folded, end)
    ):
        return Unit("flop", unit.factor, "FLOP")
    if unit.dimension == "flop" and unit.factor > 1 and "day" not in alias and value < _ASTRONOMIC:
        return Unit("flop_per_second", unit.factor, "FLOP/s")
    return unit
