"""What must hold of a post before it is loaded. Pure.

The checks of `sql/checks` would stop publishing as a whole; one post that breaks a law is turned away here instead,
by itself and with its reason.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, get_args

from pipeline.records import Bound, MentionKind, Metric, Modality, Reject, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.records import Claim, Processed

_ALLOWED = {
    "metric": get_args(Metric), "bound": get_args(Bound), "modality": get_args(Modality),
    "scope": (None, *get_args(Scope)), "origin": ("text", "name"),
}  # fmt: skip


def turned_away(done: Processed) -> Reject | None:
    """The reject for a post whose extraction breaks a law; None for one that may be loaded."""
    flaw = next(flaws(done), None)
    if flaw is None:
        return None
    post = done.post
    message = f"{post.source_id}: {post.path}: {flaw} (a defect in Recuento: please report it)"
    return Reject(post.source_id, post.path, "load", "PostError", message)


def flaws(done: Processed) -> Iterator[str]:
    """What is wrong with the extraction of a post, in words."""
    text = done.post.document.text
    for mention in done.extraction.mentions:
        if text[mention.start : mention.end] != mention.surface:
            yield f"the mention {mention.surface!r} does not stand at {mention.start}-{mention.end}"
        if mention.kind not in get_args(MentionKind):
            yield f"the mention {mention.surface!r} is of kind {mention.kind}: there are model and org"
    for claim in done.extraction.claims:
        if text[claim.start : claim.end] != claim.quote:
            yield f"the quote {claim.quote!r} does not stand at {claim.start}-{claim.end}"
        yield from _flaws_of_fields(claim)


def _flaws_of_fields(claim: Claim) -> Iterator[str]:
    for name, allowed in _ALLOWED.items():
        if getattr(claim, name) not in allowed:
            yield f"the claim {claim.quote!r} has {name} {getattr(claim, name)}"
    if not all(math.isfinite(n) for n in (claim.value, claim.lower, claim.upper) if n is not None):
        yield f"the claim {claim.quote!r} has the value {claim.value}"
    if claim.bound == "range" and (claim.lower is None or claim.upper is None):
        yield f"the claim {claim.quote!r} is a range without both ends"
    if not (claim.lower is None or claim.lower <= claim.value) or not (
        claim.upper is None or claim.value <= claim.upper
    ):
        yield f"the claim {claim.quote!r} has a value outside its range"
    if not 0 <= claim.confidence <= 1:
        yield f"the claim {claim.quote!r} has confidence {claim.confidence}"
