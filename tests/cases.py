"""Golden cases: a text, and what is to be found in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.extract.claims import find_claims
from pipeline.extract.mentions.find import find_mentions
from pipeline.parse.markdown import parse_markdown
from pipeline.records import Block, Claim, Document

GOLDEN = Path(__file__).parent / "golden"


def cases(*names: str) -> list[dict[str, Any]]:
    """The cases of some files of `tests/golden`."""
    return [json.loads(line) for name in names for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()]


def document_of(given: dict[str, Any]) -> Document:
    """A case's text as one paragraph, its blocks: [kind, text, {fields}], or its Markdown."""
    if "text" in given:
        return Document(given["text"])
    if "markdown" in given:
        return parse_markdown(given["markdown"])
    text, blocks = "", []
    for kind, body, fields in given["blocks"]:
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(body), **fields))
        text += body
    return Document(text, tuple(blocks))


def claims_of(given: dict[str, Any]) -> tuple[Claim, ...]:
    """The claims of a case."""
    document, language, title = document_of(given), given["language"], given.get("title")
    return find_claims(document, language, find_mentions(document, language, title), title)
