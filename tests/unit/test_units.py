"""The tables of units, currencies, chips and denominators are whole, and match as they should."""

from __future__ import annotations

import pytest

from pipeline.errors import ConfigError
from pipeline.extract import chips, units
from pipeline.extract.folding import without_accents
from pipeline.extract.numbers import tables

DIMENSIONS = {
    "accelerator", "parameter", "expert", "token", "flop", "flop_per_second", "watt", "watt_hour", "byte", "hour",
    "accelerator_hour", "token_per_second", "person",
}  # fmt: skip


def unit(text: str) -> tuple[str, float]:
    """The dimension and factor of the unit at the beginning of a text."""
    found = units.unit_after(text, without_accents(text), 0)
    return (found.unit.dimension, float(found.unit.factor)) if found else ("", 0.0)


def test_dimensions():
    """Every dimension that claims are made of has a unit."""
    assert {row.dimension for row in tables.unit_rows().values()} >= DIMENSIONS


@pytest.mark.parametrize("prefix", ["k", "M", "G", "T"])
@pytest.mark.parametrize(("base", "dimension"), [("W", "watt"), ("Wh", "watt_hour"), ("B", "byte")])
def test_prefixes(prefix, base, dimension):
    """A prefix multiplies by its power of a thousand, whatever it stands before."""
    assert unit(f" {prefix}{base}") == (dimension, 1000 ** (" kMGT".index(prefix)))


@pytest.mark.parametrize("power", [1, 2, 3, 4])
def test_binary_prefixes(power):
    """KiB to TiB are powers of 1024."""
    assert unit(" " + " KMGT"[power] + "iB") == ("byte", 1024**power)


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("GB", "byte"), ("Gb", "bit"), ("Gb de RAM", "byte"), ("Gbps", "other"), ("GB/s", "other"), ("MW", "watt"),
        ("MWh", "watt_hour"), (" megavatios", "watt"), (" megavatios hora", "watt_hour"), (" GPUs", "accelerator"),
        (" GPU-hours", "accelerator_hour"), (" tokens", "token"), (" tokens por segundo", "token_per_second"),
        (" nuevas GPUs", "accelerator"), (" y GPUs", ""), (" \n GPUs", ""), (" Whisper", ""), (" Mbappé", ""),
    ],
)  # fmt: skip
def test_longest_wins(text, dimension):
    """The longest unit wins, letter case matters where it tells units apart, and a unit ends where its word does."""
    assert unit(text)[0] == dimension


def test_aliases_are_folded():
    """An alias in small letters has no accents: it is compared with folded text."""
    aliases = [*tables.unit_rows(), *tables.currencies(), *tables.number_words(), *tables.scales()]
    assert [a for a in aliases if a == a.lower() and a != without_accents(a)] == []


@pytest.mark.parametrize(
    "name",
    [
        "H100",
        "H800",
        "A100",
        "B200",
        "GB200",
        "TPU v5p",
        "Trainium2",
        "MI300X",
        "Ascend 910B",
        "RTX 4090",
        "L40S",
        "T4",
        "V100",
    ],
)
def test_chips(name):
    """The chips of the field are found under their own name, in the plural, and with other blanks."""
    for written in (name, f"{name}s", name.replace(" ", "-"), name.replace(" ", "")):
        assert [chip.name for chip in chips.chips(f"dos {written}, nada")] == [name]


def test_chips_inside_words():
    """A chip's name inside another word is no chip."""
    assert chips.chips("XA100, T4a, AT4, H1000 y L40Sx") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "alias,language,dimension,factor,unit,note\nx,any,lenght,1,x,\n",
            "units.csv:2: dimension is 'lenght'; allowed: ",
        ),
        (
            "alias,language,dimension,factor,unit,note\nx,any,byte,many,x,\n",
            "units.csv:2: factor is 'many', not a number",
        ),
    ],
)
def test_broken_units(content, message, tmp_path, monkeypatch):
    """A wrong line is refused with file, line and what is allowed."""
    (tmp_path / "units.csv").write_text(content, encoding="utf-8")
    monkeypatch.setattr(tables, "resource", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(ConfigError, match=message):
        tables.unit_rows.__wrapped__()
