"""Numbers without a unit of their own: what they are taken to count.

A number may share the unit of its twin ("un centro de datos con 100k GPUs y Meta, uno de 350k"; "uno de 8 mil millones
y otro de 70 mil millones de parámetros"), be a size by its letter ("el modelo de 7B"), a window by the word beside it
("128k de contexto"), or money whose currency was named before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.borrowed import ALIKE, borrowed
from pipeline.extract.claims.cues import cue_set
from pipeline.extract.claims.windows import WINDOW, is_window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

_ONE = (
    r"(?:(?:otr[oa]s?|un[oa]s?|another|one|los|las|the|el|la|modelos?|model|versi[óo]n|even|incluso|hasta|up|más|"
    r"casi|over|nearly|about|unos|unas|de|del|of|with|con|en|a|al|to|y|e|and)\s+)*"
)
_LINK = re.compile(
    rf"\s*(?:,|/|→|->|–|\+|\|)?\s*(?:(?:y|e|o|u|and|or|a|to|hasta|frente a|than|que|vs\.?|versus|compared (?:to|with)|"
    rf"en comparación con|respecto a|up from|down from|en lugar de|en vez de|instead of|"
    r"rather than|(?:ampliables?|extensibles?|ampliado|extendable|expandable|extensible|extended) (?:a|to))\s+)?"
    rf"{_ONE}[~≈(]?\s*",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    rf"(?:\s[^\W\d]+){{0,4}}?\s*,?\s(?:muy\s|far\s|well\s)?(?:compared (?:to|with)|comparad[oa]s? con|"
    rf"en comparación con|frente a|versus|vs\.?|instead of|rather than|en lugar de|en vez de|por encima de|"
    rf"por debajo de|above|below|up from|down from)\s"
    rf"{_ONE}[~≈]?",
    re.IGNORECASE,
)
_GROWS = (
    r"(?:(?:que|which|that|y|and)\s(?:@?\s?,?\s?)?)?(?:ya\s|now\s|luego\s|después\s|then\s)?"
    r"(?:quiere|wants|planea|plans|será|serán|llegará|will be|will have|will grow|tendrá|aims|busca|tuvo|had|tenía|"
    r"prevé|expects)\s(?:de\s|a\s|to\s|for\s|llegar a\s|tener\s)?"
)
_GROWTH = re.compile(rf"(?:\s(?:of|de)(?:\s[^\W\d]+){{1,3}}?)?\s*,?\s*{_GROWS}{_ONE}[~≈]?\s*", re.IGNORECASE)
_OF_WHICH = re.compile(
    r"\s*,?\s*(?:de (?:los|las) (?:que|cuales)|of which|of them|of those)\s(?:(?:solo|sólo|only|just|unos|about|se|"
    r"activa\w*|usa\w*|están? activ\w+|est[áa]n)\s)*",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",\s(?:dice|según|says|according to|asegura)[^,]{2,30},")
_GAPPED = re.compile(
    rf"\s*[,;]?\s*(?:y|e|and|while|mientras que|pero|but|;|,)?\s*(?:la |el |the )?@\s*,?\s*"
    rf"(?:(?:con|with|tiene|has|cuenta con|solo|sólo|just|only|a|at|en|on|sobre|usó|usa|empleó|utilizó|used|uses|"
    rf"employed|had|tenía|needed|necesitó)\s+)*{_ONE}[~≈]?\s*",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[\s*_”\"»]*(?:$|[.,;:)!?\]]|y\b|e\b|o\b|and\b|or\b|/|en\b|in\b|para\b|for\b|pero\b|but\b|que\b|de\b|a\b|al\b|"
    r"by\b|at\b|según\b|this\b|este\b|con\b|with\b)"
)
_SIZE_AFTER = re.compile(
    r"[\s\u00a0*_”\"»+-]{0,3}(?:\+\s?)?(?:models?|modelos?|versions?|versi[óo]n(?:es)?|variantes?|variants?|"
    r"params?\b|class\b|sized?\b|LLMs?|instruct|chat|base\b|dense|densos?|"
    r"MoE|total|activ\w+|weights|checkpoints?|parameters?|par[áa]metros|distill\w*|destilad\w+|quant\w*|cuantizad\w+|"
    r"coder|performs?|outperforms?|one\b)",
    re.IGNORECASE,
)
_SIZE_BEFORE = re.compile(
    r"\b(?:modelos?|models?|versi[óo]n(?:es)?|versions?|variantes?|variants?|tamaños?|sizes?|par[áa]metros|"
    r"parameters|LLMs?|MoE|denso|dense|destilad\w+|distill\w*|"
    r"escalas?|scales?)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:\b(?:el|la|los|las|the|un|una|de|del|our|its|their|su|nuestro|este|with|than|que|vs\.?|a|at|of|on|from|to|"
    r"hasta|only|solo)\s+|[(,/~≈]\s?|^)[*_]{0,2}$",
    re.IGNORECASE,
)
_ALONE_BEFORE = re.compile(r"[\w*_]\s?\([~≈\s]?$")
_NOT_SIZE_AFTER = re.compile(
    r"\s*(?:\w+\s){0,1}?(?:tokens?|users?|usuarios?|downloads?|descargas?|views?|visitas|followers?|seguidores|"
    r"likes?|people|personas|stars?|lines|líneas|words|palabras|pages|"
    r"images?|imágenes|dollars|dólares|euros|rows|filas|examples|ejemplos|samples|muestras|bits?|bytes?|requests|"
    r"messages|documents|pairs|ARR|revenue)\b",
    re.IGNORECASE,
)
_BIG = re.compile(
    r"(?:mil(?:lones)?|mill[óo]n|billones|billón|millardos?|billion|million|trillion|bn|[BM]|MM|B|mm)$",
    re.IGNORECASE,
)
_NO_PRICE = 1e7  # so much is paid for no token, month or machine
_RUN = re.compile(r"\b(?:training|runs?|models?|modelos?|entren\w+)\b", re.IGNORECASE)
_MONEY = frozenset({"training_cost", "price", "funding", "valuation", "revenue"})


def twin_metric(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> tuple[Draft | None, str]:
    """The claim before that a unitless number shares its unit with, and the reason."""
    text = setting.page.text
    for draft in reversed(before[-3:]):
        if draft.sentence != setting.sentence:
            break
        if not _same_scale(quantity, draft):
            continue
        between = text[draft.end : quantity.start]
        growth = _GROWTH.fullmatch(_ASIDE.sub("", between)) and _ENDS.match(text, quantity.end)
        if growth and (draft.metric != "users" or quantity.value >= 1e4):
            return draft, f"unit of its twin {text[draft.start : draft.end]!r}, which grows"
        is_part = draft.metric == "parameters" or borrowed(quantity, draft).value < draft.value
        if is_part and _OF_WHICH.fullmatch(between) and not _NOT_SIZE_AFTER.match(text, quantity.end):
            return draft, f"unit of its twin {text[draft.start : draft.end]!r}, a part of it"
        if _LINK.fullmatch(between) and (quantity.number.suffix or _ENDS.match(text, quantity.end)):
            return draft, f"unit of its twin {text[draft.start : draft.end]!r}, coordinated"
        alike = draft.suffix and borrowed(quantity, draft).value / draft.value > 1 / ALIKE
        if alike and _COMPARED.fullmatch(between) and not _NOT_SIZE_AFTER.match(text, quantity.end):
            return draft, f"unit of {text[draft.start : draft.end]!r}, with which it is compared"
        names = setting.page.between(draft.end, quantity.start)
        if len(names) == 1 and names[0].end <= quantity.start and _ENDS.match(text, quantity.end):
            masked = text[draft.end : names[0].start] + "@" + text[names[0].end : quantity.start]
            gap = masked[max(0, masked.find("@") - 24) :]
            if _GAPPED.fullmatch(gap) or _GAPPED.fullmatch(masked):
                return draft, f"unit of its twin {text[draft.start : draft.end]!r}, in a gapped clause"
    return None, ""


def _same_scale(quantity: Quantity, draft: Draft) -> bool:
    """Twins are of one kind: a bare 7B is no twin of 2.048 GPUs, nor 3.5 of 100k."""
    if draft.metric == "benchmark_score" or draft.value <= 0 or quantity.value <= 0:
        return False
    quantity = borrowed(quantity, draft)
    ratio = quantity.value / draft.value
    return 1e-4 < ratio < 1e4 and not (
        draft.metric in {"hardware_quantity", "experts", "users"} and quantity.value != int(quantity.value)
    )


_FLOW = re.compile(r"\b(?:entradas?|salidas?|inputs?|outputs?|cach[eé]d?|caché|tokens?)\b", re.IGNORECASE)
_LATER = re.compile(
    r"(?:y\s|and\s|but\s|pero\s)?(?:después|luego|antes|ahora|más tarde|a partir de|desde|hasta|hoy|en|afterwards|"
    r"after|"
    r"then|before|later|from|since|until|now|today|previously|in)\b[^.;:]{0,40}[,:]?\s*$",
    re.IGNORECASE,
)
_TAKEN_UP: frozenset[str] = frozenset({"price", "throughput", "hardware_quantity", "training_dataset_size", "users"})
_VERB_TO = re.compile(
    r"(?:^|[\s,])(?:se\s|ya\s|that\s|que\s|which\s|only\s|solo\s)*(?:cobra|cuesta|pide|vale|vio|usó|llega a|llegó a|"
    r"llegará a|quiere llegar a|aspira a|se queda en|queda en|sube a|baja a|saw|sees|used|charges|costs|asks|reaches|"
    r"hits|gets|manages|gets to|wants to reach|stays at|drops to|rises to|climbs to)\s(?:unos\s|unas\s|casi\s|about\s|"
    r"nearly\s|over\s|just\s|solo\s)?$",
    re.IGNORECASE,
)
_SIZE_ON = re.compile(r"\b(?:the|el de|el|la de)\s\d+(?:[.,]\d+)?B\s(?:on|with|con|a|at)\s$", re.IGNORECASE)
_AMOUNTS = re.compile(
    r"\b(?:eso|esto|lo que|el total|la cuenta|that|this|which|the total|the bill)\s(?:ya\s)?(?:da|son|suma|sale|supone|"
    r"asciende a|is|comes to|makes|gives|adds up to|works out (?:at|to))\b[^.;]{0,24}$",
    re.IGNORECASE,
)


def follows(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> tuple[Draft | None, str]:
    """The claim before that a number takes up, said of another name: "A da 35 tokens por segundo. B llega a 60."."""
    text = setting.page.text
    if not before or before[-1].sentence.block != setting.sentence.block or not _ENDS.match(text, quantity.end):
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


def price_as_before(quantity: Quantity, setting: Setting, before: Sequence[Draft]) -> bool:
    """Whether money said of a model is a price because the sentence before gives another's: "… arrived at $3"."""
    twin = before[-1] if before else None
    return (
        quantity.dimension == "money"
        and twin is not None
        and twin.metric == "price"
        and twin.per is not None
        and (twin.sentence.block == setting.sentence.block or _goes_on(setting, twin))
        and twin.currency == quantity.currency
        and 1e-3 < quantity.value / twin.value < 1e3
        and (
            any(e.kind == "model" for e in setting.page.between(setting.sentence.start, quantity.start))
            or bool(_FLOW.search(setting.page.text, setting.sentence.start, setting.sentence.end))
            or bool(_LATER.match(setting.page.text, setting.sentence.start, quantity.start))
        )
    )


