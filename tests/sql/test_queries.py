"""Every named query gives the expected rows for given posts (`cases/<query>.json`); every view, check and digest runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import ConfigError
from pipeline.resources import resource
from pipeline.warehouse.describe import describe
from pipeline.warehouse.read import named_queries, open_published, run_query
from pipeline.warehouse.sqlfiles import read_folder
from tests.sql.world import build, world

CASES = Path(__file__).parent / "cases"
WORLDS = tuple(sorted(file.stem for file in (CASES.parent / "worlds").glob("*.json")))


def cases() -> list[Any]:
    return [
        pytest.param(file.stem, case, id=f"{file.stem}-{number}")
        for file in sorted(CASES.glob("*.json"))
        for number, case in enumerate(json.loads(file.read_text(encoding="utf-8")))
    ]


@pytest.fixture(scope="module")
def connections(tmp_path_factory: pytest.TempPathFactory) -> Any:
    opened = {name: open_published(build(tmp_path_factory.mktemp(name), world(name))) for name in WORLDS}
    yield opened
    for connection in opened.values():
        connection.close()


@pytest.mark.parametrize(("query", "case"), cases())
def test_a_named_query_gives_the_expected_rows(connections: Any, query: str, case: dict[str, Any]) -> None:
    """Given these posts and parameters, the query gives these rows in this order."""
    result = run_query(connections[case["world"]], query, case["parameters"])
    kept = [result.columns.index(name) for name in case["columns"]]
    rows = json.loads(json.dumps([[row[i] for i in kept] for row in result.rows], default=str))
    assert rows == case["rows"]
    # a query that hides a column from its case may hide only what depends on today
    assert {name for name in result.columns if name not in case["columns"]} <= {"days_ahead"}


def test_every_named_query_has_a_case() -> None:
    """No query is without given and expected rows, and there are at least a dozen."""
    names = {query.name for query in named_queries()}
    assert names == {file.stem for file in CASES.glob("*.json")}
    assert len(names) >= 12


@pytest.mark.parametrize("file", read_folder(resource("sql", "views")), ids=lambda f: f.name)
def test_every_view_can_be_read(connections: Any, file: Any) -> None:
    """Each file makes the view or macro of its name, which gives rows in one of the worlds and has a comment."""
    connection = connections["press"]
    arguments = {
        "published_per": "('day')", "mentions_per": "('day')", "group_mentions_per": "('quarter', 'family')",
        "search_posts": "('gpt')", "best_posts": "('gpt', 5)", "latest_claim_changes": "(null, null, 1)",
        "movers": "(date '2025-02-01', date '2025-02-28')", "co_mentions": "('model:gpt-4')",
    }  # fmt: skip
    scalars = {
        "tail_chance": "tail_chance(1, 2, 3, 4)", "text_fragment": "text_fragment('https://x.example', 'a b')",
        "entity_called": "entity_called('GPT-4')", "latest_day": "latest_day()",
        "rounding": "rounding(1.8e12)", "spelled": "spelled('a1')", "has_words": "has_words('A', 'b', ['a', 'b'])",
    }  # fmt: skip
    call = f"select {scalars[file.name]}" if file.name in scalars else f"from {file.name}{arguments.get(file.name, '')}"
    assert any(each.execute(call).fetchall() for each in connections.values())
    comment = connection.execute(
        "select comment from duckdb_views() where view_name = $name union all"
        " select comment from duckdb_tables() where table_name = $name and database_name = 'recuento' union all"
        " select comment from duckdb_functions() where function_name = $name and database_name = 'recuento'",
        {"name": file.name},
    ).fetchone()
    assert comment is not None
    assert comment[0].startswith(file.header["purpose"])


def test_every_table_and_column_is_commented(connections: Any) -> None:
    """Nothing in the schema is left unexplained."""
    bare = connections["press"].execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'recuento' and comment is null"
        " and table_name in (select table_name from duckdb_tables() where database_name = 'recuento')"
        " union all select table_name, '' from duckdb_tables() where database_name = 'recuento' and comment is null"
    )
    assert bare.fetchall() == []


def broken(connection: Any, check: Any) -> list[Any]:
    rows: list[Any] = connection.execute(check.text, {"since": -1} if "$since" in check.text else None).fetchall()
    return rows


@pytest.mark.parametrize("world_name", WORLDS)
@pytest.mark.parametrize("file", read_folder(resource("sql", "checks")), ids=lambda f: f.name)
def test_checks_find_nothing_in_sound_data(connections: Any, world_name: str, file: Any) -> None:
    """Each check gives no rows for posts loaded by the warehouse."""
    assert broken(connections[world_name], file) == []


BROKEN = {
    "orphans": "delete from posts where post_id = (select min(post_id) from mentions)",
    "unique_keys": "insert into claims from claims limit 1",
    "spans": "update mentions set char_start = char_start + 1",
    "words": "update claims set modality = 'maybe'",
    "values": "update claims set value = 'nan'::double",
    "history": "insert into post_revisions by name select post_id, revision, text, content_hash, extractor, updated_at,"
    " updated_at as replaced_at, run_id as replaced_by_run from posts",
    "copies": "update posts set duplicate_score = 2 where duplicate_of is not null",
}


@pytest.mark.parametrize("file", read_folder(resource("sql", "checks")), ids=lambda f: f.name)
def test_a_check_finds_what_it_is_for(tmp_path: Path, file: Any) -> None:
    """Each check gives rows once its law is broken."""
    build(tmp_path, world("press"))
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        assert broken(connection, file) == []
        connection.execute(BROKEN[file.name])
        assert broken(connection, file) != []


@pytest.mark.parametrize("world_name", WORLDS)
def test_what_is_counted_at_publishing_is_what_counting_gives(connections: Any, world_name: str) -> None:
    """The tables that trends read hold no more and no less than mentions of original posts do."""
    ask = connections[world_name].execute
    counted = ask("select post_id, entity_id, published_on, occurrences from post_entities order by all").fetchall()
    assert (
        counted
        == ask(
            "select o.post_id, m.entity_id, o.published_on, count(*) from mentions as m"
            " inner join originals as o on m.post_id = o.post_id group by all order by all"
        ).fetchall()
    )
    assert (
        ask("select entity_id, posts, sources, first_seen_on from entity_totals order by all").fetchall()
        == ask(
            "select entity_id, count(*), count(distinct source_id), min(published_on) from post_entities"
            " group by all order by all"
        ).fetchall()
    )
    assert (
        ask("from group_days where grouping = 'maker' order by all").fetchall()
        == ask(
            "select 'maker', maker, published_on, count(distinct post_id), sum(occurrences) from post_entities"
            " where maker is not null group by all order by all"
        ).fetchall()
    )


def test_the_exact_test_agrees_with_a_known_table(connections: Any) -> None:
    """Fisher's tea: 3 of 4 against 1 of 4 has a one-sided chance of 0.243, here doubled."""
    row = connections["press"].execute("select tail_chance(3, 4, 1, 4), tail_chance(0, 5, 0, 5)").fetchone()
    assert row[0] == pytest.approx(2 * 17 / 70)
    assert row[1] == 1


