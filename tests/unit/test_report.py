"""The report is one file that needs nothing and runs nothing of what posts say."""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
import zlib
from pathlib import Path
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup

from pipeline.labels import words
from pipeline.records import Metric, Modality
from pipeline.report import write_report
from pipeline.report.charts import draw, log_axis
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


def unpacked(soup: BeautifulSoup) -> dict[str, Any]:
    packed = soup.select_one("#packed")
    assert packed is not None
    found: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed.text)))
    return found


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_section_is_there(tmp_path: Path, language: str) -> None:
    """In its language, with charts that have a name, and every claim of an original."""
    soup = page(tmp_path, world("press"), title="Enero", language=language)
    assert soup.html is not None
    assert soup.html["lang"] == language
    assert [section["id"] for section in soup.find_all("section")] == [
        "s-highlights", "s-mentions", "s-movers", "s-values", "s-clusters", "s-prices", "s-disputed", "s-claims",
    ]  # fmt: skip
    charts = soup.select("section figure svg")
    assert len(charts) >= 8
    assert all(chart["aria-label"] for chart in charts)
    assert sorted(unpacked(soup)["claims"]["quote"]) == sorted(
        ["25k GPUs", "70B", "70B", "350k GPUs", "1.8T", "1.0T", "$0.14 per million tokens"]
    )


def test_a_claim_is_packed_with_its_sentence_and_its_post(tmp_path: Path) -> None:
    """Words before and after, value as written for a reader, and where it was read."""
    packed = unpacked(page(tmp_path, world("press")))
    claims, posts = packed["claims"], packed["posts"]
    assert len({len(column) for column in claims.values()}) == 1
    at = claims["quote"].index("1.8T")
    assert claims["before"][at] + claims["quote"][at] + claims["after"][at] == (
        "GPT-4 tendría unos 1.8T, según rumores; aquí se dijo que GPT-4 tiene 1.0T."
    )
    assert (claims["subject"][at], claims["shown"][at], claims["modality"][at]) == (
        "GPT-4",
        "≈\u00a01.800.000.000.000",
        "rumored",
    )
    post = claims["post"][at]
    assert (posts["url"][post], posts["title"][post], posts["day"][post]) == (
        "https://letter.example/c#top", "Cuánto mide GPT-4", "2025-02-10",
    )  # fmt: skip


def test_hedges_are_drawn_differently(tmp_path: Path) -> None:
    """A plan is hollow, what is stated is filled; each leads to its claim and has its tooltip."""
    soup = page(tmp_path, world("press"))
    points = {str(p["aria-label"]): p for p in soup.select("#s-clusters svg a path")}
    fills = {label.split("«")[1].split("»")[0]: point.get("fill") for label, point in points.items()}
    assert fills == {"350k GPUs": None, "25k GPUs": "var(--one)"}
    links = {str(a["href"]).removeprefix("#") for a in soup.select("#s-clusters svg a")}
    assert links <= set(unpacked(soup)["claims"]["id"])


def test_nothing_of_a_post_is_run(tmp_path: Path) -> None:
    """Markup in titles, names and quotes is text; the one script is ours; no attribute runs, no link leaves http."""
    soup = page(tmp_path, NASTY, title=EVIL)
    assert [script.get("type") for script in soup.find_all("script")] == [
        "application/json",
        "application/octet-stream",
        None,
    ]
    assert soup.find_all(["img", "iframe", "object", "link", "base", "foreignobject"]) == []
    for tag in soup.select("*"):
        for name, value in tag.attrs.items():
            assert not name.startswith("on")
            assert "javascript:" not in str(value)
            assert name != "style"
    assert soup.title is not None
    assert soup.title.text == EVIL
    packed = unpacked(soup)
    assert set(packed["claims"]["subject"]) == set(NASTY["entities"])
    assert packed["posts"]["url"] == [""]


def test_the_content_policy_allows_only_our_own_style_and_script(tmp_path: Path) -> None:
    """Both are named by their digest, all else is forbidden."""
    soup = page(tmp_path, world("press"))
    meta = soup.select_one("meta[http-equiv=Content-Security-Policy]")
    assert meta is not None
    policy = str(meta["content"])
    assert policy.startswith("default-src 'none'; ")
    for tag in ("script:not([type])", "style"):
        element = soup.select_one(tag)
        assert element is not None
        digest = base64.b64encode(hashlib.sha256(str(element.string).encode()).digest()).decode()
        assert f"{element.name}-src 'sha256-{digest}'" in policy
    assert soup.select("[src]") == []
    assert all(str(tag["href"]).startswith("#") for tag in soup.select("[href]"))


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
    """Each chart says where its rows go, and has them."""
    soup = page(tmp_path, world("press"))
    tables = unpacked(soup)["tables"]
    assert {str(tag["data-table"]) for tag in soup.select("details[data-table]")} <= set(tables)
    assert tables["clusters"]["columns"][:3] == ["value", "bound", "modality"]
    assert [row[0] for row in tables["clusters"]["rows"]] == ["350000", "25000"]


@pytest.mark.parametrize(
    ("values", "marks"),
    [([3.0, 2e12], [1.0, 1e3, 1e6, 1e9, 1e12]), ([1000.0], [1e3]), ([0.14, 2.0], [0.1, 1.0, 10.0])],
)
def test_a_logarithmic_axis_is_marked_at_powers_of_ten(values: list[float], marks: list[float]) -> None:
    """From below the smallest to above the largest."""
    assert log_axis(values)["decades"] == pytest.approx(marks)


def test_a_chart_says_what_it_is_given_and_runs_none_of_it() -> None:
    """Text of a row is text of the image, even where it looks like markup or like an expression of Vega's."""
    row = {"name": EVIL, "points": 3.5, "tooltip": "{signal: 'alert(1)'} </svg><script>alert(2)</script>"}
    svg = BeautifulSoup(draw("movers", EVIL, [row], words("es"), height=80, colour="var(--one)"), "lxml")
    assert svg.find_all(["script", "img"]) == []
    bar = svg.select_one("path[aria-roledescription=bar]")
    assert bar is not None
    assert bar["aria-label"] == row["tooltip"]
    element = svg.find("svg")
    assert element is not None
    assert element["aria-label"] == EVIL
    assert "puntos porcentuales" in svg.text
