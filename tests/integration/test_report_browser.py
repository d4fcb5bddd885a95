"""The report in a real browser: it loads without a network, is filtered, opened at a claim, used by keyboard."""

from __future__ import annotations

import copy
import csv
import io
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.report import write_report
from pipeline.warehouse.read import open_published
from tests.chrome import CHROMIUM, Page, chromium
from tests.sql.world import build, world
from tests.unit.test_report import NASTY

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (Debian: apt-get install chromium)")

SHOWN = "[...document.querySelectorAll('#claims tbody tr')].map(r => r.querySelector('summary').textContent)"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as tab:
        yield tab


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("report")
    with open_published(build(home, world("press"))) as connection:
        write_report(connection, home / "report.html", language="en")
    return home / "report.html"


def type_into(page: Page, text: str) -> None:
    page.run(
        f"{{ const i = document.getElementById('words'); i.value = {text!r}; i.dispatchEvent(new Event('input', {{bubbles: true}})) }}"
    )


def test_it_loads_from_one_file_without_errors(page: Page, report: Path) -> None:
    """Nothing is asked of the network or of another file; the console has no complaint."""
    page.errors.clear()
    page.requests.clear()
    page.open(report)
    assert page.errors == []
    assert [url for url in page.requests if not url.startswith("blob:")] == [report.resolve().as_uri()]
    assert len(page.run(SHOWN)) == 7
    assert page.run("document.getElementById('count').textContent") == "7 numbers in view"


@pytest.mark.parametrize("width", [400, 800, 1400])
def test_nothing_sticks_out_at_any_width(page: Page, report: Path, width: int) -> None:
    """The page is as wide as its window, on a phone too."""
    page.open(report, width=width)
    assert page.run("document.documentElement.scrollWidth") <= width