def test_rounding_goes_by_the_last_digit(connections: Any) -> None:
    """One unit of it, within limits: round numbers are taken less strictly than exact ones."""
    row = (
        connections["press"]
        .execute("select [round(rounding(x), 4) for x in [671e9, 1.8e12, 2e12, 7e9, 25000, 96.4, 0.25]]")
        .fetchone()
    )
    assert row[0] == [0.05, 0.0556, 0.25, 0.1429, 0.05, 0.05, 0.05]


def test_a_text_fragment_survives_what_links_are_sensitive_to(connections: Any) -> None:
    """Spaces, hyphens and per cent signs are encoded, a fragment that is there is kept, no link gives none."""
    row = (
        connections["press"]
        .execute(
            "select text_fragment('https://x.example/a', '88.5 % a-b'), text_fragment('https://x.example/a#b', 'c'),"
            " text_fragment(null, 'c')"
        )
        .fetchone()
    )
    assert row == ("https://x.example/a#:~:text=88.5%20%25%20a%2Db", "https://x.example/a#b:~:text=c", None)


@pytest.mark.parametrize(
    ("query", "values", "message"),
    [
        ("top_mover", {}, "top_mover: neither a query nor a table; did you mean top_movers"),
        ("top_entities", {"sinse": "2025-01-01"}, "top_entities has no parameter sinse: since, until, kind, top"),
        ("top_entities", {"since": "ayer"}, "since=ayer: expected DATE, such as 2025-01-31"),
        ("claims_about", {}, "claims_about needs subject=OpenAI"),
        ("select nada from posts", {}, 'the query failed: Binder Error: Referenced column "nada" not found'),
        ("delete from posts", {}, "the query failed: Invalid Input Error: Cannot execute statement of type"),
    ],
)
def test_a_wrong_question_is_answered_in_one_line(
    connections: Any, query: str, values: dict[str, str], message: str
) -> None:
    """The message says what was wrong and what is allowed."""
    with pytest.raises(ConfigError) as raised:
        run_query(connections["press"], query, values)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_a_table_can_be_asked_by_its_name(connections: Any) -> None:
    """`runs` alone means all its rows."""
    result = run_query(connections["press"], "runs")
    assert result.columns[0] == "run_id"
    assert len(result.rows) == 1


