"""The digests opened with a real spreadsheet program: days are days, numbers numbers, and text is what was written."""

from __future__ import annotations

import copy
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline.digest import DIGESTS, query_digest, text_cell, write_digests
from pipeline.warehouse.read import open_published
from tests.sql.world import build, world
from tests.unit.test_digest import NASTY

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(not SOFFICE, reason="needs LibreOffice (Debian: apt-get install libreoffice-calc)")

# separator, text delimiter, UTF-8, first line, no column formats, language, no quoted field as text, dates recognized
FILTERS = {"csv": "44,34,76,1,,1033,false,true", "excel-es": "59,34,76,1,,3082,false,true"}
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TRICKY = [
    "Precios: 1.8, 2,5 y más", "3/4", "1.8", "1,8", "$0.018", "12 de mayo", "May 2025", "1e5", "70 %", "línea una\r\nlínea dos\u2028tres",
    "¿Cuánto «cuesta»; «dicen»?", '"comillas", comas; y puntos', "=2+3", "+34 600", "-5k GPUs", "@SUM(A1)", "'ya con apóstrofo", "año ñandú 😀",
]  # fmt: skip


def tricky_world() -> dict[str, Any]:
    """Posts with titles that a spreadsheet might change, beside those of the press."""
    given = world("press")
    given["entities"] |= NASTY["entities"]
    given["runs"][0] += copy.deepcopy(NASTY["runs"][0])
    given["runs"][0] += [
        {"at": f"hojas/{n:02}.md", "on": f"2025-02-{n + 1:02}", "title": title, "text": "Nada."}
        for n, title in enumerate(TRICKY)
    ]
    return given


def opened(folder: Path, dialect: str, profile: Path) -> dict[str, list[list[Any]]]:
    """The cells of each file as LibreOffice takes them: dates, numbers and texts."""
    names = [str(folder / f"{name}.csv") for name in DIGESTS]
    command = [
        str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", f"--infilter=Text - txt - csv (StarCalc):{FILTERS[dialect]}",
        "--convert-to", "fods", "--outdir", str(folder / "opened"), *names,
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {name: _rows(folder / "opened" / f"{name}.fods") for name in DIGESTS}


def _rows(file: Path) -> list[list[Any]]:
    rows = []
    for row in etree.parse(file).iter(f"{TABLE}table-row"):
        cells: list[Any] = []
        for cell in row.iter(f"{TABLE}table-cell"):
            assert cell.get(f"{TABLE}formula") is None, f"{file.name} runs {cell.get(f'{TABLE}formula')}"
            cells += [_value(cell)] * int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        rows.append(cells)
    return rows


def _value(cell: Any) -> Any:
    match cell.get(f"{OFFICE}value-type"):
        case "float" | "percentage" | "currency":
            return float(cell.get(f"{OFFICE}value"))
        case "date":
            return date.fromisoformat(cell.get(f"{OFFICE}date-value")[:10])
        case "boolean":
            return cell.get(f"{OFFICE}boolean-value")
        case _:
            return "\n".join("".join(line.itertext()) for line in cell.iter(f"{TEXT}p"))


def expected(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return pytest.approx(float(value), rel=1e-12)
        case datetime():
            return value.date()
        case date():
            return value
        case _:
            return text_cell(str(value))


@pytest.mark.parametrize("dialect", ["csv", "excel-es"])
def test_libreoffice_opens_what_was_written(tmp_path: Path, dialect: str) -> None:
    """Cell by cell, in the spreadsheet's own types; a row is a row; no cell is a formula."""
    with open_published(build(tmp_path, tricky_world())) as connection:
        write_digests(
            connection,
            date(2025, 1, 1),
            date(2025, 2, 28),
            tmp_path / "out",
            dialect=dialect,
            bom=dialect == "excel-es",
        )
        results = {name: query_digest(connection, name, date(2025, 1, 1), date(2025, 2, 28)) for name in DIGESTS}
    sheets = opened(tmp_path / "out", dialect, tmp_path / "profile")
    for name, result in results.items():
        head, *rows = sheets[name][: len(result.rows) + 1]
        assert tuple(head[: len(result.columns)]) == result.columns, name
        found = [[_plain(cell) for cell in row[: len(result.columns)]] for row in rows]
        assert found == [[expected(value) for value in row] for row in result.rows], name


def _plain(cell: Any) -> Any:
    return cell.lower() if cell in {"TRUE", "FALSE", "VERDADERO", "FALSO"} else cell
