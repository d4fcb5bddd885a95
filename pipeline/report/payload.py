"""The data that the report's script works on: every claim, and the rows behind the charts, packed into one text."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

from pipeline.digest import cell
from pipeline.digest.summary import web_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.labels import Words
    from pipeline.warehouse.read import Result

# of a post, said once for all its claims
OF_A_POST = ("source_id", "title", "url", "published_on")


def pack(claims: Iterable[Mapping[str, Any]], tables: Mapping[str, Result], w: Words) -> str:
    """Claims and tables as JSON, compressed, in base64: nothing in it can be taken for markup.

    The claims are columns; `post` is the place of a claim's post in the columns of `posts`.
    """
    posts: dict[tuple[Any, ...], int] = {}
    columns: dict[str, list[Any]] = {name: [] for name in ("post", *_claim_columns({}, w))}
    for claim in claims:
        post = tuple(claim[name] for name in OF_A_POST)
        columns["post"].append(posts.setdefault(post, len(posts)))
        for name, value in _claim_columns(claim, w).items():
            columns[name].append(value)
    packed = {"claims": columns, "posts": _post_columns(posts), "tables": {n: _cells(t) for n, t in tables.items()}}
    text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def _claim_columns(claim: Mapping[str, Any], w: Words) -> dict[str, Any]:
    """What is kept of a claim; the names of the columns for none."""
    names = ("metric", "modality", "value", "before", "quote", "after")
    return {
        "id": claim.get("claim_id"), "subject": claim.get("subject") or "", "shown": w.money(claim) if claim else "",
        **{name: claim.get(name) for name in names},
    }  # fmt: skip


def _post_columns(posts: Iterable[tuple[Any, ...]]) -> dict[str, list[str]]:
    columns: dict[str, list[str]] = {"source": [], "title": [], "url": [], "day": []}
    for source, title, url, day in posts:
        for name, value in (("source", source), ("title", title), ("url", web_link(url)), ("day", cell(day))):
            columns[name].append(value or "")
    return columns


def _cells(result: Result) -> dict[str, Any]:
    """The rows behind a chart as a CSV file has them."""
    return {"columns": result.columns, "rows": [[cell(value) for value in row] for row in result.rows]}
