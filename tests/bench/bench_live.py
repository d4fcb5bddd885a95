"""How fast Substack publications are taken in over HTTP, from stand-ins on 127.0.0.1.

One of 1,000 and one of 3,000 posts of some 450 words and 15 numbers each, without delay: fetched only, fetched to
published, and again with nothing new. Memory is the peak of the ingesting process, which must not grow with the number
of posts. Then four hosts of 30 posts, with a pause of 0.5 s between two requests to the same one: one after another, and
together; `python -m tests.bench.bench_live hosts` does only that.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pipeline.config import resolve_paths
from pipeline.http.settings import FetchSettings
from pipeline.ingest import Fetching, Ingestion, run
from pipeline.sources.live import LiveSource
from tests.integration.server import Publication, serving

FETCHING = Fetching(FetchSettings(delay=0, allow_private=True))
SPAWN = get_context("spawn")


def paragraph(post: int, number: int) -> str:
    claim = f"La entrega {post} dice en {number} que GPT-4 costó {post + 10} millones de dólares. "
    return f"<p>{claim}{'La red tiene muchas capas y nadie sabe muy bien qué hace cada una de ellas. ' * 6}</p>"


def serve(posts: int, told: Any, stop: Any) -> None:
    with serving() as server:
        publication = Publication(server)
        for post in range(posts):
            publication.add(f"entrega-{post}", "".join(paragraph(post, number) for number in range(5)))
        told.put(server.url)
        stop.wait()


@contextmanager
def publication(posts: int) -> Iterator[str]:
    """The address of a publication served by a process of its own, as the web is."""
    told, stop = SPAWN.Queue(), SPAWN.Event()
    process = SPAWN.Process(target=serve, args=(posts, told, stop))
    process.start()
    try:
        yield told.get()
    finally:
        stop.set()
        process.join()


def fetch_only(url: str, home: str) -> int:
    with Ingestion(resolve_paths(None, {"RECUENTO_HOME": f"{home}/fetched"}), fetching=FETCHING) as ingestion:
        for _ in ingestion.fetch(LiveSource("banco", url, "substack")):
            pass
        return ingestion.client.requests


def end_to_end(url: str, home: str) -> int:
    done = run([LiveSource("banco", url, "substack")], resolve_paths(None, {"RECUENTO_HOME": home}), fetching=FETCHING)
    assert done.status == "ok", done.rejects
    return done.requests


def measured(work: Callable[[], int]) -> tuple[float, int, float]:
    """Seconds, requests, and the peak of memory in MB."""
    start = time.perf_counter()
    requests = work()
    return time.perf_counter() - start, requests, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def several(hosts: int, urls: list[str], home: str) -> int:
    fetching = Fetching(FetchSettings(delay=0.5, hosts=hosts, allow_private=True))
    sources = [LiveSource(f"banco-{number}", url, "substack") for number, url in enumerate(urls)]
    done = run(sources, resolve_paths(None, {"RECUENTO_HOME": home}), fetching=fetching)
    assert done.status == "ok", done.rejects
    return done.requests


def one_publication(posts: int) -> None:
    with publication(posts) as url, tempfile.TemporaryDirectory() as home:
        for name, work in (("fetch only", fetch_only), ("fetch to published", end_to_end), ("again", end_to_end)):
            show(posts, name, partial(work, url, home))


def several_hosts(posts: int) -> None:
    with ExitStack() as stack:
        urls = [stack.enter_context(publication(posts)) for _ in range(4)]
        for hosts in (1, 4):
            home = stack.enter_context(tempfile.TemporaryDirectory())
            show(4 * posts, f"4 hosts, {hosts} at a time", partial(several, hosts, urls, home))


def show(posts: int, name: str, work: Callable[[], int]) -> None:
    with ProcessPoolExecutor(1, mp_context=SPAWN) as fresh:
        seconds, requests, peak = fresh.submit(measured, work).result()
    print(f"{posts:5}  {name:20} {seconds:7.1f} {posts / seconds:8.0f} {requests:8} {peak:8.0f}", flush=True)


def main() -> None:
    print(f"{'posts':>5}  {'what':20} {'seconds':>7} {'posts/s':>8} {'requests':>8} {'peak MB':>8}")
    for posts in (1000, 3000) if sys.argv[1:] != ["hosts"] else ():
        one_publication(posts)
    several_hosts(30)


if __name__ == "__main__":
    main()
