"""The HTTP client against a real server on this machine: manners, limits, and what it refuses."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from pipeline.http.client import Client, Validators
from pipeline.http.errors import BusyError, RefusedError
from pipeline.http.guard import is_public
from pipeline.http.settings import FetchSettings
from tests.integration.server import Answer, Request, Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


class Pauses:
    """A clock that sleeping moves on, so that no test waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


def client(pauses: Pauses | None = None, **settings: Any) -> Client:
    options = {"delay": 0, "allow_private": True, "first_wait": 0.01} | settings
    timing = {"sleep": pauses.sleep, "clock": pauses.clock} if pauses else {}
    return Client(FetchSettings(**options), **timing)


def test_one_request_after_the_other(server: Server) -> None:
    """The delay lies between two requests to the same host, robots.txt included."""
    pauses = Pauses()
    server.text("/a", "a")
    with client(pauses, delay=2.5) as http:
        http.get(f"{server.url}/a")
        http.get(f"{server.url}/a")
    assert pauses.slept == [2.5, 2.5]


def test_crawl_delay(server: Server) -> None:
    """A longer delay that robots.txt asks for holds; what it forbids is not asked for, and it is read once."""
    pauses = Pauses()
    server.text("/robots.txt", "User-agent: *\nCrawl-delay: 7\nDisallow: /secreto\n", "text/plain")
    server.text("/a", "a")
    with client(pauses, delay=1) as http:
        http.get(f"{server.url}/a")
        http.get(f"{server.url}/a")
        with pytest.raises(RefusedError, match=r"robots\.txt"):
            http.get(f"{server.url}/secreto/x")
    assert pauses.slept == [7, 7]
    assert server.asked == ["/robots.txt", "/a", "/a"]


def test_robots_that_cannot_be_read(server: Server) -> None:
    """When robots.txt answers with a server error, nothing is fetched now."""
    server.routes["/robots.txt"] = Answer(b"", 500)
    server.text("/a", "a")
    with client() as http, pytest.raises(BusyError, match="500"):
        http.get(f"{server.url}/a")
    assert "/a" not in server.asked


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after(server: Server, form: str) -> None:
    """A server that is busy is asked again after as long as it says, as a number or as a date."""
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    answers = [Answer(b"", 503, {"Retry-After": "40" if form == "seconds" else when}), Answer(b"ya")]
    server.routes["/a"] = lambda _request: answers.pop(0)
    pauses = Pauses()
    with client(pauses) as http:
        assert http.get(f"{server.url}/a").content == b"ya"
    assert 35 < sum(pauses.slept) <= 41


def test_a_wait_too_long_is_for_the_next_run(server: Server) -> None:
    """Who asks for an hour is not waited for."""
    server.routes["/a"] = Answer(b"", 429, {"Retry-After": "3600"})
    pauses = Pauses()
    with client(pauses) as http, pytest.raises(BusyError):
        http.get(f"{server.url}/a")
    assert (server.count("/a"), pauses.slept) == (1, [])


def test_only_transient_failures_are_tried_again(server: Server) -> None:
    """A 404 is asked for once; a cut connection and a 500 as often as allowed."""
    server.routes |= {"/cut": Answer(b"x" * 100, cut=10), "/500": Answer(b"", 500)}
    with client(attempts=3) as http:
        with pytest.raises(RefusedError, match="404"):
            http.get(f"{server.url}/nada")
        for path in ("/cut", "/500"):
            with pytest.raises(BusyError):
                http.get(f"{server.url}{path}")
    assert [server.count(path) for path in ("/nada", "/cut", "/500")] == [1, 3, 3]


def test_conditional(server: Server) -> None:
    """With the validators of an earlier answer, one that did not change comes without bytes."""
    server.text("/a", "a", ETag='"v1"')
    with client() as http:
        first = http.get(f"{server.url}/a")
        again = http.get(f"{server.url}/a", first.validators)
    assert (first.fresh, again.fresh, again.content) == (True, False, b"")
    assert first.validators == Validators('"v1"')


def test_redirects_are_recorded(server: Server) -> None:
    """The answer tells where it came from in the end, and by which hops."""
    server.routes |= {"/a": Answer(b"", 301, {"Location": "/b"}), "/b": Answer(b"", 302, {"Location": "c"})}
    server.text("/c", "c")
    with client() as http:
        reply = http.get(f"{server.url}/a")
    assert reply.url == f"{server.url}/c"
    assert reply.redirects == ((301, f"{server.url}/b"), (302, f"{server.url}/c"))


