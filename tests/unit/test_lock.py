"""One writer at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import WarehouseError
from pipeline.operate import lock

HOLD = "import sys, time; from pathlib import Path; from pipeline.operate.lock import exclusive\nwith exclusive(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(float(sys.argv[2]))"


def holder(path: Path, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path), str(seconds)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    process.stdout.close()
    return process


def of_another_machine(path: Path, *, silent_for: float) -> None:
    path.write_text(json.dumps({"process": 7, "host": "far", "machine": "another", "since": "2026-01-01 00:00:00 UTC"}))
    moment = time.time() - silent_for
    os.utime(path, (moment, moment))


def test_the_second_leaves_and_says_who_is_there(tmp_path: Path) -> None:
    """The message names process, machine and time, and what can be done."""
    path = tmp_path / "lock"
    process = holder(path, 60)
    with pytest.raises(WarehouseError, match=rf"process {process.pid} on \S+ since .*--wait"), lock.exclusive(path):
        pass
    assert lock.look(path)[1]
    process.kill()
    process.wait()


def test_the_second_waits(tmp_path: Path) -> None:
    """Given time to wait, it goes on as soon as the first is done."""
    path = tmp_path / "lock"
    process = holder(path, 1)
    with lock.exclusive(path, wait=60):
        found, alive = lock.look(path)
    assert process.wait() == 0
    assert alive
    assert found is not None
    assert found.process == os.getpid()
    assert lock.look(path) == (None, False)


def test_a_lock_left_by_a_dead_process(tmp_path: Path) -> None:
    """It is recognised as such, and taken over at once."""
    path = tmp_path / "lock"
    process = holder(path, 60)
    process.kill()
    process.wait()
    found, alive = lock.look(path)
    assert found is not None
    assert (found.process, alive) == (process.pid, False)
    with lock.exclusive(path):
        pass


def test_another_machine_that_shows_signs_of_life(tmp_path: Path) -> None:
    """Where the kernel knows nothing of the holder, its last sign of life decides."""
    path = tmp_path / "lock"
    of_another_machine(path, silent_for=5)
    with pytest.raises(WarehouseError, match="process 7 on far"), lock.exclusive(path):
        pass
    assert lock.look(path)[1]


def test_another_machine_that_is_silent(tmp_path: Path) -> None:
    """A holder without a sign of life for over a minute is dead."""
    path = tmp_path / "lock"
    of_another_machine(path, silent_for=lock.DEAD_AFTER + 5)
    assert not lock.look(path)[1]
    with lock.exclusive(path):
        found, _ = lock.look(path)
    assert found is not None
    assert found.process == os.getpid()


def test_signs_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The holder touches the file while it works."""
    monkeypatch.setattr(lock, "BEAT", 0.01)
    path = tmp_path / "lock"
    with lock.exclusive(path):
        os.utime(path, (0, 0))
        while path.stat().st_mtime == 0:  # the test's time limit ends this
            time.sleep(0.01)
    assert path.read_text() == ""


def test_a_lock_cut_short(tmp_path: Path) -> None:
    """What a writer left half written names nobody, and stops nobody."""
    path = tmp_path / "lock"
    path.write_text('{"process": 7, "ho')
    with lock.exclusive(path):
        pass
