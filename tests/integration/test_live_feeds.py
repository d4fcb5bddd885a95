"""Feeds and sites over HTTP, from local servers; sites are built by the real Hugo; git reads a local repository."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import duckdb
import pytest

from pipeline.config import Paths
from pipeline.http.settings import FetchSettings
from pipeline.ingest import Fetching, Summary, run
from pipeline.sources.live import LiveSource
from tests.integration.server import Answer, Request, Server, serving

FAST = FetchSettings(delay=0, first_wait=0.01, allow_private=True)
LONG = "<p>" + " ".join(f"La frase {n} habla de GPT-4 y de sus 1,8 billones de parámetros." for n in range(40)) + "</p>"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


def read(paths: Paths, address: str, *, kind: Any = None, settings: FetchSettings = FAST, **options: Any) -> Summary:
    return run([LiveSource("blog", address, kind)], paths, workers=1, fetching=Fetching(settings, **options))


def texts(paths: Paths) -> dict[str, str]:
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        return dict(connection.execute("select path, text from posts order by path").fetchall())


def page(title: str, body: str) -> str:
    menu = "".join(f'<li><a href="/otra-{n}">Otra entrada del menú {n}</a></li>' for n in range(20))
    return (
        f"<!doctype html><html lang=es><head><meta charset=utf-8><title>{title}</title>"
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        '<meta property="article:published_time" content="2024-05-06T08:00:00Z"></head>'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>{body}</article></main>"
        "<footer>Todos los derechos a buen recaudo</footer></body></html>"
    )


def rss(url: str, *items: tuple[str, str, str]) -> str:
    body = "".join(
        f"<item><title>{slug}</title><link>{url}/{slug}/?utm_source=rss&amp;utm_medium=feed</link>"
        f"<pubDate>Mon, 06 May 2024 08:00:00 GMT</pubDate><{tag}><![CDATA[{text}]]></{tag}></item>"
        for slug, tag, text in items
    )
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Blog</title><link>{url}/</link>{body}</channel></rss>"
    )


def test_rss(paths: Paths, server: Server) -> None:
    """Full items are taken as they are, a summary from its page; a feed that names a wrong charset is read right."""
    feed = rss(server.url, ("entero", "content:encoded", LONG), ("breve", "description", "Un resumen de la página…"))
    server.text("/index.xml", feed, "application/rss+xml", ETag='"1"')
    server.text("/breve/", page("Breve", LONG.replace("GPT-4", "Llama 2")))
    done = read(paths, f"{server.url}/index.xml")
    assert (done.status, done.total("new")) == ("ok", 2)
    found = texts(paths)
    assert set(found) == {"breve", "entero"}
    assert "Llama 2" in found["breve"]
    assert "Otra entrada del menú" not in found["breve"]
    assert "parámetros" in found["entero"]
    server.asked.clear()
    assert read(paths, f"{server.url}/index.xml").total("unchanged") == 2
    assert server.asked == ["/robots.txt", "/index.xml"]


def test_a_feed_that_moves_on(paths: Paths, server: Server) -> None:
    """Items that leave the feed stay; one that changes is a revision; a new one is new."""
    server.text(
        "/feed", rss(server.url, ("uno", "content:encoded", LONG), ("dos", "content:encoded", LONG)), ETag='"1"'
    )
    read(paths, f"{server.url}/feed", kind="feed")
    changed = LONG.replace("1,8", "2,4")
    server.text(
        "/feed", rss(server.url, ("tres", "content:encoded", LONG), ("dos", "content:encoded", changed)), ETag='"2"'
    )
    done = read(paths, f"{server.url}/feed", kind="feed")
    assert (done.total("new"), done.total("changed"), done.total("unchanged")) == (1, 1, 1)


@pytest.mark.parametrize(
    "body",
    [
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>Uno</title><id>tag:a,1</id>'
            '<link href="/uno/"/><updated>2024-05-06T08:00:00Z</updated><content type="html"><![CDATA[%s]]></content></entry></feed>'
        ),
        (
            '{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [{"id": "1", "url": "/uno",'
            ' "title": "Uno", "date_published": "2024-05-06T08:00:00Z", "content_html": "%s"}]}'
        ),
        '[{"permalink": "/uno/index.html", "title": "Uno", "date": "2024-05-06", "content": "%s"}]',
    ],
    ids=["Atom", "JSON Feed", "JSON of a Hugo theme"],
)
def test_kinds_of_feeds(paths: Paths, server: Server, body: str) -> None:
    """Atom, JSON Feed and a plain list in JSON give the same post under the same path."""
    server.text("/feed", body % LONG, "application/octet-stream")
    assert read(paths, f"{server.url}/feed").total("new") == 1
    ((path, text),) = texts(paths).items()
    assert path == "uno"
    assert text.count("GPT-4") == 40


def test_a_link_blog_is_not_followed(paths: Paths, server: Server) -> None:
    """What a feed points to on another host was written by others: its own words are the post."""
    with serving() as other:
        other.text("/ajeno/", page("Ajeno", LONG))
        elsewhere = other.url.replace("127.0.0.1", "localhost")
        server.text("/feed", rss(elsewhere, ("ajeno", "description", "Lo que opino de esto.")))
        assert read(paths, f"{server.url}/feed", kind="feed").total("new") == 1
        assert other.asked == []
    assert list(texts(paths).values()) == ["Lo que opino de esto."]


def hugo(root: Path, base_url: str, *, full_json: bool = False) -> Path:
    """A site of two languages with bundles, shortcodes and a draft, built by Hugo; its RSS has summaries only."""
    files = {
        "hugo.toml": f"""baseURL = "{base_url}/"