def _goes_on(setting: Setting, twin: Draft) -> bool:
    """Whether a list goes on: an item after the one that another claim stands in."""
    blocks, at = setting.page.blocks, setting.sentence.block
    return at == twin.sentence.block + 1 and blocks[at].kind == blocks[at - 1].kind == "item"


def sum_of_before(quantity: Quantity, setting: Setting, before: Sequence[Draft]) -> str:
    """Why money is a cost that a sentence works out from the hours of a training: "that is over $60 million"."""
    if quantity.dimension != "money" or quantity.value < 1e5 or not any(d.metric == "hardware_hours" for d in before):
        return ""
    if _AMOUNTS.search(setting.page.text[setting.sentence.start : quantity.start]):
        return "worked out from the hours of a training"
    return ""


def is_size_word(text: str, quantity: Quantity) -> bool:
    """Whether a number is a size used as a name: "the 9B", "el de 7B"."""
    return quantity.number.suffix in {"B", "b"} and bool(
        re.search(r"\b(?:the|el|la|el de|la de)\s$", text[max(0, quantity.start - 8) : quantity.start], re.IGNORECASE)
    )


def linked(text: str, end: int, start: int) -> bool:
    """Whether only list words stand between two offsets."""
    return bool(_LINK.fullmatch(text, end, start))


