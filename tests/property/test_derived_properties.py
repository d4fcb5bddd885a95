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

# what copies are known by, drawn from so little that posts keep becoming and ceasing to be copies of each other
STORY = "Nube entrena Brisa 2 con 10 000 aceleradores en su centro de datos del norte, y no dice cuánto le cuesta. {}"
SOURCES = ("blog", "feed", "site")
PATHS = ("es/uno.md", "en/uno.md", "dos.md", "dos.en.md")
stories = st.builds(
    lambda at, words, title, url, language, rest: Processed(
        f"{at[0]}/{at[1]}",
        f"{words}{title}{url}{language}{rest}",
        "x1",
        Post(
            at[0], at[1], Document(words), title, None, url, START + timedelta(days=rest[0]), language,
            draft=rest[1], preview=rest[2],
        ),
        Extraction(),
    ),
    st.tuples(st.sampled_from(SOURCES), st.sampled_from(PATHS)),
    st.sampled_from(["Corto.", STORY, STORY.format("Ayer."), STORY.format("Y hoy tampoco."), STORY.upper(), "Otra." * 20]),
    st.sampled_from([None, "Brisa se entrena", "Brisa: se entrena", "Otra cosa distinta"]),
    st.sampled_from([None, "https://nube.example/brisa", "http://www.nube.example/brisa/", "https://nube.example/otra"]),
    st.sampled_from(["es", "en"]),
    st.tuples(st.integers(0, 1), st.booleans(), st.booleans()),
)  # fmt: skip
told = st.lists(
    st.tuples(
        st.lists(stories, max_size=4),
        st.sets(st.tuples(st.sampled_from(SOURCES), st.sampled_from(PATHS)), max_size=2),
    ),
    min_size=2,
    max_size=5,
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
        ask("select post_id, duplicate_of, duplicate_kind, duplicate_score from posts order by all").fetchall(),
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


@settings(max_examples=60, deadline=None)
@given(told)
def test_copies_are_told_among_related_posts_as_among_all(
    given_runs: list[tuple[list[Processed], set[tuple[str, str]]]],
) -> None:
    """After each run, asking of every post anew whose copy it is changes nothing, whoever was related before."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        migrate(connection)
        warehouse = Warehouse(connection)
        for number, (batch, gone) in enumerate(given_runs):
            now = START + timedelta(days=number)
            warehouse.load(batch, run_id=f"run-{number}", now=now)
            for source in SOURCES:
                missing = {f"{source}/{path}": now for of, path in gone if of == source}
                warehouse.mark_gone(source, missing)
            warehouse.derive()
            stepwise = derived(warehouse)
            connection.execute("update warehouse_state set derived_version = -1")
            assert warehouse.derive()
            assert derived(warehouse) == stepwise
