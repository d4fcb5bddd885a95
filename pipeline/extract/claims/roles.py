"""What part a name has in its sentence where that is not the subject: the agent of a passive, a speaker, an aside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import NEXT_VERB, VERB
from pipeline.extract.claims.patterns import COMPARED, ESTIMATES, INVESTOR, NO_LIST, OBLIQUE
from pipeline.extract.fillers import COMPANY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.page import Entity, Page

NAME = r"[A-ZÀ-Þ][\w&.'’-]*(?:\s[A-ZÀ-Þ0-9][\w&.'’-]*){0,3}"
_AND = r",?\s(?:y|e|and|&)\s"
_AGENT = re.compile(
    r"\b(?i:\w+(?:ad|id)[oa]s?|hech[oa]s?|puest[oa]s?|\w+ed|built|made|led|run|bought|sold)\s(?:\w+\s)?(?:por|by)\s"
    rf"(?:(?:la|el|the|un|una|an?|its|su)\s(?:[a-záéíóúñ-]+\s){{0,5}})?(?:(?:existing|lead|early|previous)\s)?"
    rf"(?:(?:{COMPANY}|investors?|inversor(?:es)?|backers?|fondo)\s)?"
    rf"(?P<list>(?:{NAME},\s){{0,4}}(?:{NAME}{_AND})?)[*_«“\"]{{0,2}}$",
)
_RAISED = re.compile(
    r"(?:recaudad|captad|levantad|obtenid|conseguid|ingresad|facturad|raised|earned|generated)\w*\s", re.IGNORECASE
)
_LISTED = re.compile(rf"(?:,\s{NAME}){{0,3}}{_AND}{NAME}")
_ASIDE = r",[^,.;:]{2,140},"  # "X, que no es optimista, calcula que …"
_SPEAKS = re.compile(
    rf"(?:{_ASIDE})?\s(?:ha\s|han\s|has\s|have\s|had\s|ya\s|also\s|now\s|reportedly\s)?(?:"
    r"(?:dice|dijo|dicho|asegur\w+|afirm\w+|cuenta|contó|contado|explic\w+|cree|calcul\w+|estim\w+|inform\w+|public\w+|"
    r"revel\w+|sostiene|sostuvo|anunci\w+|confirm\w+|recuerd\w+|señal\w+|apunta|prevé|sugiere|"
    r"neg\w+|desm\w+|jura|juró|insist\w+|presum\w+|admit\w+|reconoc\w+|"
    r"mencion\w+|compart\w+|indic\w+|detall\w+|declar\w+|escrib\w+|coment\w+|añad\w+|agreg\w+|reiter\w+|adv[ie]+rt\w+|"
    r"proyect\w+|esper\w+|prome\w+|pretend\w+|quier\w+|quiso|vaticin\w+|confí\w+ en|augur\w+|"
    r"determin\w+|conclu\w+|demostr\w+|demuestra\w*|pronostic\w+|asum\w+|sugir\w+)(?:\s\w+){0,4}?\sque\b|"
    r"(?:says?|said|claim\w*|report\w*|estimat\w+|believes?|thinks|argu\w+|wrote|writes|reveal\w+|announced|confirm\w+|"
    r"notes|noted|suggests|expects|assum\w+|mention\w+|shar\w+|stat\w+|explain\w+|add(?:s|ed)|warn\w+|predict\w*|"
    r"found|finds|shows?|showed|told\s\w+)\s(?:that\b|(?=(?:the\s)?[A-Z])))"
)
_OPENS_ASIDE = re.compile(
    r"[*_”»\")]*,\s(?:the|la|el|un|una|a|an|su|its|which|que|who|whose|cuy[oa]s?|one of|uno de|una de|founded|led|"
    r"backed|owned|maker|home|parent|makers|creadores|fabricante|set up|started|created|spun|run|launched|built|"
    r"headed|valued|\w+ad[oa]s?|\w+id[oa]s?)\b",
    re.IGNORECASE,
)
_CLOSES_ASIDE = re.compile(
    r"[*_”»\")]*(?:\s(?:[^,;.]|[.,](?=\d)){1,40})?,\s"
    r"(?!(?:que|which|who|y|e|and|o|or|la|el|the|una?|an?)\b)"
)
OF_PERSON = re.compile(rf"['’]s?\s(?:[\w-]+\s)?(?:{COMPANY})\b")  # "Musk's startup"
PERSONS = re.compile(  # "la compañía de Musk", "los de Altman", "the company led by Murati"
    rf"\bla\s(?:[\wáéíóúñ]+\s)?(?:{COMPANY}|casa|gente)\s(?:[\wáéíóúñ]+\s)?(?:de|que "
    r"(?:dirige|fundó|preside|lidera))\s$|\b(?:los|el (?:equipo|laboratorio|grupo))\sde\s$|"
    rf"\b(?:{COMPANY}|venture)\s(?:led|run|founded|headed|co-founded)\sby\s$",
    re.IGNORECASE,
)


_TELLS = re.compile(
    r"\s(?:ha\s|had\s|has\s)?(?:public|cont|inform|adelant|revel|asegur|calcul|estim|report|says?|said|wrote|claim)\w*"
)


def is_source(page: Page, entity: Entity) -> bool:
    """Whether a name is that of a paper that only tells what is said: "cuentan en CNBC", "The Information reported"."""
    if entity.kind != "org" or entity.name not in page.known.media:
        return False
    if _TOLD_BY.search(page.text, max(0, entity.start - 32), entity.start):
        return True
    return is_oblique(page, entity, max(0, entity.start - 60)) or bool(_TELLS.match(page.text, entity.end))


_TOLD_BY = re.compile(  # "según adelantó X", "y recogió X", "un documento al que ha tenido acceso X", "seen by X"
    r"\b(?:acceso|accedido|(?:consultad|citad|vist|revisad|obtenid)[oa]s?\spor|(?:seen|viewed|reviewed|obtained|cited|"
    r"reported)"
    r"\sby)\s(?:el\s|la\s|the\s)?[*_«“\"]{0,2}$|"
    r"\b(?:inform|recog|public|adelant|avanz|revel|report|señal|cuent|apunt|dij|explic|asegur|confirm|detall|filtr)"
    r"[a-záéíóú]*\s(?:el\s|la\s|en\s|por\s)?[*_«“\"]{0,2}$"
)


def is_agent(page: Page, entity: Entity) -> bool:
    """Whether a name is the agent of a passive: "entrenado por X", "backed by X"."""
    lead = page.text[max(0, entity.start - 110) : entity.start]
    found = _AGENT.search(lead) if "por" in lead or "by" in lead else None
    if found and _RAISED.match(found[0]):
        return False  # "the total raised by X"
    if found is None or not found["list"] or not found["list"].endswith(", "):
        return found is not None
    return bool(_LISTED.match(page.text, entity.end))  # "backed by X, Y has raised": Y is no agent


def is_estimator(page: Page, entity: Entity) -> bool:
    """Whether a name is that of somebody who estimates the numbers of others: "Epoch calcula que", "HSBC reckons"."""
    if entity.kind not in {"org", "person"}:
        return False
    return bool(_ESTIMATES.match(page.text, entity.end) or _STUDY.match(page.text, entity.end))


_STUDY = re.compile(  # "Epoch AI's analysis", "a Washington Post investigation"
    r"(?:['’]s?)?\s(?:(?:own|new|recent|latest)\s)?(?:analys[ei]s|study|survey|investigation|calculations?|tracker|"
    r"estimates?)"
    r"\s(?!of\s(?:its|their)\b)"
)


_ESTIMATES = re.compile(rf"(?:\.(?:ai|AI|com))?(?:{_ASIDE})?" + ESTIMATES.pattern + r"(?!\s(?:su|sus|its|their)\b)")


def is_investor(page: Page, entity: Entity) -> bool:
    """Whether a name is that of who puts money into another: "X invierte N en Y", "led by X", "X is putting N into"."""
    leads = INVESTOR.match(page.text, entity.end) or _INVESTS.match(page.text, entity.end)
    return entity.kind in {"org", "person"} and leads is not None


_INVESTS = re.compile(
    rf"(?:{_ASIDE})?\s(?:(?:ha|han|has|have|is|are|will|would|también|ya|also|(?:acord|plane|negoci|quier)\w+)\s)*"
    rf"(?:lider\w+{NO_LIST}|invert\w*|invirt\w*|invest\w*|put(?:s|ting)?|pour\w*|aport\w*|pon(?:e|en|drá|drán)|puso|"
    rf"inyect\w*|"
    r"inject\w*|particip\w*|entr[aóa]\w* en|commit\w*|back(?:s|ed)|respald\w*)\b"
)


def is_quoted(page: Page, entity: Entity) -> bool:
    """Whether a name only says what stands around it: "… 85,000 GPUs, X told analysts, up from …"."""
    return page.text[max(0, entity.start - 2) : entity.start] == ", " and bool(_SAID.match(page.text, entity.end))


_SAID = re.compile(
    r"\s(?:ha\s|has\s)?(?:said|says|told|wrote|writes|reported|reports|adds?|added|dijo|dice|dicho|afirm\w+|asegur\w+|"
    r"cuenta|añad\w+|escrib\w+)(?:\s\w+){0,3}[,.;]"
)
TRAINED = re.compile(r"\b(?:pre-?)?(?:train|entren)\w*", re.IGNORECASE)


def without_speakers(page: Page, names: Sequence[Entity], *, persons: bool = True) -> list[Entity]:
    """The names but those that only say something of a later one: "Musk says Grok 3 will". The last may speak of
    himself, unless he is a person and `persons` says that those can be no subject.
    """
    last = len(names) - 1
    return [
        e
        for i, e in enumerate(names)
        if (i == last and (persons or e.kind != "person")) or not _SPEAKS.match(page.text, e.end)
    ]


def before_aside(page: Page, names: Sequence[Entity], number: int) -> Entity | None:
    """The name that an aside explains, where the last name is inside: "X, the venture of Y and Z, will spend"."""
    last = names[-1]
    closing = _CLOSES_ASIDE.match(page.text, last.end, number)
    if closing is None:
        return None
    return next((e for e in reversed(names[:-1]) if _is_explained(page, e, last)), None)


def is_in_aside(page: Page, entity: Entity, begin: int, number: int) -> bool:
    """Whether a name stands inside an aside that ends before the number: "X, filial de Y, tiene N"."""
    if any(_encloses(page.text, pair, (begin, entity.start, entity.end, number)) for pair in ("()", "——", "––")):
        return True
    opened = page.text.rfind(", ", begin, entity.start)
    while opened > begin and _LISTING.match(page.text, opened) and (found := page.text.rfind(", ", begin, opened)) > 0:
        opened = found
    if opened <= begin or not _OPENS.match(page.text, opened) or _is_naming(page, opened, entity):
        return False
    closing = _CLOSES.match(page.text, entity.end)
    return closing is not None and closing.end() <= number


def _encloses(text: str, pair: str, at: tuple[int, int, int, int]) -> bool:
    """Whether a pair of brackets or dashes opens before a name and closes behind it, before a number."""
    begin, start, end, number = at
    opened, closed = text.rfind(pair[0], begin, start), text.find(pair[1], end, number)
    if opened <= begin or closed < 0 or opened + 1 == start:
        return False  # "Generation (GEN)": the name again
    if pair[0] == pair[1]:
        return text.count(pair[0], begin, start) % 2 == 1
    return text.find(pair[1], opened, start) < 0


_LISTING = re.compile(r",\s[A-ZÀ-Þ]")  # "respaldada por X, Y y Z"


def _is_naming(page: Page, opened: int, entity: Entity) -> bool:
    """Whether an aside gives the name of what stands before: "su último modelo, el X, tiene", "bautizado X"."""
    if _NAMING.fullmatch(page.text, opened, entity.start):
        return True
    whole = page.text.startswith(",", entity.end)
    return whole and bool(_ARTICLED.fullmatch(page.text, opened, entity.start))


_ARTICLED = re.compile(r",\s(?:el|la|the)\s(?:\w+\s)?[*_«“\"']*")
_NAMING = re.compile(
    r",\s(?:llamad|bautizad|denominad|apodad|conocid)[oa]s?\s(?:como\s)?(?:el\s|la\s)?[*_«“\"']*|,\s(?:called|named|"
    r"dubbed)\s"
)
_OPENS = re.compile(
    r",\s(?:que|cuy[oa]s?|el|la|los|las|una?|uno de|una de|su|antes|anteriormente|conocid[oa]|junto (?:a|con)|"
    r"(?:[a-záéíóúñ-]+\s)?[a-záéíóúñ-]+\s(?:del?|en)|which|who|whose|the|an?|its|[A-Za-z]+['’]s|one of|maker|home|"
    r"parent|owner|"
    r"(?:recién\s|ya\s)?\w{3,}(?:ad|id)[oa]s?|(?:founded|led|backed|owned|created|started|run|headed) by)\s"
)
_CLOSES = re.compile(
    rf"[*_”»\")]*(?:[^,;:.()]|[.,](?=\d)|,\s(?=[A-ZÀ-Þ])){{0,90}},\s(?=(?:que|cuy[oa]s?|which|who|{VERB})\b)"
)


def _is_explained(page: Page, entity: Entity, last: Entity) -> bool:
    between = page.text[entity.end : last.start]
    if _is_naming(page, entity.end, last):
        return False
    return bool(_OPENS_ASIDE.match(page.text, entity.end)) and not re.search(r"[;:.]\s", between)


def is_example(page: Page, entity: Entity) -> bool:
    """Modelos como X alcanzan N; a model like X has N: the example is what it is said of."""
    lead = page.text[max(0, entity.start - 60) : entity.start]
    if not _LIKE.search(lead):
        return False
    aside = _IN_COMMAS.match(page.text, entity.end)  # "projects like xAI, Musk's company, seek"
    return NEXT_VERB.match(page.text, aside.end() if aside else entity.end) is not None


_IN_COMMAS = re.compile(r",\s[^,.;:]{2,60},")


_LIKE = re.compile(
    r"\b(?:(?:modelos?|models?|LLMs?|empresas?|compan(?:y|ies)|labs?|laboratorios?|sistemas?|chatbots?|startups?|"
    r"gigantes?|firmas?|proyectos?|rivales|plataformas?|giants?|firms?|projects?|rivals?|players?|platforms?)"
    r"(?:\s[\wáéíóúñ]+){0,3}?|otr[oa]s?(?:\s[\wáéíóúñ]+){0,2}?|others?)\s(?:como|like|such as)\s(?:el\s|la\s)?$",
    re.IGNORECASE,
)


def is_oblique(page: Page, entity: Entity, begin: int) -> bool:
    """Whether a name stands behind a preposition, so it is not what its sentence is about; English "a" is none."""
    found = OBLIQUE.search(page.text, max(begin, entity.start - 40), entity.start)
    if found is None and (first := _coordinated(page, entity, begin) or _owner(page, entity, begin)):
        return is_oblique(page, first, begin)
    if found and _ON_TOPIC.search(page.text, max(begin, entity.start - 40), entity.start):
        return False
    if found and _THAT.match(found.group()) and _is_told(page, entity):
        return False
    if found and _WITH.match(found.group()) and _DOING.match(page.text, entity.end):
        return False  # "with X raising N", "in exchange for X deploying N"
    return found is not None and not (page.language == "en" and found.group().lower().startswith("a "))


def _is_told(page: Page, entity: Entity) -> bool:
    """Whether a name behind "que" has a verb of its own: "tan grande que X ha perdido", not "más grande que X"."""
    lead = page.text[max(0, entity.start - 40) : entity.start]
    return NEXT_VERB.match(page.text, entity.end) is not None and not COMPARED.search(lead)


_THAT = re.compile(r"que\s", re.IGNORECASE)
_ON_TOPIC = re.compile(  # "Volviendo a X, …", "la novedad llega con X": what follows is about X
    r"\b(?:(?:lleg\w+|viene|vino) con|(?:arriv|com)(?:es|ed) with|"
    r"(?:volviendo|en cuanto|por lo que respecta|en lo que respecta|pasando|vamos) al?|(?:hablando|en el caso|"
    r"a propósito) del?|as for|back to|turning to|moving (?:on )?to|when it comes to|speaking of|in the case of)\s"
    r"(?:la\s|el\s|the\s)?[*_«“\"]{0,2}$",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:with|con|like|como|for|of)\s", re.IGNORECASE)
_DOING = re.compile(
    r"\s(?!(?:cuando|during|according|including|following|(?:fund|train|spend|pric)ing)\b)(?:\w+ing|\w+[aei]ndo)\b"
)


def _owner(page: Page, entity: Entity, begin: int) -> Entity | None:
    """Whose a cluster is: of "access to SpaceX's Colossus 1" SpaceX, so neither is what is talked of."""
    before = page.between(max(begin, entity.start - 40), entity.start) if entity.kind == "cluster" else ()
    return before[-1] if before and page.text[before[-1].end : entity.start] in {"'s ", "’s "} else None


def _coordinated(page: Page, entity: Entity, begin: int) -> Entity | None:
    """The name that one is joined to by "y" or "and", or by a comma in a list: what holds of the first holds of it."""
    before = page.between(max(begin, entity.start - 40), entity.start)
    if not before or not (joined := _JOINED.fullmatch(page.text, before[-1].end, entity.start)):
        return None
    if joined[0].startswith(","):
        after = page.between(entity.end, entity.end + 12)
        if not any(_JOINED.fullmatch(page.text, entity.end, e.start) for e in after):
            return None
    return before[-1]


_JOINED = re.compile(r"(?:,|\s(?:y|e|and|&|o|or))\s(?:la\s|el\s|the\s)?")
