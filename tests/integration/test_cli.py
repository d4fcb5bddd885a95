"""The command line, called as a user calls it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from pipeline.cli import app
from pipeline.config import Paths
from pipeline.serialize import CLAIM_FIELDS, MENTION_FIELDS
from tests.cli import recuento
from tests.conftest import ROOT, SAMPLE

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.fixture
def sample_home(ingested: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands find the sample posts ingested."""
    monkeypatch.setenv("RECUENTO_HOME", str(ingested.home))


def test_commands_are_the_contract() -> None:
    """The commands are those of the design, and those that keep the warehouse, no more and no less."""
    design = ["digest", "doctor", "explain", "extract", "ingest", "repair", "report", "schedule", "sources", "sql"]
    assert sorted([*design, "backup", "export", "prune", "restore", "vacuum"]) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_documented(command: str) -> None:
    """Every command is in the README, or on a page of the docs."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(f"recuento {command}" in page.read_text(encoding="utf-8") for page in pages)


def test_extract_shape() -> None:
    """Extract prints one JSON object a post, with the fields of the contract."""
    done = recuento("extract", SAMPLE / "wide-margins")
    posts = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert len({post["path"] for post in posts}) == len(posts) == 10
    for post in posts:
        assert set(post) == {
            "path", "title", "published", "language", "draft", "text", "repair", "mentions", "claims"
        }  # fmt: skip
        assert all(tuple(m) == MENTION_FIELDS for m in post["mentions"])
        assert all(tuple(c) == CLAIM_FIELDS for c in post["claims"])


def test_extract_of_one_file_is_that_of_its_tree() -> None:
    """A post gives the same whether it is named alone or found in its tree."""
    path = SAMPLE / "wide-margins/content/posts/2024-09-24-nuclear.md"
    alone = json.loads(recuento("extract", path).stdout)
    tree = map(json.loads, recuento("extract", SAMPLE / "wide-margins").stdout.splitlines())
    assert alone == next(post for post in tree if post["path"].endswith("nuclear.md"))


def test_extract_goes_on_past_a_missing_file() -> None:
    """A path that is not there is named on stderr; the others are printed; exit code 1."""
    done = recuento("extract", "no/such/post.md", SAMPLE / "wide-margins/content/posts/2024-09-24-nuclear.md")
    assert done.returncode == 1
    assert "no/such/post.md" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_repair() -> None:
    """Repair gives back text on stdout and explains on stderr."""
    done = recuento("repair", "--explain", stdin="Cada a√±o pagamos m√°s por la energ√≠a que por el tel√©fono.\n")
    assert done.stdout == "Cada año pagamos más por la energía que por el teléfono.\n"
    assert "macroman" in done.stderr


def test_repair_lines() -> None:
    """JSON Lines go in and come out in order, with codec and changes; a line that is none is named."""
    lines = [{"id": 1, "text": "El corazÃ³n de la cuestiÃ³n"}, {"id": 2, "text": "limpio, ¿no?"}]
    done = recuento("repair", "--jsonl", stdin="\n".join(map(json.dumps, lines)))
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["text"], first["changes"]) == (1, "El corazón de la cuestión", 2)
    assert second == {"id": 2, "text": "limpio, ¿no?", "codec": None, "changes": 0}
    wrong = recuento("repair", "--jsonl", stdin="nada\n")
    assert wrong.returncode == 2
    assert "line 1" in wrong.stderr


def test_explain() -> None:
    """Explain shows number, unit, subject, bound and modality of a sentence."""
    done = recuento("explain", "Se rumorea que GPT-5 tendrá más de 2 billones de parámetros.")
    for word in ("parameters", "2e12", "GPT-5", "rumored", "min"):
        assert word in done.stdout, done.stdout
    for wrong, why in ((["Hola", "--language", "fr"], "there are es and en"), ([" "], "the text is empty")):
        assert why in (failed := recuento("explain", *wrong)).stderr
        assert failed.returncode == 2


@pytest.mark.usefixtures("sample_home")
class TestWarehouse:
    def test_sql(self) -> None:
        """SQL answers as a table, as CSV and as JSON."""
        query = "select count(*) as posts from posts where source_id = 'wide-margins'"
        assert "10" in recuento("sql", query).stdout
        assert recuento("sql", query, "--csv").stdout == "posts\n10\n"
        assert recuento("sql", query, "--json").stdout == '{"posts": 10}\n'

    def test_sql_is_read_only(self) -> None:
        """The published file cannot be written, nor any other file."""
        for query in ("delete from posts", "create table x as select 1", "copy posts to 'posts.csv'"):
            done = recuento("sql", query)
            assert done.returncode == 2, query
            assert done.stderr.startswith("recuento: ")

    def test_every_named_query_answers(self) -> None:
        """The list of queries is printed, and each can be asked by its name."""
        names = [path.stem for path in (ROOT / "sql" / "queries").glob("*.sql")]
        listed = recuento("sql").stdout
        assert len(names) >= 12
        assert all(name in listed for name in names)
        assert recuento("sql", "overview").returncode == 0

    def test_text_is_shown_as_it_is(self) -> None:
        """What looks like markup or an emoji's name in a value is shown to the letter."""
        assert "a:x:b [red] c" in recuento("sql", "select 'a:x:b [red] c' as value").stdout

    def test_wrong_sql(self) -> None:
        """A mistyped query gets one line that helps."""
        done = recuento("sql", "overveiw")
        assert done.returncode == 2
        assert "overview" in done.stderr

    def test_digest(self, tmp_path: Path) -> None:
        """The digests of a month are CSV with a header; a claim carries quote and source."""
        done = recuento("digest", "--since", "2024-12-01", "--until", "2024-12-31", "--out", tmp_path)
        assert done.returncode == 0, done.stderr
        rows = list(csv.DictReader(io.StringIO((tmp_path / "2024-12" / "new_claims.csv").read_text(encoding="utf-8"))))
        assert any("5.576M" in row["quote"] for row in rows)

    def test_digest_of_no_day(self, tmp_path: Path) -> None:
        """A day that is none is a wrong call."""
        assert recuento("digest", "--since", "2024-13-01", "--out", tmp_path).returncode == 2

    def test_report(self, tmp_path: Path) -> None:
        """The page is one file that loads nothing from elsewhere."""
        page = tmp_path / "report.html"
        assert recuento("report", "--out", page).returncode == 0
        text = page.read_text(encoding="utf-8")
        assert "DeepSeek-V3" in text
        assert "<script src" not in text
        assert "<link " not in text

    def test_doctor(self) -> None:
        """A healthy installation is found healthy."""
        done = recuento("doctor")
        assert done.returncode == 0, done.stdout
        assert "published" in done.stdout


