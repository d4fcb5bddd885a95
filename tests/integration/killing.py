"""Runs on a small tree, killed at random moments, each followed by one that is left in peace.

`python -m tests.integration.killing SEED TIMES` prints a JSON line a kill: phase, what `doctor` said, whether the published file was
whole, and whether the rows after the next run are those of an undisturbed run. One process loads what a run needs and forks; so a kill costs about a second.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.conftest import rows

PHASES = ("fetch", "extract", "load", "publish")
POST = "---\ntitle: Entrada {n}\ndate: 2025-01-{n:02}\n---\nDicen que GPT-4 se entrenó con {gpus} GPU. {more}\n"


def write_tree(site: Path, *, changed: bool = False) -> None:
    """A few posts; `changed` edits some, adds one and deletes one."""
    (site / "content").mkdir(parents=True, exist_ok=True)
    for n in range(1, 9):
        gpus = 25000 + n + (100 if changed and n in {2, 3} else 0)
        (site / "content" / f"{n}.md").write_text(POST.format(n=n, gpus=gpus, more="Llama 3 tiene 70B parámetros."))
    if changed:
        (site / "content" / "9.md").write_text(POST.format(n=9, gpus=9000, more="Y Claude 3."))
        (site / "content" / "8.md").unlink()


class Phases:
    """Which phase a forked run is in: one byte of shared memory."""

    def __init__(self) -> None:
        self.shared = mmap.mmap(-1, 1)

    def mark(self, phase: str, function: Callable[..., object]) -> Callable[..., object]:
        def marked(*args: object, **options: object) -> object:
            self.shared[0] = PHASES.index(phase) + 1
            return function(*args, **options)

        return marked

    def wait_for(self, phase: str, child: int) -> None:
        while (
            self.shared[0] < PHASES.index(phase) + 1
            and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        ):
            time.sleep(0.0005)


def fork_run(site: Path, home: Path, phases: Phases) -> int:
    """The id of a child that runs once and leaves with 0 if all went well."""
    phases.shared[0] = 0
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        from pipeline import ingest
        from pipeline.config import Paths
        from pipeline.find import find_sources

        ingest.process_batch = phases.mark("extract", ingest.process_batch)
        ingest.publish = phases.mark("publish", ingest.publish)
        ingest.Ingestion.fetch = phases.mark("fetch", ingest.Ingestion.fetch)
        ingest.Ingestion.load = phases.mark("load", ingest.Ingestion.load)
        sources, failures = find_sources([site], None)
        done = ingest.run(
            sources, Paths(home, home.parent / "recuento.duckdb", search=False), workers=1, failures=failures
        )
        code = 0 if done.status == "ok" else 2
    finally:
        os._exit(code)


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def durations(site: Path, home: Path, phases: Phases) -> dict[str, float]:
    """How long each phase takes, in seconds."""
    child = fork_run(site, home, phases)
    began = dict.fromkeys(PHASES, time.monotonic())
    for phase in PHASES:
        phases.wait_for(phase, child)
        began[phase] = time.monotonic()
    assert ended(child) == 0
    ends = [*(began[phase] for phase in PHASES[1:]), time.monotonic()]
    return {phase: end - began[phase] for phase, end in zip(PHASES, ends, strict=True)}


def in_child(function: Callable[[], object]) -> object:
    """What the function gives, worked out in a process of its own: DuckDB must not be opened before a fork."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException), os.fdopen(writer, "w") as pipe:
            json.dump(function(), pipe, default=str)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    ended(child)
    return json.loads(text)


def state(home: Path) -> list[str]:
    from pipeline.config import Paths
    from pipeline.operate.doctor import examine

    found = examine(Paths(home, home.parent / "recuento.duckdb", search=False))
    return [finding.remark for finding in found if finding.check in {"lock", "state"}]


def killed_once(
    site: Path, place: Path, phases: Phases, phase: str, *, delay: float, wanted: tuple[object, object]
) -> dict[str, object]:
    """What a run killed so long after the beginning of a phase leaves, and what the next run makes of it."""
    child = fork_run(site, place / "home", phases)
    phases.wait_for(phase, child)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    killed = ended(child) == -signal.SIGKILL
    said = in_child(lambda: state(place / "home"))
    whole = in_child(lambda: rows(place / "recuento.duckdb")) in wanted
    again = ended(fork_run(site, place / "home", phases))
    same = in_child(lambda: rows(place / "recuento.duckdb")) == wanted[1]
    after = in_child(lambda: state(place / "home"))
    found = {"phase": phase, "delay": delay, "killed": killed, "said": said, "whole": whole}
    return found | {"again": again, "same": same, "after": after}


def main(seed: int, times: int) -> None:
    from pipeline.process import process_batch
    from pipeline.publish import search  # noqa: F401 -- loaded before the forks
    from pipeline.sources import recognise

    chance = random.Random(seed)
    phases = Phases()
    base = Path(tempfile.mkdtemp(prefix="recuento-kill-"))
    try:
        old, new = base / "old" / "cuaderno", base / "new" / "cuaderno"
        write_tree(old)
        write_tree(new, changed=True)
        process_batch([post for source in recognise(old) for post in source.posts()][:1])
        start, calm = base / "start", base / "calm"
        taken = durations(old, start / "home", phases)
        shutil.copytree(start, calm)
        durations(new, calm / "home", phases)
        before = in_child(lambda: rows(start / "recuento.duckdb"))
        expected = in_child(lambda: rows(calm / "recuento.duckdb"))
        for number in range(times):
            phase = PHASES[number % len(PHASES)]
            place = base / f"{number}"
            shutil.copytree(start, place)
            delay = chance.uniform(0, taken[phase])
            said = killed_once(new, place, phases, phase, delay=delay, wanted=(before, expected))
            print(json.dumps(said), flush=True)
            shutil.rmtree(place)
    finally:
        shutil.rmtree(base)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
