"""Analysts read while ingestion runs: five processes of plain DuckDB on the published file, again and again."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from pipeline.publish import publish
from tests.unit.test_warehouse import load, post

READER = """
import json, sys, threading, time, duckdb
seen, stop = [], threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
with duckdb.connect(sys.argv[1], read_only=True) as held:
    while True:
        last = stop.is_set()  # after the word to stop, once more
        with duckdb.connect() as connection:
            connection.execute(f"attach '{sys.argv[1]}' as w (read_only)")
            seen.append(connection.execute(
                "select (select count(*) from w.posts), (select count(*) from w.claims),"
                " (select sum(posts) from w.entity_totals)"
            ).fetchone())
        if len(seen) == 1:
            print("reading", flush=True)
        if last:
            break
        time.sleep(0.3)  # leaves the writer some of the machine
    print(json.dumps([sorted(set(seen)), held.execute("select count(*) from posts").fetchone()[0]]))
"""
PUBLISHED = 6


def test_five_readers_while_ingestion_runs(tmp_path: Path) -> None:
    """Each opening finds a file that is whole, the last one the newest; who holds a file open keeps it."""
    private, public = tmp_path / "w.duckdb", tmp_path / "public.duckdb"
    load(tmp_path, post("0.md"))
    publish(private, public)
    with ExitStack() as stack:
        readers = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", READER, str(public)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                )
            )
            for _ in range(5)
        ]  # fmt: skip
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "reading\n"
        for number in range(1, PUBLISHED):
            load(tmp_path, post(f"{number}.md"), day=number)
            assert publish(private, public)
        for reader in readers:
            answer, errors = reader.communicate("stop\n", timeout=60)
            assert (reader.returncode, errors) == (0, "")
            seen, held = json.loads(answer)
            assert all((claims, named) == (2 * posts, posts) for posts, claims, named in seen)
            assert {posts for posts, _, _ in seen} <= set(range(1, PUBLISHED + 1))
            assert seen[-1][0] == PUBLISHED
            assert held == 1
