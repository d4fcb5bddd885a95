"""Small worlds for SQL tests: posts written down in JSON, loaded by the real warehouse, published by the real publish.

A post is `{"at": "blog/a.md", "on": "2025-01-10", "text": …, "says": [names…], "claims": [{"quote": …, …}]}`; names are
keys of the world's `entities`; offsets are found in the text. A world has `runs`: a list of posts each; those `gone`
are missing in the last.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.extract.claims.checks import find_checks
from pipeline.identity import digest, post_id
from pipeline.publish import publish
from pipeline.records import Claim, Document, Extraction, Mention, Post, Processed, Reject, RepairReport
from pipeline.tally import Tally
from pipeline.warehouse import Warehouse

HERE = Path(__file__).parent
FIRST_RUN = datetime(2025, 3, 1, 6, tzinfo=UTC)


def world(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "worlds" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def build(home: Path, given: dict[str, Any]) -> Path:
    """The published file of a world. Run n takes place n days after the first."""
    for number, posts in enumerate(given["runs"]):
        now, run_id = FIRST_RUN + timedelta(days=number), f"run-{number + 1}"
        with Warehouse.open(home / "warehouse.duckdb") as warehouse:
            warehouse.begin_run(run_id, now)
            counts = warehouse.load([processed(p, given["entities"]) for p in posts], run_id=run_id, now=now)
            assert not counts.rejects, counts.rejects
            gone = [at.split("/", 1) for at in given.get("gone", [])]
            for source in {source for source, _ in gone} if posts is given["runs"][-1] else ():
                warehouse.mark_gone(source, {post_id(s, path): now for s, path in gone if s == source})
            rejects = [Reject(*row) for row in given.get("rejects", [])]
            warehouse.reject(rejects, run_id=run_id, now=now)
            warehouse.finish_run(run_id, now, status="ok", tallies=[Tally("world", seen=len(posts), new=counts.new)])
    publish(home / "warehouse.duckdb", home / "public.duckdb")
    return home / "public.duckdb"


def processed(given: dict[str, Any], entities: dict[str, dict[str, Any]]) -> Processed:
    source, path = given["at"].split("/", 1)
    text = given["text"]
    post = Post(
        source, path, Document(text), given.get("title"), given.get("author"), given.get("url"),
        datetime.fromisoformat(given["on"]) if given.get("on") else None, given.get("language", "es"),
        given.get("draft", False), given.get("audience"),
        RepairReport(given.get("codec"), given.get("changes", 0), given.get("lost", 0)),
        given.get("kind", "post"), given.get("preview", False),
    )  # fmt: skip
    mentions = tuple(mention for name in given.get("says", []) for mention in _mentions(text, name, entities[name]))
    claims = tuple(_claim(text, fields, entities) for fields in given.get("claims", []))
    return Processed(
        post_id(source, path), digest(json.dumps(given, sort_keys=True)), given.get("extractor", "rules-1"), post,
        Extraction(mentions, claims, find_checks(post.document, post.language, claims)), raw_key="0" * 64,
    )  # fmt: skip


def entity_id(name: str, entity: dict[str, Any]) -> str:
    return f"{entity['kind']}:{name.lower().replace(' ', '-')}"


def _mentions(text: str, name: str, entity: dict[str, Any]) -> list[Mention]:
    found, start = [], text.find(name)
    assert start >= 0, f"{name} does not stand in {text!r}"
    while start >= 0:
        found.append(
            Mention(
                entity["kind"],
                name,
                name,
                start,
                start + len(name),
                entity_id(name, entity),
                entity.get("family"),
                entity.get("maker"),
                entity.get("emerging", False),
                "test",
            )
        )
        start = text.find(name, start + len(name))
    return found


def _claim(text: str, fields: dict[str, Any], entities: dict[str, dict[str, Any]]) -> Claim:
    start = text.find(fields["quote"])
    assert start >= 0, f"{fields['quote']} does not stand in {text!r}"
    subject = fields.get("subject")
    known = entity_id(subject, entities[subject]) if subject in entities else None
    return Claim(start=start, end=start + len(fields["quote"]), subject_id=known, rule="test", **fields)
