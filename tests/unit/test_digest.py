"""Digests: the same bytes each time, nothing a spreadsheet would run, what matters first."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.digest import cell, plain, query_digest, text_cell, write_digests
from pipeline.digest.summary import escape
from pipeline.warehouse.read import open_published
from tests.sql.world import build, world

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILES = [
    "posts.csv", "mentions.csv", "movers.csv", "new_claims.csv", "new_entities.csv", "changed_claims.csv",
    "disputed_claims.csv", "digest.md", "digest.html",
]  # fmt: skip
NASTY: dict[str, Any] = {
    "entities": {"=cmd|' /C calc'!A0": {"kind": "org"}},
    "runs": [[{
        "at": "blog/x.md", "on": "2025-01-10", "title": '@SUM(A1:A9)\r\nsegunda línea; con "comillas"', "author": "+34 600",
        "url": "javascript:alert(1)", "text": "=cmd|' /C calc'!A0\ttiene\n-5k GPUs [aquí](http://x) <b>y</b>.",
        "says": ["=cmd|' /C calc'!A0"],
        "claims": [{"metric": "hardware_quantity", "value": 5000.0, "quote": "-5k GPUs", "subject": "=cmd|' /C calc'!A0"}],
    }]],
}  # fmt: skip


def opened(tmp_path: Path, given_world: dict[str, Any]) -> DuckDBPyConnection:
    home = tmp_path / "home"
    home.mkdir()
    return open_published(build(home, given_world))


def rows(connection: DuckDBPyConnection, name: str, since: date, until: date) -> list[dict[str, Any]]:
    result = query_digest(connection, name, since, until)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


FEBRUARY = (date(2025, 2, 1), date(2025, 2, 28))


def test_all_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    """The files are named and in their place; what else lies in the folder stays."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "notas.txt").write_text("mías")
    with opened(tmp_path, world("press")) as connection:
        written = write_digests(connection, *FEBRUARY, out)
    assert [path.name for path in written] == FILES
    assert sorted(path.name for path in out.iterdir()) == sorted([*FILES, "notas.txt"])


@pytest.mark.parametrize("dialect", ["csv", "excel-es"])
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, dialect: str) -> None:
    """Also from a warehouse that was loaded in another order."""
    contents = []
    for number, turn in enumerate((1, -1)):
        given_world = world("press")
        given_world["runs"] = [given_world["runs"][0][::turn]]
        home = tmp_path / str(number)
        home.mkdir()
        with open_published(build(home, given_world)) as connection:
            contents.append(
                [p.read_bytes() for p in write_digests(connection, *FEBRUARY, home / "out", dialect=dialect)]
            )
    assert contents[0] == contents[1]


def test_what_an_editor_should_see_first_comes_first(tmp_path: Path) -> None:
    """Records before first numbers before what is known, each with its reason."""
    with opened(tmp_path, world("press")) as connection:
        found = rows(connection, "new_claims", *FEBRUARY)
    assert [(row["reason"], row["subject"], row["quote"]) for row in found] == [
        ("record", "Meta", "350k GPUs"), ("several sources", "Llama 3", "70B"), ("several sources", "Llama 3", "70B"),
        ("first number", "GPT-4", "1.8T"), ("first number", "GPT-4", "1.0T"),
        ("first number", "Nimbus-1", "$0.14 per million tokens"),
    ]  # fmt: skip
    assert found[3]["context"] == "GPT-4 tendría unos «1.8T», según rumores; aquí se dijo que GPT-4 tiene 1.0T."
    assert found[3]["link"] == "https://letter.example/c#top:~:text=1.8T"


def test_a_large_change_is_told_with_the_value_before(tmp_path: Path) -> None:
    """A price that halves within the period after is `changed`, and what it was stands beside it."""
    with opened(tmp_path, world("weeks")) as connection:
        found = rows(connection, "new_claims", date(2025, 3, 15), date(2025, 3, 16))
    assert [(row["reason"], row["value"], row["value_before"]) for row in found] == [("changed", 1.0, 2.0)]


