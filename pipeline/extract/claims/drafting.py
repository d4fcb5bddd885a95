"""How a claim starts: a number, its metric and the reason for it, in the place where it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.claims.borrowed import borrowed
from pipeline.extract.claims.draft import Draft
from pipeline.extract.claims.scope import scope_of

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Bound, Metric


def draft_for(quantity: Quantity, metric: Metric, reason: str, setting: Setting) -> Draft:
    """The claim of a number whose metric is known: its scope, and its bound so far; the subject is sought later."""
    number = quantity.number
    span = (setting.sentence.start, setting.sentence.end)
    scope, why = scope_of(setting.page.text, quantity.start, quantity.end, span, metric, number.relation)
    bound: Bound = "range" if quantity.lower is not None and quantity.upper is not None else "exact"
    reasons = (
        f"number {setting.page.text[number.start : number.end]!r} = {quantity.value:g}",
        f"metric {metric}: {reason}",
    )
    return Draft(
        metric, quantity.start, quantity.end, number.start, number.end, quantity.value, setting.sentence,
        setting.clause,
        quantity.lower, quantity.upper, quantity.hardware, quantity.currency, quantity.per, scope=scope, bound=bound,
        suffix=number.suffix, unit_factor=quantity.value / number.value if number.value else 1, power=number.power,
        reasons=(*reasons, *filter(None, (why,))),
    )  # fmt: skip


def as_twin(quantity: Quantity, twin: Draft, reason: str, setting: Setting) -> Draft:
    """The claim of a number that has its metric and its unit from another, as the 70 in "from 50 GW to 70"."""
    draft = draft_for(borrowed(quantity, twin), twin.metric, reason, setting)
    suffix = draft.suffix or (twin.suffix if draft.value != quantity.value else "")
    draft = draft._replace(unit_factor=twin.unit_factor, power=twin.power, suffix=suffix)
    chips = [e.name for e in setting.page.between(twin.end, quantity.start) if e.kind == "chip"]  # "y la B200, 192"
    hardware = chips[-1] if chips and twin.hardware else twin.hardware
    return draft._replace(currency=twin.currency, per=twin.per, hardware=hardware, elliptic=True)