def forward_link(text: str, quantity: Quantity, following: Quantity) -> bool:
    """Whether a unitless number shares the unit of the next: "7B, 13B y 70B parámetros"."""
    return (
        bool(_LINK.fullmatch(text, quantity.end, following.start))
        and 1e-4 < quantity.value / max(following.value, 1e-9) < 1e4
    )


def bare_metric(quantity: Quantity, setting: Setting, sizes_here: int) -> tuple[Metric | None, str]:
    """The metric of a number with a letter and no unit (7B, 128k), and the reason."""
    text = setting.page.text
    suffix = quantity.number.suffix.strip()
    near = text[max(setting.sentence.start, quantity.start - 40) : min(setting.clause[1], quantity.end + 30)]
    if suffix in {"k", "K"} or (suffix == "M" and quantity.value < 2e7):
        if setting.is_ai and 1e3 <= quantity.value <= 1e8 and WINDOW.search(near):
            return "context_length", "a word of windows beside a bare number"
        if setting.is_ai and is_window(quantity, setting):
            return "context_length", "as long as the window that the text speaks of"
        return None, "a bare number of nothing that is known"
    if suffix not in {"B", "b", "T", "M"} or not setting.is_ai or quantity.currency:
        return None, "a bare number of nothing that is known"
    if suffix == "M" and quantity.value < 1e7:
        return None, "too small for a size"
    return _size(quantity, setting, sizes_here)


