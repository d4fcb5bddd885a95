"""What the shell completes: names of queries, and their parameters."""

from __future__ import annotations

from collections.abc import Iterator

import typer


def query(incomplete: str) -> Iterator[tuple[str, str]]:
    """The named queries that begin like this, with what they answer."""
    from pipeline.warehouse.read import named_queries

    yield from ((each.name, each.purpose) for each in named_queries() if each.name.startswith(incomplete))


def parameter(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """The parameters of the named query that stands before, as `name=`, but for those that are given."""
    from pipeline.warehouse.read import named_queries

    given = {text.partition("=")[0] for text in context.params.get("parameters") or ()}
    for each in named_queries():
        if each.name == context.params.get("query"):
            for name, wanted in each.parameters.items():
                if name.startswith(incomplete) and name not in given:
                    yield f"{name}=", wanted.described()