def test_words_and_choices_filter_the_claims(page: Page, report: Path) -> None:
    """Without regard to accents or case; reset brings all back."""
    page.open(report)
    type_into(page, "CUANTO gpt-4 tendria")
    assert page.run(SHOWN) == ["1.8T", "1.0T"]
    page.run(
        "{ const s = document.getElementById('modality'); s.value = 'rumored'; s.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    assert page.run(SHOWN) == ["1.8T"]
    page.run("document.querySelector('#clear').click()")
    page.wait_for(f"{SHOWN}.length === 7")


def test_a_row_opens_its_sentence_with_the_number_marked(page: Page, report: Path) -> None:
    """By keyboard: the quote has the focus, Enter opens it; the source leads to the words in the post."""
    page.open(report)
    type_into(page, "1.8T")
    page.run("document.querySelector('#claims summary').focus()")
    page.press("Enter")
    assert page.run("document.querySelector('#claims details').open")
    assert page.run("document.querySelector('#claims mark').textContent") == "1.8T"
    assert page.run("document.querySelector('#claims details p').innerText").startswith(
        "…GPT-4 tendría unos 1.8T, según"
    )
    assert (
        page.run("document.querySelector('#claims td:last-child a').href") == "https://letter.example/c#top:~:text=1.8T"
    )


def test_a_point_of_a_chart_tells_and_leads_to_its_claim(page: Page, report: Path) -> None:
    """With the focus on it, its words are shown; followed, the claim is open in the table, even if filtered out."""
    page.open(report)
    type_into(page, "nothing has these words")
    assert page.run(SHOWN) == []
    page.run("document.querySelector('#s-clusters svg a').focus()")
    assert page.run("!document.getElementById('tip').hidden")
    assert "GPUs" in page.run("document.getElementById('tip').textContent")
    page.press("Enter")
    page.wait_for("!!document.querySelector('#claims tr.found details[open]')")
    quote = page.run("document.querySelector('#claims tr.found summary').textContent")
    assert quote in page.run("document.querySelector('#s-clusters svg a').getAttribute('aria-label')")


def test_the_data_behind_a_chart_is_shown_and_saved(page: Page, report: Path, tmp_path: Path) -> None:
    """As a table, and as a CSV file that begins with the mark by which spreadsheets know UTF-8."""
    page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.open(report)
    page.run("document.querySelector('[data-table=clusters] summary').click()")
    page.wait_for("!!document.querySelector('[data-table=clusters] table')")
    assert page.run("document.querySelector('[data-table=clusters] tr:nth-child(2) td').textContent") == "350000"
    page.run("document.querySelector('[data-table=clusters] button').click()")
    page.wait_for("new Promise(done => setTimeout(() => done(true), 500))")
    saved = (tmp_path / "clusters.csv").read_bytes().decode("utf-8")
    assert saved.startswith("\ufeffvalue,bound,modality,subject,")
    assert len(saved.splitlines()) == 3


def test_the_claims_in_view_are_saved(page: Page, report: Path, tmp_path: Path) -> None:
    """Those that the filter leaves, with sentence and link; what a spreadsheet would take for a number stays text."""
    page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.open(report)
    type_into(page, "1.8T")
    page.run("document.getElementById('save').click()")
    page.wait_for("new Promise(done => setTimeout(() => done(true), 500))")
    row, _ = csv.DictReader(io.StringIO((tmp_path / "claims.csv").read_text(encoding="utf-8-sig")))
    assert (row["published_on"], row["value"], row["subject"], row["shown"]) == (
        "2025-02-10", "1800000000000", "GPT-4", "'≈\u00a01,800,000,000,000",
    )  # fmt: skip
    assert row["sentence"].startswith("GPT-4 tendría unos 1.8T, según")
    assert row["link"] == "https://letter.example/c#top:~:text=1.8T"


def test_nothing_of_a_hostile_post_runs(page: Page, tmp_path: Path) -> None:
    """No dialog, no request, no element of theirs: after loading, opening every row and all data."""
    given = copy.deepcopy(NASTY)
    with open_published(build(tmp_path, given)) as connection:
        write_report(connection, tmp_path / "report.html", title="<script>alert(0)</script>")
    page.errors.clear()
    page.requests.clear()
    page.open(tmp_path / "report.html")
    page.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.wait_for("new Promise(done => setTimeout(() => done(true), 300))")
    assert page.errors == []
    assert len([url for url in page.requests if not url.startswith("blob:")]) == 1
    assert (
        page.run("document.querySelectorAll('img, script:not([type]) ~ script, svg[onload], main [onerror]').length")
        == 0
    )
    assert page.run("[...document.links].filter(a => !/^(https?|file):/.test(a.href)).length") == 0
    assert page.run("document.querySelector('#claims mark').textContent") == "</table>5k GPUs<b>"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_told_from_its_ground(page: Page, report: Path, scheme: str) -> None:
    """Contrast of at least 4.5 to 1 for each colour of text, 3 to 1 for each colour of marks, on page and cards."""
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    page.open(report)
    contrast = """(() => {
      const light = (name) => {
        const probe = document.createElement('i');
        probe.style.color = `var(--${name})`;
        document.body.append(probe);
        const parts = getComputedStyle(probe).color.match(/[0-9.]+/g).slice(0, 3).map((v) => v / 255)
          .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        probe.remove();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
      };
      const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
      const found = {};
      for (const ink of ['ink', 'soft', 'one', 'two', 'three', 'four', 'five']) {
        found[ink] = Math.min(ratio(ink, 'page'), ratio(ink, 'card'));
      }
      found.mark = ratio('ink', 'mark');
      return found;
    })()"""
    found = page.run(contrast)
    page.call("Emulation.setEmulatedMedia", features=[])
    assert {name: ratio for name, ratio in found.items() if ratio < 4.5} == {}


def test_every_control_has_a_name_and_headings_do_not_skip(page: Page, report: Path) -> None:
    """What a screen reader needs: labels, names of charts, one h1, levels in order."""
    page.open(report)
    assert page.run("[...document.querySelectorAll('input, select')].filter(e => !e.labels.length).length") == 0
    assert (
        page.run("[...document.querySelectorAll('figure svg')].filter(e => !e.getAttribute('aria-label')).length") == 0
    )
    levels = page.run("[...document.querySelectorAll('h1, h2, h3')].map(h => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_prints(page: Page, report: Path) -> None:
    """On paper the page is light, without forms and buttons."""
    page.open(report)
    page.call("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    assert page.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.run("document.getElementById('filter').offsetHeight") == 0
    page.call("Emulation.setEmulatedMedia", media="", features=[])
    assert len(page.call("Page.printToPDF")["data"]) > 10_000
