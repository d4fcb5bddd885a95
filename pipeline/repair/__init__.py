"""Repair of broken encodings (mojibake): what was lost on the way from the author's keyboard comes back, nothing else
is touched.

`decode` reads bytes, `repair` reads text as a whole, `repair_fields` reads single values beside a text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.records import RepairReport
from pipeline.repair.decoding import Decoded, decode
from pipeline.repair.edits import Change, Trail, replay
from pipeline.repair.mojibake import find, runs_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Change", "Decoded", "Repaired", "decode", "repair", "repair_fields", "replay"]

_ROUNDS = 8  # text broken more often than this is left as far as it came


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text, the report for the warehouse, and each change: `replay(original, changes) == text`."""

    text: str
    report: RepairReport = RepairReport()
    changes: tuple[Change, ...] = ()


def repair(text: str, *, restore_lost: bool = False, language: str | None = None) -> Repaired:
    """The text as its author wrote it, judged on the evidence of the whole.

    >>> repair("Un modelo m√°s peque√±o").text
    'Un modelo más pequeño'
    """
    if text.isascii() and "&" not in text:
        return Repaired(text)
    trail = Trail(text, text)
    for _ in range(_ROUNDS):
        runs = runs_of(trail.text)
        if not runs:
            break
        _, edits = find(trail.text, runs)
        if not edits:
            break
        trail.apply(edits)
    changes = trail.changes()
    chains = Counter(change.codec for change in changes)
    codec = ", ".join(chain for chain, _ in chains.most_common()) or None
    return Repaired(trail.text, RepairReport(codec, len(changes), trail.text.count("�")), changes)


def repair_fields(
    fields: Mapping[str, str | None], body: Repaired, *, restore_lost: bool = False
) -> tuple[dict[str, str | None], RepairReport]:
    """The values that stand beside a text (a row's title, a feed's author), each repaired by itself."""
    repaired: dict[str, str | None] = {}
    report = RepairReport()
    for name, value in fields.items():
        if value is None:
            repaired[name] = None
            continue
        one = repair(value, restore_lost=restore_lost)
        repaired[name] = one.text
        report = replace(
            report,
            codec=report.codec or one.report.codec,
            changes=report.changes + one.report.changes,
            lost=report.lost + one.report.lost,
        )
    return repaired, report
