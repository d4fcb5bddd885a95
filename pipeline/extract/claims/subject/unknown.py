"""Subjects that no list has: a capitalized name that opens the sentence and governs its verb, "Humand levantó N"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import VERB
from pipeline.extract.claims.page import Entity
from pipeline.extract.claims.patterns import MODEL_METRICS, MONEY_OF_ORG
from pipeline.extract.claims.roles import is_in_aside
from pipeline.extract.claims.subject.base import allowed, named
from pipeline.extract.claims.subject.indefinite import is_indefinite
from pipeline.extract.fillers import COMPANY, TO_NUMBER
from pipeline.extract.folding import without_accents

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Page
    from pipeline.extract.claims.topic import Topic

_METRICS = MONEY_OF_ORG | {"users", "power", "hardware_quantity"}
_WORD = r"[A-ZÁÉÍÓÚÑ][\w&.'’-]*\w"
_TITLE = (  # "British Prime Minister Keir Starmer"
    r"(?:[A-Z][\w.]*\s){0,2}(?:Prime Minister|President|Chancellor|Minister|Secretary|Governor|CEO|Chief Executive|"
    r"primer ministro|presidente|presidenta|ministr[oa])\s"
)
_OPENS = re.compile(
    rf"[\s*_«“\"(¡¿•–—-]*(?:[A-Z][\w.]*-(?:listed|based|backed|owned|funded|founded)\s|"
    rf"[A-Z][\w.&]*['’]s\s|{_TITLE})?(?:(?:[Ee]n|[Ii]n|[Dd]esde|[Ff]rom|[Tt]he|[Ll]a|[Ee]l|[Yy]|[Aa]nd|[Pp]ero|"
    rf"[Bb]ut)\s(?:{_WORD}(?:\s{_WORD})?,\s)?)?(?P<name>{_WORD}(?:\s(?:de\s|"
    rf"of\s)?{_WORD}){{0,3}})(?:,\s[^,.;]{{2,80}},|\s\([^()]{{2,60}}\))?\s(?=(?:quiere|tiene|has|is|va|"
    rf"{VERB}))"
)
_COMMON = re.compile(
    r"(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as|[Uu]n|[Uu]na|[Ee]st[eao]s?|[Ee]s[eao]s?|[Ss]us?|[Tt]he|[Aa]n?|[Tt]h(?:is|at|ese|ose|"
    r"ey|ere)|[Ii]t|[Ww]e|[Yy]ou|[Ss]?[Hh]e|[Mm]y|[Oo]ur|[Ii]f|[Ss]i|"
    r"[Ww]h\w+|[Qq]u\w+|[Hh]ow|[Cc]ómo|[Yy]o|[Hh]oy|[Aa]yer|[Aa]hora|[Nn]ow|[Tt]oday|[Aa]ll|[Bb]oth|[Ss]ome|[Mm]any|"
    r"[Oo]ther\w*|[Nn]adie|[Nn]o|[Ss]olo|[Ss]ólo|[Tt]odo\w*|[Cc]ada|[Ee]ach|[Aa]quí|[Hh]ere|[Oo]ne|[Oo]tr[oa]s?|[Ss]e|"
    r"[Ll][eo]s?|[Mm]e|[Cc]apex|[Uu]sers|[Ff]unding|[Vv]aluations?|[Pp]rofits?|[Uu]suarios|[Pp]rimer[oa]?s?|"
    r"[Ss]egund[oa]s?|[Tt]ercer[oa]?|[Úú]ltim[oa]s?|[Ff]irst|[Ss]econd|[Tt]hird|"
    r"[Ll]ast|"
    r"[Nn]ew|[Nn]uev[oa]s?|\w+mente|\w+[a-z]ly|[Aa]demás|[Tt]ambién|[Aa]sí|[Dd]espués|[Ll]uego|[Ee]ntonces|[Aa]quella?|"
    r"[Ww]ork|[Cc]onstruc\w+|[Tt]raining|[Pp]roduc\w+|[Ss]ales|[Rr]evenues?|[Ii]nve[rs]\w+|[Dd]emand\w*|[Cc]ost\w*|"
    r"[Pp]rices?|"
    r"[Ss]hares?|[Ss]pending|[Gg]rowth|[Oo]bras|[Oo]peraciones|[Vv]entas|[Ii]ngresos|"
    r"[Ii]n|[Ee]n|[Aa]t|[Oo]n|[Ff]rom|[Dd]esde|[Hh]an?|[Hh]ay|[Hh]abía|[Ff]ue|[Ee]s|[Ss]on|[Ee]stán?|[Tt]ienen?)$"
)


def by_unknown_name(draft: Draft, topic: Topic) -> Subject | None:
    """Humand levantó N; CloudHQ, the data center firm, plans N MW: a name that no list has yet."""
    page = topic.page
    of_model = draft.metric in MODEL_METRICS
    if not (of_model or draft.metric in _METRICS) or is_indefinite(draft, topic):
        return None
    known = [e for e in page.between(draft.sentence.start, draft.start) if e.kind in allowed(draft)]
    if any(not is_in_aside(page, e, draft.sentence.start, draft.start) for e in known):
        return None
    match = _OPENS.match(page.text, draft.clause[0], draft.start + 1)
    if match is None and _SAME_SUBJECT.match(page.text, draft.clause[0]):
        match = _OPENS.match(page.text, draft.sentence.start, draft.start + 1)
    if (
        match is None
        or _is_place(match["name"], page)
        or not _is_name(match["name"], page.text)
        or (of_model and not _has_number(match, page, draft))
    ):
        return None
    entity = Entity(match.start("name"), match.end("name"), match["name"], "model" if of_model else "org")
    return named(match["name"], "a capitalized name before the verb", entity=entity)


_HAS = re.compile(  # "Ernix has 260 billion parameters", "Foo 2 was trained on 15T tokens"
    rf"(?:also\s|reportedly\s|también\s)?(?:has|had|is|was(?:\s(?:pre-?)?trained\s(?:on|with))?|costs|scores?|supports|"
    rf"offers|uses|used|handles|tiene|tenía|"
    rf"es|fue|"
    rf"cuesta|soporta|ofrece|usa|usó|logra|alcanza)\s(?:[a-záéíóúñ-]+\s){{0,5}}?{TO_NUMBER}"
)
_NO_MODEL = re.compile(  # nouns that a sentence may open with, without an article
    r"(?:[A-Z]{2,4}s?|\w+(?:ing|tion|sion|ment|ance|ence|ity|ness|miento|ción|sión|idad)|(?:Models?|Modelos?|Networks?|"
    r"Transformers?|Version|Versión|"
    r"Encoders?|Decoders?|Inference|Compute|Cómputo|Hardware|Software|Context|Contexto|Memory|Memoria|Input|Output|"
    r"Entrada|Salida|"
    r"Data|Datos|Brains?|Humans?|Cost|Coste|Price|Precio|Attention|Weights|Pesos|Performance|AI|IA|LLMs?))"
)


def _has_number(match: re.Match[str], page: Page, draft: Draft) -> bool:
    """Whether a verb of having or scoring leads from the name right to the number, and the name is no common noun."""
    if any(_NO_MODEL.fullmatch(word) for word in match["name"].split()):
        return False
    return _HAS.fullmatch(page.text, match.end(), draft.start) is not None


def by_introduced(draft: Draft, topic: Topic) -> Subject | None:
    """Robot maker Sunday closed N; Foundation, a robotics startup, seeks N: a name beside the word for what it is."""
    page = topic.page
    if draft.metric not in MONEY_OF_ORG:
        return None
    begin = max((peer.end for peer in topic.peers if peer.end <= draft.start), default=draft.sentence.start)
    if not any(word in page.text[begin : draft.start] for word in _SORTS):
        return None
    found = [m for pattern in (_SORT_OF, _APPOSED) for m in pattern.finditer(page.text, begin, draft.start)]
    last = max(found, key=lambda match: match.start("name"), default=None)
    if last is None or not _is_name(last["name"], page.text):
        return None
    known = [e for e in page.between(last.start("name") - 40, draft.start) if e.kind in allowed(draft)]
    if any(e.end > last.start("name") and not is_in_aside(page, e, last.start("name"), draft.start) for e in known):
        return None
    entity = Entity(last.start("name"), last.end("name"), last["name"], "org")
    return named(last["name"], "a capitalized name before the verb", entity=entity)


_SORTS = (*COMPANY.split("|"), "maker", "developer", "unicorn")
_SORT = rf"(?:{'|'.join(_SORTS)})"
_NAMED = rf"(?P<name>{_WORD}(?:\s{_WORD}){{0,2}})"
_SORT_OF = re.compile(rf"\b{_SORT}\s{_NAMED}\s(?={VERB})")
_APPOSED = re.compile(rf"{_NAMED},\s(?:an?|the|una?|la)\s(?:[\w-]+\s){{0,5}}?{_SORT}\b")
_SAME_SUBJECT = re.compile(rf",?\s(?:and|but|y|e|pero)\s{VERB}")  # "X announced N and said M"


def _is_place(name: str, page: Page) -> bool:
    """Whether a name is that of a country or a city, which is no subject: "Francia invertirá N"."""
    return without_accents(name).lower() in page.lexicon.words.get("place", frozenset())


_SPANISH_VERB = re.compile(r"\w+(?:ará|erá|irá|arán|erán|irán|ieron|aron)")  # "Invertirá hasta N": who is left out


def _is_name(name: str, text: str) -> bool:
    """Whether no word of it is a common one: one that the text has in small letters too."""
    words = name.split()
    if _SPANISH_VERB.fullmatch(words[0]):
        return False
    if _COMMON.match(words[0]) or any(_COMMON.match(word) and word not in {"de", "of"} for word in words):
        return False
    return any(not word[1:].islower() or len(words) > 1 for word in words) or not re.search(
        rf"\b{re.escape(words[0].lower())}\b", text
    )
