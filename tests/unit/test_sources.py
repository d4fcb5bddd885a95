"""Recognising what lies at a location, ids, and the things that every kind of source must survive."""

import os
from datetime import date
from pathlib import Path

import pytest

from pipeline.digest.archive import file_digest
from pipeline.errors import SourceError
from pipeline.records import RawPost, Reject
from pipeline.report import write_report
from pipeline.sources import recognise
from pipeline.warehouse.read import open_published
from tests.sql.world import build, world


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def read(location: Path, **options) -> tuple[dict[str, RawPost], list[Reject]]:
    items = [item for source in recognise(location, **options) for item in source.posts()]
    return {i.path: i for i in items if isinstance(i, RawPost)}, [i for i in items if isinstance(i, Reject)]


HEAD = "post_id,post_date,is_published,type,audience,title,subtitle,podcast_url\n"
NOTE = "Una nota sobre modelos.\n"


def test_a_folder_of_trees_gives_one_source_per_tree_with_the_same_ids_as_the_trees_alone(tmp_path):
    """Recognising a collection or each of its trees names the sources alike."""
    write(tmp_path / "todo", {
        "ana__blog/hugo.toml": "", "ana__blog/content/post/uno.md": NOTE,
        "cartas/posts.csv": HEAD, "cartas/posts/1.hola.html": "<p>Hola</p>",
        "apuntes/nota.md": NOTE,
        "proyecto/README.md": NOTE, "proyecto/test/site/content/a.md": NOTE, "proyecto/docs/manual.md": NOTE,
        "canal/public/feed.xml": "<rss version='2.0'><channel><title>Canal</title></channel></rss>",
    })  # fmt: skip
    found = {source.id: source.kind for source in recognise(tmp_path / "todo")}
    assert found == {
        "ana__blog": "hugo", "cartas": "substack", "apuntes": "vault", "proyecto-test-site": "hugo",
        "canal-public-feed": "feed",
    }  # fmt: skip
    alone = [source.id for tree in sorted((tmp_path / "todo").iterdir()) for source in recognise(tree)]
    assert sorted(alone) == sorted(found)


def test_an_export_inside_a_site_is_a_source_of_its_own(tmp_path):
    """A site with a Substack export in its data folder holds two sources, and no post twice."""
    site = write(tmp_path / "cronica", {
        "hugo.toml": "", "content/posts/a/index.md": NOTE,
        "data/substack-archive/posts.csv": HEAD + "7.a,2025-01-28T07:04:36.372Z,true,newsletter,everyone,A,,\n",
        "data/substack-archive/posts/7.a.html": "<p>A</p>",
    })  # fmt: skip
    assert [(s.id, s.kind) for s in recognise(site)] == [
        ("cronica", "hugo"), ("cronica-data-substack-archive", "substack"),
    ]  # fmt: skip
    assert [s.id for s in recognise(site, source_id="mio")] == ["mio-cronica", "mio-cronica-data-substack-archive"]
    posts, rejects = read(site)
    assert sorted(posts) == ["content/posts/a/index.md", "posts/7.a.html"]
    assert not rejects


def test_a_given_id_kind_language_and_title_hold(tmp_path):
    """What a configuration says of a source is taken over."""
    write(tmp_path, {"x/nota.md": NOTE})
    (source,) = recognise(tmp_path / "x", source_id="mis-notas", kind="vault", language="es", title="Notas")
    (post,) = source.posts()
    assert (source.id, source.title, post.source_id, post.metadata["language"]) == (
        "mis-notas",
        "Notas",
        "mis-notas",
        "es",
    )
    with pytest.raises(SourceError, match="no source of kind feed"):
        recognise(tmp_path / "x", kind="feed")


def test_a_page_or_folder_of_a_site_has_the_path_it_has_in_the_whole(tmp_path):
    """Post ids do not depend on whether the site, a folder or a single page was named."""
    site = write(tmp_path / "blog-de-ana", {"content/post/uno.md": NOTE, "content/post/dos.md": NOTE})
    for location in (site, site / "content", site / "content" / "post", site / "content" / "post" / "uno.md"):
        (source,) = recognise(location)
        assert source.id == "blog-de-ana"
        assert "content/post/uno.md" in [post.path for post in source.posts()]


