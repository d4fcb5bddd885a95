"""One writer at a time, here and on other machines that share the folder.

On one machine the kernel's lock decides: it goes with its process, however that ends. Shared folders do not always
carry it to other machines; so whoever holds it says who they are, and touches the file every few seconds. One who
has not for a minute is dead.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pipeline.errors import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator

BEAT = 10.0  # seconds between two signs of life
DEAD_AFTER = 60.0  # seconds without one
_GRACE = 0.5  # seconds: `doctor` holds the lock for a moment while it looks
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock, or held it when they died. `machine` changes with every start of the machine."""

    process: int
    host: str
    machine: str
    since: str

    def __str__(self) -> str:
        return f"process {self.process} on {self.host} since {self.since}"


@contextmanager
def exclusive(path: Path, *, wait: float = 0) -> Iterator[None]:
    """Hold the lock while the block runs. Raises WarehouseError where another process holds it, after so many seconds
    of waiting. A lock that a dead process left is taken over.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        remedy = "make it writable for the user who runs Recuento"
        raise WarehouseError(f"{path.parent}: cannot be written ({error.strerror}); {remedy}") from None
    with file:
        _acquire(path, file, max(wait, _GRACE))
        file.truncate(0)
        file.write(json.dumps(asdict(_me())))
        file.flush()
        stop = threading.Event()
        threading.Thread(target=_beat, args=(path, stop), name="recuento-lock", daemon=True).start()
        try:
            yield
        finally:
            stop.set()
            file.truncate(0)


def look(path: Path) -> tuple[Holder | None, bool]:
    """Who is named in the lock file, and whether they are alive. Nobody is named where the last run left in order."""
    try:
        with path.open("r+", encoding="utf-8") as file:
            return _named(file), not _is_free(path, file)
    except FileNotFoundError:
        return None, False


def _acquire(path: Path, file: IO[str], wait: float) -> None:
    end = time.monotonic() + wait
    while not _is_free(path, file):
        if time.monotonic() >= end:
            raise WarehouseError(
                f"{path.parent}: another run is writing here ({_named(file) or 'unknown process'});"
                " wait for it (--wait SECONDS), or stop it, and run again"
            )
        time.sleep(min(0.1, wait))


def _is_free(path: Path, file: IO[str]) -> bool:
    """True where nobody else holds the lock; then we do, until the file is closed."""
    holder = _named(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    else:
        if holder is None or holder.machine == _me().machine:
            return True  # the kernel knows
    if holder is None or _silence(path) > DEAD_AFTER:
        return True
    with suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_UN)
    return False


def _named(file: IO[str]) -> Holder | None:
    file.seek(0)
    try:
        return Holder(**json.loads(file.read()))
    except (ValueError, TypeError):  # empty, or cut short when its writer died
        return None


def _me() -> Holder:
    host = os.uname().nodename
    boot = Path("/proc/sys/kernel/random/boot_id")
    machine = boot.read_text(encoding="ascii").strip() if boot.exists() else host
    return Holder(os.getpid(), host, machine, f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")


def _beat(path: Path, stop: threading.Event) -> None:
    while not stop.wait(BEAT):
        with suppress(OSError):
            os.utime(path)


def _silence(path: Path) -> float:
    """Seconds since the last sign of life, by the clock of whoever keeps the folder: ours may be off."""
    probe = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        probe.touch()
        return probe.stat().st_mtime - path.stat().st_mtime
    finally:
        probe.unlink(missing_ok=True)
