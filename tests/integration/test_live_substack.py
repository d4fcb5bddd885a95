"""A Substack publication, read over HTTP from a local stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.config import Paths
from pipeline.find import find_sources
from pipeline.http.settings import FetchSettings
from pipeline.ingest import Fetching, Summary, run
from pipeline.sources.live import LiveSource
from tests.integration.server import Answer, Publication, Server, serving

FAST = FetchSettings(contact="pruebas@example.org", delay=0, first_wait=0.01, allow_private=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


@pytest.fixture
def publication(server: Server) -> Publication:
    made = Publication(server)
    for number in range(60):
        made.add(
            f"entrega-{number}", f"<p>La entrega {number} dice que GPT-4 costó {number + 10} millones de dólares.</p>"
        )
    return made


def read(paths: Paths, server: Server, *, settings: FetchSettings = FAST, **options: Any) -> Summary:
    source = LiveSource("cuaderno", server.url, "substack")
    return run([source], paths, workers=1, fetching=Fetching(settings, **options))


def ask(paths: Paths, query: str) -> list[Any]:
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_all_posts_arrive(paths: Paths, publication: Publication) -> None:
    """Every post of every page of the archive is loaded, with title, author, date, address and audience."""
    done = read(paths, publication.server)
    assert (done.status, done.rejects, done.total("new")) == ("ok", [], 60)
    assert ask(paths, "select path, title, author, audience, language from posts where path = 'p/entrega-7'") == [
        ("p/entrega-7", "Entrega 7", "Ana Ríos", "everyone", "es")
    ]
    assert ask(paths, "select count(*) from posts where url like 'http://127.0.0.1%/p/entrega-%'") == [(60,)]
    assert set(publication.server.agents) == {next(a for a in publication.server.agents if "pruebas@example.org" in a)}


def test_nothing_new_is_three_requests(paths: Paths, publication: Publication) -> None:
    """A run with nothing new asks for robots.txt, the first page of the archive and the feed; all posts count as seen."""
    read(paths, publication.server)
    publication.server.asked.clear()
    again = read(paths, publication.server)
    assert [each.split("?")[0] for each in publication.server.asked] == ["/robots.txt", "/api/v1/archive", "/feed"]
    assert (again.total("seen"), again.total("unchanged"), again.published) == (60, 60, False)


def test_new_posts_only(paths: Paths, publication: Publication) -> None:
    """Two new posts cost two requests more."""
    read(paths, publication.server)
    publication.server.asked.clear()
    publication.add("nueva", "<p>Nueva.</p>")
    publication.add("novisima", "<p>Novísima.</p>")
    done = read(paths, publication.server)
    assert (done.total("new"), done.total("unchanged")) == (2, 60)
    assert len(publication.server.asked) == 5


def test_edits_are_revisions(paths: Paths, publication: Publication) -> None:
    """A post whose text changed, its title and length being the same, is seen by its feed and gets revision 2."""
    read(paths, publication.server)
    publication.posts[3]["body_html"] = publication.posts[3]["body_html"].replace("millones", "billones")
    done = read(paths, publication.server)
    assert (done.total("changed"), done.total("new")) == (1, 0)
    assert ask(paths, "select path, revision from posts where revision > 1") == [("p/entrega-56", 2)]


def test_old_edits_and_deletions_are_found_in_time(paths: Paths, publication: Publication) -> None:
    """When the whole list is due again, an old post with another title is a revision; a missing one is marked, not lost."""
    read(paths, publication.server)
    publication.posts[50]["title"] = "Otro título"
    del publication.posts[40]
    done = read(paths, publication.server, settings=FetchSettings(delay=0, relist_days=0, allow_private=True))
    assert (done.total("changed"), done.total("seen")) == (1, 60)
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        gone = connection.execute("select path from posts where gone_at is not null").fetchall()
    assert gone == [("p/entrega-19",)]


def test_limit_then_the_rest(paths: Paths, publication: Publication) -> None:
    """A first run of ten posts is followed by one that takes the others, and asks for none of the ten again."""
    assert read(paths, publication.server, limit=10).total("new") == 10
    publication.server.asked.clear()
    done = read(paths, publication.server)
    assert (done.total("new"), done.total("unchanged")) == (50, 10)
    assert publication.server.count("/api/v1/posts/") == 50


def test_since(paths: Paths, publication: Publication) -> None:
    """Only what was published since the day is taken; asking for more later takes the rest."""
    from datetime import UTC, datetime

    day = publication.posts[4]["post_date"][:10]
    since = datetime.fromisoformat(day).replace(tzinfo=UTC)
    assert read(paths, publication.server, since=since).total("new") == 5
    publication.server.asked.clear()
    assert read(paths, publication.server, since=since).total("new") == 0
    assert len(publication.server.asked) == 3
    assert read(paths, publication.server).total("new") == 55


def test_interrupted_first_run_goes_on(paths: Paths, publication: Publication) -> None:
    """When the server fails midway, what was fetched is loaded, and the next run takes the rest only."""
    fine, calls = publication.server.routes["/api/v1/posts/*"], []

    def failing(request: Any) -> Answer:
        calls.append(request.path)
        return fine(request) if len(calls) <= 30 else Answer(b"", 503)  # type: ignore[operator]

    publication.server.routes["/api/v1/posts/*"] = failing
    broken = read(paths, publication.server)
    assert (broken.status, broken.total("new")) == ("failed", 30)
    assert "503" in broken.rejects[0].message
    publication.server.routes["/api/v1/posts/*"] = fine
    publication.server.asked.clear()
    assert read(paths, publication.server).total("new") == 30
    assert publication.server.count("/api/v1/posts/") == 30


def test_throttled_and_cut(paths: Paths, publication: Publication) -> None:
    """Answers of 429 and connections that break off are asked for again."""
    publication.throttle, publication.cut = 2, 2
    assert read(paths, publication.server).total("new") == 60


def test_wrong_charset(paths: Paths, publication: Publication) -> None:
    """JSON in Latin-1 is read as it is declared; UTF-8 that is declared as Latin-1 is read as it is."""
    publication.charset = "latin-1"
    publication.posts[0]["reactions"] = {}
    for post in publication.posts:
        post["reactions"] = {}
    read(paths, publication.server)
    assert ask(paths, "select count(*) from posts where text like '%costó%dólares%' and author = 'Ana Ríos'") == [(60,)]


def test_paid_posts_are_previews(paths: Paths, publication: Publication) -> None:
    """A paid post of which the beginning is public is flagged; a paid one that is whole is not."""
    publication.add("de-pago", "<p>Solo el principio.</p>", audience="only_paid", wordcount=900)
    publication.add("sin-texto", None, audience="only_paid", wordcount=500, truncated_body_text="Empieza así")
    publication.add("abierto-al-fin", "<p>" + "palabra " * 40 + "</p>", audience="only_paid", wordcount=40)
    publication.add("charla", "<p>Notas del episodio.</p>", type="podcast")
    read(paths, publication.server)
    found = ask(
        paths,
        "select p.path, p.is_preview, p.kind, p.audience from posts as p where p.path not like 'p/entrega%' order by 1",
    )
    assert found == [
        ("p/abierto-al-fin", False, "post", "only_paid"),
        ("p/charla", False, "podcast", "everyone"),
        ("p/de-pago", True, "post", "only_paid"),
        ("p/sin-texto", True, "post", "only_paid"),
    ]


def test_closed_archive_falls_back_to_the_feed(paths: Paths, publication: Publication) -> None:
    """Where the archive is closed, the feed's posts are taken, under the same paths."""
    publication.closed = True
    assert read(paths, publication.server).total("new") == 20
    publication.closed = False
    done = read(paths, publication.server)
    assert (done.total("seen"), done.total("new")) == (60, 40)


