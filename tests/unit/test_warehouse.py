"""Loading is all or nothing, idempotent, and keeps what posts said before."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import WarehouseError
from pipeline.records import Claim, Document, Extraction, Mention, Metric, Post, Processed, Reject
from pipeline.tally import Tally
from pipeline.warehouse import LoadCounts, Warehouse
from pipeline.warehouse.laws import flaws
from pipeline.warehouse.rows import claim_rows
from pipeline.warehouse.schema import migrate

NOW = datetime(2025, 3, 1, 6, tzinfo=UTC)
NUMBERS: tuple[tuple[Metric, float, str], ...] = (("hardware_quantity", 1e4, "10k GPUs"), ("parameters", 7e10, "70B"))
TEXT = "Nube entrena Brisa 2 con 10k GPUs. Brisa 2 tiene 70B."


def post(
    path: str = "a.md", text: str = TEXT, *, content: str = "c1", extractor: str = "x1", **fields: Any
) -> Processed:
    mentions = tuple(
        Mention("model", "Brisa 2", "Brisa 2", at, at + 7, "model:brisa-2", "Brisa", "Nube", rule="r")
        for at in range(len(text))
        if text.startswith("Brisa 2", at)
    )
    claims = tuple(
        Claim(
            metric, value, quote, text.find(quote), text.find(quote) + len(quote), subject="Nube", subject_id="org:nube"
        )
        for metric, value, quote in NUMBERS
        if quote in text
    )
    made = Post("blog", path, Document(text), **{"title": "T", "published": datetime(2025, 1, 10), **fields})  # noqa: DTZ001
    return Processed(f"id-{path}", content, extractor, made, Extraction(mentions, claims))


def load(home: Path, *posts: Processed, day: int = 0, finish: bool = True) -> LoadCounts:
    run_id, now = f"run-{day}", NOW + timedelta(days=day)
    with Warehouse.open(home / "w.duckdb") as warehouse:
        warehouse.begin_run(run_id, now)
        counts = warehouse.load(posts, run_id=run_id, now=now)
        if finish:
            warehouse.finish_run(run_id, now, status="ok", tallies=[Tally("s", new=counts.new)])
    return counts


def ask(home: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home / "w.duckdb"), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        return connection.execute(sql).fetchall()


def test_a_new_post_is_loaded_with_its_mentions_and_claims(tmp_path: Path) -> None:
    """Rows hold what the records hold; a date without a zone is that day, at midnight UTC."""
    assert load(tmp_path, post()) == LoadCounts(new=1)
    assert ask(tmp_path, "select published_at, published_on, revision, word_count, first_seen_at from posts") == [
        (datetime(2025, 1, 10, tzinfo=UTC), datetime(2025, 1, 10).date(), 1, 11, NOW)  # noqa: DTZ001
    ]
    assert ask(tmp_path, "select surface, char_start, char_end from mentions order by char_start") == [
        ("Brisa 2", 13, 20), ("Brisa 2", 35, 42),
    ]  # fmt: skip
    assert ask(tmp_path, "select metric, value, quote from claims order by char_start") == [
        ("hardware_quantity", 1e4, "10k GPUs"), ("parameters", 7e10, "70B"),
    ]  # fmt: skip


def test_an_unchanged_post_is_not_written_again(tmp_path: Path) -> None:
    """The second load counts it and touches nothing."""
    load(tmp_path, post())
    before = ask(tmp_path, "select *, (select content_version from warehouse_state) from posts")
    assert load(tmp_path, post(), day=1) == LoadCounts(unchanged=1)
    assert ask(tmp_path, "select *, (select content_version from warehouse_state) from posts") == before


def test_a_changed_post_gets_a_revision_and_keeps_the_old_rows(tmp_path: Path) -> None:
    """Old text, mentions and claims go to the history under the old revision; first_seen_at stays."""
    load(tmp_path, post())
    assert load(tmp_path, post(text="Ahora son 10k GPUs.", content="c2"), day=1) == LoadCounts(changed=1)
    later = NOW + timedelta(days=1)
    assert ask(tmp_path, "select revision, first_seen_at, updated_at from posts") == [(2, NOW, later)]
    assert ask(tmp_path, "select revision, text, updated_at, replaced_at, replaced_by_run from post_revisions") == [
        (1, TEXT, NOW, later, "run-1")
    ]
    assert ask(tmp_path, "select count(*) from mentions") == [(0,)]
    assert ask(tmp_path, "select revision, count(*) from mention_revisions group by all") == [(1, 2)]
    assert ask(tmp_path, "select revision, quote from claim_revisions order by char_start") == [
        (1, "10k GPUs"),
        (1, "70B"),
    ]
    assert ask(tmp_path, "select quote from claims") == [("10k GPUs",)]


def test_new_rules_replace_rows_without_a_revision(tmp_path: Path) -> None:
    """A change of rules is no change of the post: no history, the same dates."""
    load(tmp_path, post())
    again = replace(post(extractor="x2"), extraction=Extraction())
    assert load(tmp_path, again, day=1) == LoadCounts(reextracted=1)
    assert ask(tmp_path, "select revision, extractor, updated_at from posts") == [(1, "x2", NOW)]
    assert ask(tmp_path, "select (select count(*) from claims), (select count(*) from post_revisions)") == [(0, 0)]


def test_a_batch_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """An error in the middle rolls the batch back, and the warehouse goes on working."""
    bad = replace(post("b.md"), content_hash=None)  # type: ignore[arg-type]
    with Warehouse.open(tmp_path / "w.duckdb") as warehouse:
        with pytest.raises(duckdb.ConstraintException):
            warehouse.load([post(), bad], run_id="r", now=NOW)
        assert warehouse.known("blog") == {}
        assert warehouse.load([post()], run_id="r", now=NOW) == LoadCounts(new=1)
        assert warehouse.known("blog") == {"id-a.md": ("c1", "x1")}
        assert warehouse.known("otra") == {}


def test_a_post_that_breaks_a_law_is_turned_away_alone(tmp_path: Path) -> None:
    """It is among the rejects with its reason; the others of the batch are loaded."""
    crooked = replace(post("b.md"), extraction=Extraction((replace(post().extraction.mentions[0], start=0),)))
    counts = load(tmp_path, post(), crooked)
    assert (counts.new, [(r.location, r.stage) for r in counts.rejects]) == (1, [("b.md", "load")])
    assert "'Brisa 2' does not stand at 0-20" in counts.rejects[0].message
    assert ask(tmp_path, "select path from posts") == [("a.md",)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": float("nan")}, "has the value nan"), ({"bound": "about"}, "has bound about"),
        ({"bound": "range", "lower": 1.0}, "range without both ends"), ({"lower": 2e4}, "outside its range"),
        ({"upper": 1.0}, "outside its range"), ({"confidence": 2.0}, "has confidence 2.0"),
        ({"metric": "mood"}, "has metric mood"), ({"end": 3}, "does not stand at 25-3"),
    ],
)  # fmt: skip
def test_each_law_says_what_is_wrong(change: dict[str, Any], words: str) -> None:
    """A claim that breaks it is described in words."""
    claim = replace(post().extraction.claims[0], **change)
    assert words in next(flaws(replace(post(), extraction=Extraction((), (claim,)))))


def test_claim_ids_are_stable_and_never_shared() -> None:
    """The same claim has the same id in another run; two that agree in all that makes the id have two."""
    claim = post().extraction.claims[0]
    first, second = claim_rows("p", [claim, replace(claim, benchmark="MMLU")])
    assert first["claim_id"] == claim_rows("p", [claim])[0]["claim_id"]
    assert first["claim_id"] != second["claim_id"]
    assert claim_rows("q", [claim])[0]["claim_id"] != first["claim_id"]


def test_entities_follow_from_the_posts_alone(tmp_path: Path) -> None:
    """First seen is the earliest dated post that is no draft, in whichever order posts come; a subject is an entity."""
    late, early = post("late.md"), post("early.md", published=datetime(2024, 5, 1, 12, tzinfo=UTC))
    draft = post("draft.md", published=datetime(2020, 1, 1, tzinfo=UTC), draft=True)
    found = []
    for number, posts in enumerate(((late, early, draft), (draft, early, late))):
        home = tmp_path / str(number)
        for day, one in enumerate(posts):
            load(home, one, day=day)
        found.append(ask(home, "from entities order by entity_id"))
    assert found[0] == found[1]
    first = datetime(2024, 5, 1, 12, tzinfo=UTC)
    assert found[0] == [
        ("model:brisa-2", "model", "Brisa 2", "Brisa", "Nube", False, first),
        ("org:nube", "org", "Nube", None, None, True, first),
    ]


def test_an_entity_goes_with_its_last_mention(tmp_path: Path) -> None:
    """When no post names it any more, it is gone."""
    load(tmp_path, post())
    load(tmp_path, post(text="Nada.", content="c2"), day=1)
    assert ask(tmp_path, "from entities") == []


def test_text_survives_as_it_is(tmp_path: Path) -> None:
    """Emoji, zero bytes and combining marks come back; half a surrogate pair becomes one question mark."""
    load(tmp_path, post("a.md", "🤖 n\u0303\x00 10k GPUs"), post("b.md", "x\ud83d 10k GPUs"))
    assert ask(tmp_path, "select text from posts order by path") == [("🤖 n\u0303\x00 10k GPUs",), ("x? 10k GPUs",)]
    assert ask(
        tmp_path,
        "select count(*) from claims as c inner join posts as p on c.post_id = p.post_id"
        " where substring(p.text, c.char_start + 1, c.char_end - c.char_start) = c.quote",
    ) == [(2,)]


def test_a_run_that_was_killed_is_marked_by_the_next(tmp_path: Path) -> None:
    """Its loaded batch stays, the next run says that it was interrupted, and derives what it left undone."""
    load(tmp_path, post(), finish=False)
    assert ask(tmp_path, "select status from runs") == [("running",)]
    assert load(tmp_path, post(), day=1) == LoadCounts(unchanged=1)
    assert ask(tmp_path, "select run_id, status from runs order by run_id") == [
        ("run-0", "interrupted"),
        ("run-1", "ok"),
    ]
    assert ask(tmp_path, "select count(*) from entities") == [(2,)]
    with Warehouse.open(tmp_path / "w.duckdb") as warehouse:
        assert warehouse.interrupted_runs() == ["run-0"]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.unit.test_warehouse import NOW, post
from pipeline.warehouse import Warehouse
warehouse = Warehouse.open(Path(sys.argv[1]) / "w.duckdb")
warehouse.begin_run("run-0", NOW)
warehouse.load([post("a.md")], run_id="run-0", now=NOW)
warehouse.connection.begin()
warehouse.connection.execute("delete from claims")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_is_killed_loses_only_what_was_not_committed(tmp_path: Path) -> None:
    """After kill -9 in the middle of a transaction, the loaded batch is there, whole."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=Path.cwd(), check=False)
    assert done.returncode == -signal.SIGKILL
    assert load(tmp_path, post("a.md"), post("b.md"), day=1) == LoadCounts(new=1, unchanged=1)
    assert ask(tmp_path, "select path, count(*) from posts join claims using (post_id) group by all order by all") == [
        ("a.md", 2), ("b.md", 2),
    ]  # fmt: skip