title = "Cuaderno"
defaultContentLanguage = "es"
enableRobotsTXT = true
[languages.es]
weight = 1
[languages.en]
weight = 2
[outputs]
home = ["html", "rss"{', "json"' if full_json else ""}]
""",
        "layouts/_default/single.html": '<html lang="{{ .Language.Lang }}"><head><title>{{ .Title }}</title>'
        '{{ template "_internal/opengraph.html" . }}</head><body><nav>Inicio Archivo Contacto</nav>'
        "<main><article><h1>{{ .Title }}</h1>{{ .Content }}</article></main></body></html>",
        "layouts/_default/list.html": '<html><head>{{ range .AlternativeOutputFormats }}<link rel="{{ .Rel }}"'
        ' type="{{ .MediaType.Type }}" href="{{ .Permalink }}">{{ end }}</head><body>{{ range .Pages }}'
        '<article><a href="{{ .Permalink }}">{{ .Title }}</a></article>{{ end }}</body></html>',
        "layouts/shortcodes/nota.html": "<aside>{{ .Inner }}</aside>",
        "layouts/index.json": '{{ $all := slice }}{{ range .Site.RegularPages }}{{ $all = $all | append (dict "url"'
        ' .Permalink "title" .Title "date" .Date "content" .RawContent) }}{{ end }}{{ $all | jsonify }}',
        "content/posts/uno.md": f"---\ntitle: Uno\ndate: 2024-01-02\n---\n{long('GPT-4')}\n\n{{{{< nota >}}}}Dato{{{{< /nota >}}}}\n",
        "content/posts/dos/index.md": f"---\ntitle: Dos\ndate: 2024-02-03\n---\n{long('Llama 2')}\n",
        "content/posts/uno.en.md": f"---\ntitle: One\ndate: 2024-01-02\n---\n{long('Claude 3')}\n",
        "content/posts/borrador.md": "---\ntitle: Nada\ndraft: true\n---\nAún no.\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return build(root)


def long(name: str) -> str:
    return "\n\n".join(
        f"El párrafo {n} cuenta que {name} se entrenó con {n + 2}.000 GPUs durante meses." for n in range(30)
    )


def build(root: Path) -> Path:
    binary = Path(sys.executable).parent / "hugo"  # of the package hugo, beside the interpreter
    subprocess.run([str(binary), "--quiet", "--source", str(root)], check=True, capture_output=True)
    return root / "public"


def serve(server: Server, folder: Path) -> None:
    def route(request: Request) -> Answer:
        file = folder / request.path.strip("/")
        if file.is_dir():
            file /= "index.html"
        if not file.is_file():
            return Answer(b"", 404)
        etag = f'"{crc32(file.read_bytes())}"'  # a date would not tell two builds within a second apart
        if request.headers.get("if-none-match") == etag:
            return Answer(b"", 304)
        kinds = {".html": "text/html", ".xml": "application/xml", ".json": "application/json"}
        return Answer(file.read_bytes(), 200, {"ETag": etag, "Content-Type": kinds.get(file.suffix, "text/plain")})

    server.routes["/*"] = route


def test_hugo_with_summaries(paths: Paths, server: Server, tmp_path: Path) -> None:
    """A site whose feed has summaries is read by the pages of its sitemap, in all languages, lists and drafts apart."""
    serve(server, hugo(tmp_path / "site", server.url))
    done = read(paths, server.url)
    assert (done.status, done.rejects) == ("ok", [])
    found = texts(paths)
    assert sorted(found) == ["en/posts/uno", "posts/dos", "posts/uno"]
    assert all(text.count("GPUs") == 30 for text in found.values())
    assert "Contacto" not in found["posts/uno"]
    server.asked.clear()
    again = read(paths, server.url)
    assert (again.total("unchanged"), again.total("seen")) == (3, 3)
    assert server.asked == ["/robots.txt", "/sitemap.xml"]  # the index dates the sitemap of each language


def test_hugo_edits(paths: Paths, server: Server, tmp_path: Path) -> None:
    """A page with a newer lastmod is read again, one that left the sitemap is marked, a new one is new."""
    site = tmp_path / "site"
    serve(server, hugo(site, server.url))
    read(paths, server.url)
    (site / "content/posts/uno.md").write_text(
        f"---\ntitle: Uno\ndate: 2024-01-02\nlastmod: 2024-06-01\n---\n{long('GPT-5')}\n"
    )
    (site / "content/posts/tres.md").write_text(f"---\ntitle: Tres\ndate: 2024-06-02\n---\n{long('Gemini')}\n")
    (site / "content/posts/dos/index.md").unlink()
    build(site)
    done = read(paths, server.url)
    assert (done.total("new"), done.total("changed")) == (1, 1)
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        gone = connection.execute("select path from posts where gone_at is not null").fetchall()
    assert gone == [("posts/dos",)]


def test_hugo_with_json(paths: Paths, server: Server, tmp_path: Path) -> None:
    """JSON output with the full text is preferred to summaries; one request is enough when nothing is new."""
    serve(server, hugo(tmp_path / "site", server.url, full_json=True))
    read(paths, server.url)
    found = texts(paths)
    assert {"posts/uno", "posts/dos"} <= set(found)
    assert found["posts/dos"].count("Llama 2") == 30


def test_git(paths: Paths, server: Server, tmp_path: Path) -> None:
    """A repository is cloned and read as the site it is; a later commit brings what changed, and marks what is gone."""
    site = tmp_path / "cuaderno"
    hugo(site, "https://cuaderno.example")
    (site / ".gitignore").write_text("public\n")

    def commit(message: str) -> None:
        for command in (
            ["init", "-q"],
            ["add", "-A"],
            ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", message],
        ):
            subprocess.run(["git", "-C", str(site), *command], check=True, capture_output=True)

    commit("uno")
    address = f"git+file://{site}"
    assert read(paths, address, kind="git").total("new") == 4
    assert read(paths, address, kind="git").total("unchanged") == 4
    (site / "content/posts/dos/index.md").unlink()
    (site / "content/posts/uno.md").write_text("---\ntitle: Uno\n---\nOtra cosa.\n")
    commit("dos")
    done = read(paths, address, kind="git")
    assert (done.total("changed"), done.total("seen")) == (1, 4)
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        gone = connection.execute("select path from posts where gone_at is not null").fetchall()
    assert gone == [("content/posts/dos/index.md",)]


def test_substack_on_its_own_domain(paths: Paths, server: Server) -> None:
    """A home page that Substack made is recognised as such, without being told."""
    from tests.integration.server import Publication

    publication = Publication(server)
    publication.add("hola", "<p>Hola.</p>")
    server.text("/", "<html><head><script src='https://substackcdn.com/x.js'></script></head></html>")
    assert read(paths, server.url).total("new") == 1
    assert list(texts(paths)) == ["p/hola"]


def test_nothing_there(paths: Paths, server: Server) -> None:
    """A site with neither feed nor sitemap is refused with what to do."""
    server.text("/", "<html><body>Hola</body></html>")
    done = read(paths, server.url)
    assert done.status == "failed"
    assert "neither a feed nor a sitemap" in done.rejects[0].message


def test_an_index_without_dates(paths: Paths, server: Server) -> None:
    """Where the index of sitemaps does not date its files, each is asked for; one that changed brings in what is new."""

    def urlset(*names: str) -> str:
        return "<urlset>" + "".join(f"<url><loc>{server.url}/{name}</loc></url>" for name in names) + "</urlset>"

    for name in ("uno", "dos", "tres"):
        server.text(f"/{name}", page(name, LONG))
    files = "".join(f"<sitemap><loc>{server.url}/{name}.xml</loc></sitemap>" for name in ("a", "b"))
    server.text("/sitemap.xml", f"<sitemapindex>{files}</sitemapindex>")
    server.text("/a.xml", urlset("uno"))
    server.text("/b.xml", urlset("dos"))
    server.text("/", "<html><body>Portada</body></html>")
    assert read(paths, server.url).total("new") == 2
    server.asked.clear()
    assert read(paths, server.url).total("unchanged") == 2
    assert server.asked == ["/robots.txt", "/sitemap.xml", "/a.xml", "/b.xml"]
    server.text("/b.xml", urlset("tres"))
    assert read(paths, server.url).total("new") == 1
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        assert connection.execute("select path from posts where gone_at is not null").fetchall() == [("dos",)]


@pytest.mark.parametrize("etag", [{}, {"ETag": '"1"'}])
def test_a_feed_that_moved_for_good(paths: Paths, server: Server, etag: dict[str, str]) -> None:
    """A run with nothing new asks where the feed is now, once, whether or not the server knows of validators."""
    server.routes["/viejo"] = Answer(b"", 301, {"Location": f"{server.url}/index.xml"})
    server.text("/index.xml", rss(server.url, ("entero", "content:encoded", LONG)), "application/rss+xml", **etag)
    assert read(paths, f"{server.url}/viejo", kind="feed").total("new") == 1
    server.asked.clear()
    assert read(paths, f"{server.url}/viejo", kind="feed").total("unchanged") == 1
    assert server.asked == ["/robots.txt", "/index.xml"]
    del server.routes["/index.xml"]
    server.text("/viejo", rss(server.url, ("entero", "content:encoded", LONG), ("otro", "content:encoded", LONG)))
    assert read(paths, f"{server.url}/viejo", kind="feed").total("new") == 1
