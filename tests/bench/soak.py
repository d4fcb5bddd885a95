"""Years of it: many runs in one process on a small tree, with small changes and retention; neither memory nor time grow.

`python -m tests.bench.soak [RUNS]` prints rate and memory as it goes, and fails where the last tenth takes much longer
than the second tenth (the first warms up), or where memory or files grew. Every fifth run finds an edited post.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.config import Paths
from pipeline.find import find_sources
from pipeline.ingest import Ingestion
from pipeline.operate.retention import Retention
from pipeline.process import process_batch

SLOWER, LARGER = 1.5, 1.25  # what the last tenth may take of the second's time, memory and disk
KEPT = Retention(raw_days=1, revisions=2, runs=50, rejects=5)
POST = "---\ntitle: Entrada {n}\ndate: 2025-01-{n:02}\n---\nDicen que GPT-4 se entrenó con {gpus} GPU.\n"


def one_run(site: Path, paths: Paths, now: datetime) -> None:
    """A run as the command line does it, at a time of our own."""
    with Ingestion(paths, now=lambda: now, retention=KEPT) as ingestion:
        for source in ingestion.due(find_sources([site], None)[0]):
            for raws in ingestion.fetch(source):
                ingestion.load(source.id, process_batch(raws))
        assert ingestion.finish().status == "ok"


def resident() -> float:
    """Memory of this process in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def on_disk(folder: Path) -> float:
    """What lies in the folder, in MB."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def soak(runs: int, folder: Path) -> list[tuple[float, float, float]]:
    """Of each tenth: seconds a run (median), memory and disk in MB."""
    site, paths = folder / "cuaderno", Paths(folder / "home", folder / "recuento.duckdb", search=False)
    (site / "content").mkdir(parents=True)
    tenths, seconds = [], []
    start = datetime.now(UTC)
    for number in range(runs):
        if number % 5 == 0:
            n = number // 5 % 8 + 1
            (site / "content" / f"{n}.md").write_text(POST.format(n=n, gpus=1000 + number), encoding="utf-8")
        began = time.monotonic()
        one_run(site, paths, start + timedelta(hours=6 * number))
        seconds.append(time.monotonic() - began)
        if len(seconds) == runs // 10:
            tenths.append((statistics.median(seconds), resident(), on_disk(folder)))
            print(
                "{:6} runs: {:.3f} s a run, {:.0f} MB of memory, {:.2f} MB on disk".format(number + 1, *tenths[-1]),
                flush=True,
            )
            seconds.clear()
    return tenths


def main(runs: int) -> None:
    """Exit 1 where something grew."""
    with tempfile.TemporaryDirectory(prefix="recuento-soak-") as folder:
        tenths = soak(runs, Path(folder))
    names, bounds = ("time", "memory", "disk"), (SLOWER, LARGER, LARGER)
    grown = []
    for name, bound, before, after in zip(names, bounds, tenths[1], tenths[-1], strict=True):
        print(f"{name}: {after / before:.2f} times what it was (at most {bound})")
        grown += [name] if after > bound * before else []
    sys.exit(f"grown: {', '.join(grown)}" if grown else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