def test_redirects_in_circles(server: Server) -> None:
    """A circle ends after ten hops."""
    server.routes["/a"] = Answer(b"", 302, {"Location": "/a"})
    with client() as http, pytest.raises(RefusedError, match="redirects"):
        http.get(f"{server.url}/a")
    assert server.count("/a") == 11


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://example.org/x", "gopher://127.0.0.1/", "http://u:p@127.0.0.1/", "http://[::1", "//"],
)
def test_redirects_to_other_things(server: Server, target: str) -> None:
    """Only web addresses are followed, and none with a user name in it."""
    server.routes["/a"] = Answer(b"", 302, {"Location": target})
    with client() as http, pytest.raises(RefusedError):
        http.get(f"{server.url}/a")


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
     "http://2130706433:{port}/", "http://0x7f.1:{port}/", "http://0.0.0.0:{port}/", "http://169.254.169.254/",
     "http://10.0.0.1/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/"],
)  # fmt: skip
def test_private_addresses(server: Server, address: str) -> None:
    """This machine and its network are never asked, however their address is written."""
    port = server.url.rsplit(":", 1)[1]
    with client(allow_private=False) as http, pytest.raises(RefusedError, match=r"private|resolved|host"):
        http.get(address.format(port=port))
    assert server.asked == []


def test_names_that_turn_private(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that was checked is the one that is connected to: a name cannot change its meaning in between, and one
    private address among public ones is enough to refuse.
    """
    port = int(server.url.rsplit(":", 1)[1])
    private = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: [public, private])
    with client(allow_private=False) as http, pytest.raises(RefusedError, match=r"127\.0\.0\.1"):
        http.get(f"http://ejemplo.test:{port}/")
    assert server.asked == []


def test_public() -> None:
    """What is set aside is not public."""
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    for address in (
        "100.64.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "::1",
        "fc00::1",
        "2002:7f00:1::",
        "0.0.0.0",
        "240.0.0.1",
    ):
        assert not is_public(address), address


def bomb() -> bytes:
    """400 MB of nothing in 400 kB."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(squeeze.compress(bytes(1_000_000)) for _ in range(400)) + squeeze.flush()


@pytest.mark.parametrize("kind", ["endless", "bomb", "announced", "bomb in a bomb"])
def test_bodies_without_end(server: Server, kind: str) -> None:
    """An answer beyond the limit is given up as soon as it passes it."""
    packed = {"Content-Encoding": "gzip"}
    server.routes["/a"] = {
        "endless": Answer(endless=True),
        "bomb": Answer(bomb(), headers=packed) if kind == "bomb" else Answer(),
        "announced": Answer(b"", headers={"Content-Length": "999999999"}),
        "bomb in a bomb": Answer(gzip.compress(b"x"), headers={"Content-Encoding": "gzip, gzip"}),
    }[kind]
    with client(max_bytes=1_000_000) as http, pytest.raises(RefusedError, match=r"more than 1 MB|not asked for"):
        http.get(f"{server.url}/a")


def test_packed(server: Server) -> None:
    """gzip and both forms of deflate are unpacked; what breaks off is asked for again."""
    raw = zlib.compressobj(wbits=-15)
    bodies = {
        "/gzip": Answer(gzip.compress(b"hola"), headers={"Content-Encoding": "gzip"}),
        "/zlib": Answer(zlib.compress(b"hola"), headers={"Content-Encoding": "deflate"}),
        "/raw": Answer(raw.compress(b"hola") + raw.flush(), headers={"Content-Encoding": "deflate"}),
    }
    server.routes |= bodies
    server.routes["/half"] = Answer(gzip.compress(b"hola" * 1000)[:-12], headers={"Content-Encoding": "gzip"})
    with client(attempts=2) as http:
        assert {http.get(f"{server.url}{path}").content for path in bodies} == {b"hola"}
        with pytest.raises(BusyError, match="breaks off"):
            http.get(f"{server.url}/half")


def test_slow_for_ever(server: Server) -> None:
    """A server that sends a byte now and then is given up at the deadline."""

    def slow(_request: Request) -> Answer:
        time.sleep(0.4)
        return Answer(b"x")

    server.routes["/a"] = slow
    with client(timeout=0.1, attempts=1) as http, pytest.raises(BusyError, match="in time"):
        http.get(f"{server.url}/a")


def test_who_we_are(server: Server) -> None:
    """Every request carries our name and the contact, and no header can be smuggled in with it."""
    server.text("/a", "a")
    with client(contact="ana@example.org\r\nX-Evil: 1") as http:
        http.get(f"{server.url}/a")
    (agent,) = server.agents
    assert agent.startswith("Recuento/")
    assert "(+ana@example.orgX-Evil: 1)" in agent