def _size(quantity: Quantity, setting: Setting, sizes_here: int) -> tuple[Metric | None, str]:
    text, begin = setting.page.text, setting.sentence.start
    if _NOT_SIZE_AFTER.match(text, quantity.end) or text[max(begin, quantity.start - 1) : quantity.start] in {
        "$",
        "€",
        "£",
    }:
        return None, "a bare number of something else"
    before = text[max(begin, quantity.start - 70) : quantity.start]
    if cue := next((c for _, _, c in cue_set("metrics", setting.sentence.language, "money").find(before[-30:])), None):  # noqa: SIM102
        if cue.value in {"funding", "valuation", "revenue"} and not _SIZE_AFTER.match(text, quantity.end):
            return None, "a bare number beside words of money"
    if _SIZE_AFTER.match(text, quantity.end):
        return "parameters", "a size: a word for models follows"
    if _SIZE_BEFORE.search(before):
        return "parameters", "a size: a word for models or sizes stands before"
    block = setting.page.blocks[setting.sentence.block]
    models = [e for e in setting.page.between(block.start, block.end) if e.kind == "model"]
    if any(e.end == quantity.start - 1 and text[e.end] in " -\u00a0" for e in models):
        return "parameters", "a size: right behind a model's name"
    if (models or setting.headed("model")) and (_ARTICLE.search(before) or sizes_here > 1):
        return "parameters", "a size: a letter for billions, in a paragraph about models"
    if (
        _ALONE_BEFORE.search(before)
        and text[quantity.end : quantity.end + 1] == ")"
        and quantity.number.suffix in {"B", "b", "T"}
    ):
        return "parameters", "a size: alone in brackets"
    if sizes_here > 1 and quantity.number.suffix in {"B", "b"}:
        return "parameters", "a size: one of a list of sizes"
    return None, "a bare number of nothing that is known"


def money_of_context(
    quantity: Quantity, setting: Setting, money: Sequence[Draft]
) -> tuple[Draft | None, Metric | None, str]:
    """The money before that a large unitless number shares its currency with, its metric, and the reason."""
    if not money or not _BIG.search(quantity.number.suffix.strip() or "-") or quantity.value < 1e6:
        return None, None, ""
    text = setting.page.text
    if _NOT_SIZE_AFTER.match(text, quantity.end):
        return None, None, ""
    last = money[-1]
    if last.sentence.block != setting.sentence.block or quantity.start - last.end > 500:
        return None, None, ""
    body = text[setting.clause[0] : quantity.start]
    cues = [c.value for _, _, c in cue_set("metrics", setting.sentence.language, "money").find(body)]
    if cues and cues[-1] == "none":
        return None, None, ""
    metric = next((m for m in reversed(cues) if m in _MONEY), None)
    if metric == "price" and quantity.value >= _NO_PRICE:
        metric = "training_cost" if _RUN.search(setting.body) else "funding"
    if not _ENDS.match(text, quantity.end) and (metric is None or len(body) > 80):
        return None, None, ""
    gapped = len(body) < 40 and bool(setting.page.between(setting.clause[0], quantity.start))
    linked_up = gapped or _LINK.fullmatch(text, last.end, quantity.start)
    if metric is None and not linked_up and last.sentence == setting.sentence:
        return None, None, ""
    if metric is None:
        return last, last.metric, "money by its context, as the sentence before"
    return last, _as_money(metric), "money by a word beside it; currency of the money before"


def _as_money(name: str) -> Metric:
    for metric in ("training_cost", "price", "funding", "valuation", "revenue"):
        if metric == name:
            return metric
    raise ValueError(name)
