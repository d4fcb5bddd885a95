"""A post and its extraction as the JSON object of `recuento extract`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.records import Claim, Extraction, Post

CLAIM_FIELDS = (
    "metric", "value", "lower", "upper", "bound", "modality", "subject", "scope", "origin", "hardware", "currency",
    "per", "benchmark", "quote", "start", "end",
)  # fmt: skip
MENTION_FIELDS = ("kind", "name", "surface", "start", "end")


def to_json(post: Post, extraction: Extraction, path: str) -> dict[str, Any]:
    """One post, ready for json.dumps; `path` is the one the caller asked for."""
    return {
        "path": path,
        "title": post.title,
        "published": post.published.date().isoformat() if post.published else None,
        "language": post.language,
        "draft": post.draft,
        "text": post.document.text,
        "repair": {"codec": post.repair.codec, "changes": post.repair.changes},
        "mentions": [{name: getattr(m, name) for name in MENTION_FIELDS} for m in extraction.mentions],
        "claims": [_claim(c) for c in extraction.claims],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    fields = {name: getattr(claim, name) for name in CLAIM_FIELDS}
    for name in ("value", "lower", "upper"):
        fields[name] = plain_number(fields[name])
    return fields


def plain_number(value: float | None) -> float | int | None:
    """Whole numbers without `.0`, as long as they are exact.

    >>> plain_number(25000.0), plain_number(0.5), plain_number(None)
    (25000, 0.5, None)
    """
    return int(value) if value is not None and value.is_integer() and abs(value) < 2**53 else value
