"""Units, currencies, chips and what money is paid per: the tables of `data/units/` as patterns to match after a number.

All patterns are matched at a place, never searched for, except that of the chips. Units whose alias has a capital
letter are read letter for letter (MB is not Mb), the others in any case and without accents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from pipeline.extract.numbers.tables import COUNTED, Unit, alternation, read_table, unit_rows

CURRENCY_HEADER = ("alias", "code", "factor", "note")
HARDWARE_HEADER = ("alias", "name", "maker", "note")
PER_HEADER = ("alias", "per", "form", "note")

_CLOSING: Final = frozenset(",.;:)]?!\n")  # behind which no unit follows
_LINK: Final = r"\+?[\s-]*(?:(?:de|of)\s+)?"
_NO_GAP: Final = (
    "y o u e a en con por para que del al se su sus el la los las and or to in on with for from by at as than is "
    "are was were has have the this servidores servidor nodos nodo nodes node servers server racks rack "
    "pods pod superpods superpod clusters cluster centros instancias instances modelos modelo "
    "models model empresas companies fabricantes makers "
    "vendors tipos types versiones versions capas layers grupos groups billones per una un solo es son fue usa "
    "use uses using gb tb mb kb horas hours dias days meses months años years semanas weeks minutos minutes "
    "segundos seconds millones million billion trillion mil veces times dolares dollars euros cada each every de "
    "of"
).split()
_RAM: Final = re.compile(r"\s(?:de\s)?(?:v?ram|memoria|memory)\b")
_RATE: Final = re.compile(r"\s?(?:/\s?s(?:eg|ec)?\b|(?:por|per)\s+(?:segundo|second)\b)")
_ASTRONOMIC: Final = Decimal("1e21")
_MAKER: Final = (
    r"(?:(?:nvidia|amd|google|huawei|intel|amazon|aws|tesla|geforce|instinct|hopper|blackwell|cloud|tensor core)"
    r"\s+(?:\((?:nasdaq|nyse)[^()]{0,12}\)\s+)?){0,2}"
)


class Found(NamedTuple):
    """A unit found behind a number, up to `end`; `gap` are the words between."""

    end: int
    unit: Unit
    alias: str
    gap: str = ""


class Chip(NamedTuple):
    """A chip named in a text."""

    start: int
    end: int
    name: str


@cache
def _exact() -> re.Pattern[str]:
    return re.compile(rf"{_LINK}(?P<unit>{alternation(a for a in unit_rows() if a != a.lower())})(?![\w²³])")


@cache
def _any_case() -> re.Pattern[str]:
    return re.compile(rf"{_LINK}(?P<unit>{alternation(a for a in unit_rows() if a == a.lower())})(?![\w²³])")


@cache
def _after_gap() -> re.Pattern[str]:
    nouns = alternation(a.lower() for a, unit in unit_rows().items() if unit.dimension in COUNTED and len(a) > 2)
    word = rf"(?!(?:{'|'.join(_NO_GAP)})\b)[a-zñç]+(?:-[a-zñç]+)?"
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
    if text[position : position + 1] in _CLOSING:
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
    if unit.dimension == "bit" and unit.factor > 1 and _RAM.match(folded, found.end()):
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


# --- currencies


@cache
def currencies() -> dict[str, tuple[str | None, Decimal]]:
    """ISO 4217 code (None where the name leaves it open) and factor by alias.

    As with units, an alias with a capital letter is read letter for letter: TRY is money, "try 3" is not.
    """
    rows = read_table("currencies.csv", CURRENCY_HEADER)
    return {r["alias"]: (r["code"] or None, r.decimal("factor")) for r in rows}


def _signs() -> set[str]:
    """What stands before a number: a sign, or a code; names of currencies stand behind."""
    words = {"COP"}  # COP 28 is a conference
    codes = {a for a, (code, _) in currencies().items() if a.upper() in {code, "RMB", "RS"}} - words
    return codes | {a for a in currencies() if not a.isalpha() and " " not in a}


@cache
def _last_of_signs() -> frozenset[str]:
    return frozenset(sign[-1] for sign in _signs())


@cache
def _currency_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?P<sign>{alternation(_signs())})[^\S\n]?\Z")


@cache
def _currency_after() -> tuple[re.Pattern[str], re.Pattern[str]]:
    aliases = currencies()
    exact, folded = (alternation(a for a in aliases if (a == a.lower()) is low) for low in (False, True))
    link = r"[^\S\n]?(?:-|de[^\S\n]+|of[^\S\n]+)?"
    end = r"(?![A-Za-zñÑ])"
    return re.compile(rf"{link}(?P<sign>{exact}){end}"), re.compile(rf"{link}(?P<sign>{folded}){end}")


_NEXT_SUM: Final = re.compile(r"[$€£]\d")  # 3,000 $400 chips: the sign belongs to what follows


def currency_before(text: str, start: int) -> tuple[int, str | None] | None:
    """Where a currency sign before the number starts, and its code."""
    window = text[max(0, start - 6) : start]
    if window.rstrip()[-1:] not in _last_of_signs():  # most numbers have none, and need no search
        return None
    found = _currency_before().search(window)
    if found is None:
        return None
    return start - len(window) + found.start(), currencies()[found["sign"]][0]


def currency_after(text: str, folded: str, end: int) -> tuple[int, str | None, Decimal] | None:
    """Where a currency behind the number ends, its code and factor (cents)."""
    if text[end : end + 1] in _CLOSING:
        return None
    exact, in_any_case = _currency_after()
    found = exact.match(text, end) or in_any_case.match(folded, end)
    if found is None or _NEXT_SUM.match(text, found.start("sign")):
        return None
    code, factor = currencies()[re.sub(r"[\s-]", " ", found["sign"])]
    return found.end(), code, factor


# --- chips


@cache
def _chips() -> dict[str, str]:
    rows = read_table("hardware.csv", HARDWARE_HEADER)
    return {re.sub(r"[\s-]", "", r["alias"]).lower(): r["name"] for r in rows}


def numbered_chips() -> dict[str, str]:
    """The chips whose names have a number, so that they are no common words, by their aliases.

    >>> numbered_chips()["TPUv4"]
    'TPU v4'
    """
    rows = read_table("hardware.csv", HARDWARE_HEADER)
    return {row["alias"]: row["name"] for row in rows if re.search(r"\d", row["alias"])}


@cache
def _chip() -> re.Pattern[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for row in read_table("hardware.csv", HARDWARE_HEADER):
        groups[row["alias"][0]].append(row["alias"][1:])
    parts = (
        rf"{first}(?<![^\W\d_x×]{first})(?<![\d.]-{first})(?:{alternation(rest, optional_blanks=True)})"
        for first, rest in groups.items()
    )
    return re.compile(rf"(?P<chip>{'|'.join(parts)})(?:s|'s)?(?!\w)")


def chips(text: str) -> list[Chip]:
    """The chips named in a text, in order."""
    names = _chips()
    found = [Chip(m.start(), m.end(), names[re.sub(r"[\s-]", "", m["chip"]).lower()]) for m in _chip().finditer(text)]
    cards = [Chip(m.start(), m.end(), f"RTX {m['card']}") for m in _CARD.finditer(text) if _is_card(text, m)]
    taken = {at for chip in found for at in range(chip.start, chip.end)} if cards else ()
    return sorted([*found, *(card for card in cards if card.start not in taken)])


_CARD: Final = re.compile(r"(?P<card>[345]0[6-9]0(?:\s?Ti\b)?)(?P<many>s)?(?!\w|[.,]\d|\s?%)")
_COUNTED_CARD: Final = re.compile(r"(?<![\d.,])\d{1,2}\s?[x×]\s?\Z|\b(?:tarjetas?|gráficas?|cards?|GPUs?|RTX)\s\(?\Z")
_CARD_NOUN: Final = re.compile(r"\s(?:cards?|GPUs?|Founders|FE\b|tarjetas)")


def _is_card(text: str, match: re.Match[str]) -> bool:
    """Whether four digits are a card's name: 3090s, 8x3090, two 4090 cards; a plain number they are otherwise."""
    before = text[max(0, match.start() - 12) : match.start()]
    if before[-1:].isalnum() and not before.endswith(("x", "×")):
        return False
    named = match["many"] or match["card"].endswith("i")
    return bool(named or _COUNTED_CARD.search(before) or _CARD_NOUN.match(text, match.end()))