def test_every_claim_has_a_verdict(connections: Any) -> None:
    """Also that of a model the reference does not know; denials are no claims."""
    verdicts = connections["facts"].execute(
        "select subject, value, verdict from against_reference where subject in ('Faro 3', 'GPT-4') order by all"
    )
    assert verdicts.fetchall() == [("Faro 3", 9e9, "not in reference"), ("GPT-4", 10000.0, "differs by factor")]


def test_values_are_bound_not_pasted(connections: Any) -> None:
    """A value with a quote in it is a value."""
    assert run_query(connections["press"], "claims_about", {"subject": "x' or 1=1 --"}).rows == []


def test_the_schema_page_names_everything() -> None:
    """Every table, view and query is on it, and no comment is missing."""
    page = describe()
    for folder in ("views", "queries"):
        assert all(
            f"| {file.name} | {file.header['purpose']} |" in page for file in read_folder(resource("sql", folder))
        )
    assert "### claim_revisions" in page
    assert "| duplicate_of | varchar | post_id of the original" in page
    assert "None" not in page


def test_only_whole_published_posts_count(connections: Any) -> None:
    """Trends know two of the five posts; claims are taken from the preview too, and flagged."""
    connection = connections["kinds"]
    assert connection.execute("select path, kind from originals order by path").fetchall() == [
        ("p/entera", "post"), ("p/episodio", "podcast"),
    ]  # fmt: skip
    assert connection.execute("select posts, posts_published from mentions_per('year')").fetchall() == [(2, 2)]
    assert connection.execute("select metric, is_preview from claim_context").fetchall() == [("training_cost", True)]


def test_what_is_remembered_of_sources_is_not_published(connections: Any) -> None:
    """Addresses, cursors and signatures are the writer's own."""
    tables = {name for (name,) in connections["press"].execute("select table_name from duckdb_tables()").fetchall()}
    assert "posts" in tables
    assert not tables & {"source_pages", "source_cursors", "post_signatures", "copy_links"}


def test_no_bar_runs_into_results(connections: Any) -> None:
    """DuckDB draws a bar on stdout for slow queries, unless told not to: it would end up in the reader's CSV."""
    row = connections["press"].execute("select current_setting('enable_progress_bar')").fetchone()
    assert row == (False,)
