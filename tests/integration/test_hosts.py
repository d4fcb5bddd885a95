"""Several hosts in one run: read at the same time, each politely, and none at the others' cost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipeline.config import Paths
from pipeline.hosts import by_host, host_of, read_together
from pipeline.http.client import Client
from pipeline.http.settings import FetchSettings
from pipeline.ingest import Fetching, run
from pipeline.sources.live import LiveSource
from pipeline.tally import Summary
from tests.conftest import rows
from tests.integration.server import Answer, Publication, Request, Server, serving

FAST = FetchSettings(delay=0, first_wait=0.01, attempts=1, timeout=2, allow_private=True)


@pytest.fixture
def hosts() -> Iterator[list[Server]]:
    """Three publications, each a host of its own: another port."""
    with ExitStack() as stack:
        servers = [stack.enter_context(serving()) for _ in range(3)]
        for number, server in enumerate(servers):
            publication = Publication(server, title=f"Cuaderno {number}")
            for post in range(5):
                publication.add(
                    f"entrega-{post}", f"<p>Según el número {number}, GPT-4 costó {post + 10} millones de $.</p>"
                )
        yield servers


def slow(server: Server, seconds: float, until: threading.Event | None = None) -> None:
    """Let the server think before each post; until something else happened, if that is given."""
    answer = server.routes["/api/v1/posts/*"]

    def route(request: Request) -> Answer:
        if until is not None:
            until.wait(seconds)
        else:
            time.sleep(seconds)
        return answer if isinstance(answer, Answer) else answer(request)

    server.routes["/api/v1/posts/*"] = route


def read(home: Path, servers: list[Server], settings: FetchSettings = FAST) -> tuple[Summary, Paths]:
    paths = Paths(home, home.parent / f"{home.name}.duckdb", search=False)
    sources = [LiveSource(f"s{number}", server.url, "substack") for number, server in enumerate(servers)]
    return run(sources, paths, workers=1, fetching=Fetching(settings)), paths


def test_hosts_do_not_wait_for_each_other(hosts: list[Server], tmp_path: Path) -> None:
    """The first host answers only once the last was asked for its last post: one after the other, it never would."""
    all_asked = threading.Event()
    last = hosts[-1].routes["/api/v1/posts/*"]

    def route(request: Request) -> Answer:
        if request.path.endswith("entrega-0"):
            all_asked.set()
        return last if isinstance(last, Answer) else last(request)

    hosts[-1].routes["/api/v1/posts/*"] = route
    slow(hosts[0], 20, until=all_asked)
    done, _ = read(tmp_path / "home", hosts)
    assert (done.status, done.total("new"), all_asked.is_set()) == ("ok", 15, True)


def test_the_same_rows_whoever_is_first(hosts: list[Server], tmp_path: Path) -> None:
    """Which host is slow decides nothing: the same posts, the same table of sources, in their order."""
    results = []
    for slowest, server in enumerate(hosts):
        before = server.routes["/api/v1/posts/*"]
        slow(server, 0.05)
        done, paths = read(tmp_path / f"slow-{slowest}", hosts)
        server.routes["/api/v1/posts/*"] = before
        results.append((done.table(), rows(paths.warehouse)))
    one_by_one, paths = read(tmp_path / "one", hosts, FetchSettings(delay=0, hosts=1, allow_private=True))
    assert all(result == (one_by_one.table(), rows(paths.warehouse)) for result in results)
    assert [row["source"] for row in one_by_one.table()] == ["s0", "s1", "s2"]


def test_a_host_that_hangs_costs_only_itself(hosts: list[Server], tmp_path: Path) -> None:
    """It fails when its time is over; by then the others are read, and their posts are loaded."""
    hosts[0].routes["/api/v1/archive"] = Answer(b"[", 200, {"Content-Length": "1000"})
    hosts[0].routes["/feed"] = Answer(b"", 503)
    done, _ = read(tmp_path / "home", hosts)
    assert (done.status, done.total("new")) == ("partial", 10)
    assert [tally.source_id for tally in done.tallies if tally.failed] == ["s0"]


def test_one_request_at_a_time(hosts: list[Server]) -> None:
    """Threads that ask the same host wait for their turn; robots.txt is asked for once."""
    inside, most = 0, 0
    lock = threading.Lock()

    def route(_: Request) -> Answer:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.02)
        with lock:
            inside -= 1
        return Answer(b"a")

    hosts[0].routes["/a"] = route
    with Client(FAST) as client:
        threads = [threading.Thread(target=client.get, args=(f"{hosts[0].url}/a",)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert client.requests == 7
    assert (most, hosts[0].count("/a"), hosts[0].count("robots.txt")) == (1, 6, 1)


def test_newsletters_of_one_company_are_one_host() -> None:
    """Names below the same one share servers, and their patience; a repository's host counts as a site's does."""
    addresses = (
        "https://uno.substack.com", "https://dos.substack.com/feed", "https://www.ejemplo.org", "https://ejemplo.org/feed",
        "git+https://codigo.example/a/b.git", "git@codigo.example:a/c.git", "http://127.0.0.1:81", "http://127.0.0.1:82",
    )  # fmt: skip
    groups = by_host([LiveSource(address, address) for address in addresses])
    assert [len(group) for group in groups] == [2, 2, 2, 1, 1]
    assert host_of(LiveSource("a", addresses[0])) == "substack.com"


def test_an_error_is_raised_where_results_are_asked_for() -> None:
    """What is no failure of a source stops all."""

    def numbers(group: list[int]) -> Iterator[int]:
        for number in group:
            if number < 0:
                raise OSError("the disk is full")
            yield number

    with pytest.raises(OSError, match="disk is full"):
        list(read_together([[1, 2], [3, -1], [5]], numbers, 2))


def test_who_wants_no_more_leaves_no_threads() -> None:
    """After the first result the reading ends, and with it its threads."""
    before = threading.active_count()
    results = read_together([range(1000), range(1000)], iter, 2)
    assert next(results) == 0
    results.close()
    assert threading.active_count() == before