def test_sizes_in_names_and_variants_said_before_are_no_news(tmp_path: Path) -> None:
    """What is part of a name has no reason; a value said once before is known, though another was said last."""

    def said(day: str, value: float, quote: str, **more: Any) -> dict[str, Any]:
        claim = {"metric": "parameters", "value": value, "quote": quote, "subject": "Vela", "scope": "total", **more}
        return {
            "at": f"blog/{day}.md",
            "on": day,
            "text": f"Vela tiene {quote} en todo.",
            "says": ["Vela"],
            "claims": [claim],
        }

    given = {
        "entities": {"Vela": {"kind": "model"}},
        "runs": [[
            said("2025-01-01", 7e9, "7B"), said("2025-01-02", 70e9, "70B"), said("2025-02-01", 7e9, "7B"),
            said("2025-02-02", 30e9, "30B"), said("2025-02-03", 8e9, "8B", origin="name"), said("2025-02-04", 80e9, "80B", modality="negated"),
        ]],
    }  # fmt: skip
    with opened(tmp_path, given) as connection:
        found = {
            row["quote"]: (row["reason"], row["value_before"]) for row in rows(connection, "new_claims", *FEBRUARY)
        }
    assert found == {"30B": ("changed", 70e9), "8B": ("", 70e9), "80B": ("", 70e9), "7B": ("known", 70e9)}


def test_drafts_and_previews_are_no_news(tmp_path: Path) -> None:
    """They count nowhere, nor does what they say."""
    text = "Vela tiene 7B en todo."
    claim = {"metric": "parameters", "value": 7e9, "quote": "7B", "subject": "Vela"}
    post = {"on": "2025-02-01", "title": "Vela", "text": text, "says": ["Vela"], "claims": [claim]}
    given = {
        "entities": {"Vela": {"kind": "model"}},
        "runs": [[
            {**post, "at": "a/x.md"}, {**post, "at": "b/y.md", "title": "Borrador", "text": f"Aún no: {text}", "draft": True},
            {**post, "at": "c/z.md", "title": "De pago", "text": f"El principio: {text}", "preview": True},
        ]],
    }  # fmt: skip
    with opened(tmp_path, given) as connection:
        found = {
            name: rows(connection, name, *FEBRUARY) for name in ("posts", "new_claims", "mentions", "new_entities")
        }
    assert {name: [row.get("source") for row in listed] for name, listed in found.items()} == {
        "posts": ["a"], "new_claims": ["a"], "mentions": [None], "new_entities": ["a"],
    }  # fmt: skip
    assert found["mentions"][0]["posts"] == 1


@pytest.mark.parametrize(
    "text", ["$0.018", "1.8", "1,8", "3/4", "70 %", "1e5", "12 de mayo", "May 2025", "(2024)", "12:30", "4-8"]
)
def test_text_that_a_spreadsheet_would_read_as_a_value_stays_text(text: str) -> None:
    """Amounts, days, shares and times."""
    assert text_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["70B", "25k GPUs", "1 millón", "GPT-4", "Mayo es el mes", "mayor", "2 de 3 expertos", "¿Cuánto?"]
)
def test_other_text_is_left_alone(text: str) -> None:
    """Words make it text."""
    assert text_cell(text) == text


def test_movers_know_their_direction(tmp_path: Path) -> None:
    """Up, down, new and gone, the largest change first; a name in one post of all is no mover."""
    with opened(tmp_path, world("weeks")) as connection:
        found = rows(connection, "movers", date(2025, 3, 10), date(2025, 3, 16))
    assert [(row["name"], row["direction"], row["posts"], row["posts_before"]) for row in found] == [
        ("Faro", "up", 3, 1), ("Vela", "gone", 0, 3), ("Ola 1", "new", 2, 0),
    ]  # fmt: skip


def test_changed_claims_are_of_the_day_they_were_seen(tmp_path: Path) -> None:
    """Old and new value with both quotes."""
    with opened(tmp_path, world("revised")) as connection:
        found = rows(connection, "changed_claims", date(2025, 3, 2), date(2025, 3, 2))
    assert [(row["what"], row["old_quote"], row["new_quote"]) for row in found] == [
        ("changed", "10k GPUs", "12.000 GPUs"), ("disappeared", "5GW", None),
    ]  # fmt: skip