_TO_CHIP: Final = re.compile(
    rf"\+?(?:[\s-]*|\s?[x×]\s?)(?:(?:de|of)\s+)?(?:(?:the|las|los)\s(?=new|lat|old|nuev|últim|más))?"
    rf"(?:equivalentes (?:a|de) (?:la\s|una\s)?)?"
    rf"(?:(?!(?:gpus?|chips?|tpus?|{'|'.join(_NO_GAP)})\b)[a-zñ]+\s+){{0,2}}?{_MAKER}\Z"
)
_CHIP_AFTER: Final = re.compile(
    r"(?:[\s-]+|\s?\()(?:(?:de|of)\s+)?"
    rf"(?:(?:tipo|modelo|type|model|la serie|the)\s+)?{_MAKER}(?:(?:gpus?|tarjetas?)\s+)?\Z"
)


def leads_to_chip(folded: str, start: int, chip: Chip) -> bool:
    """Whether a number that ends at `start` counts the chip: "2.048 potentes Nvidia H800"."""
    return chip.start >= start and chip.start - start < 48 and bool(_TO_CHIP.match(folded[start : chip.start]))


def names_chip(folded: str, end: int, chip: Chip) -> bool:
    """Whether the chip stands behind a unit that ends at `end`: "GPUs Nvidia H100", "GPU (H100)"."""
    return chip.start > end and chip.start - end < 32 and bool(_CHIP_AFTER.match(folded[end : chip.start]))


