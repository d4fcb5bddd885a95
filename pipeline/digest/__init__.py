"""The digests of a period: CSV files for a spreadsheet, and a summary to paste into an e-mail.

The same warehouse and period give the same bytes. Each file is written whole before it takes its place.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.digest.summary import as_page, summary
from pipeline.resources import resource
from pipeline.warehouse.read import run_query
from pipeline.warehouse.sqlfiles import read_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from pipeline.warehouse.read import Result

DIGESTS = (
    "posts", "mentions", "movers", "new_claims", "new_entities", "changed_claims", "disputed_claims",
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
# a spreadsheet takes a cell that begins so for a formula; the wide forms are folded to the narrow ones by some
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
# and one of digits and signs alone, or with a month, for a number, an amount or a day: in Spain 1.8 is the first of
# August, and $0.018 is shown as 0.02
LONGEST_DAY = 40
_MONTH = "(ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sep|oct|nov|dic|dec)[a-z]*"
_NUMBER = r"[^\w]*[0-9][0-9\W]*|[0-9]+([.,][0-9]+)?e[+-]?[0-9]+"
_DAY = rf"[0-9]{{1,2}}\W*(de )?{_MONTH}\W*(de )?[0-9]*|{_MONTH}\W*(de )?[0-9]+"
_TAKEN = re.compile(rf"{_NUMBER}|{_DAY}", re.IGNORECASE)


def write_digests(
    connection: DuckDBPyConnection,
    since: date,
    until: date,
    out: Path,
    *,
    dialect: str = "csv",
    bom: bool = False,
    language: str = "es",
) -> list[Path]:
    """Write the digests of the period (both days in it) to the folder `out`; the files written.

    What their columns mean is in `docs/digests.md`. `dialect` is `csv` (commas, ISO dates) or `excel-es` (semicolons,
    decimal commas, dd/mm/yyyy); `bom` puts a byte order mark in front, by which Excel knows UTF-8. `language` is that
    of the summary, es or en.
    """
    results = {name: query_digest(connection, name, since, until) for name in DIGESTS}
    contents = {f"{name}.csv": as_csv(result, dialect, bom=bom) for name, result in results.items()}
    text = summary(results, since, until, language)
    contents |= {"digest.md": text.encode(), "digest.html": as_page(text, language).encode()}
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".new-") as folder:
        for name, content in contents.items():
            (Path(folder) / name).write_bytes(content)
        for name in contents:
            (Path(folder) / name).replace(out / name)
    return [out / name for name in contents]


def query_digest(connection: DuckDBPyConnection, name: str, since: date, until: date) -> Result:
    """The rows of one digest."""
    sql = read_sql(resource("sql", "digests", f"{name}.sql")).text
    return run_query(connection, sql, {"since": since, "until": until})


def as_csv(result: Result, dialect: str, *, bom: bool) -> bytes:
    """Rows as a CSV file in UTF-8."""
    spanish = dialect == "excel-es"
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if spanish else ",", lineterminator="\r\n" if spanish else "\n")
    writer.writerow(result.columns)
    writer.writerows([cell(value, spanish=spanish) for value in row] for row in result.rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def cell(value: Any, *, spanish: bool = False) -> str:
    """A value as a cell: one line, never a formula, numbers in full.

    >>> cell("=1+1"), cell(1.8e12), cell(-0.5, spanish=True), cell(date(2025, 1, 31), spanish=True), cell(None)
    ("'=1+1", '1800000000000', '-0,5', '31/01/2025', '')
    """
    if isinstance(value, str):
        return text_cell(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        number = plain(value)
        return number.replace(".", ",") if spanish else number
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if spanish else value.isoformat()
    return text_cell(str(value))


@lru_cache(maxsize=10_000)  # metrics, sources and titles come again in every row
def text_cell(text: str) -> str:
    r"""Text in one line, with an apostrophe in front where a spreadsheet would run it or take it for something else.

    >>> text_cell("dos\nlíneas"), text_cell("- 25k GPUs"), text_cell("@sum(a1)"), text_cell("$0.018"), text_cell("70B")
    ('dos líneas', "'- 25k GPUs", "'@sum(a1)", "'$0.018", '70B')
    """
    line = " ".join(_CONTROL.sub(" ", text).split())
    return f"'{line}" if _FORMULA.match(line) or (len(line) < LONGEST_DAY and _TAKEN.fullmatch(line)) else line


def plain(number: float) -> str:
    """A number without exponent and without needless decimals.

    >>> plain(5e25), plain(0.14), plain(25000.0), plain(1e-7)
    ('50000000000000000000000000', '0.14', '25000', '0.0000001')
    """
    text = repr(number)
    if "e" not in text:
        return text.removesuffix(".0")
    digits, exponent = text.split("e")
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, _, fraction = digits.partition(".")
    shift = int(exponent)
    if shift > 0:
        fraction = fraction.removesuffix("0") if fraction == "0" else fraction
        moved = whole + fraction.ljust(shift, "0")
        return sign + (moved if len(fraction) <= shift else f"{moved[: len(whole) + shift]}.{fraction[shift:]}")
    return f"{sign}0.{'0' * (-shift - 1)}{whole}{'' if fraction in {'', '0'} else fraction}"
