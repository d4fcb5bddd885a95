"""What a hostile site can say: none of it reads a file of this machine, asks its network, or takes its memory."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.config import Paths
from pipeline.http.settings import FetchSettings
from pipeline.ingest import Fetching, Summary, run
from pipeline.sources.live import LiveSource
from pipeline.sources.maintext import read_page
from tests.integration.server import Answer, Publication, Server, serving

FAST = FetchSettings(delay=0, first_wait=0.01, attempts=2, max_bytes=3_000_000, allow_private=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


def read(paths: Paths, address: str, kind: Any = None) -> Summary:
    return run([LiveSource("blog", address, kind)], paths, workers=1, fetching=Fetching(FAST))


def everything(paths: Paths) -> str:
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        return str(connection.execute("select title, url, text from posts").fetchall())


ENTITIES = {
    "file": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "web": '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:1/secret">]>',
    "laughs": '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;&b;&b;&b;">]>',
    "parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "file:///etc/passwd"><!ENTITY x "y">%p;]>',
}


@pytest.mark.parametrize("name", ENTITIES)
def test_entities(paths: Paths, server: Server, name: str) -> None:
    """A feed that declares entities is refused as a whole, and nothing of them is read."""
    feed = f"{ENTITIES[name]}<rss><channel><item><link>/a</link><description>&x; y más</description></item></channel></rss>"
    server.text("/feed", feed)
    done = read(paths, f"{server.url}/feed", "feed")
    assert done.status == "failed"
    assert "entities" in done.rejects[0].message
    assert "root:" not in everything(paths)


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "http://[", "javascript:alert(1)", "/../../etc/passwd", "\\\\host\\x"]
)
def test_links_of_a_feed(paths: Paths, server: Server, link: str) -> None:
    """What a feed calls its page is asked over the web or not at all; the summary has to do then."""
    server.text(
        "/feed", f"<rss><channel><item><link>{link}</link><description>Un resumen.</description></item></channel></rss>"
    )
    done = read(paths, f"{server.url}/feed", "feed")
    assert done.total("new") == 1
    found = everything(paths)
    assert "Un resumen." in found
    assert "root:" not in found


def test_a_feed_that_leads_to_a_private_address(paths: Paths, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that redirects into the network of this machine is not read; the summary has to do."""
    from pipeline.http import guard

    with serving() as private:
        private.text("/secreto", "<article>contraseñas</article>")
        name = private.url.replace("127.0.0.1", "localhost")
        usual = guard.resolve

        def only_own(host: str, port: int, *, allow_private: bool) -> list[str]:
            return usual(host, port, allow_private=host == "127.0.0.1")

        monkeypatch.setattr(guard, "resolve", only_own)
        server.routes["/a"] = Answer(b"", 302, {"Location": f"{name}/secreto"})
        server.text(
            "/feed", "<rss><channel><item><link>/a</link><description>Un resumen.</description></item></channel></rss>"
        )
        assert read(paths, f"{server.url}/feed", "feed").total("new") == 1
        assert private.asked == []
    assert "contraseñas" not in everything(paths)


def test_slugs_that_climb(paths: Paths, server: Server) -> None:
    """A slug is a name, not a path: what climbs is passed over, what is odd is quoted."""
    publication = Publication(server)
    for slug in ("../../etc/passwd", "", "con espacio?x=1#y", "normal"):
        publication.add(slug, "<p>Texto.</p>")
    publication.posts[1]["canonical_url"] = "file:///etc/passwd"
    done = read(paths, server.url, "substack")
    assert done.total("new") == 1
    assert "etc/passwd" not in everything(paths)
    assert not server.count("passwd")


@pytest.mark.parametrize(
    "body", [b"[" * 200_000, b'{"a":' * 100_000, b"null", b'[1, "x", null]', b"\xff\xfe\x00", b"<html>"]
)
def test_json_that_is_none(paths: Paths, server: Server, body: bytes) -> None:
    """Nested to death, of another shape, or no JSON at all: no post, no crash, one line."""
    server.routes["/api/v1/archive"] = Answer(body)
    done = read(paths, server.url, "substack")
    assert done.total("new") == 0
    assert all("\n" not in reject.message for reject in done.rejects)


def test_deep_pages() -> None:
    """A page of a hundred thousand elements inside each other has no text, and takes no time."""
    assert read_page(b"<div>" * 100_000 + b"x", "http://a.test/").body is None
    assert read_page(b"<html><body>" + b"<p>uno<br>" * 50_000, "http://a.test/", with_text=False).body is None


