"""The published file is whole, appears at once, and changes only when there is something new."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline import publish as publishing
from pipeline.errors import WarehouseError
from pipeline.publish import publish
from pipeline.records import Reject
from pipeline.warehouse import Warehouse
from pipeline.warehouse.read import open_published, run_query
from tests.unit.test_warehouse import NOW, load, post


def count(path: Path) -> int:
    with open_published(path) as connection:
        return int(run_query(connection, "select count(*) from posts").rows[0][0])


def test_publishing_again_with_nothing_new_leaves_the_file_alone(tmp_path: Path) -> None:
    """Byte for byte the same, though another run has taken place."""
    load(tmp_path, post())
    public = tmp_path / "out" / "public.duckdb"
    assert publish(tmp_path / "w.duckdb", public) is True
    before, inode = public.read_bytes(), public.stat().st_ino
    load(tmp_path, post(), day=1)
    assert publish(tmp_path / "w.duckdb", public) is False
    assert (public.read_bytes(), public.stat().st_ino) == (before, inode)


def test_what_is_new_is_published(tmp_path: Path) -> None:
    """A changed post, another reject and its disappearance each lead to a new file."""
    public = tmp_path / "public.duckdb"
    load(tmp_path, post())
    assert publish(tmp_path / "w.duckdb", public)
    load(tmp_path, post(content="c2"), day=1)
    assert publish(tmp_path / "w.duckdb", public)
    with Warehouse.open(tmp_path / "w.duckdb") as warehouse:
        warehouse.begin_run("run-2", NOW + timedelta(days=2))
        warehouse.reject([Reject("blog", "x", "parse", "PostError", "x")], run_id="run-2", now=NOW)
        warehouse.finish_run("run-2", NOW, status="partial", tallies=[])
    assert publish(tmp_path / "w.duckdb", public)
    assert not publish(tmp_path / "w.duckdb", public)
    load(tmp_path, post(content="c2"), day=3)
    assert publish(tmp_path / "w.duckdb", public)


def test_the_published_file_holds_all_tables_and_rows(tmp_path: Path) -> None:
    """Row for row what the writer's database holds, history too, but for what says that it is not published."""
    load(tmp_path, post(), post("b.md"))
    load(tmp_path, post(text="Otra cosa.", content="c2"), day=1)
    publish(tmp_path / "w.duckdb", tmp_path / "public.duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{tmp_path / 'w.duckdb'}' as w (read_only)")
        connection.execute(f"attach '{tmp_path / 'public.duckdb'}' as p (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'w' and comment not like '%Not published.'"
        ).fetchall()
        assert {("posts",), ("mentions",), ("claims",), ("claim_revisions",), ("entities",), ("runs",)} <= set(tables)
        for (table,) in tables:
            differing = connection.execute(
                f"(from w.{table} except all from p.{table}) union all (from p.{table} except all from w.{table})"
            )
            assert differing.fetchall() == [], table


