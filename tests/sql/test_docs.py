"""The pages under `docs/` say what is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.resources import resource
from pipeline.warehouse.describe import describe
from pipeline.warehouse.read import named_queries, named_query, open_published, run_query
from tests.sql.world import build, world

DOCS = Path(__file__).parents[2] / "docs"
QUICKSTART = (DOCS / "quickstart.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with open_published(build(tmp_path_factory.mktemp("press"), world("press"))) as opened:
        yield opened


def test_the_schema_page_is_up_to_date() -> None:
    """It is what the database's comments say now."""
    assert (DOCS / "schema.md").read_text(encoding="utf-8") == describe(), "run `make docs`"


@pytest.mark.parametrize("block", re.findall(r"```sql\n(.*?)```", QUICKSTART, re.DOTALL))
def test_the_sql_of_the_quick_start_runs(connection: Any, block: str) -> None:
    """Each statement gives an answer; those that need an extension are tried with the search."""
    if "needs: fts" not in block:
        assert all(connection.execute(statement).description for statement in connection.extract_statements(block))


def test_the_questions_of_the_quick_start_have_answers(connection: Any) -> None:
    """Each query it names is there and takes the parameters shown; there are twenty or more."""
    table = QUICKSTART.split("| question |")[1].split("\n\n")[0]
    shown = [found.split(" ", 1) for found in re.findall(r"`([a-z_]+(?: [^`…]+)?)`", table)]
    assert len(shown) >= 20
    assert {name for name, *_ in shown} <= {query.name for query in named_queries()}
    for name, *rest in shown:
        values = dict(re.findall(r'(\w+)="?([^"=]+?)"?(?= \w+=|$)', rest[0])) if rest else {}
        parameters = named_query(name).parameters.values()
        needed = {each.name: "1" if each.type == "DOUBLE" else "GPT-4" for each in parameters if each.required}
        assert run_query(connection, name, needed | values).columns


def test_the_reference_says_whose_it_is() -> None:
    """Epoch AI's licence asks for attribution."""
    page = resource("data", "reference", "README.md").read_text(encoding="utf-8")
    assert "Epoch AI" in page
    assert "CC-BY 4.0" in page
