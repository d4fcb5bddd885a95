"""What is looked for around a number and a name when the subject is sought, and which kinds of subject a metric has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import VERB
from pipeline.extract.fillers import AGAINST, APPROX, INSTEAD, MONTH

if TYPE_CHECKING:
    from pipeline.records import Metric

MODEL_METRICS: frozenset[Metric] = frozenset({
    "parameters", "experts", "training_dataset_size", "context_length", "training_compute", "hardware_hours",
    "training_time",
    "training_cost", "throughput", "benchmark_score", "price",
})  # fmt: skip
MONEY_OF_ORG: frozenset[Metric] = frozenset({"funding", "valuation", "revenue"})
MONEY: frozenset[Metric] = MONEY_OF_ORG | {"training_cost", "price"}
KINDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # metric: kinds that are preferred, kinds that are possible
    "parameters": (frozenset({"model"}), frozenset({"model", "org"})),
    "experts": (frozenset({"model"}), frozenset({"model", "org"})),
    "training_dataset_size": (frozenset({"model", "dataset"}), frozenset({"model", "dataset", "org"})),
    "context_length": (frozenset({"model"}), frozenset({"model", "org"})),
    "benchmark_score": (frozenset({"model"}), frozenset({"model", "org"})),
    "throughput": (frozenset({"model", "chip", "device", "org"}), frozenset({"model", "chip", "device", "org"})),
    "training_compute": (frozenset({"model"}), frozenset({"model", "org"})),
    "hardware_hours": (frozenset({"model"}), frozenset({"model", "org", "cluster"})),
    "training_time": (frozenset({"model"}), frozenset({"model", "org", "cluster"})),
    "training_cost": (frozenset({"model"}), frozenset({"model", "org"})),
    "price": (frozenset({"model", "chip", "device"}), frozenset({"model", "org", "chip", "device"})),
    "hardware_quantity": (
        frozenset({"org", "person", "cluster", "model"}),
        frozenset({"org", "person", "cluster", "model"}),
    ),
    "funding": (frozenset({"org", "person", "cluster"}), frozenset({"org", "person", "cluster", "model"})),
    "valuation": (frozenset({"org"}), frozenset({"org", "person", "model"})),
    "revenue": (frozenset({"org"}), frozenset({"org", "person", "model"})),
    "users": (frozenset({"model", "org"}), frozenset({"model", "org"})),
    "power": (
        frozenset({"cluster", "org", "person", "chip", "model"}),
        frozenset({"cluster", "org", "person", "chip", "model", "device"}),
    ),
    "energy": (
        frozenset({"model", "cluster", "org"}),
        frozenset({"cluster", "org", "person", "chip", "model", "device"}),
    ),
    "memory": (frozenset({"model", "device", "chip"}), frozenset({"model", "device", "chip", "org", "cluster"})),
}

OBLIQUE = re.compile(
    rf"(?:\b(?:de|del|a|al|con|por|para|en|entre|sobre|según|desde|hacia|sin|como|que|{AGAINST}|"
    r"of|by|to|from|with|for|in|on|at|between|like|than|as|via|through|per|into|and its|"
    r"according to|unlike|following|using|usando)\s+(?:el|la|los|las|un|una|su|sus|the|a|an|its|their|nuevo|new|famoso|"
    r"chino|modelo|model|modelos|models|propio|own|old|viejo)?\s*(?:\w+\s)?[*_«“\"'(]{0,3})$",
    re.IGNORECASE,
)
SOURCE = re.compile(
    r"\b(?:según|según dice|según informa|(?<=, )(?:dice|dijo|asegura|afirma|says|said)|"
    r"according to|via|vía|as reported by|per|fuente:?|source:?)\s+(?:el\s|la\s|"
    r"the\s|(?:los\s|las\s|el\s|la\s|un\s|una\s|the\s|an?\s)?(?:analistas?|datos|fuentes|estimaci\w+|cálculos|"
    r"informes?|estudios?|cifras|cuentas|analysts?|data|sources?|estimates?|reports?|figures)\s(?:\w+\s)?(?:de|del|by|"
    r"from|at|of)\s"
    r"(?:la\s|el\s)?)?(?:(?-i:[A-ZÀ-Þ])[\w&.’-]*(?:\s(?-i:[A-ZÀ-Þ])[\w&.’-]*){0,3}\s(?:y|e|and|&)\s)?[*_«“\"]{0,2}$",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"(?:\b(?:twice|double|triple|half|(?:two|three|four|five|ten|\d+) times)|\d[x×]|"
    r"\b(?:doble|triple|mitad) (?:de|que))\s(?:the size of\s)?[*_«“\"]{0,2}$|"
    r"\b(?:(?:más|menos|mejor(?:es)?|peor(?:es)?|mayor(?:es)?|menor(?:es)?|superior|"
    r"igual|mism[oa]s?)(?:\s[\wáéíóúñ]+){0,4}\s+que|same(?:\s\w+){1,3}\sas|than|como|like|such as|unlike|"
    rf"{AGAINST}|"
    r"a diferencia de|basad[oa]s? en|based on|similar(?:es)? al?|superior(?:es)? al?|inferior(?:es)? al?|better than|"
    r"por encima de|por debajo de|a la par de|on par with|close to|near|ahead of|outperform\w*|outpac\w*|beat\w*|"
    r"match(?:es|ed|ing)?|(?<!\bel )(?<!\bsu )(?<!\bits )(?<!\bthe )rivals?|surpass\w*|exceed\w*|eclips\w*|topped|"
    r"supersed\w+|replac(?:es|ed|ing)|succeed(?:s|ed)|reemplaza\w*|sustituye\w*|"
    r"overt(?:ak|ook)\w*|dwarf\w*|edg\w+ out|"
    r"iguala\w*|super[aó]\w*|destilad[oa]s? (?:de|en)|distilled from|built on|empat\w+ con|t(?:ied?s?|ying) with|"
    r"(?:rival(?:es)?|competidor\w*|alternativas?)\s(?:del?|al?)|respuesta\sal?|"
    r"(?:rivaliz|compet|compit)\w+\scon(?:\stoda una)?|(?:lejos|por delante|por detrás) del?|"
    r"(?:rivals?|competitors?|alternatives?)\s(?:of|to)|answer\sto|compet(?:e|es|ed|ing) with)\s+"
    r"(?:a\s|al\s)?(?:(?:el|la|los|las|that|those)\s(?:de|of)\s)?"
    r"(?:(?:el|su|its|the)\srival\s|el\s|la\s|los\s|the\s|otros\s|an?\s|una?\s|any\s|even\s|both\s)?(?:single\s|"
    r"solo\s)?"
    r"(?:modelos?\s|models?\s)?[*_«“\"]{0,2}$",
    re.IGNORECASE,
)
BEATEN = re.compile(
    r"\b(?:beat\w*|outperform\w*|surpass\w*|overt(?:ak|ook)\w*|eclips\w*|top(?:s|ped|ping)|edg\w+ out|dethron\w*|"
    r"super[aó]\w*|venc\w*|adelant\w*|destron\w*|supersed\w*|replac\w*|reemplaz\w*|sustituy\w*|sucede\w*|"
    r"succeed\w*)\s(?:a\s|al\s|the\s|el\s|la\s)?$",
    re.IGNORECASE,
)
WEIGHED = (  # between two numbers of one metric
    rf"{AGAINST}|{INSTEAD}|por encima de|por debajo de|above|below|lejos de|far from|a fraction of|una fracción de"
)
PROPERTY = re.compile(
    r"\b(?:precio|precios|coste|costes|costo|ventana|contexto|tamaño|número|parámetros|valoración|ingresos|inversión|"
    r"entrenamiento|entrenar|desarrollar|ejecutar|tokens|usuarios|facturación|potencia|consumo|memoria|versión|"
    r"versiones|api|expertos|caso|peso|campus|clúster|superordenador|supercomputador|centro|complejo|proyecto|"
    r"price|prices|cost|costs|pricing|window|size|number|parameters|valuation|revenue|investment|training|train|"
    r"develop|run|running|users|power|consumption|memory|version|versions|experts|case|weights|length|capacity|parte|"
    r"mano|parent|cluster|supercomputer|site|project)\b"
    r"[^.;,]{0,24}\b(?:de|del|of|for|para|in)?\s*(?:el\s|la\s|los\s|the\s|un\s)?(?:modelo\s|model\s)?[*_«“\"]{0,2}$",
    re.IGNORECASE,
)
OF_AFTER = re.compile(
    r"[\s\u00a0*_”\"')]*(?:(?:parámetros|parameters|params|expertos|tokens?|dólares|euros|GPUs?|contexto|context|"
    r"de contexto|en total|activos|totales|model|memoria|RAM|VRAM|mensuales|anuales|semanales|usuarios|users)\s+){0,2}"
    r"(?:(?:usad[oa]s|utilizad[oa]s|emplead[oa]s|used|needed|necesari[oa]s|dedicad[oa]s)\s+)?(?:de|del|of|for|by|"
    r"from|in|para|behind|(?:(?:para|en)\s)?(?:entrenar|desarrollar|crear|construir)|(?:to\s|on\s)?(?:train|"
    r"build)(?:ing)?|que usa|que usó|que tiene|que ocupa|que necesita|"
    r"que pide)\s+"
    r"(?:el\s|la\s|los\s|the\s|una?\s|its\s|su\s)?(?:modelo\s|model\s|propio\s|entero\s|new\s|nuevo\s|previous\s|"
    r"anterior\s|original\s|viejo\s|old\s|current\s|actual\s|whole\s|entire\s|full\s)?[*_«“\"]{0,3}$",
    re.IGNORECASE,
)
HEAD_AFTER = re.compile(
    r"[-‑\s\u00a0](?:parameter|param|token|context|GPU|billion|H100|chip|expert)?[\s*_-]*(?:window\s)?[*_«“\"]{0,2}$"
)
CALLED = re.compile(
    r"[^.;]{0,30}?(?:[(,]\s*)?\b(?:llamad[oa]s?|denominad[oa]s?|bautizad[oa]s?|apodad[oa]s?|conocid[oa]s? como|"
    r"called|named|dubbed|known as)\s+[*_«“\"‘]*$|"
    r"[^.;,:]{0,40}?\b(?:modelo|model|LLM|MoE|network|red)(?:\s[^\W\d]+){0,3}?,\s[*_«“\"‘]*$",  # "a 32B model, QwQ, …"
    re.IGNORECASE,
)
PAREN_TAIL = re.compile(
    r"[\s\u00a0]*[*_]{0,2}\((?:[^()]{0,60}?[\s,;/:])?[^\w()]{0,3}"
    rf"(?:(?:con|with|de|of|from|{APPROX})\s)*$",
    re.IGNORECASE,
)
PAREN_AFTER = re.compile(
    r"[\s\u00a0%*_]*\([\s*_«“\"]*(?:el |la |de |del |by |for |with |con |en |in )?$",
    re.IGNORECASE,
)
SAME_HEAD = re.compile(r"^[\s*_•–—-]*(?:(?:el|la|los|las|the|modelo|model|nuevo|new)\s+)*[*_\[«“\"`]*$", re.IGNORECASE)
HEAD_END = re.compile(
    r"^[*_\]»”\"`')\s]*(?:\([^)]{0,60}\)[*_\s]*)?(?::|–|—|-|,|\s(?:\(|con\b|with\b)|" + r"\s" + VERB + r"|$)"
)
INDEFINITE = re.compile(
    r"\b(?:anything|everything|something|cualquier cosa)\s[^.;:,]{0,40}$|"
    r"\b(?:un|una|unos|otro|otra|otros|cualquier|cada|algún|ningún|a|an|any|another|each|every|some|hypothetical|"
    r"(?:our|my) own|(?:nuestro|mi) propio)\s+(?:[\wáéíóúñ-]+(?:\.\d[\w-]*)?\s+){0,3}?(?:modelos?|models?(?!\ssize)|"
    r"LLMs?|redes?|"
    r"network|clúster|cluster|centros?|centers?|data\s|ordenador|portátil|máquina|"
    r"laptop|machine|computer|móvil|gráfica|tarjeta|card|GPU|SLM|(?<!\ben )(?<!\bon )transformer|startup|system|"
    r"encoder|codificador|"
    r"decoder|decodificador|"
    r"ViT|adapter|adaptador|backbone|MLP)\b(?:[^.;:,]|[.:,](?=\d)|,(?!\s(?:y|e|and|pero|but)\b)){0,90}$"
    r"|\b(?<!los )(?<!the )(?<!estos )(?<!these )(?<!sus )(?<!dos )(?:modelos|models|LLMs|clústeres|clusters|"
    r"data centers|centros de datos)\s+"
    r"(?:[\wáéíóúñ]+\s){0,2}?(?:de|con|of|with|que|over|above|from|desde|between|entre|ranging|por encima|under|"
    r"below|up|hasta|larger|smaller|más|being|trained|costing|built|entrenad[oa]s|hechos)\b[^.;:]{0,24}$",
    re.IGNORECASE,
)
INDEFINITE_AFTER = re.compile(
    r"(?<![\w])(?:an?|any|un|una|cualquier|every|each)\s+(?:(?:dense|sparse|small|big|large|smaller|larger|single|"
    r"typical|"
    r"quantized|local|open|modern|hypothetical)\s)?[~≈]?$",
    re.IGNORECASE,
)
ELIDED = re.compile(
    r"^[\s*_«“\"(¡¿•–—-]*(?:(?:(?:del?|desde|entre|durante|tras|al?|hasta|para)\s[^,;.:]{0,24}?\b(?:20\d\d|"
    r"(?:est|es|pasad|últim|próxim)[eao]\s(?:año|mes|trimestre)|"
    rf"{MONTH})(?!\sse\s)"
    r"|en\s(?:[^,;.:]|\.(?=\d)){2,40}?(?:,\sdonde\s[^,;.:]{3,60})?|y|e|pero|además|también|"
    r"ahora|and|but|also|ya|solo|en concreto|por ejemplo|sin embargo|no obstante|en cambio|en total|a cambio|aun así|"
    r"por su parte|eso sí|\w+mente|hoy|luego|después|entonces|así|de hecho|por otro lado|de momento|al final|"
    r"según\s[^,;.:]{3,50}|(?:con|tras|gracias a)\s[^,;.:]{3,60}(?=,)),?\s){0,4}"
    rf"(?:{VERB}|(?:tras|al|después de|además de)\s\w+(?:ar|er|ir)(?:se)?\s)",
    re.IGNORECASE,
)
EARNED_AFTER = re.compile(  # $3.8 billion in API-related revenue
    r"\s(?:in|of|from|en|de)\s(?:(?!\d|on\b|and\b|from\b)[\w-]+\s){0,3}?(?:revenues?|sales|ARR|ingresos|ventas|"
    r"facturación)\b",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"\b(?:su|sus|its|their)\b", re.IGNORECASE)
DEFINITE = re.compile(
    r"\b(?:el|la|los|las|the|este|esta|estos|this|these)\s+(?:\w+\s){0,2}?(?:modelo|model|versión|version|"
    r"entrenamiento|training|"
    r"ventana|window|contexto|context|coste|cost|precio|price|tamaño|size|arquitectura|architecture|API|pesos|"
    r"weights|variante|parameters|parámetros)\b",
    re.IGNORECASE,
)
WITH = re.compile(  # "X with", "the X model, which has"
    r"(?:\s(?:model|family|series|version|variant|chip|card|GPU|cluster|supercomputer)(?=\s|,))?"
    r"[\s*_”\"»)’]*(?:,\s*)?(?:(?:ya|also|now|currently|sólo|solo|only|just|actualmente|apenas)\s)?"
    r"(?:con|with|de|and its|y su|whose|cuy[oa]s?|(?:which|that|who|que)\s(?:is|are|was|está|vale)(?:\s(?:now|"
    r"currently|already|reportedly|still|ya|ahora))?(?:\s(?:worth|valued at|said to be worth|valorad[oa] en))?|"
    r"que (?:(?:ya|ahora|se|solo|sólo|también)\s)?\w+(?:\s(?:con|en|a|de|por))?|(?:which|that|"
    r"who) (?:(?:now|already|was|is|currently|only)\s)?\w+(?:\s(?:with|on|at|in|to|for))?|que (?:tiene|cuenta con|"
    r"tenía|usa|ocupa|pesa|necesita|alcanza|maneja|admite|soporta)|"
    r"(?:which|that|who) (?:has|had|have|uses|used|boasts|features|contains|supports|needs|takes|weighs|scored|"
    r"scores)|tiene|tienen|tenía|tenían|cuenta con|has|have|had)\s+"
    r"(?:(?:una|un|a|an|the|la|el|sus|los|las|its|clúster|cluster|ventana|window|contexto|context|de|of|contextual|"
    r"puntuación|score)\s+)*"
    rf"(?:(?:{APPROX}|to|than|at|al|del?|en|a)\s+)*[~≈$€*_]*",
    re.IGNORECASE,
)
PRESENTS = re.compile(
    r"^[\W_]*(?:es|era|son|se trata de|estamos ante|hablamos de|it is|it['’]s|this is|that['’]s|is|"
    r"it was)\s+(?:\w+\s){0,2}?(?:un|una|unos|a|an)\b",
    re.IGNORECASE,
)
ESTIMATES = re.compile(
    r"\s+(?:calcula|calculan|estima|estiman|estimó|calculó|estimates?|estimated|reckons|calculates|calculated|"
    r"informa|(?:reports|reported)(?!\s[$€£]|\s(?:an?\s|its\s)?(?:[\w-]+\s){0,4}(?:revenues?|sales|income|users|"
    r"spending|capex|expenditures?|earnings|results|profits?|loss(?:es)?|ARR|turnover)))\b"
)
OF_CHIPS = re.compile(  # behind the name of their maker: "16,000 Nvidia H100 GPUs"
    r"\s(?:TPUs?|GPUs?|chips?|accelerators?|H\d0+s?|[BA]\d00s?|GB\d00s?|MI\d{3}[Xx]?s?|Trainium\w*)\b"
)
CHAIN = re.compile(r"\s*(?:,|,?\s*(?:y|e|and|&))\s*(?:la\s|el\s|the\s)?", re.IGNORECASE)
SUBORDINATE = re.compile(
    r"[\s,;]*(?:cuando|mientras|frente|aunque|que|cuyo|cuya|when|while|whilst|whereas|although|though|than|which|"
    r"compared)\b",
    re.IGNORECASE,
)
NO_LIST = (  # behind "leads": it is the first of many, and leads no round of investors
    r"(?!\s(?:(?:el|la|los|las|the|this|esta?)\s)?(?:gasto|proyecci|lista|ranking|clasific|carrera|mercado|sector|"
    r"desembols|"
    r"pack|field|way|race|charge|list|spend|capex|market|industry|rank|with\b|con\b))"
)
INVESTOR = re.compile(
    r"\s+(?:(?:will |would |is said to |ha |has )?(?:lider\w+|encabez\w+|led|leads|lead|(?:is|are|"
    rf"was) (?:co-)?leading)\b{NO_LIST}|al frente|a la cabeza|"
    r"como (?:principal )?(?:inversor|líder|socio))\b",
    re.IGNORECASE,
)
OBJECT = re.compile(
    r"\s(?:is said to |ha |han |has |have |had |will )*\w+(?:\s\w+){0,3}?\s(?:the |el |la |a )?",
    re.IGNORECASE,
)
SAYING = re.compile(
    r"\b(?:que|that|y|and|e|o|or|dice|dijo|asegura|afirma|says|said|claims|cuando|when|while|mientras|than|frente)\b",
    re.IGNORECASE,
)
_THAT = re.compile(
    r"\b(?:th(?:at|is|ose|ese)|es[aeo]s?|est[aeo]s?|dich[oa]s?|aquell[oa]s)\s(?:(?:famos\w+|famous|same|mism\w+|"
    r"cifra de|figure of|number of|estimate of|alleged|supuest\w+)\s)?"
    r"[~≈$€«“\"]*$",
    re.IGNORECASE,
)
_WINDOW = 48  # characters
_FIGURE = re.compile(r"[\s-](?:figure|number|headline|claim|estimate|price tag)\b")


def is_pointed_at(text: str, begin: int, start: int, end: int) -> bool:
    """Whether the words around a number at `text[start:end]` say that it was said before: "that $6 million figure"."""
    return bool(_THAT.search(text, max(begin, start - _WINDOW), start) or _FIGURE.match(text, end))
