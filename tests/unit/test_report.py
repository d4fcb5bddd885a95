"""The report is one file that needs nothing and runs nothing of what posts say."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup

from pipeline.records import Metric, Modality
from pipeline.report import write_report
from pipeline.report.charts import Mark, decades, log_days, log_rows
from pipeline.resources import resource
from pipeline.warehouse.read import open_published
from tests.sql.world import build, world

EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>"
NASTY: dict[str, Any] = {
    "entities": {EVIL: {"kind": "org"}, '"><svg onload=alert(2)>': {"kind": "model"}},
    "runs": [[{
        "at": "blog/x.md", "on": "2025-01-10", "title": f"T {EVIL} </title>", "author": EVIL,
        "url": "javascript:alert(3)", "text": f'{EVIL} y "><svg onload=alert(2)> con </table>5k GPUs<b> y 7B.',
        "says": [EVIL, '"><svg onload=alert(2)>'],
        "claims": [
            {"metric": "hardware_quantity", "value": 5000.0, "quote": "</table>5k GPUs<b>", "subject": EVIL},
            {"metric": "parameters", "value": 7e9, "quote": "7B", "subject": '"><svg onload=alert(2)>'}],
    }]],
}  # fmt: skip


def page(tmp_path: Path, given: dict[str, Any], **options: str) -> BeautifulSoup:
    with open_published(build(tmp_path, given)) as connection:
        write_report(connection, tmp_path / "report.html", **options)
    return BeautifulSoup((tmp_path / "report.html").read_text(encoding="utf-8"), "lxml")


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_section_is_there(tmp_path: Path, language: str) -> None:
    """Charts, and every claim of an original with its number marked in its sentence."""
    soup = page(tmp_path, world("press"), title="Enero", language=language)
    assert soup.html is not None
    assert soup.html["lang"] == language
    assert [section["id"] for section in soup.find_all("section")] == [
        "s-mentions", "s-movers", "s-clusters", "s-sizes", "s-prices", "s-disputed", "s-claims",
    ]  # fmt: skip
    charts = soup.select("section svg[role=img]")
    assert len(charts) >= 8
    assert all(chart["aria-label"] for chart in charts)
    marks = [mark.text for mark in soup.select("#claims mark")]
    assert sorted(marks) == sorted(
        ["25k GPUs", "70B", "70B", "350k GPUs", "1.8T", "1.0T", "$0.14 per million tokens"]
    )
    details = next(d for d in soup.select("#claims details") if d.mark and d.mark.text == "1.8T")
    assert "GPT-4 tendría unos 1.8T, según rumores" in details.text
    link = details.find_parent("tr").find("a")  # type: ignore[union-attr]
    assert link["href"] == "https://letter.example/c#top:~:text=1.8T"  # type: ignore[index]


def test_hedges_are_drawn_differently(tmp_path: Path) -> None:
    """A plan is a ring, what is stated a disc; each has its tooltip."""
    soup = page(tmp_path, world("press"))
    kinds = [mark["class"][0] for mark in soup.select("#s-clusters figure circle, #s-clusters figure polygon")]
    assert kinds == ["planned", "stated"]
    assert "350k GPUs" in soup.select("#s-clusters figure circle title")[0].text


def test_nothing_of_a_post_is_run(tmp_path: Path) -> None:
    """Markup in titles, names and quotes is text; the one script is ours; no attribute runs, no link leaves http."""
    soup = page(tmp_path, NASTY, title=EVIL)
    assert len(soup.find_all("script")) == 1
    assert soup.find_all(["img", "iframe", "object", "link", "base"]) == []
    for tag in soup.select("*"):
        for name, value in tag.attrs.items():
            assert not name.startswith("on")
            assert "javascript:" not in str(value)
            assert name != "style"
    assert soup.title is not None
    assert soup.title.text == EVIL
    assert {td.text for td in soup.select("#claims td:first-child")} == set(NASTY["entities"])


def test_the_content_policy_allows_only_our_own_style_and_script(tmp_path: Path) -> None:
    """Both are named by their digest, all else is forbidden."""
    soup = page(tmp_path, world("press"))
    meta = soup.select_one("meta[http-equiv=Content-Security-Policy]")
    assert meta is not None
    policy = str(meta["content"])
    assert policy.startswith("default-src 'none'; ")
    for tag in ("script", "style"):
        element = soup.find(tag)
        assert element is not None
        digest = base64.b64encode(hashlib.sha256(str(element.string).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert soup.select("[src]") == []
    allowed = ("#s-", "data:text/csv", "https://blog.example", "https://letter.example")
    assert all(str(tag["href"]).startswith(allowed) for tag in soup.select("[href]"))


def test_an_empty_warehouse_gives_a_page(tmp_path: Path) -> None:
    """With nothing to show it says so."""
    soup = page(tmp_path, {"entities": {}, "runs": [[]]}, language="en")
    assert soup.text.count("Nothing to show yet.") >= 5


def test_the_same_warehouse_gives_the_same_bytes(tmp_path: Path) -> None:
    """Written twice, and nothing else is left beside it."""
    page(tmp_path, world("weeks"))
    first = (tmp_path / "report.html").read_bytes()
    with open_published(tmp_path / "public.duckdb") as connection:
        write_report(connection, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes() == first
    assert not list(tmp_path.glob(".report*"))


def test_labels_are_complete_in_both_languages() -> None:
    """Every label stands in both, and every metric and modality has one."""
    labels = tomllib.loads(resource("data", "report", "labels.toml").read_text(encoding="utf-8"))
    assert set(labels["es"]) == set(labels["en"])
    assert {*get_args(Metric), *get_args(Modality)} <= set(labels["es"])


def test_the_data_behind_a_chart_can_be_taken_along(tmp_path: Path) -> None:
    """Each chart has its rows as a CSV file."""
    soup = page(tmp_path, world("press"))
    link = soup.select_one("#s-clusters a[download]")
    assert link is not None
    content = base64.b64decode(str(link["href"]).split(",", 1)[1]).decode("utf-8-sig")
    assert content.splitlines()[0].startswith("accelerators,bound,modality,subject")
    assert len(content.splitlines()) == 3


def test_axes_hold_all_values() -> None:
    """Decades below and above the values; a single value has an axis too."""
    assert decades([3.0, 2e12]) == (0, 13)
    assert decades([1000.0]) == (3, 4)
    only = [Mark(0.14, "x", "t")]
    assert "NaN" not in log_rows("a", only, str)
    day = [Mark(0.14, "x", "t", day=date(2025, 1, 1))]
    assert log_days("a", day, str).count("<circle") == 1
