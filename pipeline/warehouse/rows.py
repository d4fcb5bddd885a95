"""Processed posts as columns, ready for Arrow. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.identity import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.records import Check, Claim, Mention, Processed, Reject

_MOMENT = pa.timestamp("us", tz="UTC")
_SPECIAL = {
    "published_at": _MOMENT, "first_seen_at": _MOMENT, "updated_at": _MOMENT, "seen_at": _MOMENT, "gone_at": _MOMENT,
    "fetched_at": _MOMENT, "published_on": pa.date32(), "is_draft": pa.bool_(), "is_preview": pa.bool_(),
    "emerging": pa.bool_(), "revision": pa.int32(), "word_count": pa.int32(), "repair_changes": pa.int32(),
    "repair_lost": pa.int32(), "char_start": pa.int32(), "char_end": pa.int32(),
    "claim_ids": pa.list_(pa.string()), "expected": pa.float64(), "found": pa.float64(), "agrees": pa.bool_(),
    "value": pa.float64(), "lower": pa.float64(), "upper": pa.float64(), "confidence": pa.float64(),
}  # fmt: skip
POST_COLUMNS = (
    "post_id", "source_id", "url", "path", "title", "author", "published_at", "published_on", "language", "is_draft",
    "audience", "word_count", "text", "content_hash", "text_hash", "raw_key", "extractor", "kind", "is_preview",
    "repair_codec", "repair_changes", "repair_lost", "revision", "first_seen_at", "updated_at", "run_id",
)  # fmt: skip
MENTION_COLUMNS = (
    "post_id", "kind", "entity_id", "name", "surface", "char_start", "char_end", "family", "maker", "emerging", "rule",
)  # fmt: skip
CLAIM_COLUMNS = (
    "claim_id", "post_id", "metric", "value", "lower", "upper", "bound", "modality", "subject", "subject_id", "scope",
    "origin", "hardware", "currency", "per", "benchmark", "quote", "char_start", "char_end", "rule", "confidence",
)  # fmt: skip
CHECK_COLUMNS = (
    "post_id", "claim_id", "claim_ids", "relation", "expected", "found", "agrees", "char_start", "char_end",
)  # fmt: skip
REJECT_COLUMNS = ("run_id", "source_id", "location", "stage", "error", "message", "seen_at")
SHORTEST_COMPARED = 200  # letters and digits; below that, two posts may agree by chance ("Mañana no hay boletín")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")


def text_hash(text: str) -> str | None:
    """A digest that only letters and digits count for; None where there are too few to tell a copy from chance.

    >>> text_hash("¡Hola! " * 99) == text_hash("hola " * 99), text_hash("¡Hola!")
    (True, None)
    """
    bare = _NEITHER_LETTER_NOR_DIGIT.sub("", text.casefold())
    return digest(bare) if len(bare) >= SHORTEST_COMPARED else None


def moment(value: datetime | None) -> datetime | None:
    """A moment with its zone; UTC where none is given."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def post_row(
    done: Processed, *, revision: int, first_seen_at: datetime, updated_at: datetime, run_id: str
) -> dict[str, Any]:
    """The row of `posts`."""
    post = done.post
    text = post.document.text
    return {
        "post_id": done.post_id, "source_id": post.source_id, "url": post.url, "path": post.path, "title": post.title,
        "author": post.author, "published_at": moment(post.published),
        "published_on": post.published.date() if post.published else None,
        "language": post.language, "is_draft": post.draft, "audience": post.audience, "word_count": len(text.split()),
        "text": text, "content_hash": done.content_hash, "text_hash": text_hash(text), "raw_key": done.raw_key,
        "extractor": done.extractor, "kind": post.kind, "is_preview": post.preview,
        "repair_codec": post.repair.codec, "repair_changes": post.repair.changes, "repair_lost": post.repair.lost,
        "revision": revision, "first_seen_at": moment(first_seen_at),
        "updated_at": moment(updated_at), "run_id": run_id,
    }  # fmt: skip


def mention_row(post_id: str, mention: Mention) -> dict[str, Any]:
    """The row of `mentions`."""
    return {
        "post_id": post_id, "kind": mention.kind, "entity_id": mention.entity_id, "name": mention.name,
        "surface": mention.surface, "char_start": mention.start, "char_end": mention.end, "family": mention.family,
        "maker": mention.maker, "emerging": mention.emerging, "rule": mention.rule,
    }  # fmt: skip


def claim_rows(post_id: str, claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The rows of `claims`. Two claims that agree in all that makes the id are told apart by their order."""
    rows, taken = [], set()
    for claim in claims:
        parts = (post_id, claim.metric, str(claim.start), str(claim.end), repr(float(claim.value)), claim.scope)
        claim_id, again = digest(*parts), 0
        while claim_id in taken:
            again += 1
            claim_id = digest(*parts, str(again))
        taken.add(claim_id)
        row = {name: getattr(claim, name) for name in CLAIM_COLUMNS if hasattr(claim, name)}
        rows.append(row | {"claim_id": claim_id, "post_id": post_id, "char_start": claim.start, "char_end": claim.end})
    return rows


def check_rows(post_id: str, checks: Iterable[Check], claims: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of `claim_checks`; `claims` are the rows of the post's claims."""
    return [
        {
            "post_id": post_id, "claim_id": claims[check.claims[0]]["claim_id"],
            "claim_ids": [claims[index]["claim_id"] for index in check.claims], "relation": check.relation,
            "expected": check.expected, "found": check.found, "agrees": check.agrees,
            "char_start": check.start, "char_end": check.end,
        }
        for check in checks
    ]  # fmt: skip


def reject_row(reject: Reject, run_id: str, seen_at: datetime) -> dict[str, Any]:
    """The row of `rejects`."""
    return {
        "run_id": run_id, "source_id": reject.source_id, "location": reject.location, "stage": reject.stage,
        "error": reject.error, "message": reject.message, "seen_at": moment(seen_at),
    }  # fmt: skip


def arrow(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table with these columns."""
    return pa.table({name: _array(name, [row[name] for row in rows]) for name in columns})


def _array(name: str, values: list[Any]) -> pa.Array:
    kind = _SPECIAL.get(name, pa.string())
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:  # half a surrogate pair, as JSON escapes can leave one: one character for another
        return pa.array([v if v is None else v.encode("utf-8", "replace").decode("utf-8") for v in values], kind)
