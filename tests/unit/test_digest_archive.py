"""Digests filed by period, and their index."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.digest import DIGESTS, query_digest
from pipeline.digest.archive import file_digest
from pipeline.digest.period import named_period, period_name
from pipeline.resources import resource
from pipeline.warehouse.read import open_published
from tests.sql.world import build, world

DOCS = Path(__file__).parent.parent.parent / "docs" / "digests.md"


def test_each_period_has_its_folder_and_the_index_names_all(tmp_path: Path) -> None:
    """The latest first, each with its files; what is no period is no digest; a second run changes no byte."""
    root = tmp_path / "digests"
    (root / "notas").mkdir(parents=True)
    with open_published(build(tmp_path, world("press"))) as connection:
        for _ in range(2):
            for since, until in ((date(2025, 2, 10), date(2025, 2, 16)), (date(2025, 1, 1), date(2025, 1, 31))):
                file_digest(connection, since, until, root)
            index = (root / "index.md").read_text(encoding="utf-8")
    assert re.findall(r"^- \[([^]]+)\]\((\S+)\)", index, re.MULTILINE) == [
        ("2025-W07", "2025-W07/digest.html"), ("2025-01", "2025-01/digest.html"),
    ]  # fmt: skip
    for link in re.findall(r"\]\(([^)]+)\)", index):
        assert (root / link).is_file()
    assert '<a href="2025-W07/posts.csv">posts</a>' in (root / "index.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in root.iterdir()) == ["2025-01", "2025-W07", "index.html", "index.md", "notas"]


@given(st.dates(), st.dates())
def test_a_period_is_told_by_its_name(one: date, other: date) -> None:
    """Back and forth, for any two days."""
    since, until = sorted((one, other))
    assert named_period(period_name(since, until)) == (since, until)


@pytest.mark.parametrize("name", ["notas", "2025", "2025-W60", "2025-13", "2025-01-01", "2025-01-01_x", ".new-1", ""])
def test_any_other_name_is_no_period(name: str) -> None:
    """Files and folders of the user's beside the digests stay out of the index."""
    assert named_period(name) is None


@pytest.mark.parametrize("name", DIGESTS)
def test_the_columns_are_those_documented(tmp_path: Path, name: str) -> None:
    """docs/digests.md has every file with its columns, in their order, each with a meaning."""
    with open_published(build(tmp_path, world("press"))) as connection:
        columns = query_digest(connection, name, date(2025, 1, 1), date(2025, 2, 28)).columns
    section = DOCS.read_text(encoding="utf-8").split(f"\n## {name}.csv\n")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `([a-z_]+)` \| \S", section, re.MULTILINE)) == columns


def test_each_digest_says_what_a_row_is() -> None:
    """Its SQL names purpose, grain and parameters."""
    for name in DIGESTS:
        text = resource("sql", "digests", f"{name}.sql").read_text(encoding="utf-8")
        assert all(f"-- {word}: " in text for word in ("purpose", "grain", "parameters"))
