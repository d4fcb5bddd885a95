"""A year of 10,000 posts: how long its digests and its report take, how large the report is, when it is first painted.

Run by `make bench`. The posts are those of a published warehouse (the sample's, or of the file given as argument), copied
over the days of a year, each copy with numbers and letters of its own, so that it compresses no better than new posts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from pipeline.digest import write_digests
from pipeline.publish import install_views
from pipeline.report import write_report
from pipeline.resources import resource
from pipeline.warehouse.read import open_published
from tests.chrome import CHROMIUM, chromium

POSTS = 10_000
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
COPY = """
create temp table old as select post_id, row_number() over (order by post_id) as n from posts where published_on is not null;
create temp table made as
select
    o.post_id as old_id,
    left(md5(concat(o.post_id, i.i)), 16) as new_id,
    i.i,
    date '2025-12-31' - cast(hash(concat(o.post_id, i.i)) % 365 as integer) as day
from range($copies) as i (i)
cross join old as o
where i.i * (select count(*) from old) + o.n <= $posts;
create temp table copied_posts as
select p.* replace (
    m.new_id as post_id, m.day as published_on, cast(m.day as timestamp) at time zone 'UTC' as published_at,
    concat(p.path, '.', m.i) as path, concat('https://', p.source_id, '.example/', m.new_id) as url,
    null as duplicate_of, false as is_draft,
    translate(p.text, $alphabet, concat(substr($alphabet, m.i % 26 + 1), left($alphabet, m.i % 26))) as text
)
from made as m inner join posts as p on m.old_id = p.post_id;
create temp table copied_mentions as
select x.* replace (m.new_id as post_id) from made as m inner join mentions as x on m.old_id = x.post_id;
create temp table copied_claims as
select x.* replace (
    m.new_id as post_id, left(md5(concat(x.claim_id, m.i)), 16) as claim_id, x.value * (1 + m.i % 40 / 20) as value
)
from made as m inner join claims as x on m.old_id = x.post_id;
"""


def a_year(base: Path, home: Path) -> Path:
    """A published warehouse of 10,000 posts out of the posts of another."""
    made = home / "year.duckdb"
    shutil.copy(base, made)
    with duckdb.connect(str(made)) as connection:
        ((posts,),) = connection.execute("select count(*) from posts where published_on is not null").fetchall()
        values = {"copies": POSTS // posts + 1, "posts": POSTS, "alphabet": ALPHABET}
        for statement in COPY.split(";\n")[:-1]:
            connection.execute(statement, {name: value for name, value in values.items() if f"${name}" in statement})
        for table in ("claims", "mentions", "posts"):
            connection.execute(f"delete from {table}")
            connection.execute(f"insert into {table} by name from copied_{table}")
        install_views(connection)
    return made


def sample(home: Path) -> Path:
    """The sample posts, published."""
    command = [sys.executable, "-m", "pipeline.cli", "ingest", str(resource("data", "sample"))]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"RECUENTO_HOME": str(home)})
    return home / "recuento.duckdb"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="recuento-bench-") as folder:
        home = Path(folder)
        base = Path(sys.argv[1]) if sys.argv[1:] else sample(home)
        with open_published(a_year(base, home)) as connection:
            ((posts, claims),) = connection.execute(
                "select (select count(*) from originals), (select count(*) from claims)"
            ).fetchall()
            print(f"{posts} posts of a year with {claims} claims")
            started = time.perf_counter()
            write_digests(connection, *YEAR, home / "digests")
            print(f"digests of the year   {time.perf_counter() - started:6.2f} s   (aim: under 5)")
            started = time.perf_counter()
            write_report(connection, home / "report.html")
            print(f"report                {time.perf_counter() - started:6.2f} s   (aim: under 20)")
        print(f"its size              {(home / 'report.html').stat().st_size / 1e6:6.2f} MB  (aim: under 5)")
        if not CHROMIUM:
            print("first paint           not measured: Chromium is not installed")
            return
        with chromium() as page:
            page.open(home / "report.html")
            painted = page.run("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
            filled = page.run("performance.getEntriesByName('filled')[0].startTime") / 1000
            print(f"first paint           {painted:6.2f} s   (aim: under 1)\ntable of claims       {filled:6.2f} s")


if __name__ == "__main__":
    main()
