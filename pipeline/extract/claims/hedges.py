"""What the words of a sentence say of how firm its numbers are, and how far each of them reaches.

A cue reaches as far as its row in `data/cues/modality.csv` says, never over the sentence, except suppositions, which
carry a paragraph to its end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.claims.clauses import VERB
from pipeline.extract.claims.cues import cue_set
from pipeline.extract.fillers import APPROX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.page import Sentence
    from pipeline.records import Modality

ORDER: tuple[Modality, ...] = ("negated", "hypothetical", "rumored", "planned")
_FUTURE = re.compile(
    r"\b(?!será capaz)\w{2,}(?:ará|erá|irá|drá|brá|rrá|arán|erán|irán|drán|brán|rrán)\b",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"\b\w{2,}(?:aría|ería|iría|dría|bría|rría)n?\b", re.IGNORECASE)
_NOT_CONDITIONAL = re.compile(
    r"(?:mayoría|tubería|batería|galería|ingeniería|teoría|memoría|ganadería|categoría|librería|tesorería|auditoría|"
    r"minería|cafetería|consultoría|quería|querían|había|habían|asesoría|autoría|sabiduría|refinería|dirían|diría)$",
    re.IGNORECASE,
)
_NOT_FUTURE = re.compile(
    r"(?:quizá|detrá|atrá|pará|Canadá|necesitará|necesitarán|requerirá|requerirán|ocupará|ocuparán)$",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\s+(?:require|need|fit|(?:\w+ly )?run|work|load|(?:only |just )?get you|"
    r"set you back|do|handle|give|take up|eat|occupy|cost you|consume|typically|usually|often|generally|likely need)\b|"
    r"['’]t\b",
    re.IGNORECASE,
)
STARTS = re.compile(  # a plan of the thing's being: what is said of the thing before is planned, too
    r"\s(?:to\s)?(?:be\s)?(?:come online|go live|go online|open|be (?:completed|operational|finished|ready|online)|"
    r"start|begin|(?:be )?(?:el|la|los|las|uno de los|una de las|the|one of the|"
    r"among the)\s(?:[^\W\d]+\s){0,3}?(?:mayor|mayores|más|primer\w*|"
    r"largest|biggest|first|most)|enter service|launch|completed|operational|finished|ready|online|listo|operativ[oa]|"
    r"terminad[oa]|"
    r"inaugurad[oa])\b",
    re.IGNORECASE,
)
_HEADLINE = re.compile(  # "Nvidia to invest $100 billion in OpenAI"
    r"(?!(?:How|Want|Need|Ways?|Time|Going|Able|Try|Learn|Who|What|When|Where|Why|Costs?|Money|Reasons?|The|Plans?)\b)"
    r"(?:[A-Z][\w.’'-]*(?:,?\s(?:(?:and|&)\s)?)){1,5}(to\s(?i:invest|spend|raise|build|acquire|deploy|pay|supply|open|"
    r"expand|pour|inject|commit|launch|release|double|triple|buy|host|pump|put|add|provide)\b)"
)
_DISCOURSE = re.compile(  # conditions that suppose nothing: "si miramos", "if you look at"
    r"(?:if|si)\s(?:(?:I|we|you|one|nos|lo|la|los|las|le)\s)?(?:look|start looking|compare|consider|count|add|include|"
    r"zoom|"
    r"mir\w+|fij\w+|compar\w+|atend\w+|observ\w+|sum\w+|cont\w+|inclu\w+|hac\w+ caso|hablamos)\b",
    re.IGNORECASE,
)
_NARRATED = re.compile(r"\s(?:later|eventually|subsequently|soon|come to|go on to|go on)\b", re.IGNORECASE)
_REPORTED = re.compile(  # the conditional of news: "estaría negociando", "habría recaudado"
    r"\bestaría[ns]?\s(?:(?:\w+\s)?\w+ndo|en (?:conversaciones|negociaciones|tratos)|cerca de|a punto de|"
    r"preparad[oa]s?|"
    r"dispuest[oa]s?)\b|\bhabría[n]?\s(?:\w+\s)?\w+(?:ado|ido|cho|sto|rto)\b",
    re.IGNORECASE,
)
_WORD_OF = r"según\s(?:ha\s)?(?:afirm|asegur|explic|dij|dicho|anunci|confirm|detall|declar|prometi)"  # of who plans it
_SOURCED = re.compile(rf"\b(?:(?!{_WORD_OF})según|de acuerdo con|fuentes|medios|prensa)\b", re.IGNORECASE)
_PROMISED = re.compile(  # "anunció en abril que X invertiría": a plan when it was said
    r"\b(?:anunci|asegur|prom[ei]t|confirm|inform|adelant|avanz|comunic|declar|explic|dij|dicho|comprometi|decid|indic|"
    r"detall|señal|agreg|añad|reiter|afirm|revel)(?:ó|i?eron|aron|o|[aií]a[ns]?|aba[ns]?|i?ado|ido|ió)?\s"
    r"(?:[^.;:\d]{0,40}?\s)?(?:de\s)?que\s(?:[^.;:,]{0,70}\s)?$|"
    r"\b(?:acuerdo|pacto|contrato|convenio)\s(?:por|mediante|según|bajo)\s(?:el|lo)\s(?:que|"
    r"cual)\s(?:[^.;:,]{0,70}\s)?$",
    re.IGNORECASE,
)
_BY_ITS_WORD = re.compile(rf"\b{_WORD_OF}", re.IGNORECASE)
_WOULD_COST = re.compile(r"(?:cost|cuest|val|sal|equival|supon|necesit|requer)\w*r[íi]an?\b", re.IGNORECASE)
_NOBODY = re.compile(  # "una cifra que pocos habrían imaginado"
    r"habría[ns]?\s(?:\w+\s)?(?:imaginado|pensado|creído|soñado|sospechado|predicho|apostado|dicho)\b", re.IGNORECASE
)
_COUNTERFACTUAL = re.compile(r"\b(?:si|hubiera[ns]?|hubiese[ns]?|de haber|con otr[oa]s?|sin)\b", re.IGNORECASE)
_MOTION = re.compile(  # "va a unos 150 tokens por segundo" goes nowhere
    rf"\s+(?:{APPROX}|más|menos|los|las|el|la|razón|una media|~|\d)"
)
_GOES = re.compile(r"(?:va|van|iba|iban)\sa\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:said|says|announced|told \w+|confirmed|added|promised|pledged|vowed|claimed|"
    r"agreed)\s(?:[\w.]+\s){0,6}?(?:that\s)?(?:it|they|he|she|the\s\w+|[A-Z][\w-]*(?:\s[A-Z][\w-]*)?)\s$"
)
_PLANS = frozenset({"the plan", "plan is", "plan de", "planes de", "plan para", "planes para", "el plan"})
_SUBSCRIPTION = re.compile(
    r"\b(?:al mes|mensual(?:es)?|suscripci\w+|gratuit[oa]s?|gratis|de pago|Plus|Pro|Max|Go|Premium|a month|per month|"
    r"monthly|subscri\w+)\b|/\s?mes\b"
)
_READERS = re.compile(r"\b(?:I|we|you|one)(?:\s(?:\w+ly\s)?)?$", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|you['’]re|you are)\s$", re.IGNORECASE)
_IF = re.compile(r"(?:si|if)\b", re.IGNORECASE)
_MONTH = re.compile(r"May\b")
_ASSUMES = re.compile(r"asume que|assumes?\b", re.IGNORECASE)  # "OpenAI asume que" says what OpenAI reckons
_WHO = re.compile(r"[A-ZÀ-Þ][\w-]*(?:,[^,]{2,60},)?\s$")
_PERHAPS = re.compile(  # "perhaps the most similar model, with 355B": the likeness is a guess, not the number
    r"(?:perhaps|possibly|quizás?|tal vez|posiblemente)\s(?:the|el|la|los|las)\s(?:\w+\s)?(?:most|best|\w+est|más|"
    r"mejor(?:es)?|mayor)\b",
    re.IGNORECASE,
)
_DECODING = re.compile(r"specul\w+[\s-](?:decod|sampl|execut|draft|generat)|especulativ[oa]s?\b", re.IGNORECASE)
_CONCEDES = re.compile(r"si bien\b|si no l[oa]s? (?:sab|hab|conoc|has)", re.IGNORECASE)  # "por si no lo sabías"


class Hedge(NamedTuple):
    """A cue that was found: what it makes of the numbers from `start` to `end`."""

    value: Modality
    start: int
    end: int
    reason: str
    cue: int = 0  # where the cue stands
    far: bool = False  # whether it is said of numbers before it, too, over a comma
    is_mood: bool = False  # of a Spanish verb: "tendría"
    is_guess: bool = False  # about something real: "may have", "tendría"; not "if it had"


_GUESS = re.compile(
    r"hay quien|\w*specul|rumore|pod|pud|puede|qui|tal vez|a lo mejor|could|may|might|would|'d|perhaps|possib|"
    r"\w+r[íi]an?$"
)


def hedges_of(text: str, sentence: Sentence, clause_starts: Sequence[int]) -> list[Hedge]:
    """What the cues of a sentence say, and of which stretch of it."""
    found: list[Hedge] = []
    cues = cue_set("modality", sentence.language)
    body = text[sentence.start : sentence.end]
    for start, end, cue in cues.find(body):
        at = sentence.start + start
        if _says_nothing(body, start, end, cue.value):
            continue
        value: Modality = next(m for m in ORDER if m == cue.value)
        if _word(body, start, end) in {"would", "'d"} and _SAID.search(body, max(0, start - 72), start):
            value = "planned"  # what was "will" when it was said
        bracket = _in_bracket(text, at, sentence)
        if cue.extra == "bracket" and not bracket:
            continue
        begin, stop = bracket or _reach(text, cue.extra, at, sentence, clause_starts)
        if value == "negated" and (denied := _INSTEAD.search(text, at, stop)):
            stop = denied.start()
        far = cue.extra == "source" or (value == "planned" and STARTS.match(body, end) is not None)
        begin = sentence.start if far else begin
        is_guess = _GUESS.match(_word(body, start, end)) is not None
        found.append(Hedge(value, begin, stop, f"{body[start:end]!r} → {cue.label}", at, far, is_guess=is_guess))
    if sentence.language == "es":
        found.extend(_moods(text, sentence, clause_starts))
    if headline := _HEADLINE.match(text, sentence.start, sentence.end):
        why = f"{headline[1]!r} → planned (of a headline)"
        found.append(Hedge("planned", headline.start(1), sentence.end, why, headline.start(1)))
    return _without_rumored_conditions(text, found)


def _says_nothing(body: str, start: int, end: int, value: str) -> bool:
    """Whether a cue is none here: the month of May, "si bien", "if you look at", what "would later be"."""
    if value == "planned":
        return _plans_nothing(body, start, end)
    if value == "rumored":
        return _DESPITE.search(body, max(0, start - 32), start) is not None
    if value != "hypothetical":
        return False
    if _DECODING.match(body, start):
        return True
    month = _MONTH.match(body, start) and not body[end:].startswith(" be")
    reckoned = _ASSUMES.match(body, start) and _WHO.search(body, 0, start)
    if month or reckoned or any(words.match(body, start) for words in (_PERHAPS, _CONCEDES, _DISCOURSE)):
        return True
    return _word(body, start, end) == "would" and _NARRATED.match(body, end) is not None


_DESPITE = re.compile(  # "contrary to rumors, it has N"
    r"\b(?:contrary to|despite|unlike|pese a|a pesar de|en contra de|"
    r"al contrario de)\s(?:[^\W\d]+\s){0,2}$",
    re.IGNORECASE,
)


def _plans_nothing(body: str, start: int, end: int) -> bool:
    """Whether a word of plans plans nothing: "it will need", "va a unos 150", what "I'll" do or "you will" see."""
    said = _word(body, start, end)
    if (said in _PLANS and _SUBSCRIPTION.search(body)) or (said == "plans" and _PRICED.match(body, end)):
        return True
    if _GENERAL.match(body, end) or (_GOES.match(body, start) and _MOTION.match(body, end)):
        return True
    future = said in {"'ll", "will", "won't"}
    readers = _READERS if future else _READER
    return bool(readers.search(body, max(0, start - 12), start))


_PRICED = re.compile(r"\s(?:start|begin|cost|range|run|vary)\b")  # "Plans start at $20 a month"


def _word(body: str, start: int, end: int) -> str:
    """A cue as the tables spell it, in small letters and with a straight apostrophe."""
    return body[start:end].lower().replace("’", "'")


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


_INSTEAD = re.compile(  # "denied that it spent N; the figure is M", "no es verdad que usara N: fueron M"
    r";\s|:\s|\s[—–]\s|"
    r",\s(?:but|sino|pero|in (?:fact|reality)|actually|en realidad|it (?:was|is)|the real|lo cierto)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\((?:[^()]{0,24}\s)?")
_NUMBER_BEFORE = re.compile(r"(?:^|\s)(?P<number>[~≈$€<>≥≤+]*\d[^\s()]*(?:\s[^\s()\d]+){0,3})\s?$")

_OTHER_NUMBER = re.compile(r"\d(?<!20\d)(?<!20\d\d)(?<!\b2)(?<!\b20)")  # "350,000 H100s (target: 600,000)"


def _in_bracket(text: str, at: int, sentence: Sentence) -> tuple[int, int] | None:
    """The number and the bracket right behind it that holds the cue: "1.7T (rumored), 256k tokens"."""
    opened = text.rfind("(", max(sentence.start, at - 24), at)
    closed = text.find(")", at, min(sentence.end, at + 48))
    if opened < 0 or closed < 0 or not _BRACKET.fullmatch(text, opened, at) or _OTHER_NUMBER.search(text, at, closed):
        return None
    begin = max(sentence.start, opened - 40)
    number = _NUMBER_BEFORE.search(text[begin:opened])
    return (begin + number.start("number"), closed) if number else None


def _goes_on(text: str, start: int) -> bool:
    """Whether what begins here only fills in what stood before a colon: "una carta de intenciones: 10 GW"."""
    return text[start - 2 : start] == ": " and not _TELLS.match(text, start)


_TELLS = re.compile(r"[^.;,]{0,48}?\s" + VERB)


def _moods(text: str, sentence: Sentence, starts: Sequence[int]) -> list[Hedge]:
    """Spanish futures (-rá, -rán) plan; conditionals (-ría, -rían) tell what others say or what would be."""
    found = []
    body = text[sentence.start : sentence.end].lower()
    for match in _FUTURE.finditer(text, sentence.start, sentence.end) if "rá" in body else ():
        if not _NOT_FUTURE.search(match.group()):
            begin, stop = _reach(text, "clause", match.start(), sentence, starts)
            found.append(Hedge("planned", begin, stop, f"{match.group()!r} → planned (future)", match.start()))
    for match in _CONDITIONAL.finditer(text, sentence.start, sentence.end) if "ría" in body else ():
        if not _NOT_CONDITIONAL.search(match.group()) and not _NOBODY.match(text, match.start()):
            begin, stop = _reach(text, "clause", match.start(), sentence, starts)
            value = _of_conditional(text, sentence, match.start())
            why = f"{match.group()!r} → {value} (conditional)"
            found.append(Hedge(value, begin, stop, why, match.start(), is_mood=True, is_guess=True))
    return found


def _of_conditional(text: str, sentence: Sentence, at: int) -> Modality:
    """What a conditional makes of its numbers: a plan when it was told, a rumor in the news, else what would be."""
    if _is_reported(text, sentence, at):
        return "rumored"
    if _WOULD_COST.match(text, at) or _COUNTERFACTUAL.search(text, sentence.start, sentence.end):
        return "hypothetical"
    told = _PROMISED.search(text, sentence.start, at) or _BY_ITS_WORD.search(text, sentence.start, sentence.end)
    return "planned" if told else "hypothetical"


def _is_reported(text: str, sentence: Sentence, at: int) -> bool:
    """Whether a conditional is that of news, which passes on what others say: "xAI estaría negociando", "según X"."""
    if _COUNTERFACTUAL.search(text, sentence.start, sentence.end):
        return False
    periphrasis = _REPORTED.match(text, at)
    return periphrasis is not None or bool(_SOURCED.search(text, sentence.start, sentence.end))


_ASSUMING = re.compile(r"assuming|supposing|asumiendo|suponiendo", re.IGNORECASE)  # of its own sentence only


def carries_on(text: str, sentence: Sentence) -> str | None:
    """The supposition of a sentence that the rest of its paragraph stands under, as a reason; None without one."""
    body = text[sentence.start : sentence.end]
    for start, end, cue in cue_set("modality", sentence.language, "block").find(body):
        if body[:start].strip("\"'“«(¡¿ ") and _ASSUMING.match(body, start):
            continue
        return f"{body[start:end]!r} earlier in the paragraph → {cue.label}"
    return None
