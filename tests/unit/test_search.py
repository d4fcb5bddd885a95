"""Full-text search in the published file: inflections and accents in both languages; plain where there is no index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from pipeline.publish import publish, search
from pipeline.resources import resource
from pipeline.warehouse.read import open_published, run_query
from pipeline.warehouse.sqlfiles import read_sql, run_statements
from tests.sql.world import build

if TYPE_CHECKING:
    from pathlib import Path

POSTS: dict[str, Any] = {
    "entities": {},
    "runs": [
        [
            {"at": "blog/a.md", "on": "2025-01-01", "title": "Tamaños", "text": "Los parámetros del modelo, contados."},
            {"at": "blog/b.md", "on": "2025-01-02", "title": "Precios", "text": "Modelos baratos, y nada más."},
            {
                "at": "blog/c.md", "on": "2025-01-03", "title": "Sizes", "language": "en",
                "text": "Counting the parameters of models, then training them.",
            },
            {"at": "blog/d.md", "on": "2025-01-04", "title": "Sin publicar", "draft": True, "text": "Un parámetro."},
        ]
    ],
}  # fmt: skip
needs_extension = pytest.mark.skipif(not search.has_extension(), reason="DuckDB's fts extension is not installed")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    build(tmp_path, POSTS)
    return tmp_path


def found(path: Path, words: str) -> tuple[set[str], str | None]:
    with open_published(path) as connection:
        warning = search.prepare(connection)
        result = run_query(connection, "search", {"words": words})
    return {row[result.columns.index("title")] for row in result.rows}, warning


@needs_extension
@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("parametro", {"Tamaños"}),  # one of several, without its accent
        ("PARÁMETROS modelos", {"Tamaños"}),  # all words, each inflected otherwise in the text
        ("train a model", set()),  # every word counts
        ("trained model", {"Sizes"}),
        ("tamano", {"Tamaños"}),  # titles are searched too
        ("modelo", {"Tamaños", "Precios"}),
        ("¿?", set()),
    ],
)
def test_the_index_knows_inflections_and_accents(home: Path, words: str, titles: set[str]) -> None:
    """A post is found by any form of all its words; drafts never are."""
    assert publish(home / "warehouse.duckdb", home / "public.duckdb", search=True)
    assert found(home / "public.duckdb", words) == (titles, None)


@needs_extension
def test_the_best_comes_first(home: Path) -> None:
    """Scores fall."""
    publish(home / "warehouse.duckdb", home / "public.duckdb", search=True)
    with open_published(home / "public.duckdb") as connection:
        search.prepare(connection)
        scores = [row[1] for row in connection.execute("from search_posts('modelos') order by score desc").fetchall()]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0


@needs_extension
def test_switching_the_index_publishes_again(home: Path) -> None:
    """The setting is part of what was published; asked twice, nothing is done."""
    assert publish(home / "warehouse.duckdb", home / "public.duckdb", search=True)
    assert not publish(home / "warehouse.duckdb", home / "public.duckdb", search=True)
    assert publish(home / "warehouse.duckdb", home / "public.duckdb")


def test_without_an_index_the_search_is_plain(home: Path) -> None:
    """Words are found as they are given, accents and case apart, and a warning says so."""
    titles, warning = found(home / "public.duckdb", "PARAMETROS modelo")
    assert titles == {"Tamaños"}
    assert warning is not None
    assert "published without an index" in warning


@needs_extension
def test_an_index_that_cannot_be_used_is_done_without(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extension is missing at the reader's, the plain search answers, with a warning."""
    publish(home / "warehouse.duckdb", home / "public.duckdb", search=True)
    monkeypatch.setattr(search, "load_extension", lambda _: False)
    titles, warning = found(home / "public.duckdb", "parámetros")
    assert titles == {"Tamaños"}
    assert warning is not None
    assert "extension is missing" in warning


def test_without_the_extension_publishing_goes_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No index is made, and search is plain."""
    monkeypatch.setattr(search, "load_extension", lambda _: False)
    publish(home / "warehouse.duckdb", home / "public.duckdb", search=True)
    assert found(home / "public.duckdb", "baratos")[0] == {"Precios"}


def test_a_spelling_is_what_accents_and_capitals_leave() -> None:
    """Of all characters, a letter's pattern matches those that are the letter without accent, and no others."""
    with duckdb.connect() as connection:
        run_statements(connection, read_sql(resource("sql", "views", "59_spelled.sql")).text)
        wrong = connection.execute(
            "with letters as (select chr(cast(i as integer)) as letter from range(1, 55296) as r (i))"
            " select letter from letters where regexp_full_match(letter, spelled('n')) != (strip_accents(lower(letter)) = 'n')"
            " or regexp_full_match(letter, spelled('o')) != (strip_accents(lower(letter)) = 'o')"
            " or regexp_full_match(letter, spelled('4')) != (letter = '4')"
        )
        assert wrong.fetchall() == []


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("n\u0303u", {"Otros"}),  # an accent of its own, in what is asked
        ("garcia", {"Otros"}),  # and in the text
        ("anadio nu PARAMETROS modelo siete palabras", {"Otros"}),  # more words than are looked for the fast way
        ("anadio nu PARAMETROS modelo siete ninguna", set()),
        ("nu 7b", set()),
        ("contados modelo", {"Tamaños"}),
        ("tamanos contados", {"Tamaños"}),  # one in the title, one in the text
    ],
)
def test_plain_search_takes_accents_and_capitals_for_nothing(tmp_path: Path, words: str, titles: set[str]) -> None:
    """All words must be there, whatever their accents."""
    other = {
        "at": "blog/e.md", "on": "2025-01-05", "title": "Otros",
        "text": "Garci\u0301a an\u0303adio\u0301 ÑU: parámetros, modelo, siete palabras.",
    }  # fmt: skip
    build(tmp_path, {**POSTS, "runs": [[*POSTS["runs"][0], other]]})
    publish(tmp_path / "warehouse.duckdb", tmp_path / "public.duckdb")
    assert found(tmp_path / "public.duckdb", words)[0] == titles
