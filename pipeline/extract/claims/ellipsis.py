"""Numbers without a unit of their own: what they are taken to count.

A number may share the unit of its twin ("un centro de datos con 100k GPUs y Meta, uno de 350k"; "uno de 8 mil millones
y otro de 70 mil millones de parámetros"), be a size by its letter ("el modelo de 7B"), a window by the word beside it
("128k de contexto"), or money whose currency was named before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.borrowed import ALIKE, borrowed, lent
from pipeline.extract.claims.letters import COUNTED_AFTER
from pipeline.extract.claims.patterns import WEIGHED
from pipeline.extract.fillers import AGAINST, APPROX, INSTEAD, TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity

_ONE = (
    r"(?:(?:otr[oa]s?|un(?:[oa]s?)?|another|one|los|las|the|el|la|modelos?|model|versi[óo]n|even|incluso|hasta|up|más|"
    r"casi|over|nearly|about|unos|unas|de|del|of|with|con|en|a|al|to|y|e|and)\s+)*"
)
LINK = re.compile(
    rf"\s*(?:,|/|→|->|–|\+|\|)?\s*(?:(?:y|e|o|u|and|or|a|to|hasta|than|que|{AGAINST}|(?:up|down) from|{INSTEAD}|"
    r"(?:ampliables?|extensibles?|ampliado|extendable|expandable|extensible|extended) (?:a|to))\s+)?"
    rf"{_ONE}[~≈(]?\s*",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    rf"(?:,?\s[^\W\d]+){{0,5}}?\s*,?\s(?:muy\s|far\s|well\s)?(?:{WEIGHED}|(?:up|down) from|(?:más|menos|menor(?:es)?|"
    rf"mayor(?:es)?)\sque|(?:fewer|less|more|smaller|larger|bigger|lower|higher)\sthan)\s{_ONE}[~≈]?",
    re.IGNORECASE,
)
_GROWS = (
    r"(?:(?:una?\s|an?\s)?(?:cifra|número|figure|number|total|count)\s)?(?:(?:que|which|that|y|and)\s(?:@?\s?,?\s?)?)?"
    r"(?:ya\s|now\s|luego\s|después\s|then\s|soon\s|pronto\s|en breve\s|hoy\s|actualmente\s)?"
    r"(?:quiere|wants|planea|plans|será|serán|llegará|will have|tendrá|aims|busca|tuvo|had|tenía|"
    r"prevé|expects|serían|se acerca|ronda|roza|se aproxima|nears|is nearing|approaches|"
    r"a (?:acercarse|rozar|rondar|superar|alcanzar|llegar|tener|ganar|ingresar)|"
    r"(?:could|may|might|should|will|would|podría|puede|is (?:expected|set|projected|likely|about) to)\s(?:soon\s|"
    r"even\s|well\s)?"
    r"(?:cross|reach|hit|top|exceed|pass|surpass|become|be|grow|rise|climb|llegar|superar|alcanzar)|"
    r"(?:with\s)?plans to (?:expand|grow|scale|double|get)|con planes de (?:ampliar|llegar|crecer)\w*)"
    r"\s(?:de\s|a\s|to\s|for\s|llegar a\s|tener\s)?"
)
_GROWTH = re.compile(
    r"(?:\s(?:of|de)(?:\s[^\W\d]+){1,3}?|(?:\s(?:activ[oa]s|mensuales|semanales|diari[oa]s|active|totales)){1,2})?"
    rf"\s*,?\s*{_GROWS}{_ONE}[~≈]?\s*",
    re.IGNORECASE,
)
# "100,000 H100s in Memphis, later expanded to 200,000"; "100.000 GPU, que se ampliarán a 200.000"
_EXPANDED = re.compile(
    r"[^.;:\d]{0,48}?[,(—–]?\s(?:(?:later|then|since|now|and|soon|luego|después|y|que|se|que se)\s)*"
    r"(?:expand\w*|doubl\w+|grow\w*|grew|scal\w+|ramp\w+|ampli\w+|duplic\w+|crec\w+|aument\w+|escal\w+)\s"
    rf"(?:(?:después|luego|later|up|hoy|ya)\s)?(?:to|a|hasta)\s{TO_NUMBER}",
    re.IGNORECASE,
)
_WHOLE = re.compile(  # "activa 41.000 millones dentro de 675.000 millones", "32B parameters from a pool of 1T"
    r"(?:\s(?:activ|en uso)\w*)?\s(?:dentro de|(?:de|sobre|entre) un total de|de entre|"
    r"out of(?: a (?:total|pool) of)?|from (?:a|its) (?:pool|total) of|of (?:a|its) total(?: of)?)\s"
    rf"(?:(?:los|las|sus|its|the)\s)?{TO_NUMBER}",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(
    r"(?:\s(?:en|de|in|of)(?:\s[^\W\d]+){1,2})?\s*,?\s*(?:de (?:los|las) (?:que|cuales)|de ellos|de ellas|of which|"
    r"of them|of those|of that)\s"
    rf"(?:(?:se|activa\w*|usa\w*|están? activ\w+|est[áa]n|{APPROX})\s)*",
    re.IGNORECASE,
)
_ASIDE_PART = re.compile(
    rf"(?:[^.;\d]{{0,40}}[,;(—–]|\s(?:y|and|with|con))\s?(?:(?:y|and|with|con|{APPROX})\s)*", re.IGNORECASE
)
_OF_THEM = re.compile(
    r"\s(?:of (?:them|which|those|whom|that|it|these)|de (?:ellos|ellas|los cuales|las cuales))\b", re.IGNORECASE
)
_AGAIN = re.compile(r"(?:\s[^\W\d]+){0,3}\s?[(—–,]\s?(?:(?:en concreto|exactamente|exactly|precisely|o sea)[,:]?\s)?")
_EXACTLY = re.compile(r"\s?(?:tokens?\s)?(?:exact\w+|para ser exactos|to be (?:exact|precise)|precisely)\b|\)")
_ALMOST = 0.06
_ANOTHER = re.compile(
    r"(?<!\ben )(?<!\bin )(?<!\bdurante )(?<!\bwithin )(?<!\btras )(?<!\bafter )(?<!\btook )"  # so much time
    r"\b(?:another|an additional|a further|otr[oa]s|un[oa]s? (?:segund|nuev)[oa]s?|additional)\s$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")  # "100.000 GPU en 122 días, y luego otros 92": more days
_ASIDE = re.compile(r",\s(?:dice|según|says|according to|asegura)[^,]{2,30},")
_GAPPED = re.compile(
    rf"(?:\s(?:de|of)\s[^\W\d]+)?\s*[,;]?\s*(?:y|e|and|while|mientras que|pero|but|;|,)?\s*(?:la |el |the )?@\s*,?\s*"
    rf"(?:(?:con|with|tiene|has|cuenta con|solo|sólo|just|only|a|at|en|on|sobre|usó|usa|empleó|utilizó|used|uses|"
    rf"employed|had|tenía|needed|necesitó)\s+)*{_ONE}[~≈]?\s*",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"[ \u00a0*_”\"»]*(?:$|el pasado\b|la pasada\b|last\b|[\n.,;:)!?\]]|y\b|e\b|o\b|and\b|or\b|/|en\b|in\b|para\b|"
    r"for\b|pero\b|but\b|que\b|de\b|a\b|"
    r"al\b|by\b|at\b|según\b|this\b|este\b|con\b|with\b|before\b|after\b|within\b|since\b|too\b|as well\b|también\b|"
    r"antes\b|tras\b|desde\b)"
)


def twin_metric(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> tuple[Draft | None, str]:
    """The claim before that a unitless number shares its unit with, and the reason."""
    text = setting.page.text
    for draft in reversed(before[-3:]):
        if draft.sentence != setting.sentence:
            break
        if not _same_scale(quantity, draft):
            continue
        between = text[draft.end : quantity.start]
        growth = _GROWTH.fullmatch(_ASIDE.sub("", between)) and ENDS.match(text, quantity.end)
        if growth and (draft.metric != "users" or quantity.value >= 1e4):
            return draft, f"unit of its twin {text[draft.start : draft.end]!r}, which grows"
        is_part = draft.metric == "parameters" or borrowed(quantity, draft).value < draft.value
        if is_part and _OF_WHICH.fullmatch(between) and not COUNTED_AFTER.match(text, quantity.end):
            return draft, f"unit of its twin {text[draft.start : draft.end]!r}, a part of it"
        if _is_more(quantity, draft, text):
            return draft, f"unit of its twin {text[draft.start : draft.end]!r}, said again, a part of it or more"
        counted = draft.metric == "users" and COUNTED_AFTER.match(text, quantity.end)  # "200 million API calls"
        if not counted and LINK.fullmatch(between) and (quantity.number.suffix or ENDS.match(text, quantity.end)):
            return draft, f"unit of its twin {text[draft.start : draft.end]!r}, coordinated"
        alike = 1 / ALIKE < borrowed(quantity, draft).value / draft.value < ALIKE
        if draft.suffix and alike and _COMPARED.fullmatch(between) and not COUNTED_AFTER.match(text, quantity.end):
            return draft, f"unit of {text[draft.start : draft.end]!r}, with which it is compared"
        if _in_gap(quantity, draft, setting) or (alike and _is_elsewhere(quantity, draft, text)):
            return draft, f"unit of its twin {text[draft.start : draft.end]!r}, in a gapped clause"
    return None, ""


_CORRECTED = re.compile(  # "no usó 200.000 GPU: fueron 100.000"; "25,000 GPUs; others say 10,000"
    rf"[^.;:\d]{{0,30}}[:;,.…—–]\s(?:(?:but|sino|pero|y|and)\s)?(?:(?:en realidad|in fact|actually|really)\s)?"
    rf"(?:fueron|eran|son|it was|they were|there were|it['’]s|otr[oa]s (?:hablan de|dicen que|calculan|"
    rf"apuntan a)|others (?:say|"
    rf"put it at|speak of|estimate|count))\s{TO_NUMBER}",
    re.IGNORECASE,
)


def _is_more(quantity: Quantity, draft: Draft, text: str) -> bool:
    """Whether a number counts some of what was counted, more of it, or all again: "of them", "another", "exactly";
    or says the right number instead: "fueron 100.000".
    """
    between = text[draft.end : quantity.start]
    if draft.metric in {"parameters", "experts"} and quantity.value > draft.value and _WHOLE.fullmatch(between):
        return True
    alike = abs(quantity.value / draft.value - 1) < _ALMOST
    if alike and _EXACTLY.match(text, quantity.end) and _AGAIN.fullmatch(between):
        return True
    if (_CORRECTED.fullmatch(between) or _EXPANDED.fullmatch(between)) and ENDS.match(text, quantity.end):
        return True
    if (
        _ANOTHER.search(between)
        and not _DIGIT.search(between)
        and (quantity.number.suffix or ENDS.match(text, quantity.end))
    ):
        return True
    many = draft.metric == "users" and quantity.value >= 1e4
    counted = many or draft.metric == "hardware_quantity" or _ASIDE_PART.fullmatch(between)
    return bool(counted and _OF_THEM.match(text, quantity.end))


def gapped_score(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> Draft | None:
    """The score before that a number goes on with of another, its verb left out: "… 61,2 en MMLU y el otro, un 82"."""
    twin = next((d for d in reversed(before[-2:]) if d.metric == "benchmark_score"), None)
    if twin is None or quantity.number.suffix not in {"", "%"} or not 0.3 < quantity.value / max(twin.value, 1) < 3:
        return None
    text = setting.page.text
    gap = _VERBLESS.fullmatch(text, twin.end, quantity.start) and ENDS.match(text, quantity.end)
    return twin if gap else None


_VERBLESS = re.compile(
    r"[^.;:\d]{0,40}(?:;|,?\s(?:y|e|and|while|mientras que)|,)\s(?:el|la|the|[A-Z])[^.;:,]{1,40},\s(?:(?:una?|an?)\s)?"
)


def score_before(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> Draft | None:
    """The score before that another is the old or the rival one of: "51.8 on LiveCodeBench (up from 32)"."""
    twin = before[-1] if before and before[-1].metric == "benchmark_score" else None
    if twin is None or quantity.number.suffix not in {"", "%"} or not 0.1 < quantity.value / max(twin.value, 1) < 10:
        return None
    return twin if _UP_FROM.fullmatch(setting.page.text, twin.end, quantity.start) else None


_UP_FROM = re.compile(
    r"[^.;:()\d]{0,40}[,(]\s?(?:(?:up|down)\sfrom|desde(?:\s(?:el|un))?|frente al?|versus|vs\.?)\s"
    r"(?:a\s|el\s|un\s)?[~≈]?"
)


def compared_sum(quantity: Quantity, before: Sequence[Draft], text: str) -> Draft | None:
    """The sum that a sum is compared with: "at $14B, up from $9B"."""
    twin = before[-1] if before and before[-1].currency == quantity.currency else None
    if twin is None or not 1 / ALIKE <= quantity.value / twin.value <= ALIKE:
        return None
    return twin if _COMPARED.fullmatch(text, twin.end, quantity.start) else None


def _is_elsewhere(quantity: Quantity, draft: Draft, text: str) -> bool:
    """Whether a number is what another place or part has: "10.000 GPU en Texas y 5.000 en Ohio"."""
    between = _AT_PLACE.fullmatch(text, draft.end, quantity.start) if quantity.number.kind != "year" else None
    return between is not None and text.startswith(f" {between[1]} ", quantity.end)


_AT_PLACE = re.compile(
    rf"\s(en|in|on|at|para|for)\s[^.;:,\d]{{2,30}}?,?\s(?:y|e|and)\s(?:otr[oa]s\s|another\s)?{TO_NUMBER}", re.IGNORECASE
)


def _in_gap(quantity: Quantity, draft: Draft, setting: Setting) -> bool:
    """Whether a name and no verb stand between: "… con 100k GPUs y Meta, uno de 350k"."""
    text, names = setting.page.text, setting.page.between(draft.end, quantity.start)
    if len(names) != 1 or names[0].end > quantity.start or not ENDS.match(text, quantity.end):
        return False
    masked = text[draft.end : names[0].start] + "@" + text[names[0].end : quantity.start]
    gap = masked[max(0, masked.find("@") - 24) :]
    return bool(_GAPPED.fullmatch(gap) or _GAPPED.fullmatch(masked))


def _same_scale(quantity: Quantity, draft: Draft) -> bool:
    """Twins are of one kind: a bare 7B is no twin of 2.048 GPUs, nor 3.5 of 100k."""
    if draft.metric == "benchmark_score" or draft.value <= 0 or quantity.value <= 0:
        return False
    quantity = borrowed(quantity, draft)
    ratio = quantity.value / draft.value
    return 1e-4 < ratio < 1e4 and not (
        draft.metric in {"hardware_quantity", "experts", "users"} and quantity.value != int(quantity.value)
    )


_TAKEN_UP: frozenset[str] = frozenset({"price", "throughput", "hardware_quantity", "training_dataset_size", "users"})
_VERB_TO = re.compile(
    r"(?:^|[\s,])(?:se\s|ya\s|that\s|que\s|which\s|only\s|solo\s)*(?:cobra|cuesta|pide|vale|vio|usó|llega a|llegó a|"
    r"llegará a|quiere llegar a|aspira a|se queda en|queda en|sube a|baja a|saw|sees|used|charges|costs|asks|reaches|"
    rf"hits|gets|manages|gets to|wants to reach|stays at|drops to|rises to|climbs to)\s(?:(?:{APPROX})\s)?$",
    re.IGNORECASE,
)
_SIZE_ON = re.compile(r"\b(?:the|el de|el|la de)\s\d+(?:[.,]\d+)?B\s(?:on|with|con|a|at)\s$", re.IGNORECASE)


def follows(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> tuple[Draft | None, str]:
    """The claim before that a number takes up, said of another name: "A da 35 tokens por segundo. B llega a 60."."""
    text = setting.page.text
    if not before or before[-1].sentence.block != setting.sentence.block or not ENDS.match(text, quantity.end):
        return None, ""
    twin = before[-1]
    near = setting.sentence.start - twin.sentence.end <= 2
    if twin.metric not in _TAKEN_UP or not near or not _same_scale(quantity, twin):
        return None, ""
    if not 1e-2 < borrowed(quantity, twin).value / twin.value < 1e2:
        return None, ""
    names = setting.page.between(max(setting.sentence.start, twin.end), quantity.start)
    lead = text[max(names[-1].end if names else setting.sentence.start, quantity.start - 40) : quantity.start]
    if _SIZE_ON.search(lead) or (names and _VERB_TO.search(lead) and len(lead) < 36):
        return twin, f"unit of {text[twin.start : twin.end]!r} before, taken up by another name"
    return None, ""


def linked(text: str, end: int, start: int) -> bool:
    """Whether only list words stand between two offsets."""
    return bool(LINK.fullmatch(text, end, start))


_MODEL_WITH = re.compile(r"[\s-](?:model|modelo|LLM)s?\s(?:with|con|on|de|of)\s", re.IGNORECASE)


def forward_link(text: str, quantity: Quantity, following: Quantity) -> bool:
    """Whether a unitless number shares the unit of the next: "7B, 13B y 70B parámetros"."""
    if following.currency and not text[quantity.end : following.start].strip():
        return False  # 500 $20 subscriptions
    if not LINK.fullmatch(text, quantity.end, following.start):
        return False
    if following.dimension == "token" and text[quantity.start - 1] == "(" and text[quantity.end] == ",":
        return False  # "Chinchilla (70B, 1.4T tokens)"
    if following.dimension != "parameter" and _MODEL_WITH.match(text, quantity.end):
        return False  # "a 100B model with 2T tokens"
    with_unit = lent(quantity, following)
    return with_unit is not None and not text[quantity.end : following.start].isspace()
