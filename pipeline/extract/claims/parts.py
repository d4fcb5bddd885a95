"""Numbers without a noun that say a part of what the sentence counts: the experts that are chosen, the other price.

"16 experts and chooses 4"; "activates 4 of its 128 experts"; "2 dólares por millón de tokens de entrada y 8 de salida";
"200 dólares al mes; el plan Plus, 20".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.scope import WHOSE
from pipeline.extract.fillers import APPROX, TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

_SMALLEST = 1e7  # active parameters
_CHOOSES = re.compile(
    r"(?:\s(?:de|of|en|in|per|por)(?:\s[^\W\d]+){1,3}?)?\s*,?\s*(?:(?:y|and|but|pero|of which|de los que|"
    r"de los cuales|out of which|que|which)\s)?"
    r"(?:(?:solo|sólo|only|just|se|it|then|picks|en cada paso|each time|at each step|per token|por token)\s)*"
    r"(?:activa\w*|activates?|trabaja\w*|intervien\w+|participa\w*|responden?|work|fire|run|elige|eligen|escoge|usa|"
    r"usan|selecciona|choos(?:es|ing)|uses|using|picks|selects|routes to|"
    r"(?:con|with)(?=\s\d+\s(?:activ|en uso|in use)))\s(?:a\s|solo\s|sólo\s|only\s|just\s)?",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"\s*,?\s*(?:of which|of them|de los que|de los cuales|de ellos)\s(?:se activan\s|"
    r"solo\s|sólo\s|only\s|just\s|uses?\s|usa\s)*",
    re.IGNORECASE,
)
_ACTIVE_AFTER = re.compile(
    r"\s(?:(?:is|are|están?|quedan|se|of them|de ellos)\s)*(?:activ\w+|used|usan|chosen|selected|usad[oa]s|elegid[oa]s|"
    r"(?:por|per|con cada|en cada|for each|for every) token)",
    re.IGNORECASE,
)
_BESIDE = re.compile(rf"\s*(?:[,;/(+]\s*)?(?:(?:con|with|y|and|pero|but|{APPROX})\s)*", re.IGNORECASE)
_OTHERS = re.compile(
    r"\s*,?\s*(?:plus|más|\+|y|and|junto a|along with|además de)\s(?:otros?\s|another\s)?",
    re.IGNORECASE,
)
_OTHERS_AFTER = re.compile(
    r"\s(?:shared|compartid\w+|routed|enrutad\w+|always[- ]on|always active|siempre activ\w+|fij[oa]s?|dedicated|"
    r"com(?:mon|unes))\b",
    re.IGNORECASE,
)
_ACTIVATES = re.compile(rf"\bactiv\w+\s(?:a la vez\s|at once\s)?{TO_NUMBER}$", re.IGNORECASE)
_AT_WORK_AFTER = re.compile(
    r"[\s\u00a0]*(?:(?:están?|are|is|quedan|de ellos|of them|se|de)\s)*(?:activ\w+|fir(?:e|es|ing)\b|"
    r"lights? up|work\b|trabajan|intervienen|usan|used|(?:por|per|con cada|en cada|for each|for every) token|at a time|"
    r"a la vez|at inference|en uso|in use)\b",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    rf"\s(?:out\s)?(?:of|de|sobre|from)\s(?:(?:{WHOSE}|sus|los|las|un total de|entre)\s)*", re.IGNORECASE
)
_FLOW = re.compile(
    r"\s?(?:(?:de|por|for|per|on|of|la|el|los|las|the)\s)*(?:salida|entrada|output|input|out|in|generad\w+|cach\w+)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"(?:\s(?:al|por|a|per|cada)\s\w+|/\w+)?\s*[;,]\s(?:(?:y|and|while|mientras que)\s)?(?:(?:el|la|the|su|its)\s)?"
    r"(?:(?:plan|tarifa|versión|tier|suscripción|modalidad|subscription)\s)?(?:[A-ZÁÉÍÓÚ][\w+]*\s?){1,3},?\s?"
    r"(?:(?:tier|plan|a|por|at|is|for|cuesta|costs|sale por)\s)*[$€]?"
)
_ENDS = re.compile(r"[ \u00a0]*(?:$|[\n.,;:)]|y\b|and\b)")


def part_of(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> Draft | None:
    """The claim that a bare number shares its unit with, being a part or the other half of it."""
    text = setting.page.text
    twin = before[-1] if before and before[-1].sentence == setting.sentence else None
    if twin is None:
        return None
    gap = text[twin.end : quantity.start]
    if twin.metric == "experts" and 1 <= quantity.value < twin.value:
        apart = _WHICH.fullmatch(gap) or _BESIDE.fullmatch(gap)
        chosen = _CHOOSES.fullmatch(gap) or (apart and _ACTIVE_AFTER.match(text, quantity.end))
        return twin if chosen or is_kind_of_expert(text, quantity, twin) else None
    if twin.metric != "price" or not 1e-3 < quantity.value / max(twin.value, 1e-9) < 1e3:
        return None
    in_flow = twin.per and twin.per.endswith("tokens") and len(gap) < 60 and _FLOW.match(text, quantity.end)
    in_plan = twin.per in {"month", "year"} and _PLAN.fullmatch(gap) and _ENDS.match(text, quantity.end)
    return twin if in_flow or in_plan else None


def is_kind_of_expert(text: str, quantity: Quantity, twin: Draft) -> bool:
    """Whether a number counts experts of another kind: "96 routed experts plus 2 shared ones"."""
    return bool(_OTHERS.fullmatch(text, twin.end, quantity.start) and _OTHERS_AFTER.match(text, quantity.end))


def active_of(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> Draft | None:
    """The parameters that a large bare number says the active part of: "… y solo se activan 37.000 millones"."""
    twin = next((d for d in reversed(before) if d.metric == "parameters"), None)
    if twin is None or quantity.value < _SMALLEST or quantity.value >= twin.value:
        return None
    begin = max(setting.sentence.start, twin.end)
    text = setting.page.text
    at_work = _ACTIVATES.search(text, begin, quantity.start) or _AT_WORK_AFTER.match(text, quantity.end)
    return twin if at_work else None


def chosen_of(quantity: Quantity, following: Quantity | None, setting: Setting) -> bool:
    """Whether a bare number counts the active part of one that follows: "4 of its 128 experts", "37B de sus 671B"."""
    return (
        following is not None
        and following.dimension in {"expert", "parameter"}
        and 1 <= quantity.value < following.value
        and bool(_OUT_OF.fullmatch(setting.page.text, quantity.end, following.start))
    )


def mixture_metric(quantity: Quantity, following: Sequence[Quantity]) -> Metric | None:
    """What either number of "8x7B" counts; None for other numbers."""
    if quantity.number.relation == "each" and quantity.number.suffix == "B":
        return "parameters"
    each = following[0].number if following else None
    is_product = quantity.number.relation == "times" and each and each.relation == "each"
    return "experts" if each and is_product and each.suffix == "B" else None