# --- per


_PER_NEXT: Final = re.compile(r"[\s(/-]")


@cache
def _per_nouns() -> dict[str, str]:
    return {r["alias"]: r["per"] for r in read_table("per.csv", PER_HEADER) if r["form"] == "noun"}


@cache
def _per_adjectives() -> dict[str, str]:
    return {r["alias"]: r["per"] for r in read_table("per.csv", PER_HEADER) if r["form"] == "adjective"}


@cache
def _per() -> re.Pattern[str]:
    nouns, adjectives = alternation(_per_nouns()), alternation(_per_adjectives())
    flow = r"(?:de\s+)?(?:input|output|entrada|salida|cached|in|out|texto|text|prompt|generad[oa]s)"
    count = (
        r"(?P<million>(?:1|un|one|a)?\s?(?:m|mm|mill\w*|million)(?=[\s\)]|tok|$|[.,;:/])|1[.,\s]?000[.,\s]?000|"
        r"m(?=tok))"
        r"|(?P<thousand>(?:1|un|one|a)?\s?(?:k|mil|thousand)(?=[\s\)]|tok|$|[.,;:/])|1[.,\s]?000)"
    )
    return re.compile(
        rf"(?:\s(?:activ[oa]s|active))?\s\(?(?P<adjective>{adjectives})(?!\w)"
        rf"|(?:\s(?:activ[oa]s|active)|\s(?:de\s+|for\s+)?{flow})?(?P<link>\s?\(?/\s?(?:cada\s|por\s)?"
        rf"|[\s-]\(?(?:por|per|cada|each|every|al|a la|an?|el|la|the)[\s-](?:cada\s|each\s|every\s)?)"
        rf"(?:(?:(?:{count})\s?(?:de\s+|of\s+)?)(?P<tokens>(?:{flow}\s)?(?:tokens?|tokenes|toks?)\b)?"
        rf"|(?P<noun>(?:{flow}\s)?(?:{nouns}))(?!\w))"
    )


def per_after(folded: str, end: int) -> tuple[int, str] | None:
    """What a quantity that ends at `end` is counted per, and where the words for it end.

    >>> per_after("$0.14 por millon de tokens", 5), per_after("20 euros al mes", 8)
    ((26, 'million_tokens'), (15, 'month'))
    """
    found = _per().match(folded, end) if _PER_NEXT.match(folded, end) else None
    if found is None or "\n" in found[0]:
        return None
    if found["adjective"]:
        return found.end(), _per_adjectives()[re.sub(r"[\s-]", " ", found["adjective"])]
    if found["million"] or found["thousand"]:
        if not found["tokens"] and not _counts_tokens(folded, found):
            return None
        return found.end(), "million_tokens" if found["million"] else "thousand_tokens"
    noun = re.sub(r"[\s-]", " ", found["noun"]).split(" ")
    name = _per_nouns().get(" ".join(noun)) or _per_nouns().get(noun[-1]) or "unit"
    return found.end(), name


_OTHERS: Final = re.compile(
    r"(?:(?<=\bde\s)|(?<=\bof\s)|\s(?:de|of)\s)(?!input|output|entrada|salida|cache|esos|them)\w"
)


def _counts_tokens(folded: str, found: re.Match[str]) -> bool:
    """Whether tokens are meant where only so many are named: "$0.27 por millón", "$0.0024/1k"."""
    if found["thousand"]:
        return "/" in found["link"] and found["thousand"].endswith("k")
    return bool(re.match(r"\s?\(?/|\s?(?:por|per|el)\b", found["link"])) and not _OTHERS.match(folded, found.end())


def per_adjective(words: str) -> str | None:
    """The time in the words before a unit: "weekly active" is week."""
    return next((per for word in words.lower().split() if (per := _per_adjectives().get(word))), None)
