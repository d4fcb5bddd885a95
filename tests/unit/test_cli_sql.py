"""`recuento sql` beside its tables: Parquet, what a query takes, and the warning of a plain search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import ConfigError
from tests.sql.world import build, world

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    build(tmp_path, world("press")).rename(tmp_path / "recuento.duckdb")
    monkeypatch.setenv("RECUENTO_HOME", str(tmp_path))
    return tmp_path


def sql(*words: str) -> Result:
    return CliRunner().invoke(app, ["sql", *words])


def test_an_answer_goes_to_parquet(home: Path) -> None:
    """A named query with its parameters, a table, or SQL; nothing else is left in the folder."""
    for name, query in [("a", ["claims_about", "subject=GPT-4"]), ("b", ["claims"]), ("c", ["from claims limit 1;"])]:
        done = sql(*query, "--parquet", str(home / f"{name}.parquet"))
        rows = duckdb.sql(f"select count(*) from '{home / name}.parquet'").fetchone()
        assert done.exit_code == 0
        assert done.stdout == f"{home / name}.parquet: {rows[0]} rows\n"
        assert rows[0] > 0
    assert not list(home.glob("*.new*"))


def test_a_failed_query_leaves_the_file_as_it_was(home: Path) -> None:
    """An older file is not lost to a wrong question."""
    (home / "a.parquet").write_bytes(b"older")
    done = sql("select nothing from claims", "--parquet", str(home / "a.parquet"))
    assert isinstance(done.exception, ConfigError)
    assert (home / "a.parquet").read_bytes() == b"older"
    assert not list(home.glob("*.new*"))


def test_a_query_says_what_it_takes() -> None:
    """Purpose, grain, and each parameter with its type and default."""
    told = sql("claims_about", "--about").stdout
    for words in ("One row per ", "subject", "VARCHAR such as OpenAI; needed", "INTEGER such as 20;"):
        assert words in told
    assert isinstance(sql("claims_abuot", "--about").exception, ConfigError)


def test_a_plain_search_warns(home: Path) -> None:
    """On stderr, so that the answer stays an answer."""
    assert home.exists()
    done = sql("search", "words=parametros", "--csv")
    assert done.stdout.startswith("published_on,")
    assert "plain search" in done.stderr
    assert "plain search" not in done.stdout


def test_sql_without_a_statement_is_a_clear_error(home: Path) -> None:
    """Neither a traceback nor an empty answer."""
    assert "no statement" in str(sql(";").exception)
    assert sql("select 1; -- and no more").exit_code == 0


def test_a_name_is_suggested_once(home: Path) -> None:
    """`rejects` is both a question and a table."""
    assert str(sql("rejecs").exception).count(" rejects") == 1
