"""Ingestion as an operator meets it: running twice, killing it, feeding it rubbish."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest

from pipeline.config import Paths
from pipeline.errors import ConfigError, WarehouseError
from pipeline.find import find_sources
from pipeline.ingest import Ingestion, Summary, run
from pipeline.records import RawPost, Reject
from tests.conftest import rows, without_rights


def ingest(paths: Paths, *locations: Path) -> Summary:
    sources, failures = find_sources(locations, None)
    return run(sources, paths, workers=1, failures=failures)


def test_everything_arrives(ingested: Paths) -> None:
    """All sample posts are in the published file, with what was found in them, and nothing was rejected."""
    found = rows(ingested.warehouse)
    with duckdb.connect(str(ingested.warehouse), read_only=True) as connection:
        query = "select status, posts_seen, posts_new, posts_rejected from runs"
        assert connection.execute(query).fetchall() == [("ok", len(found["posts"]), len(found["posts"]), 0)]
    assert len(found["posts"]) >= 34
    assert len(found["mentions"]) > 150
    assert len(found["claims"]) > 150


def test_again_changes_nothing(ingested: Paths, sample: Path, tmp_path: Path) -> None:
    """A second run finds every post unchanged and leaves the published file as it is, to the byte."""
    home = shutil.copytree(ingested.home, tmp_path / "home")
    paths = Paths(home, home / "recuento.duckdb")
    before = paths.warehouse.read_bytes()
    again = ingest(paths, sample)
    assert again.total("unchanged") == again.total("seen")
    assert not again.published
    assert paths.warehouse.read_bytes() == before


def test_a_changed_post_is_a_new_revision(paths: Paths, sample: Path, tmp_path: Path) -> None:
    """Editing one post re-reads that post alone, and its revision counts up."""
    site = shutil.copytree(sample / "wide-margins", tmp_path / "wide-margins")
    ingest(paths, site)
    post = site / "content/posts/2024-09-24-nuclear.md"
    post.write_text(post.read_text().replace("835 MW", "840 MW"))
    done = ingest(paths, site)
    assert (done.total("changed"), done.total("new"), done.total("unchanged")) == (1, 0, done.total("seen") - 1)
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        assert connection.execute("select path, revision from posts where revision > 1").fetchall() == [
            ("content/posts/2024-09-24-nuclear.md", 2)
        ]
        assert connection.execute("select value from claims where quote = '840 MW'").fetchall() == [(840e6,)]
        assert connection.execute("select count(*) from claims where quote = '835 MW'").fetchone() == (0,)


def test_one_bad_post_costs_only_itself(paths: Paths, tmp_path: Path) -> None:
    """A post with invalid YAML is rejected with its name, line and remedy; its neighbours are loaded."""
    site = tmp_path / "blog-roto"
    (site / "content").mkdir(parents=True)
    (site / "content" / "bien.md").write_text("---\ntitle: Bien\n---\nGPT-4 y Llama 2.\n")
    (site / "content" / "mal.md").write_text('---\ntitle: "sin cerrar\ndate: 2024-01-01\n---\nTexto.\n')
    done = ingest(paths, site)
    (reject,) = done.rejects
    assert done.status == "ok"
    assert (reject.stage, reject.location) == ("parse", "content/mal.md")
    assert "mal.md" in reject.message
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        assert connection.execute("select path from posts").fetchall() == [("content/bien.md",)]
        assert connection.execute("select location, stage from rejects").fetchall() == [("content/mal.md", "parse")]


def test_one_bad_source_costs_only_itself(paths: Paths, sample: Path, tmp_path: Path) -> None:
    """A zip that is none, an empty folder and a missing one are reported; the good source is loaded."""
    rubbish = tmp_path / "export.zip"
    rubbish.write_text("not a zip")
    empty = tmp_path / "vacia"
    empty.mkdir()
    done = ingest(paths, rubbish, empty, tmp_path / "nada", sample / "wide-margins")
    assert done.status == "partial"
    assert len(done.rejects) == 3
    assert all(str(tmp_path) in reject.message for reject in done.rejects)
    assert done.total("new") == 10


def test_subscribers_are_never_read(paths: Paths, sample: Path, tmp_path: Path) -> None:
    """No address of the subscriber files beside an export gets into the warehouse or the raw bytes."""
    archive = tmp_path / "la-cuarta-ola.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted((sample / "la-cuarta-ola").rglob("*")):
            file.write(path, path.relative_to(sample / "la-cuarta-ola"))
    done = ingest(paths, archive)
    assert done.total("new") == 11
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        assert connection.execute("select count(*) from posts where text like '%nadie@correo%'").fetchone() == (0,)


def test_nothing_to_do_is_a_wrong_call() -> None:
    """Without locations and configuration there is nothing to ingest, and the message says what to do."""
    with pytest.raises(ConfigError, match="--config"):
        find_sources([], None)


def test_two_at_once(paths: Paths) -> None:
    """A second run leaves at once and says who holds the lock."""
    with Ingestion(paths), pytest.raises(WarehouseError, match=f"process {os.getpid()}"), Ingestion(paths):
        pass


def test_a_deleted_file_is_marked_and_comes_back(paths: Paths, sample: Path, tmp_path: Path) -> None:
    """What is deleted counts no more but stays readable; a part of a site says nothing about the rest of it."""
    site = shutil.copytree(sample / "wide-margins", tmp_path / "wide-margins")
    post, other = (site / "content/posts" / name for name in ("2024-09-24-nuclear.md", "2024-09-10-letter.md"))
    other.write_text("---\ntitle: Letter\n---\nNothing but GPT-4.")
    ingest(paths, site)
    text = post.read_text()
    post.unlink()

    def gone() -> list[tuple[str]]:
        with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
            counted = connection.execute("select count(*) from originals where path like '%nuclear.md'").fetchone()
            found = connection.execute("select path from posts where gone_at is not null").fetchall()
        assert counted == (0 if found else 1,)
        return found

    ingest(paths, other)
    assert gone() == []
    assert ingest(paths, site).published
    assert gone() == [("content/posts/2024-09-24-nuclear.md",)]
    assert not ingest(paths, site).published  # it is gone since then, not since today
    post.write_text(text)
    ingest(paths, site)
    assert gone() == []


def test_a_file_that_cannot_be_read_is_not_gone(paths: Paths, tmp_path: Path) -> None:
    """A reject is no deletion, neither of a post nor of a folder."""
    notes = tmp_path / "notas"
    (notes / "abajo").mkdir(parents=True)
    for name in ("a.md", "b.md", "abajo/c.md"):
        (notes / name).write_text(f"GPT-4 según {name}.")
    ingest(paths, notes)
    (notes / "a.md").unlink()
    (notes / "a.md").symlink_to("/etc/hostname")
    shutil.rmtree(notes / "abajo")
    (notes / "abajo").symlink_to("/etc")
    done = ingest(paths, notes)
    assert {reject.location for reject in done.rejects} == {"a.md", "abajo"}
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        assert connection.execute("select count(*) from published").fetchone() == (3,)


def test_what_may_not_be_read_costs_only_itself(open_folder: Path) -> None:
    """A folder without rights is named with the remedy, whether it is a source or lies inside of one."""
    shut, notes = open_folder / "cerrado", open_folder / "notas"
    for folder in (shut, notes, notes / "abajo"):
        folder.mkdir()
        (folder / "a.md").write_text("GPT-4 otra vez.")

    def found() -> tuple[list[str], list[str]]:
        sources, failures = find_sources([shut, notes], None)
        items = [item for source in sources for item in source.posts()]
        rejects = [item.message for item in items if isinstance(item, Reject)]
        return [item.path for item in items if isinstance(item, RawPost)], [*rejects, *(str(e) for _, e in failures)]

    assert found() == (["a.md", "a.md", "abajo/a.md"], [])
    shut.chmod(0)
    (notes / "abajo").chmod(0)
    with without_rights():
        posts, complaints = found()
    assert posts == ["a.md"]
    assert [text.split(": cannot be read (Permission denied); check that")[0] for text in complaints] == [
        f"{open_folder.name}-notas: abajo", str(shut)
    ]  # fmt: skip
