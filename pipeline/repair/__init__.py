"""Repair of broken encodings (mojibake): what was lost on the way from the author's keyboard comes back, nothing else
is touched.

`decode` reads bytes, `repair` reads text as a whole, `repair_fields` reads single values beside a text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.records import RepairReport
from pipeline.repair.controls import control_edits
from pipeline.repair.decoding import Decoded, decode
from pipeline.repair.edits import Change, Trail, replay
from pipeline.repair.lost import lost_edits
from pipeline.repair.mojibake import find
from pipeline.repair.swap import swap_edits
from pipeline.repair.tables import DAMAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Change", "Decoded", "Repaired", "decode", "repair", "repair_fields", "replay"]

_ROUNDS = 20  # text broken more often than this is left as far as it came


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text, the report for the warehouse, and each change: `replay(original, changes) == text`."""

    text: str
    report: RepairReport = field(default_factory=RepairReport)
    changes: tuple[Change, ...] = ()


def repair(text: str, *, restore_lost: bool = False, language: str | None = None) -> Repaired:
    """The text as its author wrote it, judged on the evidence of the whole.

    `language` (ISO 639-1) helps where it is known; it is never needed. `restore_lost` also fills in letters that are
    gone, in words with a single possible reading.

    >>> repair("Un modelo m√°s peque√±o").text
    'Un modelo más pequeño'
    >>> repair("√2 ≈ 1,41 en SÃO PAULO").changes
    ()
    """
    return _repair(text, restore_lost=restore_lost, language=language)


def _repair(
    text: str, *, restore_lost: bool, language: str | None = None, prior: frozenset[str] = frozenset()
) -> Repaired:
    if text.isascii() and "&" not in text and not restore_lost:
        return Repaired(text)
    trail = Trail(text, text)
    for _ in range(_ROUNDS):
        # one kind of edit a round: what it uncovers is looked at afresh, so that nothing is left for a second call
        edits = (
            find(trail.text, language=language, prior=prior)
            or swap_edits(trail.text, language=language)
            or control_edits(trail.text)
            or (lost_edits(trail.text) if restore_lost else [])
        )
        if not edits:
            break
        trail.apply(edits)
    changes = trail.changes()
    chains = Counter(change.codec for change in changes)
    codec = ", ".join(chain for chain, _ in chains.most_common()) or None
    return Repaired(trail.text, RepairReport(codec, len(changes), trail.text.count("�")), changes)


def repair_fields(
    fields: Mapping[str, str | None], body: Repaired, *, restore_lost: bool = False, language: str | None = None
) -> tuple[dict[str, str | None], RepairReport]:
    """The values that stand beside a text (a row's title, a feed's author), and a report on them alone.

    Each is judged by itself, and by what happened to the text: a title too short to be certain is repaired where the
    body was broken the same way.
    """
    codec = body.report.codec or ""
    prior = frozenset(name for name in DAMAGES if name in codec) | ({"cp1252"} if "latin-1" in codec else frozenset())
    repaired: dict[str, str | None] = {}
    reports: list[RepairReport] = []
    for name, value in fields.items():
        one = _repair(value, restore_lost=restore_lost, language=language, prior=prior) if value else None
        repaired[name] = one.text if one else value
        reports += [one.report] if one else []
    codecs = dict.fromkeys(report.codec for report in reports if report.codec)
    changes, lost = sum(report.changes for report in reports), sum(report.lost for report in reports)
    return repaired, RepairReport(", ".join(codecs) or None, changes, lost)
