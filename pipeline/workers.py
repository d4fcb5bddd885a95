"""Work on all cores, in order, with bounded memory."""

from __future__ import annotations

import os
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

A = TypeVar("A")
R = TypeVar("R")


def cores() -> int:
    """The number of cores this process may use."""
    return len(os.sched_getaffinity(0))


def _leave_with_parent() -> None:
    """Let this worker end when the process that asked for it is gone: killed, it cannot tell its workers to."""
    parent = parent_process()

    def wait() -> None:
        if parent:
            parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def parallel(function: Callable[[A], R], items: Iterable[A], workers: int | None = None) -> Iterator[tuple[A, R]]:
    """Each item with the function's result for it, in the order of the items.

    Items are taken as they are needed: at most two per worker are under way. A single item is worked on here, since
    starting processes takes longer than a batch.

    >>> list(parallel(len, ["uno"]))
    [('uno', 3)]
    """
    workers = workers or cores()
    items = iter(items)
    first = list(islice(items, 2))
    if len(first) < 2 or workers == 1:
        yield from ((item, function(item)) for item in chain(first, items))
        return
    context = get_context("forkserver")  # fork would copy DuckDB's and Prefect's threads in whatever state they are
    context.set_forkserver_preload(["pipeline.warm"])
    waiting: deque[tuple[A, Future[R]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_with_parent) as pool:
        try:
            for item in chain(first, items):
                waiting.append((item, pool.submit(function, item)))
                if len(waiting) > 2 * workers:
                    done, future = waiting.popleft()
                    yield done, future.result()
            while waiting:
                done, future = waiting.popleft()
                yield done, future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
