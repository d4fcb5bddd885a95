"""Reading several hosts at the same time, each of them as politely as if it were the only one.

Who waits for an answer does nothing else; so a thread reads each host, its sources one after another, and a host that
hangs or is slow keeps nobody waiting but itself. What they read goes through one short queue: where that is full they
wait, so that no more is held than is worked on.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from queue import Full, Queue
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from pipeline.sources.live import LiveSource

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from pipeline.sources import Source

G = TypeVar("G")
R = TypeVar("R")
_TICK = 0.2  # seconds between two looks whether all is over
_PATIENCE = 3.0  # seconds for threads to end
_HERE = ""  # the host of files on this machine
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "net", "nom", "org"})  # .com.ar, .co.uk


def host_of(source: Source) -> str:
    """Whose patience a source costs. What belongs to one name is one host's: newsletters of Substack share its servers.

    >>> names = ("uno.substack.com", "www.ejemplo.org", "blog.ejemplo.com.ar", "10.0.0.1:81")
    >>> [host_of(LiveSource("a", f"https://{name}/feed")) for name in names]
    ['substack.com', 'ejemplo.org', 'ejemplo.com.ar', '10.0.0.1:81']
    """
    if not isinstance(source, LiveSource):
        return _HERE
    address = source.address.removeprefix("git+")
    place = urlsplit(address if "://" in address else f"ssh://{address.replace(':', '/', 1)}")
    try:
        ip_address(place.hostname or "")
    except ValueError:
        labels = (place.hostname or _HERE).split(".")
        of_country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
        return ".".join(labels[-3 if of_country else -2 :])
    return place.netloc


def by_host(sources: Iterable[Source]) -> list[list[Source]]:
    """The sources of each host, both in the order given."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(host_of(source), []).append(source)
    return list(groups.values())


def read_together(groups: Sequence[G], read: Callable[[G], Iterator[R]], at_once: int) -> Generator[R, None, None]:
    """What `read` gives for each group, as it comes; of one group in its order. At most `at_once` are read at a time.

    An error in one of them is raised here. One group alone is read without a thread.

    >>> list(read_together([[1, 2]], iter, at_once=4)), sorted(read_together([[1, 2], [3]], iter, at_once=4))
    ([1, 2], [1, 2, 3])
    """
    if min(len(groups), at_once) < 2:
        for group in groups:
            yield from read(group)
        return
    waiting, over = deque(groups), threading.Event()
    results: Queue[R | _Ended] = Queue(at_once)
    threads = [
        threading.Thread(target=_work, args=(waiting, read, results, over), daemon=True)
        for _ in range(min(len(groups), at_once))
    ]
    for thread in threads:
        thread.start()
    try:
        yield from _until_ended(results, len(threads))
    finally:  # also where the caller wants no more: who hangs in an answer is left behind
        over.set()
        end = time.monotonic() + _PATIENCE
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))


@dataclass(frozen=True, slots=True)
class _Ended:
    """A thread has nothing more to read, or failed."""

    error: BaseException | None = None


def _until_ended(results: Queue[R | _Ended], running: int) -> Iterator[R]:
    while running:
        item = results.get()
        if not isinstance(item, _Ended):
            yield item
            continue
        running -= 1
        if item.error:
            raise item.error


def _work(
    waiting: deque[G], read: Callable[[G], Iterator[R]], results: Queue[R | _Ended], over: threading.Event
) -> None:
    """Read group after group, as long as there are some and anybody wants them."""
    ended = _Ended()
    try:
        with suppress(IndexError):  # none left
            while group := waiting.popleft():
                for result in read(group):
                    if not _put(results, result, over):
                        return
    except BaseException as error:  # noqa: BLE001 -- it is raised where the results are asked for
        ended = _Ended(error)
    _put(results, ended, over)


def _put(results: Queue[R | _Ended], item: R | _Ended, over: threading.Event) -> bool:
    """Hand on; False where nobody wants it any more."""
    while not over.is_set():
        with suppress(Full):
            results.put(item, timeout=_TICK)
            return True
    return False
