"""A changed lexicon costs the posts that hold a changed name, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipeline.config import Paths
from pipeline.find import find_sources
from pipeline.ingest import run
from pipeline.resources import resource
from pipeline.tally import Summary
from pipeline.version import extractor_version
from tests.conftest import rows

Change = Callable[[str, str, str], None]


@pytest.fixture
def lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Change:
    """Changes a text in a file of the lexicon, from the next run on."""
    last = [resource("data", "lexicon")]

    def change(file: str, old: str, new: str) -> None:
        folder = shutil.copytree(last[0], tmp_path / f"lexicon-{len(last)}")
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        last.insert(0, folder)
        monkeypatch.setattr("pipeline.lexicon.load.resource", lambda *_: folder)

    return change


def ingest(paths: Paths, *locations: Path) -> Summary:
    return run(find_sources(locations, None)[0], paths, workers=1)


def test_only_what_holds_the_name(paths: Paths, sample: Path, lexicon: Change) -> None:
    """A new alias re-reads the posts that hold it, and the run says so; the rows are those of a first run with the new
    lexicon.
    """
    ingest(paths, sample)
    lexicon("organizations.csv", "\nMicrosoft,", "\nMicrosoft,Three Mile Island|")
    done = ingest(paths, sample)
    text = "select count(*) from posts where text ilike '%three_mile_island%'"
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        (holding,) = connection.execute(text).fetchone() or (0,)
        run_row = connection.execute(
            "select posts_reextracted, reextracted_because from runs order by started_at desc, run_id desc limit 1"
        ).fetchone()
        surfaces = connection.execute("select surface from mentions where name = 'Microsoft'").fetchall()
    assert 0 < done.total("reextracted") == holding < done.total("seen") / 4
    assert run_row == (holding, done.because)
    assert "three mile island" in done.because
    assert ("Three Mile Island",) in surfaces
    fresh = Paths(paths.home.parent / "fresh", paths.home.parent / "fresh.duckdb")
    ingest(fresh, sample)
    assert rows(paths.warehouse) == rows(fresh.warehouse)
    assert ingest(paths, sample).total("unchanged") == done.total("seen")


def test_a_name_that_no_post_holds(paths: Paths, sample: Path, lexicon: Change) -> None:
    """Nothing is read again, and nothing new is published."""
    ingest(paths, sample)
    lexicon("families.csv", "\nClaude,Anthropic,", "\nClaude,Anthropic,Klode Nebulosa|")
    done = ingest(paths, sample)
    assert (done.total("reextracted"), done.because, done.published) == (0, "", False)


def test_a_word_of_the_grammar_touches_all(paths: Paths, sample: Path, lexicon: Change) -> None:
    """What bears on every text makes another version: all posts are read again, and the run says why."""
    ingest(paths, sample)
    lexicon("words.csv", "\nvariant,", "\nvariant,zafiro|")
    extractor_version.cache_clear()
    done = ingest(paths, sample)
    extractor_version.cache_clear()
    assert done.total("reextracted") == done.total("seen")
    assert done.because == f"{done.total('seen')} posts by other rules"


def test_the_mark_waits_for_its_source(paths: Paths, sample: Path, lexicon: Change) -> None:
    """A run of one source leaves the others' posts marked; they are read again when their source's turn comes."""
    places = sorted(path for path in sample.iterdir() if path.is_dir())
    ingest(paths, *places)
    lexicon("organizations.csv", "|NVDA,chip_maker,", "|NVDA,company,")
    first = [ingest(paths, place).total("reextracted") for place in places]
    assert sum(count > 0 for count in first) > 1
    assert [ingest(paths, place).total("reextracted") for place in places] == [0] * len(places)
