"""What is derived step by step is what is derived at once, whatever was loaded, changed, read anew or gone before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Claim, Document, Extraction, Mention, Post, Processed
from pipeline.warehouse import Warehouse
from pipeline.warehouse.schema import migrate

START = datetime(2025, 1, 1, tzinfo=UTC)
WORDS = ("Brisa", "Nube", "Faro", "Ola")

# a post as a run finds it: path, words that it names, number of its day, whether it is a draft, rules that read it
posts = st.builds(
    lambda path, named, day, draft, rules: {"path": path, "named": named, "day": day, "draft": draft, "rules": rules},
    st.sampled_from(["a", "b", "c"]),
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " 2"]), st.booleans()), max_size=3),
    st.one_of(st.none(), st.integers(0, 5)),
    st.booleans(),
    st.sampled_from(["x1", "x2"]),
)
runs = st.lists(
    st.tuples(st.lists(posts, max_size=3), st.sets(st.sampled_from(["a", "b", "c"]))), min_size=1, max_size=4
)


def processed(given: dict[str, Any]) -> Processed:
    """The post; what it names are mentions, or subjects of claims, under one of two names of the entity."""
    text, mentions, claims = "", [], []
    for word, variant, is_subject in given["named"]:
        entity, name, start = f"model:{word.lower()}", word + variant, len(text)
        text += f"{name} 7. "
        end = start + len(name)
        if is_subject:
            claims.append(Claim("parameters", 7.0, "7", end + 1, end + 2, subject=name, subject_id=entity))
        else:
            mentions.append(
                Mention("model", name, name, start, end, entity, family=variant or None, emerging=not variant)
            )
    moment = None if given["day"] is None else START + timedelta(days=given["day"])
    post = Post("blog", given["path"], Document(text), given["path"], published=moment, draft=given["draft"])
    return Processed(
        given["path"],
        f"{given['named']}{moment}{given['draft']}",
        given["rules"],
        post,
        Extraction(tuple(mentions), tuple(claims)),
    )


def derived(warehouse: Warehouse) -> list[Any]:
    """Entities and copies."""
    ask = warehouse.connection.execute
    return [
        ask("from entities order by all").fetchall(),
        ask("select post_id, duplicate_of, duplicate_kind from posts order by all").fetchall(),
    ]


@settings(max_examples=40, deadline=None)
@given(runs)
def test_derived_step_by_step_is_derived_at_once(given_runs: list[tuple[list[dict[str, Any]], set[str]]]) -> None:
    """After each run, deriving everything anew changes nothing."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        migrate(connection)
        warehouse = Warehouse(connection)
        for number, (batch, gone) in enumerate(given_runs):
            now = START + timedelta(days=number)
            warehouse.load([processed(each) for each in batch], run_id=f"run-{number}", now=now)
            warehouse.mark_gone("blog", dict.fromkeys(gone, now))
            warehouse.derive()
            stepwise = derived(warehouse)
            connection.execute("update warehouse_state set derived_version = -1")
            assert warehouse.derive()
            assert derived(warehouse) == stepwise
