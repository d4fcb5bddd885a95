"""How fast a large warehouse is: publishing it, asking it every named query, and a run in which 1,000 posts changed.

`python tests/bench/bench_warehouse.py [--full] [--keep FOLDER]`; the posts are made from the sample (replicate.sql says
how). `--full` makes 1,000,000 posts with some 12,000,000 claims and as many mentions (5 GB of disk, 8 GB of memory, a
quarter of an hour); without it a tenth. The aims, for the full one on 2 cores: publishing below a minute, every query
below a second, and the run no more than 30 seconds above the same run on a small warehouse.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.config import Paths
from pipeline.ingest import run
from pipeline.publish import publish
from pipeline.records import Claim, Document, Extraction, Mention, Post, Processed
from pipeline.resources import resource
from pipeline.sources import recognise
from pipeline.tally import Tally
from pipeline.warehouse import Warehouse
from pipeline.warehouse.read import named_queries, open_published, run_query
from pipeline.warehouse.sqlfiles import literal, run_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

FULL, TENTH, SMALL, CHANGED = 1_000_000, 100_000, 2_000, 1_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
# what is asked where a query cannot be asked without: those that have the most to read
ASKED = {"subject": "OpenAI", "entity": "OpenAI", "metric": "parameters", "words": "parámetros", "value": 1e12}


@contextmanager
def timed(what: str) -> Iterator[list[float]]:
    """Print how long it took; the seconds are in the list afterwards."""
    took: list[float] = []
    start = time.perf_counter()
    yield took
    took.append(time.perf_counter() - start)
    print(f"{what:45} {took[0]:8.2f} s", flush=True)


def sample(folder: Path) -> Path:
    """The writer's database of the sample posts."""
    run(recognise(resource("data", "sample")), Paths(folder / "base", folder / "base.duckdb"))
    return folder / "base" / "warehouse.duckdb"


def make(base: Path, target: Path, posts: int) -> Path:
    """A writer's database with this many posts."""
    with Warehouse.open(target) as warehouse, timed(f"made {posts} posts"):
        warehouse.begin_run("made", NOW)
        warehouse.connection.execute(f"attach {literal(str(base))} as base (read_only)")
        run_statements(
            warehouse.connection, (Path(__file__).parent / "replicate.sql").read_text("utf-8"), {"posts": posts}
        )
        warehouse.connection.execute("detach base")
        size = warehouse.connection.execute(
            "select (select count(*) from claims), (select count(*) from mentions), (select count(*) from entities),"
            " avg(length(text)) from posts"
        ).fetchone()
    with Warehouse.open(target) as warehouse, timed("entities and copies, all of them"):
        warehouse.derive()
    print(f"  {size[0]} claims, {size[1]} mentions, texts of {size[3]:.0f} characters" if size else "")
    return target


def changed_posts(connection: DuckDBPyConnection) -> list[Processed]:
    """Posts from all over the warehouse, each with a sentence more and the numbers doubled."""
    chosen = {"posts": CHANGED}
    posts = _dicts(connection, "select * from posts order by hash(post_id) limit $posts", chosen)
    ids = {"ids": [row["post_id"] for row in posts]}
    mentions = _dicts(connection, "select * from mentions where post_id in (select unnest($ids))", ids)
    claims = _dicts(connection, "select * from claims where post_id in (select unnest($ids))", ids)
    found: dict[str, tuple[list[Mention], list[Claim]]] = {row["post_id"]: ([], []) for row in posts}
    for row in mentions:
        found[row["post_id"]][0].append(_record(Mention, row))
    for row in claims:
        doubled = {name: row[name] and 2 * row[name] for name in ("value", "lower", "upper")}
        found[row["post_id"]][1].append(_record(Claim, row | doubled))
    return [
        Processed(
            row["post_id"], f"{row['content_hash']}-2", row["extractor"],
            Post(
                row["source_id"], row["path"], Document(f"{row['text']} Corregido."), row["title"], row["author"],
                row["url"], row["published_at"], row["language"], row["is_draft"],
            ),
            Extraction(*map(tuple, found[row["post_id"]])),
        )
        for row in posts
    ]  # fmt: skip


def _dicts(connection: DuckDBPyConnection, sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    found = connection.execute(sql, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _record(kind: type, row: dict[str, Any]) -> Any:
    fields = {name: row[name] for name in kind.__dataclass_fields__ if name in row}  # type: ignore[attr-defined]
    return kind(**fields, start=row["char_start"], end=row["char_end"])


def changing_run(private: Path, public: Path) -> float:
    """Seconds of a run that loads the changed posts and publishes."""
    with Warehouse.open(private) as warehouse:
        posts = changed_posts(warehouse.connection)
    with timed(f"run with {len(posts)} changed posts") as took:
        with Warehouse.open(private) as warehouse:
            warehouse.begin_run("changing", NOW)
            with timed("  loaded"):
                for start in range(0, len(posts), 100):
                    warehouse.load(posts[start : start + 100], run_id="changing", now=NOW)
            with timed("  derived"):
                warehouse.finish_run("changing", NOW, status="ok", tallies=[Tally("made", seen=len(posts))])
        with timed("  published"):
            publish(private, public)
    return took[0]


def ask(public: Path) -> None:
    """Every named query, twice; the slower one first."""
    print(f"{'query':30} {'first':>8} {'again':>8}")
    with closing(open_published(public)) as connection:
        for query in named_queries():
            values = {name: ASKED[name] for name, parameter in query.parameters.items() if parameter.required}
            seconds = []
            for _ in range(2):
                start = time.perf_counter()
                run_query(connection, query.name, values)
                seconds.append(time.perf_counter() - start)
            late = "  over a second" if min(seconds) > 1 else ""
            print(f"{query.name:30} {seconds[0]:8.2f} {seconds[1]:8.2f}{late}", flush=True)


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="1,000,000 posts")
    parser.add_argument("--keep", type=Path, help="make the files here and leave them")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="recuento-bench-") as temporary:
        folder = wanted.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        base = sample(folder)
        small = make(base, folder / "small.duckdb", SMALL)
        publish(small, folder / "small-public.duckdb")
        least = changing_run(small, folder / "small-public.duckdb")
        large, public = make(base, folder / "large.duckdb", FULL if wanted.full else TENTH), folder / "public.duckdb"
        with timed("published, checked whole"):
            publish(large, public)
        print(f"  {large.stat().st_size / 1e9:.2f} GB written, {public.stat().st_size / 1e9:.2f} GB published")
        ask(public)
        most = changing_run(large, public)
        print(f"{'more than on the small warehouse':45} {most - least:8.2f} s")


if __name__ == "__main__":
    main()