def test_rejects_and_counts_are_recorded(tmp_path: Path) -> None:
    """What could not be read is kept with the run; the run ends with its numbers."""
    with Warehouse.open(tmp_path / "w.duckdb") as warehouse:
        warehouse.begin_run("r", NOW)
        reject = Reject("blog", "x.md", "parse", "PostError", "blog: x.md: …")
        warehouse.reject([reject], run_id="r", now=NOW)
        warehouse.reject([], run_id="r", now=NOW)
        warehouse.finish_run("r", NOW, status="partial", tallies=[Tally("blog", seen=2, rejects=[reject])])
    assert ask(tmp_path, "select location, seen_at from rejects") == [("x.md", NOW)]
    assert ask(tmp_path, "select status, posts_seen, posts_new, posts_rejected, finished_at from runs") == [
        ("partial", 2, 0, 1, NOW)
    ]


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """Each migration and its record are one transaction; those before it stay."""
    head = "-- purpose: p\n-- grain: g\n-- parameters: none\n"
    first = head + "create table schema_migrations (version integer, name varchar, sha256 varchar);"
    (tmp_path / "0001_first.sql").write_text(first)
    (tmp_path / "0002_second.sql").write_text(head + "create table half (i integer);\nselect no_such_thing;")
    with duckdb.connect() as connection:
        with pytest.raises(duckdb.BinderException):
            migrate(connection, tmp_path)
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        assert tables == [("schema_migrations",)]
        (tmp_path / "0002_second.sql").write_text(head + "create table whole (i integer);")
        assert migrate(connection, tmp_path) == ["second"]
        assert migrate(connection, tmp_path) == []
        (tmp_path / "0002_second.sql").write_text(head + "create table other (i integer);")
        with pytest.raises(WarehouseError, match=r"0002_second\.sql is not what this warehouse was made with"):
            migrate(connection, tmp_path)
        (tmp_path / "0002_second.sql").unlink()
        with pytest.raises(WarehouseError, match="has schema 2, this Recuento knows 1: upgrade"):
            migrate(connection, tmp_path)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """One line with the path and what to do."""
    (tmp_path / "w.duckdb").write_text("no es una base de datos " * 500)
    with pytest.raises(WarehouseError, match=r"w.duckdb: cannot be opened as a DuckDB file; move it away") as raised:
        Warehouse.open(tmp_path / "w.duckdb")
    assert "\n" not in str(raised.value)