def test_posts_of_the_period_have_their_counts(tmp_path: Path) -> None:
    """Originals only, in the order of their days."""
    with opened(tmp_path, world("press")) as connection:
        found = rows(connection, "posts", date(2025, 1, 1), date(2025, 2, 28))
    assert [(row["path"], row["entities"], row["mentions"], row["claims"]) for row in found] == [
        ("a.md", 2, 3, 1), ("b.md", 2, 2, 2), ("c.md", 1, 2, 2), ("d.md", 2, 3, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("dialect", ["csv", "excel-es"])
def test_no_cell_is_run_and_no_cell_breaks_the_line(tmp_path: Path, dialect: str) -> None:
    """Titles, names and quotes that look like formulas are text; a file has as many lines as rows."""
    with opened(tmp_path, NASTY) as connection:
        written = write_digests(connection, date(2025, 1, 1), date(2025, 1, 31), tmp_path / "out", dialect=dialect)
    for path in written[:-2]:
        text = path.read_bytes().decode()
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if dialect == "excel-es" else ","))
        assert len(read) == len(text.splitlines())
        for name, value in ((name, row[i]) for row in read[1:] for i, name in enumerate(read[0])):
            assert name in {"change", "share"} or value[:1] not in {"=", "+", "-", "@", "\t"}
    posts = next(
        csv.reader(io.StringIO(written[0].read_text().splitlines()[1]), delimiter=";" if dialect == "excel-es" else ",")
    )
    assert posts[2] == '\'@SUM(A1:A9) segunda línea; con "comillas"'
    for summary in (path.read_text() for path in written[-2:]):
        assert "javascript:" not in summary
        assert "<b>" not in summary


def test_a_spreadsheet_in_spain_reads_it(tmp_path: Path) -> None:
    """Semicolons, decimal commas, dd/mm/yyyy, and the mark by which Excel knows UTF-8."""
    with opened(tmp_path, world("press")) as connection:
        write_digests(connection, *FEBRUARY, tmp_path, dialect="excel-es", bom=True)
    content = (tmp_path / "new_claims.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfreason;published_on;subject;")
    assert ";0,14;" in content.decode("utf-8")
    assert ";12/02/2025;" in content.decode("utf-8")
    assert content.count(b"\r\n") == content.count(b"\n") == 7


@pytest.mark.parametrize(
    ("language", "title"), [("es", "# Recuento del 2025-02-01 al 2025-02-28"), ("en", "# Recuento, 2025-02-01 to")]
)
def test_the_summary_fits_in_an_email(tmp_path: Path, language: str, title: str) -> None:
    """It has every section, in the editor's language, and says where there is nothing."""
    with opened(tmp_path, world("press")) as connection:
        write_digests(connection, *FEBRUARY, tmp_path, language=language)
    text = (tmp_path / "digest.md").read_text()
    assert text.startswith(title)
    assert text.count("\n## ") == 5
    assert {
        "es": "**Meta**, aceleradores: «350k GPUs» (récord, previsto)",
        "en": "**Meta**, accelerators: «350k GPUs» (record, planned)",
    }[language] in text
    assert "[Cuánto mide GPT-4](<https://letter.example/c#top:~:text=1.8T>)" in text
    assert {"es": "Nada en este periodo.", "en": "Nothing in this period."}[language] in text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_out_is_the_same_number(number: float) -> None:
    """Without exponent, and read back it is what it was."""
    assert "e" not in plain(number)
    assert float(plain(number)) == number


@given(st.text(max_size=30))
def test_a_text_cell_is_one_line_that_starts_harmlessly(text: str) -> None:
    """Whatever the text."""
    done = text_cell(text)
    assert len(done.splitlines()) <= 1
    assert done[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}


def test_numbers_and_booleans_are_not_text(tmp_path: Path) -> None:
    """A negative number keeps its sign, without an apostrophe."""
    assert (cell(-5), cell(-0.25), cell(value=True)) == ("-5", "-0.25", "true")


def test_markdown_of_a_post_is_text() -> None:
    """Nothing in a title becomes a link, emphasis or a heading."""
    assert escape("[x](y) **z** # `c`") == r"\[x\](y) \*\*z\*\* \# \`c\`"