def test_readers_keep_what_they_opened(tmp_path: Path) -> None:
    """Five readers in a process of their own go on reading the old file; who opens now sees the new one."""
    public = tmp_path / "public.duckdb"
    load(tmp_path, post())
    publish(tmp_path / "w.duckdb", public)
    reader = (
        "import sys, duckdb\n"
        "opened = [duckdb.connect(sys.argv[1], read_only=True) for _ in range(5)]\n"
        "print('open', flush=True); sys.stdin.readline()\n"
        "print([c.execute('select count(*) from posts').fetchone()[0] for c in opened])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", reader, str(public)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with open_published(public) as mine:
            load(tmp_path, post("b.md"), day=1)
            assert publish(tmp_path / "w.duckdb", public)
            assert mine.execute("select count(*) from posts").fetchone() == (1,)
            assert count(public) == 2
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "[1, 1, 1, 1, 1]\n"


def test_a_published_file_that_someone_opened_for_writing_is_replaced(tmp_path: Path) -> None:
    """A careless analyst does not stop ingestion."""
    public = tmp_path / "public.duckdb"
    load(tmp_path, post())
    publish(tmp_path / "w.duckdb", public)
    writer = "import sys, duckdb\nc = duckdb.connect(sys.argv[1])\nprint('open', flush=True); sys.stdin.readline()\n"
    with subprocess.Popen(
        [sys.executable, "-c", writer, str(public)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(WarehouseError, match="another program has it open for writing"):
            open_published(public)
        load(tmp_path, post("b.md"), day=1)
        assert publish(tmp_path / "w.duckdb", public)
        assert count(public) == 2
        process.stdin.write("\n")
        process.stdin.flush()


def test_a_check_that_fails_stops_publishing(tmp_path: Path) -> None:
    """The message names the check and a row; the published file stays as it was, nothing is left beside it."""
    public = tmp_path / "public.duckdb"
    load(tmp_path, post())
    publish(tmp_path / "w.duckdb", public)
    before = public.read_bytes()
    load(tmp_path, post("b.md"), day=1)
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        connection.execute("update mentions set char_start = 0")
    with pytest.raises(WarehouseError, match=r"check spans failed .* Found of_table=mentions, .*: not published"):
        publish(tmp_path / "w.duckdb", public)
    assert public.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["public.duckdb", "w.duckdb"]


@pytest.mark.parametrize("content", ["duckdb", "text"])
def test_a_file_of_someone_else_is_not_overwritten(tmp_path: Path, content: str) -> None:
    """Neither another DuckDB database nor anything else at that path is lost."""
    public = tmp_path / "mine.duckdb"
    if content == "duckdb":
        with duckdb.connect(str(public)) as connection:
            connection.execute("create table mine (i integer)")
    else:
        public.write_text("mis notas " * 1000)
    before = public.read_bytes()
    load(tmp_path, post())
    with pytest.raises(WarehouseError, match=r"mine.duckdb is in the way: not made by Recuento"):
        publish(tmp_path / "w.duckdb", public)
    assert public.read_bytes() == before


def test_what_a_killed_publisher_left_is_swept_away(tmp_path: Path) -> None:
    """Half files of an earlier run do not pile up, and never carry the published name."""
    load(tmp_path, post())
    half = tmp_path / ".public.duckdb.4711.new"
    half.write_bytes(b"half")
    half.with_name(".public.duckdb.4711.new.wal").write_bytes(b"")
    half.with_name(".public.duckdb.4711.new.tmp").mkdir()
    publish(tmp_path / "w.duckdb", tmp_path / "public.duckdb")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["public.duckdb", "w.duckdb"]


WRITER = """
import os, signal, sys, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("pragma disable_checkpoint_on_shutdown; create table mine as from range(10)")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_log_of_a_writer_that_died_does_not_spoil_the_next_file(tmp_path: Path) -> None:
    """What an analyst wrote into the published file is gone with it; the new file opens."""
    public = tmp_path / "public.duckdb"
    load(tmp_path, post())
    publish(tmp_path / "w.duckdb", public)
    subprocess.run([sys.executable, "-c", WRITER, str(public)], check=False)
    assert (tmp_path / "public.duckdb.wal").exists()
    load(tmp_path, post("b.md"), day=1)
    assert publish(tmp_path / "w.duckdb", public)
    assert count(public) == 2
    with duckdb.connect(str(public), read_only=True) as connection:
        assert connection.execute("select 1 from duckdb_tables() where table_name = 'mine'").fetchall() == []


def test_a_failure_while_building_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full at the last step, readers still have what was there."""
    public = tmp_path / "public.duckdb"
    load(tmp_path, post())
    publish(tmp_path / "w.duckdb", public)
    load(tmp_path, post("b.md"), day=1)

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(publishing, "_sync", full)
    with pytest.raises(OSError, match="No space left"):
        publish(tmp_path / "w.duckdb", public)
    assert count(public) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["public.duckdb", "w.duckdb"]


def test_a_missing_warehouse_says_what_to_do(tmp_path: Path) -> None:
    """Before the first run there is nothing to read or publish."""
    with pytest.raises(WarehouseError, match="no published warehouse here; run `recuento ingest` first"):
        open_published(tmp_path / "public.duckdb")
    with pytest.raises(WarehouseError, match="no warehouse to publish"):
        publish(tmp_path / "w.duckdb", tmp_path / "public.duckdb")


def test_the_published_file_can_be_used_without_recuento(tmp_path: Path) -> None:
    """Opened by plain DuckDB in any zone, views and macros work and days stay days."""
    load(tmp_path, post())
    publish(tmp_path / "w.duckdb", tmp_path / "public.duckdb")
    with duckdb.connect(str(tmp_path / "public.duckdb"), read_only=True) as connection:
        connection.execute("set TimeZone = 'America/Los_Angeles'")
        assert connection.execute("select month, name, posts from monthly_mentions").fetchall() == [
            (post().post.published.date().replace(day=1), "Brisa 2", 1)  # type: ignore[union-attr]
        ]
        assert connection.execute("select count(*) from mentions_per('week')").fetchone() == (1,)
    assert not (tmp_path / "public.duckdb.wal").exists()