@pytest.mark.usefixtures("sample_home")
@pytest.mark.parametrize(
    "command",
    ["repair {0}/none", "repair {0}", "digest --out {0}/file", "report --out {0}", "export --parquet {0}/file"],
)
def test_a_path_that_cannot_be_used(tmp_path: Path, command: str) -> None:
    """One line says which and why, whether it is to be read or written."""
    (tmp_path / "file").write_text("in the way")
    done = recuento(*command.format(tmp_path).split())
    assert done.returncode == 1
    assert done.stderr.startswith(f"recuento: {tmp_path}")
    assert done.stderr.count("\n") == 1


def test_sources() -> None:
    """Sources lists what a folder holds and of which kind it is."""
    done = recuento("sources", SAMPLE)
    for word in ("cuaderno-latente", "la-cuarta-ola", "substack", "wide-margins", "hugo"):
        assert word in done.stdout


def test_without_a_warehouse(paths: Paths) -> None:
    """Asking before anything was ingested says what to do."""
    done = recuento("sql", "overview")
    assert done.returncode == 1
    assert "recuento ingest" in done.stderr
    assert not paths.warehouse.exists()


def test_config_with_a_typo(tmp_path: Path) -> None:
    """A wrong key names file, key and the right spelling; exit code 2; nothing is made."""
    config = tmp_path / "recuento.toml"
    config.write_text('[[sources]]\nid = "blog"\nlocaton = "posts"\n')
    done = recuento("ingest", "--config", config)
    assert done.returncode == 2
    assert str(config) in done.stderr
    assert "location" in done.stderr
    assert not (tmp_path / ".recuento").exists()


def test_schedule_needs_a_config() -> None:
    """Schedule without a configuration is a wrong call, and says so."""
    done = recuento("schedule")
    assert done.returncode == 2
    assert "--config" in done.stderr


def test_broken_pipe() -> None:
    """A reader that leaves early ends the command quietly."""
    command = f"{sys.executable} -m pipeline.cli extract {SAMPLE / 'wide-margins'} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stderr == ""
