"""Numbers without a noun that say a part of what the sentence counts: the experts that are chosen, the other price.

"16 experts and chooses 4"; "activates 4 of its 128 experts"; "2 dólares por millón de tokens de entrada y 8 de salida";
"200 dólares al mes; el plan Plus, 20".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity

_CHOOSES = re.compile(
    r"\s*,?\s*(?:(?:y|and|but|pero|of which|de los que|de los cuales|out of which|que|which)\s)?"
    r"(?:(?:solo|sólo|only|just|se|it|then|picks|en cada paso|each time|at each step|per token|por token)\s)*"
    r"(?:activa\w*|activates?|elige|eligen|escoge|usa|usan|selecciona|choos(?:es|ing)|uses|using|picks|"
    r"selects|routes to|"
    r"(?:con|with)(?=\s\d+\s(?:activ|en uso|in use)))\s(?:a\s|solo\s|sólo\s|only\s|just\s)?",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"\s*,?\s*(?:of which|of them|de los que|de los cuales|de ellos)\s(?:se activan\s|"
    r"solo\s|sólo\s|only\s|just\s|uses?\s|usa\s)*",
    re.IGNORECASE,
)
_ACTIVE_AFTER = re.compile(
    r"\s(?:(?:is|are|están?|quedan|se)\s)?(?:activ\w+|used|chosen|selected|usad[oa]s|elegid[oa]s|por token|per token)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"\s(?:out\s)?(?:of|de|sobre|from)\s(?:(?:its|the|sus|los|las|a total of|un total de|entre)\s)*", re.IGNORECASE
)
_FLOW = re.compile(
    r"\s?(?:(?:de|por|for|per|on|of|la|the)\s)*(?:salida|entrada|output|input|out|in|generad\w+|cach\w+)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"(?:\s(?:al|por|a|per|cada)\s\w+|/\w+)?\s*[;,]\s(?:(?:y|and|while|mientras que)\s)?(?:(?:el|la|the|su|its)\s)?"
    r"(?:(?:plan|tarifa|versión|tier|suscripción|modalidad|subscription)\s)?(?:[A-ZÁÉÍÓÚ][\w+]*\s?){1,3},?\s?"
    r"(?:(?:tier|plan|a|por|at|is|for|cuesta|costs|sale por)\s)*[$€]?"
)
_ENDS = re.compile(r"\s*(?:$|[.,;:)]|y\b|and\b)")


def part_of(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> Draft | None:
    """The claim that a bare number shares its unit with, being a part or the other half of it."""
    text = setting.page.text
    twin = before[-1] if before and before[-1].sentence == setting.sentence else None
    if twin is None:
        return None
    gap = text[twin.end : quantity.start]
    if twin.metric == "experts" and 1 <= quantity.value < twin.value:
        chosen = _CHOOSES.fullmatch(gap) or (_WHICH.fullmatch(gap) and _ACTIVE_AFTER.match(text, quantity.end))
        return twin if chosen else None
    if twin.metric != "price" or not 1e-3 < quantity.value / max(twin.value, 1e-9) < 1e3:
        return None
    in_flow = twin.per and twin.per.endswith("tokens") and len(gap) < 60 and _FLOW.match(text, quantity.end)
    in_plan = twin.per in {"month", "year"} and _PLAN.fullmatch(gap) and _ENDS.match(text, quantity.end)
    return twin if in_flow or in_plan else None


def chosen_of(quantity: Quantity, following: Quantity | None, setting: Setting) -> bool:
    """Whether a bare number counts the active experts of a number that follows: "4 of its 128 experts"."""
    return (
        following is not None
        and following.dimension == "expert"
        and 1 <= quantity.value < following.value
        and bool(_OUT_OF.fullmatch(setting.page.text, quantity.end, following.start))
    )
