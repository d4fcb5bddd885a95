"""How firmly a number is said: stated, planned, rumored, hypothetical or negated.

Rules, the first that fires decides: negated verb; denial; supposition or conditional; rumor; plan or future.
A cue reaches as far as its row in `data/cues/modality.csv` says, never over the sentence, except suppositions, which
carry a paragraph to its end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.claims.clauses import VERB
from pipeline.extract.claims.cues import cue_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.page import Sentence
    from pipeline.records import Modality

_ORDER: tuple[Modality, ...] = ("negated", "hypothetical", "rumored", "planned")
_FUTURE = re.compile(
    r"\b(?!será capaz)\w{2,}(?:ará|erá|irá|drá|brá|rrá|arán|erán|irán|drán|brán|rrán)\b",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"\b\w{2,}(?:aría|ería|iría|dría|bría|rría)n?\b", re.IGNORECASE)
_NOT_CONDITIONAL = re.compile(
    r"(?:mayoría|tubería|batería|galería|ingeniería|teoría|memoría|ganadería|categoría|librería|tesorería|auditoría|"
    r"minería|"
    r"cafetería|consultoría|quería|querían|había|habían|asesoría|autoría|ingeniería|sabiduría|refinería|ensayería|"
    r"dirían|diría)$",
    re.IGNORECASE,
)
_NOT_FUTURE = re.compile(
    r"(?:quizá|detrá|atrá|pará|Canadá|necesitará|necesitarán|requerirá|requerirán|ocupará|ocuparán)$",
    re.IGNORECASE,
)
_NEGATION_STOPS = re.compile(
    r"\b(?:solo|sólo|only|just|obstante|más|mas|menos|more|less|fewer|merely|llega|llegan|supera|wonder)\b",
    re.IGNORECASE,
)
_NEGATED_VERB = re.compile(
    r"\b(?:no|nunca|jamás|tampoco|not|never|n['’]t)\s+(?:se\s|ha\s|han\s|había\s|fue\s|es\s|son\s|be\s|been\s|"
    r"in fact\s|actually\s|"
    r"really\s|even\s|en realidad\s|le\s|lo\s|les\s|have\s|has\s)*"
    r"(?:[\wáéíóúñ]+\s+)?(?:de\s|en\s|con\s|los\s|las\s|un\s|una\s|unos\s|a\s|the\s|its\s|on\s|with\s|at\s|for\s|"
    r"sus\s|el\s|la\s|modelo\s|"
    r"model\s|clúster\s|cluster\s|entrenó\s|usó\s|of\s|any\s|like\s|as\s|much\s|many\s|some\s|about\s|"
    r"around\s)*[$€~]?$",
    re.IGNORECASE,
)
_ABILITY = re.compile(
    r"\b(?:no|not|n['’]t)\s+(?:puede|pueden|podría|podrá|cabe|caben|hace falta|need|fit|run|want|wait|know|sé|"
    r"sabemos)\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\s+(?:require|need|fit|(?:\w+ly )?run|work|load|(?:only |just )?get you|"
    r"set you back|consume|typically|usually|often|generally|likely need)\b|['’]t\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"\b(?:en comparación con|comparad[oa]s? con|frente a|compared (?:to|with)|versus|vs\.?|up from|down from|"
    r"mayor que|bigger than|larger than|a diferencia de|unlike)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:que|cuyo|cuya|donde|which|that|who|where|whose)\b", re.IGNORECASE)
_REPORTED = re.compile(  # the conditional of news: "estaría negociando", "habría recaudado"
    r"\bestaría[ns]?\s(?:\w+\s)?\w+ndo\b|\bhabría[n]?\s(?:\w+\s)?\w+(?:ado|ido|cho|sto|rto)\b",
    re.IGNORECASE,
)
_SOURCED = re.compile(r"\b(?:según|de acuerdo con|fuentes|medios|prensa)\b", re.IGNORECASE)
_COUNTERFACTUAL = re.compile(r"\b(?:si|hubiera[ns]?|hubiese[ns]?|de haber|con otr[oa]s?|sin)\b", re.IGNORECASE)
_MOTION = re.compile(  # "va a unos 150 tokens por segundo" goes nowhere
    r"\s+(?:unos|unas|casi|más|menos|los|las|el|la|apenas|solo|sólo|alrededor|razón|una media|~|\d)"
)
_GOES = re.compile(r"(?:va|van|iba|iban|vamos)\sa\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:said|announced|told \w+|confirmed|added|promised|pledged|vowed|claimed|agreed)\s(?:\w+\s)?(?:that\s)?"
    r"(?:it|they|he|she|the\s\w+|[A-Z][\w-]*(?:\s[A-Z][\w-]*)?)\s$"
)
_READERS = re.compile(r"\b(?:I|we|you|one)(?:\s(?:\w+ly\s)?)?$", re.IGNORECASE)
_IF = re.compile(r"(?:si|if)\b", re.IGNORECASE)
_MONTH = re.compile(r"May\b")
_CONCEDES = re.compile(r"si bien\b", re.IGNORECASE)


class Hedge(NamedTuple):
    """A cue that was found: what it makes of the numbers from `start` to `end`."""

    value: Modality
    start: int
    end: int
    reason: str
    cue: int = 0  # where the cue stands


def hedges_of(text: str, sentence: Sentence, clause_starts: Sequence[int]) -> list[Hedge]:
    """What the cues of a sentence say, and of which stretch of it."""
    found: list[Hedge] = []
    cues = cue_set("modality", sentence.language)
    body = text[sentence.start : sentence.end]
    for start, end, cue in cues.find(body):
        at = sentence.start + start
        if cue.value == "planned" and _plans_nothing(body, start, end):
            continue
        if cue.extra == "governs" or (_MONTH.match(body, start) and not body[end:].startswith(" be")):
            continue
        if _CONCEDES.match(body, start):
            continue
        value: Modality = next(m for m in _ORDER if m == cue.value)
        if body[start:end] in {"would", "'d"} and _SAID.search(body, max(0, start - 48), start):
            value = "planned"  # what was "will" when it was said
        begin, stop = _reach(text, cue.extra, at, sentence, clause_starts)
        found.append(Hedge(value, begin, stop, f"{body[start:end]!r} → {cue.label}", at))
    if sentence.language == "es":
        found.extend(_moods(text, sentence, clause_starts))
    return _without_rumored_conditions(text, found)


def _plans_nothing(body: str, start: int, end: int) -> bool:
    """Whether a word of plans plans nothing: "it will need", "va a unos 150", what "I'll" do or "you will" see."""
    if _GENERAL.match(body, end) or (_GOES.match(body, start) and _MOTION.match(body, end)):
        return True
    future = body[start:end].lower() in {"'ll", "will", "won't"}
    return future and bool(_READERS.search(body, max(0, start - 12), start))


def _without_rumored_conditions(text: str, found: list[Hedge]) -> list[Hedge]:
    """Si se cumple lo que se rumorea, GPT-5 …: the condition is that a rumor is true, and what follows is the rumor."""
    rumors = [h.cue for h in found if h.value == "rumored"]
    conditions = [h for h in found if h.value == "hypothetical" and _IF.match(text, h.cue)]
    believed = [h for h in conditions if any(h.cue < r and not re.search("[,;]", text[h.cue : r]) for r in rumors)]
    return [h for h in found if h not in believed]


def _reach(text: str, reach: str, at: int, sentence: Sentence, starts: Sequence[int]) -> tuple[int, int]:
    if reach == "clause":
        begin = max((s for s in starts if s <= at), default=sentence.start)
        return begin, min((s for s in starts if s > at and not _goes_on(text, s)), default=sentence.end)
    if reach == "sentence":
        return sentence.start, sentence.end
    return at, sentence.end


def _goes_on(text: str, start: int) -> bool:
    """Whether what begins here only fills in what stood before a colon: "una carta de intenciones: 10 GW"."""
    return text[start - 2 : start] == ": " and not _TELLS.match(text, start)


_TELLS = re.compile(r"[^.;,]{0,48}?\s" + VERB)


def _moods(text: str, sentence: Sentence, starts: Sequence[int]) -> list[Hedge]:
    """Spanish futures (-rá, -rán) plan; conditionals (-ría, -rían) tell what others say or what would be."""
    found = []
    for match in _FUTURE.finditer(text, sentence.start, sentence.end):
        if not _NOT_FUTURE.search(match.group()):
            begin, stop = _reach(text, "clause", match.start(), sentence, starts)
            found.append(Hedge("planned", begin, stop, f"{match.group()!r} → planned (future)", match.start()))
    for match in _CONDITIONAL.finditer(text, sentence.start, sentence.end):
        if not _NOT_CONDITIONAL.search(match.group()):
            begin, stop = _reach(text, "clause", match.start(), sentence, starts)
            value: Modality = "rumored" if _is_reported(text, sentence, match.start()) else "hypothetical"
            found.append(Hedge(value, begin, stop, f"{match.group()!r} → {value} (conditional)", match.start()))
    return found


def _is_reported(text: str, sentence: Sentence, at: int) -> bool:
    """Whether a conditional is that of news, which passes on what others say: "xAI estaría negociando", "según X"."""
    if _COUNTERFACTUAL.search(text, sentence.start, sentence.end):
        return False
    periphrasis = _REPORTED.match(text, at)
    return periphrasis is not None or bool(_SOURCED.search(text, sentence.start, sentence.end))


def carries_on(text: str, sentence: Sentence) -> str | None:
    """The supposition of a sentence that the rest of its paragraph stands under, as a reason; None without one."""
    body = text[sentence.start : sentence.end]
    for start, end, cue in cue_set("modality", sentence.language, "block").find(body):
        return f"{body[start:end]!r} earlier in the paragraph → {cue.label}"
    return None


def modality_at(text: str, start: int, clause: tuple[int, int], hedges: Sequence[Hedge]) -> tuple[Modality, str]:
    """The modality of the number that begins at `start`, and the reason."""
    before = text[clause[0] : start]
    negation = _NEGATED_VERB.search(before)
    if negation and not _NEGATION_STOPS.search(negation.group()) and not _ABILITY.search(negation.group()):
        return "negated", f"{negation.group().strip()!r} → negated (a negated verb governs the number)"
    over = [
        h
        for h in hedges
        if h.start <= start < h.end
        and not _in_relative(text, start, h.cue)
        and not _COMPARISON.search(text, min(h.cue, start), start)
    ]
    moods = [h for h in over if h.reason.endswith("(conditional)")]
    rumored = any(h.value == "rumored" for h in over)
    for value in _ORDER:
        for hedge in over:
            if hedge.value == value and not (value == "hypothetical" and hedge in moods and rumored):
                return value, hedge.reason
    return "stated", "stated: no hedge reaches the number"


def _in_relative(text: str, start: int, cue: int) -> bool:
    """Whether a cue after the number stands behind a comma or in a relative clause: "1M tokens, which will be 2M"."""
    return cue > start and bool(_RELATIVE.search(text, start, cue) or re.search(r",\s", text[start:cue]))
