"""How firmly a number is said: stated, planned, rumored, hypothetical or negated.

Rules, the first that fires decides: negated verb; denial; supposition or conditional; rumor; plan or future.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.claims.clauses import ANY_VERB, VERB
from pipeline.extract.claims.hedges import ORDER, STARTS
from pipeline.extract.fillers import AGAINST, APPROX, TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.hedges import Hedge
    from pipeline.extract.claims.page import Page, Sentence
    from pipeline.records import Metric, Modality

_NEGATION_STOPS = re.compile(
    r"\b(?:solo|sólo|only|just|obstante|más|mas|menos|more|less|fewer|merely|llega|llegan|super\w+|exce\w+|surpass\w*|"
    r"sobrepas\w*|rebas\w*|baj\w+|pas\w+|wonder|enough|suficiente\w*|basta\w*|suitable|ideal|designed|meant|possible|"
    r"posible|capable|capa(?:z|ces))\b",
    re.IGNORECASE,
)
_NEGATED_VERB = re.compile(
    r"(?:\b(?:no|nunca|jamás|tampoco|not|never|yet to)|n['’]t)\s+"
    r"(?:se\s|ha\s|han\s|había\s|fue\s|es\s|son\s|be\s|been\s|in fact\s|actually\s|really\s|even\s|yet\s|en realidad\s|"
    r"aún\s|todavía\s|le\s|lo\s|les\s|have\s|has\s)*"
    r"(?:[\wáéíóúñ]+\s+(?-i:[A-Z][\w.-]*\s+(?:\d[\w.]*\s+)?){0,2})?(?:de\s|en\s|con\s|los\s|las\s|un\s|una\s|unos\s|"
    r"a\s|the\s|its\s|on\s|with\s|at\s|for\s|"
    r"sus\s|el\s|la\s|modelo\s|"
    r"model\s|clúster\s|cluster\s|entrenó\s|usó\s|of\s|any\s|like\s|as\s|much\s|many\s|some\s|about\s|"
    r"around\s)*[$€~]?$",
    re.IGNORECASE,
)
_ABILITY = re.compile(
    r"(?:\b(?:no|not)|n['’]t)\s+(?:puede|pueden|podría|podrá|cabe|caben|hace falta|need|fit|run|want|wait|know|sé|"
    r"sabemos)\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    rf"\b(?:{AGAINST}|(?:up|down) from|"
    r"mayor que|bigger than|larger than|a diferencia de|unlike|next to|al lado de|junto a|than (?:the|its|their)|"
    r"(?:doble|triple|veces|más|menos|mayor|menor)\s(?:\w+\s){0,2}?"
    r"que (?:los|las|el|la))\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:que|cuyo|cuya|donde|which|that|who|where|whose|what|analysts|economists|until|because|"
    r"hasta que|porque)\b",
    re.IGNORECASE,
)
_VERB_NEXT = re.compile(r",\s" + VERB)
_BACKGROUND = re.compile(  # "prepara otra ronda, que lideró X con 5.000 millones", "…, tras recaudar 3.000 millones"
    rf",\s(?:(?:tras|después de|luego de|after)\s\w+(?:ar|er|ir|ing)\b|"
    rf"(?:que|quien(?:es)?|cuando|donde|which|who|when|where)\s(?:[^,;]*?\s)?"
    rf"(?:{VERB}|got\b))[^,;]*$"
)
_NEXT_SUBJECT = re.compile(
    r"\s(?:y|e|and|mientras|as|because|since|porque|ya que|when|cuando)\s(?:(?:el|la|los|las|the|its|su|"
    r"sus)\s)?(?:[^\W\d][\w-]*\s){0,3}(?:se\s|no\s)?$"
)
_WITH = re.compile(r"\b(?:with|con)\s(?:[^\W\d]+\s)?$")  # "200 MW, con planes de doblarlos"
_NOW = re.compile(
    r"[^.;,\d]{0,24}?\s(?:are|is|were|was|está|están|estaba|estaban)\s(?:ya|actualmente|hoy|currently|already|now|"
    r"today)\b",
    re.IGNORECASE,
)
_MODIFIES = re.compile(  # "1GW, planned for 2026"
    r"[^,.;\d]{0,30},\s(?=(?:planned|expected|slated|scheduled|projected|targeted|operational|coming|due|ready|"
    r"operativ[oa]s?|previst[oa]s?|proyectad[oa]s?|"
    r"planead[oa]s?)\b)",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?:más|mayor|menor|mejor|peor|primer\w*|most|largest|biggest|ever)\b[^.;,]{0,40}$", re.IGNORECASE
)
_NEVER = re.compile(r"(?:jamás|nunca|never)\b", re.IGNORECASE)
_BEHIND = re.compile(  # "esos 7,5 billones de parámetros que corrían por X"
    r"[^.;,:]{0,32}?\s(?:que\s(?:se\s)?(?:corr(?:en?|ían?)\spor|circul|rumore|coment|filtr|baraj|atribuy)\w*|"
    r"(?:that|which)\s(?:(?:was|were|is|are|has been|have been|had been)\s)?(?:leaked|rumou?red|circulat\w+|"
    r"making the rounds))\b",
    re.IGNORECASE,
)
_PRESUPPOSED = re.compile(
    r"\b(?:(?:para|entre|de)\s(?:todos\s)?(?:los|sus)|a\s(?:todos\s)?sus|(?:to|for|among|of)\s(?:all\s)?(?:of\s)?"
    rf"(?:its|their|[A-Z]\w+['’]s))\s(?:(?:{APPROX})\s)?$"
)
_THESE = re.compile(  # what is pointed at is there: "you'd need a dozen of these $20,000 cards"
    rf"\b(?:these|those|(?:est|es)[oa]s\s[\wáéíóúñ]+\sde)\s{TO_NUMBER}$", re.IGNORECASE
)


_THE = re.compile(r"\b(?:the|el|la)\s$", re.IGNORECASE)  # "the 405B model could compete": its size is a fact


class Mode(NamedTuple):
    """How firmly a number is said, and why; `is_guess`: as what may be so, of something real."""

    value: Modality
    reason: str
    is_guess: bool = False


def said_so(draft: Draft, mode: Mode) -> Draft:
    """The draft as firm as it is said."""
    reasons = (*draft.reasons, f"modality {mode.reason}")
    return draft._replace(modality=mode.value, is_guess=mode.is_guess, reasons=reasons)


def modality_at(
    text: str, span: tuple[int, int], clause: tuple[int, int], hedges: Sequence[Hedge], metric: Metric | None = None
) -> Mode:
    """The modality of the number at `span`."""
    start = span[0]
    if denied := _denied(text[clause[0] : start]):
        return Mode("negated", f"{denied!r} → negated (a negated verb governs the number)")
    if rumor := _BEHIND.match(text, span[1]):
        return Mode("rumored", f"{rumor.group().strip()!r} → rumored (said of the number behind it)")
    over = [
        h
        for h in hedges
        if h.start <= start < h.end
        and not _in_relative(text, span, h)
        and not _COMPARISON.search(text, min(h.cue, start), max(h.cue, start))
        and not (h.cue < start and _is_background(text[h.cue : start]))
        and not (h.cue > start and _is_of_another_verb(text, clause[0], start, h.cue))
    ]
    if metric == "throughput":
        over = [h for h in over if h.value != "planned"]  # what a machine will do, it does
    if metric == "users" and _PRESUPPOSED.search(text, max(clause[0], start - 40), start):
        over = [h for h in over if h.value != "planned"]
    is_given = metric == "parameters" and _THE.search(text, max(clause[0], start - 6), start)
    if is_given or (metric == "price" and _THESE.search(text, max(clause[0], start - 40), start)):
        over = [h for h in over if h.value not in {"planned", "hypothetical"}]
    moods = [h for h in over if h.is_mood]
    rumored = any(h.value == "rumored" for h in over)
    for value in ORDER:
        for hedge in over:
            if hedge.value == value and not (value == "hypothetical" and hedge in moods and rumored):
                return Mode(value, hedge.reason, hedge.is_guess)
    return Mode("stated", "stated: no hedge reaches the number")


def unsure(page: Page, sentence: Sentence, start: int, mode: Modality) -> Mode | None:
    """What a question makes of a plan ("Will X raise N?"), and a heading of what its list says ("Rumors")."""
    if mode == "planned" and _asks(page.text, sentence, start):
        return Mode("hypothetical", "hypothetical: a question whether it will be so")
    if mode != "stated" or page.blocks[sentence.block].kind != "item":
        return None
    before = page.blocks[max(0, sentence.block - _LIST) : sentence.block]
    above = next((block for block in reversed(before) if block.kind == "heading"), None)
    if above is None or above.end - above.start > _HEADING:
        return None
    if _RUMORS.search(page.text, above.start, above.end):
        return Mode("rumored", "rumored: under a heading of rumors")
    if _UPCOMING.search(page.text, above.start, above.end):
        return Mode("planned", "planned: under a heading of what is to come")
    return None


def _asks(text: str, sentence: Sentence, start: int) -> bool:
    """Whether a number stands in a question that may be answered by yes or no."""
    asks = _WHETHER.search(text, sentence.start, start) or _AUXILIARY.match(text, sentence.start, start)
    return asks is not None and _ASKED.match(text, start, sentence.end) is not None


_ASKED = re.compile(r"[^!]*\?")
_WHETHER = re.compile(
    r"¿(?!(?:\w+\s){0,2}(?i:qué|cuánt|cuándo|cómo|quién|cuál|dónde))[^?¿]*$",
)
_AUXILIARY = re.compile(r"\W*(?:(?:And|But|So)\s)?(?i:will|would|can|could|is|are|does|do|did|has|have|should|might)\s")
_LIST = 12  # blocks from a heading to the last item under it
_HEADING = 60  # characters; a longer one is a sentence
_RUMORS = re.compile(r"\b(?:rumor(?:s|es)?|rumours?|filtraci(?:ón|ones)|leaks?)\b", re.IGNORECASE)
_UPCOMING = re.compile(
    r"\b(?:previst[oa]s?|próximos?|próximas?|por (?:llegar|venir)|en camino|lo que viene|hoja de ruta|upcoming|"
    r"coming (?:soon|up|next)|what['’]s next|roadmap|planned)\b",
    re.IGNORECASE,
)


def _is_background(between: str) -> bool:
    """Whether a relative clause with a verb of its own stands between a cue and the number behind it."""
    at = between.rfind(", ", 0, between.rfind(" ") - 2)
    while at > 0 and not _BACKGROUND.match(between, at):
        at = between.rfind(", ", 0, at)
    return at > 0


def _is_of_another_verb(text: str, begin: int, start: int, cue: int) -> bool:
    """Whether a cue behind the number is the verb of a clause of its own: "levantó 10 millones y X usará otros"."""
    joined = _NEXT_SUBJECT.search(text, start, cue)
    return joined is not None and ANY_VERB.search(text, begin, start) is not None


def _denied(before: str) -> str:
    """The negated verb that governs the number behind these words; empty without one."""
    negation = _NEGATED_VERB.search(before)
    if not negation or _NEGATION_STOPS.search(negation.group()) or _ABILITY.search(negation.group()):
        return ""
    if _NEVER.match(negation.group()) and _SUPERLATIVE.search(before, 0, negation.start()):
        return ""  # "el mayor modelo jamás publicado"
    return negation.group().strip()


def _of_what_it_makes(text: str, start: int, cue: int) -> bool:
    """Whether a future tells what a round that is closed will do: "La ronda de 100 millones permitirá a X crecer"."""
    begin = max(0, start - _NEAR)
    return bool(
        _ROUND_OF.search(text, begin, start) and _SERVES.match(text, cue) and not _STOP.search(text, start, cue)
    )


_NEAR = 48
_ROUND_OF = re.compile(  # the sum opens the clause
    r"(?:^|[.;:\n]\s?|,\s)\W{0,3}(?:(?:Con|Gracias a|Thanks to|With)\s)?(?:la|el|esta|este|una|the|this|its|"
    r"su)\s(?:\w+\s){0,2}?"
    r"(?:ronda|financiación|inyección|valoración|valuación|compra|adquisición|operación|round|funding|financing|"
    rf"valuation|acquisition|deal)\s(?:[^\W\d]+\s){{0,4}}?{TO_NUMBER}$|"
    rf"(?:^|[.;:\n]\s?)\W{{0,3}}(?:the|this)\s{TO_NUMBER}$",
    re.IGNORECASE,
)
_SERVES = re.compile(
    r"(?:will|would|to)?\s?(?:permit|convert|ayud|serv|facilit|impuls|acelera|situ|refor|elev|coloc|allow|help|let|"
    r"enable|"
    r"give|make|value|fuel|fund|bring|support|accelerat|turn|put)\w*\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.;:]\s|,\s(?:y|and|que|which)\s")
_TO_BE_MADE = re.compile(r"[^,.;:\d]{0,48}?\s(?:que|that|which)\s[^,.;:\d]{0,40}?")  # "el campus de 1 GW que X …"
_MAKES = re.compile(  # "… quiere levantar", "… invertirá", "… plans to build"
    r"(?:[^\W\d]+\s){0,3}?(?:constru|levant|abri|instal|despl[ei]|edific|mont|pon[ed]|poner|inv[ei]rt|gast|destin|"
    r"inyect|"
    r"aport|compr|pag|build|open|deploy|invest|spend|launch|buy|install|pour|put)\w*",
    re.IGNORECASE,
)


def _in_relative(text: str, span: tuple[int, int], hedge: Hedge) -> bool:
    """Whether a cue behind the number is of another verb, as in "1M tokens, which will be 2M"."""
    (start, end), cue = span, hedge.cue
    if cue <= start:
        return False
    if _WITH.search(text, start, cue) or text.startswith(("con ", "with "), cue):
        return True
    if hedge.value == "planned" and _NOW.match(text, end):
        return True
    if hedge.value == "planned" and _of_what_it_makes(text, start, cue):
        return True
    if hedge.value == "planned" and _TO_BE_MADE.fullmatch(text, end, cue) and _MAKES.match(text, cue):
        return False
    if hedge.far:
        return bool(_VERB_NEXT.search(text, start, cue)) and not STARTS.search(text, cue, cue + 60)
    if _RELATIVE.search(text, start, cue):
        return True
    modifies = _MODIFIES.match(text, end)
    if "—" in text[start:cue] or " – " in text[start:cue]:
        return True
    return ", " in text[start:cue] and not (modifies and modifies.end() == cue)
