"""The raw store is enough: without the network and without any database the same posts come out of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.config import Paths
from pipeline.ingest import Fetching, Summary, run
from pipeline.rawstore import RawStore
from pipeline.sources.live import LiveSource
from tests.integration.server import Publication, Server, serving
from tests.integration.test_live_feeds import FAST, LONG, page, rss


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


def sources(server: Server) -> list[LiveSource]:
    return [
        LiveSource("carta", server.url, "substack"),
        LiveSource("suma", f"{server.url}/index.xml", "feed"),
        LiveSource("sitio", f"{server.url}/sitio/", "site"),
    ]


def read(paths: Paths, server: Server, **options: Any) -> Summary:
    return run(sources(server), paths, workers=1, fetching=Fetching(FAST, **options))


def posts(paths: Paths) -> list[tuple[Any, ...]]:
    """The rows of posts, but for what says when they were loaded, and as which revision."""
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        return connection.execute(
            "select * exclude (first_seen_at, updated_at, run_id, revision, loaded_version) from posts order by post_id"
        ).fetchall()


def fill(server: Server) -> Publication:
    publication = Publication(server)
    for number in range(4):
        publication.add(f"entrega-{number}", f"<p>La entrega {number} dice que GPT-4 costó {number + 10} millones.</p>")
    publication.add("de-pago", "<p>Solo el principio, de Llama 2.</p>", audience="only_paid", wordcount=900)
    feed = rss(server.url, ("entero", "content:encoded", LONG), ("breve", "description", "Un resumen de la página…"))
    server.text("/index.xml", feed, "application/rss+xml")
    server.text("/breve/", page("Breve", LONG.replace("GPT-4", "Llama 2")))
    locations = "".join(f"<url><loc>{server.url}/sitio/{name}</loc></url>" for name in ("a", "b"))
    server.text("/sitemap.xml", f"<urlset>{locations}</urlset>")
    server.text("/sitio/", "<html><body>Portada</body></html>")
    for name in ("a", "b"):
        server.text(f"/sitio/{name}", page(name, LONG.replace("GPT-4", f"Claude {name}")))
    return publication


def test_rebuilt_from_the_raw_store(paths: Paths, server: Server) -> None:
    """After an edit and a deletion, with both databases gone: the same rows, gone and preview too, and not a request."""
    publication = fill(server)
    assert read(paths, server).total("new") == 9
    publication.posts[3]["body_html"] = "<p>La entrega 1 dice ahora que GPT-4 costó 99 millones.</p>"
    publication.posts[3]["title"] = "Corregida"
    del publication.posts[4]
    server.text("/sitemap.xml", f"<urlset><url><loc>{server.url}/sitio/a</loc></url></urlset>")
    from dataclasses import replace

    run(sources(server), paths, workers=1, fetching=Fetching(replace(FAST, relist_days=0)))
    before = posts(paths)
    assert len(before) == 9
    for file in (*paths.home.glob("*.duckdb*"), paths.warehouse):
        file.unlink(missing_ok=True)
    server.asked.clear()
    done = read(paths, server, offline=True)
    assert (done.status, done.total("new"), server.asked) == ("ok", 9, [])
    assert posts(paths) == before
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        gone = connection.execute("select path from posts where gone_at is not null order by path").fetchall()
        assert gone == [("p/entrega-0",), ("sitio/b",)]
        assert connection.execute("select path from posts where is_preview").fetchall() == [("p/de-pago",)]
    assert read(paths, server).total("unchanged") == 9  # and online it goes on from there
    assert not server.count("/api/v1/posts/")


def test_what_is_kept_is_what_came(paths: Paths, server: Server) -> None:
    """The raw bytes of a post are the answer of its server, to the byte, and the manifest says where it came from."""
    publication = fill(server)
    read(paths, server)
    store = RawStore(paths.home / "raw")
    kept = store.manifest("carta").latest("path")["p/entrega-2"]
    assert store.get(kept["raw_key"]) == publication._answer(publication.posts[2]).body
    assert kept["final_url"] == f"{server.url}/api/v1/posts/entrega-2"
    assert kept["fetched_at"]
    breve = store.manifest("suma").latest("path")["breve"]
    assert b"Todos los derechos" in store.get(breve["raw_key"])
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        keys = {key for (key,) in connection.execute("select raw_key from posts").fetchall()}
    assert {kept["raw_key"], breve["raw_key"]} <= keys


def test_a_manifest_cut_short(tmp_path: Path) -> None:
    """A line that a killed run left half costs that record alone."""
    manifest = RawStore(tmp_path).manifest("a")
    manifest.add({"path": "uno", "n": 1})
    manifest.add({"path": "dos", "n": 1})
    text = manifest.path.read_text()
    manifest.path.write_text(text[:-4])
    manifest.add({"path": "tres", "n": 1})
    manifest.add({"path": "uno", "n": 2})
    assert {path: record["n"] for path, record in manifest.latest("path").items()} == {"uno": 2, "tres": 1}