def test_single_files_are_posts_of_their_folder(tmp_path):
    """A file is a source of one post, whose format its extension tells."""
    write(tmp_path / "suelto", {"a.md": NOTE, "b.html": "<p>b</p>", "c.org": "* C\n", "d.txt": NOTE})
    formats = []
    for name in "a.md", "b.html", "c.org", "d.txt":
        (source,) = recognise(tmp_path / "suelto" / name)
        (post,) = source.posts()
        assert (source.id, source.kind, source.root / post.path) == ("suelto", "file", tmp_path / "suelto" / name)
        formats.append(post.format)
    assert formats == ["markdown", "html", "org", "markdown"]


@pytest.mark.parametrize(
    ("files", "location", "message"),
    [
        ({}, "nada", "does not exist; check the spelling"),
        ({"vacia/.keep": ""}, "vacia", "no posts found; expected a Hugo site"),
        ({"x/foto.png": b"png"}, "x/foto.png", "a file of unknown kind; single files may be .md"),
        ({"x/export.zip": b"no zip"}, "x/export.zip", "not a zip .*; download the export again"),
        ({"x/sitemap.xml": "<urlset/>"}, "x/sitemap.xml", "not an RSS or Atom feed; name a recorded /feed"),
        ({"x/post_export.csv": "\ufeffuid,title,published date,is page,content\n"}, "x", "Bear Blog export, not Substack's"),
        ({"x/otra.csv": "a,b\n"}, "x/otra.csv", "column is_published, post_date, post_id, title is missing"),
        ({"x/email_list.mia.csv": "a@b.c\n"}, "x/email_list.mia.csv", "never opened; name the export's folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_source_is_told_in_one_line_with_a_remedy(tmp_path, files, location, message):
    """Each wrong location gets a SourceError of one line that says what to do."""
    write(tmp_path, files)
    with pytest.raises(SourceError, match=message) as caught:
        recognise(tmp_path / location)
    assert "\n" not in str(caught.value)
    assert location.split("/")[0] in str(caught.value)


def test_an_empty_folder_is_told_from_one_without_posts(tmp_path):
    """An empty folder is called empty."""
    with pytest.raises(SourceError, match="an empty folder; name one with posts"):
        recognise(tmp_path)


def test_one_bad_file_never_stops_the_rest(tmp_path):
    """Links out of the tree, broken links, pipes, huge files and names that are no text are rejected with a remedy."""
    root = write(tmp_path / "v", {"a.md": NOTE, "z.md": NOTE, "sub/b.md": NOTE})
    outside = write(tmp_path / "otro", {"secreto.md": NOTE})
    (root / "fuera.md").symlink_to(outside / "secreto.md")
    (root / "carpeta").symlink_to(outside)
    (root / "roto.md").symlink_to(root / "no-hay.md")
    (root / "dentro.md").symlink_to(root / "a.md")
    (root / "bucle").symlink_to(root)
    os.mkfifo(root / "tubo.md")
    with (root / "enorme.md").open("wb") as huge:
        huge.truncate(21_000_000)
    Path(os.fsdecode(os.fsencode(root) + b"/mal\xff.md")).write_text(NOTE)
    posts, rejects = read(root)
    assert sorted(posts) == ["a.md", "dentro.md", "sub/b.md", "z.md"]
    assert {r.location: r.message.split(": ", 2)[2].split(";")[0].split(",")[0] for r in rejects} == {
        "carpeta": "a link that leads out of the source",
        "fuera.md": "a link that leads out of the source",
        "roto.md": "a link that leads nowhere",
        "tubo.md": "not a plain file",
        "enorme.md": "21 MB",
        "mal\\xff.md": "the file's name is not valid UTF-8",
    }
    assert all(r.stage == "fetch" and "; " in r.message for r in rejects)


def test_a_file_that_vanishes_while_reading_is_a_reject(tmp_path):
    """Posts are read lazily; a file removed meanwhile costs itself only."""
    root = write(tmp_path / "v", {"a.md": NOTE, "b.md": NOTE, "c.md": NOTE})
    (source,) = recognise(root)
    items = source.posts()
    first = next(items)
    (root / "b.md").unlink()
    rest = list(items)
    assert first.path == "a.md"
    assert [type(item) for item in rest] == [Reject, RawPost]
    assert rest[0].error == "OSError"


def test_paths_are_composed_and_a_clash_is_told(tmp_path):
    """A name stored decomposed has the path that it has elsewhere; two of one path are not both loaded."""
    root = write(tmp_path / "v", {"cafe\u0301.md": NOTE})
    assert list(read(root)[0]) == ["café.md"]
    write(root, {"café.md": NOTE})
    posts, rejects = read(root)
    assert list(posts) == ["café.md"]
    assert "rename or remove one" in rejects[0].message


def test_a_vault_leaves_out_what_obsidian_and_projects_keep_beside_notes(tmp_path):
    """Hidden folders, tools' folders, drawings, the README and text files are no notes."""
    root = write(tmp_path / "boveda", {
        ".obsidian/app.json": "{}", ".trash/vieja.md": NOTE, ".oculta.md": NOTE, "node_modules/x/y.md": NOTE,
        "README.md": NOTE, "notas/README.md": NOTE, "dibujo.excalidraw.md": NOTE, "robots.txt": NOTE,
        "Año 2025/Ideas.md": NOTE, "---.md": "---\nno es cabecera\n",
    })  # fmt: skip
    (source,) = recognise(root)
    posts, rejects = read(root)
    assert source.kind == "vault"
    assert sorted(posts) == ["---.md", "Año 2025/Ideas.md", "notas/README.md"]
    assert not rejects


def test_digests_and_reports_are_nobodys_posts(tmp_path):
    """What Recuento itself writes into a folder of notes is left out; pages of the same names by others are read."""
    root = write(tmp_path / "boveda", {"ideas.md": NOTE, "web/index.html": "<p>Una portada.</p>", "web/index.md": NOTE})
    with open_published(build(tmp_path, world("press"))) as connection:
        file_digest(connection, date(2025, 2, 10), date(2025, 2, 16), root / "digests")
        write_report(connection, root / "report.html")
    posts, rejects = read(root)
    assert sorted(posts) == ["ideas.md", "web/index.html", "web/index.md"]
    assert not rejects
    for text in (root / "digests").rglob("digest.md"):
        text.unlink()
    assert sorted(read(root)[0]) == sorted(posts)  # the page alone is no post either


ORG = """#+title: Todas
#+author: Ana
#+hugo_base_dir: ..

* Notas                                :@notas:
** DONE [#A] Primera entrada            :ia:modelos:
CLOSED: [2024-03-02 Sat 10:30]
:PROPERTIES:
:EXPORT_FILE_NAME: primera
:END:
Texto de la primera.
#+begin_src org
* Esto es un ejemplo
#+end_src
*** Detalle
Más texto.
**** Anidada
:PROPERTIES:
:EXPORT_FILE_NAME: anidada
:EXPORT_DATE: 2024-04-01
:END:
Texto de la anidada.
** TODO Borrador
:PROPERTIES:
:EXPORT_FILE_NAME: borrador.md
:END:
Pendiente.
** Oculta :noexport:
:PROPERTIES:
:EXPORT_FILE_NAME: oculta
:END:
"""


def test_an_org_file_with_exported_subtrees_holds_a_post_for_each(tmp_path):
    """Each subtree with EXPORT_FILE_NAME is one post, with title, date and draft state; an inner one is not repeated."""
    posts, _ = read(write(tmp_path / "orgs", {"todas.org": ORG, "una.org": "#+title: Una\nHola\n"}))
    assert list(posts) == ["todas.org#primera", "todas.org#anidada", "todas.org#borrador", "una.org"]
    first = posts["todas.org#primera"]
    text = first.content.decode()
    assert first.metadata == {"title": "Primera entrada", "published": "2024-03-02T10:30", "draft": None}
    assert text.startswith("#+author: Ana\n#+title: Primera entrada\n#+date: 2024-03-02T10:30\n")
    assert "* Esto es un ejemplo" in text
    assert "*** Detalle\nMás texto." in text
    assert "anidada" not in text.lower()
    assert posts["todas.org#anidada"].metadata["published"] == "2024-04-01"
    assert posts["todas.org#borrador"].metadata["draft"] == "true"