def test_custom_domain(paths: Paths, publication: Publication) -> None:
    """A subdomain that redirects to the publication's own domain is followed; later runs go there at once."""
    with serving() as old:
        old.routes["/*"] = lambda request: Answer(
            b"",
            301,
            {
                "Location": f"{publication.server.url}{request.path}"
                + ("?sort=new&offset=0&limit=25" if "archive" in request.path else "")
            },
        )
        assert read(paths, old).total("new") == 60
        asked = len(old.asked)
        done = read(paths, old)
        assert done.total("unchanged") == 60
        assert len(old.asked) == asked


def test_offline(paths: Paths, publication: Publication) -> None:
    """Without the network everything is there that was fetched before, and nothing is asked."""
    read(paths, publication.server, limit=30)
    publication.server.asked.clear()
    done = read(paths, publication.server, offline=True)
    assert (done.total("unchanged"), publication.server.asked) == (30, [])


def test_robots(paths: Paths, publication: Publication, tmp_path: Path) -> None:
    """What robots.txt forbids is not asked for."""
    publication.server.text("/robots.txt", "User-agent: *\nDisallow: /api/\nDisallow: /feed\n", "text/plain")
    done = read(paths, publication.server)
    assert done.status == "failed"
    assert "robots.txt" in done.rejects[0].message
    assert publication.server.asked == ["/robots.txt"]


def test_one_post_by_every_way(paths: Paths, publication: Publication, tmp_path: Path) -> None:
    """Archive, feed, another scheme and tracking parameters lead to one path; the export beside them is a copy."""
    from pipeline.http.urls import place_of

    post = publication.add("una", "<p>" + "GPT-4 costó cien millones, según se dice en la carta. " * 20 + "</p>")
    for address in (
        "http://carta.example/p/una", "https://www.carta.example/p/una/?utm_source=x&publication_id=7&r=abc#nota",
        "https://carta.example:443//p/una?isFreemail=true", "https://carta.example/p/un%61",
    ):  # fmt: skip
        assert place_of(address, "https://carta.example/") == "p/una"
    read(paths, publication.server)  # the archive, and the feed with its tracking parameters
    export = tmp_path / "export"
    (export / "posts").mkdir(parents=True)
    head = "post_id,post_date,is_published,type,audience,title,subtitle\n"
    row = f"1061.una,{post['post_date']},true,newsletter,everyone,Una,Un apunte\n"
    (export / "posts.csv").write_text(head + row)
    (export / "posts/1061.una.html").write_text(post["body_html"])
    found, _ = find_sources([export], None)
    run(found, paths, workers=1)
    assert ask(paths, "select count(*), count(duplicate_of) from posts where text like '%cien millones%'") == [(2, 1)]
    assert ask(paths, "select count(*) from originals where text_fragment(url, '') like '%/p/una#%'") == [(1,)]