def test_a_bad_page_costs_only_itself(paths: Paths, server: Server) -> None:
    """Of a sitemap with an endless page, a deep one and a good one, the good one is loaded and the others are named."""
    good = "<p>" + "Una frase con GPT-4 y diez palabras más para leer. " * 30 + "</p>"
    head = '<html><head><meta property="og:type" content="article"><title>Bien</title></head>'
    server.text("/bien", f"{head}<body><article><h1>Bien</h1>{good}</article></body></html>")
    server.routes["/sin-fin"] = Answer(endless=True)
    server.text("/hondo", head + "<div>" * 50_000)
    pages = "".join(f"<url><loc>{server.url}/{name}</loc></url>" for name in ("bien", "sin-fin", "hondo", "nada"))
    server.text("/sitemap.xml", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{pages}</urlset>')
    server.text("/", "<html><body>Portada</body></html>")
    done = read(paths, server.url)
    assert (done.status, done.total("new")) == ("ok", 1)
    assert {reject.location for reject in done.rejects} == {"sin-fin", "nada"}
    server.asked.clear()
    assert read(paths, server.url).total("unchanged") == 1
    assert not server.count("sin-fin")


def packed(length: int) -> bytes:
    return gzip.compress(b"\0" * length)


@pytest.mark.parametrize(
    ("archive", "message"),
    [
        (Answer(packed(200_000_000), headers={"Content-Encoding": "gzip"}), "the limit for an answer"),
        (Answer(endless=True), "the limit for an answer"),
        (Answer(b"", 302, {"Location": "file:///etc/passwd"}), "only http and https"),
        (Answer(b"", 302, {"Location": "http://169.254.169.254/latest/meta-data"}), "169.254.169.254"),
    ],
    ids=["bomb", "endless", "file", "private"],
)
def test_an_archive_that_means_harm(
    paths: Paths, server: Server, monkeypatch: pytest.MonkeyPatch, archive: Answer, message: str
) -> None:
    """Bombs, answers without end, and redirects to files and private addresses are refused, with the reason."""
    from pipeline.http import guard

    usual = guard.resolve

    def only_own(host: str, port: int, *, allow_private: bool) -> list[str]:
        return usual(host, port, allow_private=host == "127.0.0.1")

    monkeypatch.setattr(guard, "resolve", only_own)
    Publication(server).closed = False
    server.routes["/api/v1/archive"] = archive
    server.routes["/feed"] = archive
    done = read(paths, server.url, "substack")
    assert (done.status, done.total("new")) == ("failed", 0)
    assert message in done.rejects[0].message
    assert "root:" not in everything(paths)


def test_a_packed_sitemap_that_is_a_bomb(paths: Paths, server: Server) -> None:
    """What unpacks beyond the limit is refused, although it came as a small file."""
    server.routes["/sitemap.xml"] = Answer(packed(200_000_000))
    server.text("/", "<html><body>Portada</body></html>")
    done = read(paths, server.url)
    assert done.status == "failed"
    assert "neither a feed nor a sitemap" in done.rejects[0].message


def test_a_post_nested_to_death(paths: Paths, server: Server) -> None:
    """A body of a hundred thousand elements inside each other costs that post alone."""
    publication = Publication(server)
    publication.add("hondo", "<div>" * 100_000 + "GPT-4")
    publication.add("llano", "<p>GPT-4</p>")
    done = read(paths, server.url, "substack")
    assert done.status == "ok"
    assert done.total("new") + len(done.rejects) == 2
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        assert ("p/llano",) in connection.execute("select path from posts").fetchall()


def test_a_repository_that_means_harm(paths: Paths, tmp_path: Path) -> None:
    """Links in a repository are plain files to us, aliases by the million are refused, the good post is loaded."""
    site = tmp_path / "sitio"
    (site / "content").mkdir(parents=True)
    (site / "hugo.toml").write_text('baseURL = "https://ejemplo.org/"\n')
    (site / "content/bien.md").write_text("---\ntitle: Bien\n---\nGPT-4.\n")
    (site / "content/fuera.md").symlink_to("/etc/passwd")
    bomb = "a: &a [x]\n" + "".join(
        f"b{n}: &b{n} [" + f"*{'a' if not n else f'b{n - 1}'}, " * 9 + "]\n" for n in range(9)
    )
    (site / "content/bomba.md").write_text(f"---\n{bomb}---\nGPT-4.\n")
    git = ["git", "-C", str(site), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "uno"]):
        subprocess.run([*git, *command], check=True)
    done = read(paths, f"git+file://{site}", "git")
    assert "root:" not in everything(paths)
    assert [reject.location for reject in done.rejects if "aliases" in reject.message] == ["content/bomba.md"]
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        assert ("content/bien.md",) in connection.execute("select path from posts").fetchall()
