"""Local stand-ins for what is on the web: a real HTTP server on 127.0.0.1 that answers as it is told to."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Answer:
    """What the server says. `cut` closes the connection after so many bytes of the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    endless: bool = False


Route = Callable[["Request"], Answer]


@dataclass
class Request:
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Readers that are killed, or have seen enough, hang up; that is no error of the server."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@dataclass
class Server:
    """Routes by path, the longest that fits first; and what was asked."""

    url: str = ""
    routes: dict[str, Route | Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: Counter[str] = field(default_factory=Counter)

    def answer(self, request: Request) -> Answer:
        for prefix in sorted(self.routes, key=len, reverse=True):
            if request.path == prefix or (prefix.endswith("*") and request.path.startswith(prefix[:-1])):
                route = self.routes[prefix]
                return route if isinstance(route, Answer) else route(request)
        return Answer(b"not here", 404)

    def text(self, path: str, body: str | bytes, media_type: str = "text/html; charset=utf-8", **headers: str) -> None:
        """Answer a path with a text; If-None-Match is honoured where an ETag is given."""
        data = body.encode() if isinstance(body, str) else body
        head = {"Content-Type": media_type, **headers}

        def route(request: Request) -> Answer:
            if "ETag" in head and request.headers.get("if-none-match") == head["ETag"]:
                return Answer(b"", 304, {"ETag": head["ETag"]})
            return Answer(data, 200, head)

        self.routes[path] = route

    def count(self, part: str = "") -> int:
        """How many requests had this in their address."""
        return sum(part in each for each in self.asked)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one piece: sent apart, the second waits 40 ms for the first to be acknowledged
    disable_nagle_algorithm = True
    server: Any

    def do_GET(self) -> None:
        stand_in: Server = self.server.stand_in
        parts = urlsplit(self.path)
        stand_in.asked.append(self.path)
        stand_in.agents[self.headers.get("User-Agent", "")] += 1
        headers = {key.lower(): value for key, value in self.headers.items()}
        answer = stand_in.answer(Request(parts.path, parse_qs(parts.query), headers))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.endless:
            self.end_headers()
            self.close_connection = True
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                return
        if "Content-Length" not in answer.headers:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[: answer.cut])
        if answer.cut is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Server]:
    """A server on a free port of 127.0.0.1."""
    httpd = _Quiet(("127.0.0.1", 0), _Handler)
    httpd.daemon_threads = True
    stand_in = Server(f"http://127.0.0.1:{httpd.server_address[1]}")
    httpd.stand_in = stand_in  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stand_in
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


@dataclass
class Publication:
    """A Substack publication as its JSON shows it. `texts` are its posts, newest first, by slug."""

    server: Server
    title: str = "Cuaderno de pruebas"
    posts: list[dict[str, Any]] = field(default_factory=list)
    throttle: int = 0  # so many of the next requests for posts are answered with 429
    cut: int = 0  # so many of the next answers break off
    charset: str = "utf-8"
    closed: bool = False  # the archive answers 403
    in_feed: int = 20

    def __post_init__(self) -> None:
        self.server.routes |= {
            "/api/v1/archive": self._archive,
            "/api/v1/posts/*": self._post,
            "/feed": self._feed,
            "/p/*": Answer(b"<html><body>nothing to see</body></html>"),
        }

    def add(self, slug: str, body: str | None, **fields: Any) -> dict[str, Any]:
        """A post, newer than all others."""
        day = 1 + len(self.posts)
        post = {
            "id": 1000 + day, "publication_id": 7, "slug": slug, "title": slug.replace("-", " ").capitalize(),
            "subtitle": "Un apunte", "type": "newsletter", "audience": "everyone", "language": "es",
            "post_date": f"20{10 + day // 336}-{1 + day // 28 % 12:02}-{1 + day % 28:02}T06:30:00.000Z",
            "canonical_url": f"{self.server.url}/p/{slug}", "wordcount": len((body or "").split()),
            "truncated_body_text": (body or "")[:80], "publishedBylines": [{"name": "Ana Ríos"}],
            "reactions": {"❤": 3}, "reaction_count": 3, "body_html": body, "is_published": True,
        } | fields  # fmt: skip
        self.posts.insert(0, post)
        return post

    def _answer(self, value: Any) -> Answer:
        data = json.dumps(value, ensure_ascii=False).encode(self.charset)
        cut = None
        if self.cut:
            self.cut -= 1
            cut = len(data) // 2
        return Answer(data, 200, {"Content-Type": f"application/json; charset={self.charset}"}, cut=cut)

    def _archive(self, request: Request) -> Answer:
        if self.closed:
            return Answer(b"no", 403)
        offset, limit = (int(request.query[key][0]) for key in ("offset", "limit"))
        return self._answer([{**post, "body_html": None} for post in self.posts[offset : offset + min(limit, 25)]])

    def _post(self, request: Request) -> Answer:
        if self.throttle:
            self.throttle -= 1
            return Answer(b"slow down", 429, {"Retry-After": "0"})
        slug = request.path.rsplit("/", 1)[-1]
        for post in self.posts:
            if post["slug"] == slug:
                return self._answer(post)
        return Answer(b"{}", 404)

    def _feed(self, request: Request) -> Answer:
        items = "".join(
            f"<item><title>{p['title']}</title><link>{p['canonical_url']}?utm_source=rss</link>"
            f'<guid isPermaLink="false">{p["canonical_url"]}</guid><pubDate>Mon, 01 Jan 2024 06:30:00 GMT</pubDate>'
            f"<description>Un apunte</description><content:encoded><![CDATA[{p['body_html'] or ''}]]></content:encoded>"
            "</item>"
            for p in self.posts[: self.in_feed]
        )
        body = (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
            ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>{self.title}</title><link>{self.server.url}</link><generator>Substack</generator>"
            f"<language>es</language>{items}</channel></rss>"
        ).encode()
        etag = f'"{hash(body)}"'
        if request.headers.get("if-none-match") == etag:
            return Answer(b"", 304, {"ETag": etag})
        return Answer(body, 200, {"Content-Type": "application/xml", "ETag": etag})
