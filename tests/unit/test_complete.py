"""What the shell completes, asked as a shell asks."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.warehouse.read import named_queries


def completions(words: str) -> set[str]:
    environment = {"_RECUENTO_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    result = CliRunner().invoke(app, prog_name="recuento", env=environment)
    assert result.exit_code == 0
    return set(result.stdout.split())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("recuento sql largest", {"largest_clusters"}),
        ("recuento sql search ", {"words=", "top="}),
        ("recuento sql search words=x t", {"top="}),
        ("recuento sql search words=x w", set()),
        ("recuento sql nothing_of_this_name ", set()),
    ],
)
def test_names_and_parameters_are_completed(words: str, expected: set[str]) -> None:
    """Queries by how they begin; of a query the parameters that are not given yet."""
    assert completions(words) == expected


def test_every_query_is_offered() -> None:
    """With nothing typed, all of them."""
    assert completions("recuento sql ") == {query.name for query in named_queries()}
