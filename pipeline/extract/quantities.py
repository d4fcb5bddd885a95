"""Quantities: numbers with their unit, currency, chip, and what they are counted per."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.extract.chips import Chip, chips, leads_to_chip, names_chip
from pipeline.extract.currencies import currency_after, currency_before
from pipeline.extract.fillers import OF_RAM
from pipeline.extract.folding import without_accents
from pipeline.extract.numbers import Number, read_numbers
from pipeline.extract.numbers.ranges import share_scale
from pipeline.extract.numbers.tables import alternation, unit_rows
from pipeline.extract.per import per_adjective, per_after
from pipeline.extract.quantity import Quantity, QuantityText
from pipeline.extract.quantity_lists import disjoint, merged, shared_per
from pipeline.extract.units import Found, settle_flop, unit_after

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRODUCT: Final = re.compile(r"\s?[x×]\s?\Z")
_FIGURE: Final = re.compile(r"\d{1,3}(?:\.\d{1,2})?", re.ASCII)
_TIMES: Final = re.compile(r"\s?[x×]")
_HOURS: Final = re.compile(r"(?:[\s-]\d{2,3}\s?gb)?(?:[\s-](?:gpus?|chips?))?[\s-](?:hours?|horas?|hrs?|h)\b")
_HOURS_OF: Final = re.compile(
    r"\s(?:(?:de|of)\s)?(?:horas?|hours?)\s(?:de\s|of\s|en\s|on\s)?(?:gpus?\s|c[oó]mputo\s(?:en|de)\s)?(?:nvidia\s)?\Z"
)
_CHIP_NOUN: Final = re.compile(r"\s(?:gpus?|chips?|accelerators?|aceleradores)\b")
_COMPOUND: Final = re.compile(
    r"[\s-](?:clusters?|makers?|vendors?|companies|servers?|nodes?|types?|generations?|families"
    r"|startups?|manufacturers?|designs?|firms?"
    r"|instances?|models?|stocks?|architectures?|giants?|suppliers?|orders?|projects?|engineers?|deals?)\b"
)
_OF_CHIPS: Final = re.compile(
    r"[\s-](?:superpods|pods|clusters|servers|nodes|racks|boxes|machines|instances|workstations|systems|slices)\b"
)
_NEXT_NOUN: Final = re.compile(r"[\s-][a-z]{3,}")
_YEAR_BEFORE: Final = re.compile(
    r"\b(?:en|in|de|del|since|desde|year|ano|año|by|para|until|hasta|late|early|mid"
    r"|finales de|principios de|verano de|q[1-4])\s$|[-/(]$"
)
_GIGAS: Final = re.compile(rf"g(?={OF_RAM})")
_HALF_MORE: Final = re.compile(r"\s(?:y\smedi[oa]|and\sa\shalf)\b")
_FORMULA: Final = re.compile(r"\\[a-z]{2,}|[\^_]\{|\$\s?\d+\s?\$|=\s*-?\d+\s?\$")
_MANY: Final = 10_000  # chips, by their architecture alone; 2026 is a year, and RTX PRO 6000 Blackwell a card
_ARCHITECTURES: Final = frozenset({"Blackwell", "Hopper", "Rubin"})
_MEMORY_AFTER_CHIP: Final = re.compile(
    r"\s?\(?(?:(?:de|con|with|of|tiene|lleva|trae|monta|ofrece|cuenta con|has|packs|offers|carries|comes with|"
    r"ships with|gpus? con|gpus? with)\s)?(?:los\s|sus\s|its\s|only\s|solo\s)?\Z"
)


def read_quantities(text: str, language: str, folded: str | None = None, *, spelled: bool = True) -> list[Quantity]:
    """The quantities of a text, in order; years are among them as plain numbers, names and ordinals are not.
    Who has folded the text already hands that over, and says if no number is `spelled` in it.

    >>> [(q.dimension, q.value, q.hardware) for q in read_quantities("2.788M H800 GPU hours on 2,048 GPUs", "en")]
    [('accelerator_hour', 2788000.0, 'H800'), ('accelerator', 2048.0, None)]
    """
    if _FIGURE.fullmatch(text):
        return [_figure(text)]
    folded = without_accents(text) if folded is None else folded
    lettered = folded.islower()  # bare figures, as in tables, name no chip and nothing in words
    numbers = share_scale(folded, read_numbers(text, language, folded, spelled=spelled and lettered))
    page = QuantityText(text, folded, tuple(chips(text)) if numbers and lettered else ())
    inside = {i for chip in page.chips for i in range(chip.start, chip.end)}
    found = [
        _with_per(page, _quantity(page, number))
        for number in (*numbers, *(_articles(page) if lettered else ()))
        if (number.is_amount or number.kind == "year") and number.start not in inside
    ]
    if len(found) < 2:
        return found
    found.sort(key=lambda q: (q.start, -q.end))
    return shared_per(page, merged(page, disjoint(found)))


def _figure(text: str) -> Quantity:
    """The number of a text that has nothing else and no doubt: most cells of tables, at a tenth of the cost."""
    return _bare(Number(0, len(text), float(text), kind="decimal" if "." in text else "cardinal"))


def _quantity(page: QuantityText, number: Number) -> Quantity:
    if number.kind == "percent" or number.suffix == "%":
        return _plain(number, "percent", "%")
    return _money(page, number) or _counted_chip(page, number) or _measured(page, number) or _bare(number)


def _plain(number: Number, dimension: str, unit: str) -> Quantity:
    return Quantity(number.start, number.end, number, dimension, unit, number.value, number.lower, number.upper)


def _of_chip(number: Number, dimension: str, end: int, chip: Chip) -> Quantity:
    unit = "gpu_hour" if dimension == "accelerator_hour" else "gpu"
    return _plain(number, dimension, unit)._replace(end=end, hardware=chip.name)


def _bare(number: Number) -> Quantity:
    letters = number.suffix and number.suffix.isalpha() and number.suffix.isascii() and len(number.suffix) <= 3
    return _plain(number, "bare" if letters and number.suffix != "mil" else "none", "")


def _scaled(number: Number, factor: Decimal) -> tuple[float, float | None, float | None]:
    value, lower, upper = (
        None if v is None else float(Decimal(str(v)) * factor) for v in (number.value, number.lower, number.upper)
    )
    assert value is not None
    return value, lower, upper


def _money(page: QuantityText, number: Number) -> Quantity | None:
    before, after = currency_before(page.text, number.start), currency_after(page.text, page.folded, number.end)
    if before and after and page.text[number.end] == "$" and page.text[number.start - 1] == "$":
        return None  # $5$ is a formula
    if (before is None and after is None) or _in_formula(page, number):
        return None
    start, code = before or (number.start, None)
    end, factor = number.end, Decimal(1)
    if after is not None and (
        before is None or (after[1] not in {None, ""} and page.text[number.end : after[0]].strip().isalpha())
    ):
        end, factor = after[0], after[2]
        code = after[1] if before is None or after[1] not in {None, "USD"} else code
    if before is None and code is None and number.suffix in {"B", "T"}:
        return None  # "los 7B pesos del modelo": weights
    if number.value < 0 and start == number.start:  # a dash: "6.600 millones de dólares -5.972 millones de euros-"
        number = number._replace(start=start + 1, value=-number.value)
        start += 1
    number = _in_thousands(page.text, number)
    value, lower, upper = _scaled(number, factor)
    return Quantity(start, end, number, "money", code or "", value, lower, upper, currency=code)


def _in_thousands(text: str, number: Number) -> Number:
    """A sum of "3,999 pesos" has thousands, as all who write so have: no sum above one has three decimals."""
    other = number.alternative
    if other is None or other < number.value or number.lower or number.suffix:
        return number
    is_comma = "," in text[number.start : number.end]
    return number._replace(value=other, alternative=number.value) if is_comma else number


def _in_formula(page: QuantityText, number: Number) -> bool:
    """Whether a dollar sign beside the number is that of a formula that was not read as one: "x = 2 $"."""
    around = page.text[max(0, number.start - 30) : number.end + 12]
    return "$" in around and bool(_FORMULA.search(around))


def _counted_chip(page: QuantityText, number: Number) -> Quantity | None:
    """2.048 H800, 8xH100, 2.788M H800 GPU hours, 3 million hours of H100."""
    chip = page.chip_between(number.end, number.end + 48)
    if chip is None:
        return None
    if chip.name in _ARCHITECTURES:  # "Nvidia Hopper H100 GPUs" are H100
        chip = page.chip_between(chip.end, chip.end + 2) or chip
    gap = page.folded[number.end : chip.start]
    if number.value == 1 and gap.startswith(" of "):  # one of Nvidia's H100s
        return None
    if _HOURS_OF.match(gap):
        return _of_chip(number, "accelerator_hour", chip.end, chip)
    if not (_PRODUCT.match(gap) or leads_to_chip(page.folded, number.end, chip)) or number.value != int(number.value):
        return None
    if hours := _HOURS.match(page.folded, chip.end):
        return _of_chip(number, "accelerator_hour", hours.end(), chip)
    noun = _CHIP_NOUN.match(page.folded, chip.end)
    if _OF_CHIPS.match(page.folded, chip.end):
        return None  # two TPU v4 pods: so many pods
    counted = noun or page.text[chip.end - 1] == "s" or number.value >= _MANY
    if gap[:1] == "-" or (chip.name in _ARCHITECTURES and not counted):
        return None
    return _of_chip(number, "accelerator", noun.end() if noun else chip.end, chip)


def _measured(page: QuantityText, number: Number) -> Quantity | None:
    times = _TIMES.match(page.text, number.end) if number.relation == "times" else None
    found = unit_after(page.text, page.folded, times.end() if times else number.end) or _gigas(page, number)
    if found is None or page.folded.startswith("-figure", number.end) or _is_compound(page, number, found):
        return None
    chip = page.chip_between(number.end, found.end)
    if chip and _OF_CHIPS.match(page.folded, chip.end):
        return None
    if (
        number.kind == "year"
        and number.value < 2036
        and _YEAR_BEFORE.search(page.folded, max(0, number.start - 14), number.start)
    ):
        return None
    unit = found.unit
    if unit.dimension in {"flop", "flop_per_second"}:
        unit = settle_flop(unit, found.alias, Decimal(str(number.value)) * unit.factor, page.folded, found.end)
    if _misread(number, unit.dimension, found):
        return None
    value, lower, upper = _scaled(number, unit.factor)
    end = found.end
    if unit.factor >= 24 and unit.dimension == "hour" and (more := _HALF_MORE.match(page.folded, end)):
        value, end = value + float(unit.factor) / 2, more.end()
    quantity = Quantity(number.start, end, number, unit.dimension, unit.name, value, lower, upper, modifier=found.gap)
    return quantity._replace(hardware=_hardware(page, quantity), per=per_adjective(found.gap))


def _gigas(page: QuantityText, number: Number) -> Found | None:
    """16G de RAM."""
    found = _GIGAS.match(page.folded, number.end)
    return Found(found.end(), unit_rows()["GB"], "GB") if found else None


def _is_compound(page: QuantityText, number: Number, found: Found) -> bool:
    """Whether the unit is only the first half of another noun: three GPU clusters, two expert reviewers."""
    if page.text[number.end : number.end + 1] == "-":  # an 8-GPU node
        return False
    if found.unit.dimension == "accelerator" and not found.alias.lower().endswith("s") and number.value < 20:
        return bool(_COMPOUND.match(page.folded, found.end))
    if found.alias in {"user", "expert", "developer", "customer", "subscriber", "student"} and number.value != 1:
        return bool(_NEXT_NOUN.match(page.folded, found.end))
    return False


def _misread(number: Number, dimension: str, found: Found) -> bool:
    """A letter before a unit of time or size is a scale of something else: 7B h, 4K s, a 132B mixture-of-experts."""
    if number.suffix in {"B", "b", "T", "K", "M"} and dimension == "expert":
        return True
    is_size = number.suffix in {"B", "T"} and dimension == "accelerator"  # los modelos de 70B exigen GPUs
    is_scale = number.suffix in {"B", "b", "T", "K"} and found.alias in {"s", "h", "min", "g"}
    return is_size or is_scale or (dimension == "person" and number.kind == "decimal")


def _hardware(page: QuantityText, quantity: Quantity) -> str | None:
    if quantity.dimension in {"accelerator", "accelerator_hour"}:
        inside = page.chip_between(quantity.start, quantity.end)
        after = page.chip_between(quantity.end, quantity.end + 32)
        if inside or after is None or not names_chip(page.folded, quantity.end, after):
            return inside.name if inside else None
        if after.name in _ARCHITECTURES:  # "GPUs Hopper H100"
            after = page.chip_between(after.end, after.end + 2) or after
        return after.name
    if quantity.dimension != "byte":
        return None
    for chip in page.chips:
        if chip.end <= quantity.start <= chip.end + 24 and _MEMORY_AFTER_CHIP.match(
            page.folded[chip.end : quantity.start]
        ):
            return chip.name
        if quantity.end <= chip.start <= quantity.end + 8 and page.folded[quantity.end : chip.start].strip() in {
            "",
            "nvidia",
        }:
            return chip.name
    return None


_FLOW: Final = re.compile(r"\s?\((?:input|output|entrada|salida|in|out|cached?)\)")  # "$9 (output) per million tokens"
_CONVERTED: Final = re.compile(r"\s\((?=[^()]{0,12}\d)[^()]{3,40}\)")  # 1 yuan (0.14 dollars) per million tokens


def _with_per(page: QuantityText, quantity: Quantity) -> Quantity:
    if quantity.dimension in {"none", "percent", "token_per_second", "other"} or quantity.number.kind == "year":
        return quantity
    found = per_after(page.folded, quantity.end)
    if found is None and quantity.dimension == "money" and (flow := _FLOW.match(page.folded, quantity.end)):
        found = per_after(page.folded, flow.end())
        return quantity._replace(per=found[1]) if found else quantity
    if found is None and quantity.dimension == "money" and (aside := _CONVERTED.match(page.folded, quantity.end)):
        found = per_after(page.folded, aside.end())
        return quantity._replace(per=found[1]) if found else quantity
    if found is None:
        return quantity
    quantity = quantity._replace(per=found[1], per_end=found[0])
    other = quantity.number.alternative
    is_doubtful = other is not None and not quantity.number.suffix and other < 1000 <= quantity.number.value
    if found[1].endswith(("token", "tokens")) and is_doubtful and other is not None:  # nobody pays 1,125 dollars for it
        number = quantity.number._replace(value=other, alternative=quantity.value)
        return quantity._replace(value=other, number=number)
    return quantity


_SPANISH_TIMES: Final = r"(?:dia|mes|semana|hora|minuto|segundo|año)"  # "a día de hoy": a preposition


@cache
def _article() -> re.Pattern[str]:
    dimensions = {"accelerator", "byte", "watt", "watt_hour", "hour", "accelerator_hour"}
    units = alternation(a.lower() for a, unit in unit_rows().items() if unit.dimension in dimensions and len(a) > 2)
    return re.compile(
        r"[uoamh](?<!\w[uoamh])(?:(?<=u)na?|(?<=o)ne|(?<=a)n?|(?<=m)edi[oa]|(?<=h)alf(?:\san?)?)\s"
        rf"(?!(?<=a\s)(?<!\wa\s){_SPANISH_TIMES})"
        rf"(?=(?:sol[oa]\s|single\s|unic[oa]\s)?(?:{units})(?!\w))"
    )


def _articles(page: QuantityText) -> Iterator[Number]:
    """One or a half before a unit: un mes, a single GPU, media hora, half a year."""
    for found in _article().finditer(page.folded):
        written = found[0].strip()
        value = 0.5 if written.startswith(("medi", "half")) else 1.0
        yield Number(found.start(), found.start() + len(written), value, kind="words")
