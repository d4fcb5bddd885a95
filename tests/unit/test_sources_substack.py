"""Substack exports, as folders and as zips: rows and files, the privacy of subscribers, and zips that mean harm."""

import builtins
import io
import os
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.records import RawPost, Reject
from pipeline.sources import recognise
from tests.unit.test_sources import HEAD, read, write

NEW = "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n"
FILES = {
    "posts.csv": NEW
    + '10.uno,2025-01-28T07:04:36.372Z,true,,,newsletter,everyone,"Uno, ""dos"" y tres",Un subtítulo,\n'
    + "11.borrador,,false,,,newsletter,only_paid,,,\n"
    + "12.charla,2025-02-01T00:00:00Z,TRUE,,,podcast,founding,Charla,,https://x.test/a.mp3\n"
    + "13.falta,2025-02-02T00:00:00Z,true,,,newsletter,everyone,Perdida,,\n"
    + "14.un-nombre-muy-lar,2025-02-03T00:00:00Z,true,,,thread,everyone,Largo,,\n"
    + ",,true,,,newsletter,everyone,Sin id,,\n",
    "posts/10.uno.html": "<p>Uno</p>",
    "posts/11.borrador.html": "<p></p>",
    "posts/12.charla.html": "<p>Charla</p>",
    "posts/14.un-nombre-muy-largo.html": "<p>Largo</p>",
    "posts/99.sin-fila.html": "<p>Sin fila</p>",
}
PRIVATE = {
    "posts/10.opens.csv": "lectora@ejemplo.test\n", "posts/10.delivers.csv": "lectora@ejemplo.test\n",
    "10.opens.csv": "x", "email_list.carta.csv": "lectora@ejemplo.test\n",
}  # fmt: skip


def packed(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def as_folder(tmp_path, files):
    return write(tmp_path / "carta", files)


def as_zip(tmp_path, files):
    return packed(tmp_path / "carta.zip", files)


def as_wrapped_zip(tmp_path, files):
    return packed(
        tmp_path / "carta.zip", {f"mi export/{n}": c for n, c in files.items()} | {"__MACOSX/._posts.csv": "x"}
    )


@pytest.mark.parametrize("form", [as_folder, as_zip, as_wrapped_zip])
def test_rows_and_files_find_each_other(tmp_path, form):
    """Every file is a post with what its row says; a row without its file is a reject that names it."""
    location = form(tmp_path, FILES | PRIVATE)
    (source,) = recognise(location)
    assert (source.id, source.kind, source.root) == ("carta", "substack", location)
    posts, rejects = read(location)
    assert list(posts) == [
        "posts/10.uno.html", "posts/11.borrador.html", "posts/12.charla.html", "posts/14.un-nombre-muy-largo.html",
        "posts/99.sin-fila.html",
    ]  # fmt: skip
    assert posts["posts/10.uno.html"].metadata == {
        "title": 'Uno, "dos" y tres', "subtitle": "Un subtítulo", "published": "2025-01-28T07:04:36.372Z",
        "audience": "everyone", "kind": "newsletter", "draft": "false", "language": None,
    }  # fmt: skip
    draft = posts["posts/11.borrador.html"].metadata
    assert (draft["title"], draft["published"], draft["draft"], draft["audience"]) == (None, None, "true", "only_paid")
    assert posts["posts/12.charla.html"].metadata["kind"] == "podcast"
    assert posts["posts/12.charla.html"].metadata["draft"] == "false"
    assert posts["posts/14.un-nombre-muy-largo.html"].metadata["title"] == "Largo"
    assert posts["posts/99.sin-fila.html"].metadata == {}
    assert [r.location for r in rejects] == ["posts/13.falta.html", "posts.csv row 7"]
    assert "row 5 lists this post (Perdida), but the file is not in the export; export again" in rejects[0].message


@pytest.mark.parametrize("form", [as_folder, as_zip])
def test_the_old_columns_and_a_spreadsheet_s_semicolons_are_read(tmp_path, form):
    """Exports without inbox_sent_at, with a BOM, semicolons or cp1252 give the same metadata."""
    row = "1.a;2024-01-02T03:04:05Z;VERDADERO;page;everyone;Año;;\n"
    table = ("\ufeff" + HEAD.replace(",", ";") + row).encode("cp1252", "ignore")
    posts, rejects = read(form(tmp_path, {"posts.csv": table, "posts/1.a.html": "<p>a</p>"}))
    assert not rejects
    assert posts["posts/1.a.html"].metadata["title"] == "Año"
    assert posts["posts/1.a.html"].metadata["draft"] == "false"


def test_files_of_subscribers_are_never_opened(tmp_path, monkeypatch):
    """Whatever is opened on the way, in a folder or in a zip, no file with addresses is among it."""
    folder, archive = as_folder(tmp_path, FILES | PRIVATE), as_zip(tmp_path, FILES | PRIVATE)
    opened: list[str] = []

    def spy(module, name):
        real = getattr(module, name)

        def noting(*args, **options):
            opened.extend(str(getattr(arg, "filename", arg)) for arg in args)
            return real(*args, **options)

        monkeypatch.setattr(module, name, noting)

    for module, name in ((builtins, "open"), (io, "open"), (os, "open"), (zipfile.ZipFile, "open")):
        spy(module, name)
    for location in (tmp_path, folder, archive):
        read(location)
    assert any("10.uno.html" in name for name in opened)
    assert any(name.endswith("posts.csv") for name in opened)
    assert not [name for name in opened if any(word in name for word in ("opens", "delivers", "email_list"))]


@pytest.mark.parametrize("form", [as_folder, as_zip])
@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"posts.csv": HEAD}, "an empty export"),
        (
            {"posts.csv": "a,b\n1,2\n", "posts/1.a.html": "x"},
            "column is_published, post_date, post_id, title is missing",
        ),
    ],
)
def test_an_export_without_posts_or_with_another_table_is_an_error(tmp_path, form, files, message):
    """Nothing to read is never a success, and the message says what was seen."""
    with pytest.raises(SourceError, match=message):
        read(form(tmp_path, files))


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"nota.md": "x"}, "no Substack export in this zip; unpack it"),
        ({"../posts.csv": HEAD}, "a path that leads out of the archive; do not trust"),
        ({"/posts/1.a.html": "x"}, "a path that leads out of the archive"),
        ({"posts/1.a.html": b"\0" * 15_000_000}, "would unpack to 15 MB in 1 files"),
    ],
)
def test_zips_that_mean_harm_or_hold_no_export_are_refused(tmp_path, files, message):
    """A zip is looked at before anything in it is unpacked."""
    with pytest.raises(SourceError, match=message):
        recognise(as_zip(tmp_path, files))


def test_a_damaged_member_costs_itself_only(tmp_path):
    """A member whose bytes do not match its checksum is a reject; its neighbours are read."""
    archive = tmp_path / "carta.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:
        target.writestr("posts/1.a.html", "<p>MARCA-A</p>")
        target.writestr("posts/2.b.html", "<p>MARCA-B</p>")
    archive.write_bytes(archive.read_bytes().replace(b"MARCA-A", b"marca-a"))
    items = [item for source in recognise(archive) for item in source.posts()]
    assert [type(item) for item in items] == [Reject, RawPost]
    assert "damaged inside the zip" in items[0].message
    assert items[0].message.endswith("download the export again")
