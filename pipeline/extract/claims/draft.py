"""A claim in the making: a quantity, its metric, and what has been found out about it, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.extract.claims.page import Entity, Sentence
    from pipeline.records import Bound, Metric, Modality, Scope


class Draft(NamedTuple):
    """`start`, `end` are the quote's; `number_start`, `number_end` the number's own. Offsets are into the document."""

    metric: Metric
    start: int
    end: int
    number_start: int
    number_end: int
    value: float
    sentence: Sentence
    clause: tuple[int, int]
    lower: float | None = None
    upper: float | None = None
    hardware: str | None = None
    currency: str | None = None
    per: str | None = None
    benchmark: str | None = None
    scope: Scope | None = None
    bound: Bound = "exact"
    modality: Modality = "stated"
    is_guess: bool = False  # of hypothetical: "it may have", of something real, not "if it had"
    subject: Subject | None = None
    suffix: str = ""
    elliptic: bool = False
    unit_factor: float = 1  # what the number as read is multiplied with: 1e9 of 2 GW
    power: float = 1  # of the number's own scale: 1e6 of 75.000 millones
    reasons: tuple[str, ...] = ()


class Subject(NamedTuple):
    """Who a number is about, the rule that says so (one of `subject_rules.csv`), and how sure that is.

    `detail` is what made the rule apply, `size` what was put to the name of a family: both are for the trace.
    """

    name: str | None
    rule: str
    confidence: float
    entity_id: str | None = None
    entity: Entity | None = None
    detail: str = ""
    size: str = ""

    @property
    def reason(self) -> str:
        """For traces: `subject of the clause: OpenAI`."""
        found = f" {self.rule}{self.detail}: {self.name}" if self.name else f": {self.rule}"
        return f"subject{found}{f', by its size {self.size}' if self.size else ''}"
