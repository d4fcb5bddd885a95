"""Large numbers that name no unit, and whose size and surroundings leave but one thing they can be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.patterns import EARNED_AFTER, MONEY_OF_ORG
from pipeline.extract.claims.setting import METRICS, money_cues
from pipeline.extract.fillers import AGAINST, APPROX, TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric


_WORD = re.compile(r"[^\W\d_]{2,}")
_SIZED = 1e8  # parameters
_JOINS = frozenset({" ", "\u00a0"})
_COUNTED = re.compile(
    r"\bpar[áa]metros|\bparameters|\btokens?\b|\bd[óo]lares|\bdollars|\beuros\b|[$€£]|\busuarios|\busers|\bGPUs?\b|"
    r"\bchips\b|"
    r"\bFLOPs?\b|\bpersonas|\bpeople|\bwords|\bpalabras",
    re.IGNORECASE,
)
_AMOUNTS_TO = re.compile(
    r"\b(?:tiene|tienen|tenía|tenían|tendría|tendrá|ronda|rondaría|alcanza\w*|llega\w* a|supera\w*|pasa\w* de|es|son|"
    r"era|eran|sería|"
    r"serían|suma|con|has|have|had|having|is|was|were|be|with|reach\w*|exceed\w*|packs|at)\s(?:\w+\s){0,4}?[~≈]?$",
    re.IGNORECASE,
)
_MODEL_OF = re.compile(
    r"\b(?:modelos?|LLMs?|redes?|versi[óo]n(?:es)?)\s(?:[^\n]{0,60}?[,;\s](?:uno|otro)\s)?(?:de|con)\s"
    rf"{TO_NUMBER}$",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"[ \u00a0](?:de\s)?(?!parámetros|activos)[a-záéíóúñ]+s\b")  # 70.000 millones de euros
_NUMBER_OF = re.compile(  # "GPT-3's number of parameters, 175 billion, was …"
    r"\b(?:number of parameters|parameter counts?|número de parámetros|cantidad de parámetros)\b"
    rf"(?:\s(?:of|de|in|en)\s[^,.;:()—–]{{2,30}}|\s[A-Z][\w.-]*)?\s?[,(—–]\s?{TO_NUMBER}$|"
    rf"\b(?:par[áa]metros|parameters)\b[^.;:]{{0,48}}:\s{TO_NUMBER}$|"  # "los parámetros de X: 540.000 millones"
    rf"\b(?:expertos|experts)\s(?:de|of|with|con|at)\s{TO_NUMBER}$|"
    rf"\b(?:model size|tamaño)\s(?:of|de)\s{TO_NUMBER}$",
    re.IGNORECASE,
)
_MODEL_HAS = re.compile(
    r"\b(?:modelos?|models?|LLMs?)(?:\s[^\W\d]+){0,2}?\s(?:tiene|tienen|tenía|tenían|has|have|"
    rf"had)\s(?:\w+\s){{0,2}}?{TO_NUMBER}$",
    re.IGNORECASE,
)
_SIZE_ENDS = re.compile(
    rf"[ \u00a0*_”\"»]*(?:$|[\n.,;:)(!?\]—–]|(?:y|e|o|and|or|pero|but|según|according|than|que|{AGAINST})\b)",
    re.IGNORECASE,
)
_COMPUTE = 1e20  # FLOP; nothing else in a post about AI is counted in numbers so large
_COMPUTE_NEAR = re.compile(r"\b(?:FLOPs?|flop|compute|c[óo]mputo|operaciones|operations|OOMs?)\b")
_LARGE = 1e6
_SUM_ENDS = re.compile(
    r"[ \u00a0*_”\"»]*(?:$|[\n.,;:)!?\]—–]|(?:y|e|and|en|in|into|para|por|for|from|to|a|al|anuales|al año|a year|"
    r"este año|this|at|más|more|with|con|pero|but|que|hasta|through|over|adicionales|extra|additional|"
    r"bajo|under|pese|aunque|tras|después|gracias|según|frente|antes|hoy|ahora|el pasado|la pasada|el año|last|solo|"
    r"sólo|solamente|only|despite|after|before|se|will|would|"
    r"en total|"
    r"in total|mientras|while|against|cuando|when|contra|versus)\b)",
    re.IGNORECASE,
)
_CROWD = 1e5
_USERS_ARE = re.compile(
    r"\b(?:usuari[oa]s|users?|suscriptor(?:es|as)|subscribers?|user base|base de usuarios|[MWD]AUs?)\b[^.;:\d]{0,60}?"
    r"\b(?:pas(?:a|an|ó|aron|ado)|crec\w+|sub\w+|super\w+|alcan\w+|lleg\w+|ascien\w+|rond\w+|son|eran|fueron|suman|"
    r"surg\w+|r[io]se|risen|gr[eo]w\w*|jump\w*|climb\w*|went|reach\w*|hits?|exceed\w*|pass\w*|topp?\w*|surpass\w*|"
    r"swell\w*|are|were|stand\w*|stood|number\w*)\s(?:(?:ya|now|from|desde|de|al?|los|las|to|at|past|por encima|"
    rf"{APPROX})\s)*[~≈]?$",
    re.IGNORECASE,
)
_ARE_USERS = re.compile(  # "About 3 million of those are paying business users"
    r"\s(?:of (?:those|these|them)|de (?:ellos|esos|estos))\s(?:are|were|pay|son|eran|"
    r"pagan)\b(?:[^.;:]{0,40}?\b(?:users|customers|"
    r"subscribers|usuarios|clientes|suscriptores)\b|(?=[.,;]))",
    re.IGNORECASE,
)
_USERS_ASIDE = re.compile(  # "ChatGPT's weekly active users (WAU), about 900 million, …"
    r"\b(?:usuari[oa]s|users?|subscribers|suscriptores|user base)(?:\s(?:activ[oa]s|semanales|mensuales|diarios)){0,2}"
    rf"(?:\s(?:de|del|of|for|on)\s[A-Z][\w.-]*)?(?:\s\([^()\d]{{2,16}}\))?,\s(?:(?:now|currently|ya|hoy|"
    rf"at)\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)
_COUNTS_MODEL = re.compile(r"\b(?:modelos?|models?|par[áa]metros|parameters)\b[^,;]{0,20}$", re.IGNORECASE)
_SPENT_AFTER = re.compile(
    r"\s(?:se\s)?(?:destinar|invertir|gastar|dedicar)(?:án|ían|on)\b|"
    r"\s(?:comprometid|invertid|recaudad|captad|levantad|aportad|desembolsad|gastad)[oa]s\b|"
    r"\s(?:will|would)\s(?:go (?:to|into|towards?)|"
    r"be (?:spent|"
    r"invested|used))\b",
    re.IGNORECASE,
)
_SUM_LEAD = re.compile(
    r"\b(?:ARR|facturación|ingresos|inversión|ronda|valoración|valuación|contrato|acuerdo|capex|financiación|"
    rf"investment|funding round|valuation|contract)\s(?:de|of|por|worth)\s{TO_NUMBER}$",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\s(?:(?:de|of)(?!\s(?-i:[A-Z]))|users|usuarios|tokens|people|personas|par[áa]m|GPU)\b", re.IGNORECASE
)
_NAME_BRACKET = re.compile(rf"[A-Z][\w.]*\s\((?:(?:{APPROX})\s)?[~≈]?$")


def counts_parameters(quantity: Quantity, setting: Setting) -> bool:
    """Whether a large number counts parameters, of which the text speaks: "… parámetros de X, e Y llega a 1.000B"."""
    text = setting.page.text
    if quantity.value < _SIZED or not setting.is_ai or quantity.currency:
        return False
    if text[quantity.end : quantity.end + 1] in _JOINS and any(
        entity.kind == "model" for entity in setting.page.between(quantity.end + 1, quantity.end + 2)
    ):
        return True  # "the 280-billion Gopher"
    begin = max(setting.sentence.start, quantity.start - 90)
    if _MODEL_OF.search(text, begin, quantity.start) and not _OF_WHAT.match(text, quantity.end):
        return True
    if not _SIZE_ENDS.match(text, quantity.end):
        return False
    if _NUMBER_OF.search(text, begin, quantity.start):
        return True
    if _MODEL_HAS.search(text, max(setting.sentence.start, quantity.start - 60), quantity.start):
        return True
    begin = setting.page.blocks[setting.sentence.block].start
    counted = [m.group() for m in _COUNTED.finditer(text, max(begin, quantity.start - 300), quantity.start)]
    if not counted or not counted[-1].lower().startswith("par"):
        return False
    lead = text[max(setting.sentence.start, quantity.start - 40) : quantity.start]
    return bool(_AMOUNTS_TO.search(lead)) and setting.names("model")


def counts_users(quantity: Quantity, setting: Setting) -> bool:
    """Whether a large number counts the users that stand before its verb: "los usuarios de X pasaron de 3 millones"."""
    text = setting.page.text
    if quantity.value < _CROWD or not setting.is_ai or quantity.currency:
        return False
    if _ARE_USERS.match(text, quantity.end):
        return setting.block_is_ai
    if not _SUM_ENDS.match(text, quantity.end):
        return False
    told = _USERS_ARE.search(text, setting.clause[0], quantity.start)
    told = told or _USERS_ASIDE.search(text, setting.sentence.start, quantity.start)
    return told is not None and (setting.names("model", "org") or setting.block_is_ai)


def is_rate(quantity: Quantity, setting: Setting) -> bool:
    """Whether a bare number is how many tokens come in a second: "tokens stream at 60 per second"."""
    text = setting.page.text
    if not setting.is_ai or quantity.number.suffix or not _PER_SECOND.match(text, quantity.end):
        return False
    return _TOKENS_AT.search(text, setting.clause[0], quantity.start) is not None


_PER_SECOND = re.compile(r"\s?(?:/|per|a|por)\s?(?:s|sec|second|seg|segundo)\b", re.IGNORECASE)
_TOKENS_AT = re.compile(rf"\btokens?\b[^.;:\d]{{0,40}}\s(?:at|a|de|of)\s{TO_NUMBER}$", re.IGNORECASE)


def bare_compute(quantity: Quantity, setting: Setting) -> bool:
    """Whether a number so large can only be of operations: "GPT-4.5 may have used 3.8e26"."""
    if quantity.value < _COMPUTE or not setting.is_ai:
        return False
    block = setting.page.blocks[setting.sentence.block]
    return bool(_COMPUTE_NEAR.search(setting.page.text, block.start, block.end)) or setting.names("model")


def _is_of_training(quantity: Quantity, setting: Setting, lead: str) -> bool:
    """X entrenó su modelo por solo 6 millones; pagó 100 millones por GPT-4; trained it for just 5 million."""
    text = setting.page.text
    if _TRAINED_FOR.search(lead) and _SUM_ENDS.match(text, quantity.end):
        return True
    on = _FOR.match(text, quantity.end) if _PAYS.search(lead) else None
    behind = setting.page.between(on.end(), on.end() + 1) if on else ()
    return any(e.kind == "model" for e in behind)


_INVESTED = re.compile(  # of whom the sentences before are about
    r"\b(?:inversión|desembolso|presupuesto|facturación|ingresos|ventas|valoración|capitalización|valor de mercado|"
    r"investment|capex|revenues?|valuation|market cap)\b[^.;:\d]{0,40}$|"
    r"\b(?:factur|ingres|gast|invert|invirt|invier|recaud|levant|capt|destin|embols|desembols)(?:ó|ará|irá|arán|irán|"
    r"ía|aba|"
    rf"a|e|ado|ido|aron|ieron|te|ten)\s{TO_NUMBER}$",
    re.IGNORECASE,
)
_DEAREST = 1e10  # no model has cost so much
_TRAINED_FOR = re.compile(
    r"\b(?:entren\w+|train\w*)\b[^.;,]{0,60}?\s(?:por|for|(?:con|with)\s(?=solo|sólo|apenas|tan solo|only|just))\s?"
    rf"{TO_NUMBER}$",
    re.IGNORECASE,
)
_PAYS = re.compile(rf"\b(?:pag|gast|cost|desembols|invirt|invert|spen|paid|pay)\w*\s{TO_NUMBER}$", re.IGNORECASE)
_FOR = re.compile(r"\s(?:por|en|for|on)\s(?:(?:entrenar|training)\s)?(?:el\s|the\s)?", re.IGNORECASE)


def bare_sum(quantity: Quantity, setting: Setting) -> tuple[Metric | None, str]:
    """A large number that an organization invests, earns or is worth, with no currency: "pagará 1.600 millones"."""
    text = setting.page.text
    if quantity.value < _LARGE or not setting.is_ai or not _WORD.search(quantity.number.suffix):
        return None, ""
    spent = _SPENT_AFTER.match(text, quantity.end) and (setting.names("org") or setting.block_is_ai)
    begin = setting.clause[0]
    if text[max(0, begin - 3) : begin].rstrip().endswith(":"):
        begin = setting.sentence.start  # "multiplica sus ingresos: de 1.000 millones a 5.000 millones"
    lead = text[begin : quantity.start]
    if quantity.value < _DEAREST and _is_of_training(quantity, setting, lead):
        return "training_cost", "so many millions for training a model; no currency is named"
    earned = EARNED_AFTER.match(text, quantity.end)
    led = _SUM_LEAD.search(lead) and not _OF_OTHERS.match(text, quantity.end)
    ends = earned or led or _SUM_ENDS.match(text, quantity.end)
    follows = setting.follows_names and (setting.label or earned or _INVESTED.search(lead))
    if not (spent or follows or setting.names("org", "person")) or not (spent or ends):
        return None, ""
    if _COUNTS_MODEL.search(lead):
        return None, ""
    if spent:
        return "funding", "a large sum before a verb of spending; no currency is named"
    language = setting.sentence.language
    cues = money_cues(lead[-60:], language)
    if not cues and _NAME_BRACKET.search(lead):
        cues = money_cues(text[setting.sentence.start : quantity.start], language)  # "worth as much as X (N) and Y (N)"
    if not cues and (told := setting.label + " " + setting.lead).strip():
        cues = money_cues(told, language)  # "Valoraciones: // OpenAI: N"; "Ingresos: han pasado de N a M"
    said = "revenue" if earned else cues[-1][2].value if cues else ""
    if said not in MONEY_OF_ORG:
        return None, ""
    return METRICS[said], "a large sum beside a word of money; no currency is named"


def unit_behind_bracket(text: str, quantity: Quantity) -> Metric | None:
    """7 mil millones (7B) de parámetros: both numbers count what follows."""
    return "parameters" if quantity.value >= 1e6 and _BEHIND.match(text, quantity.end) else None


_BEHIND = re.compile(
    r"[\s\u00a0]*(?:\([^()]{1,40}\)|\))\s*(?:de\s|of\s)?(?:(?:total|active|activos?)\s)?(par[áa]metros|parameters|"
    r"params)",
    re.IGNORECASE,
)
