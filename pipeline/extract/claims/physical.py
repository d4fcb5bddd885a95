"""What watts, watt-hours and bytes measure where they stand: of a model or device, or of something else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.claims.setting import DATA_CENTRE, METRICS, nearest_cue
from pipeline.extract.fillers import DIFFERENCE, TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

_BANDWIDTH_AFTER = re.compile(r"\s*(?:/\s?s\b|ps\b|por segundo|per second|/seg)")
_QUERY = re.compile(
    r"\b(?:im[áa]gen(?:es)?|images?|complejo|instalaci[óo]n(?:es)?|facilit(?:y|ies)|consultas?|quer(?:y|ies)|prompts?|"
    r"respuestas?|preguntas?|requests?|peticion(?:es)?)\b",
    re.IGNORECASE,
)
_ELECTRIC = re.compile(
    r"\b(?:potencia|capacidad|electricidad|eléctric\w+|energía|consum\w+|turbin\w+|"
    r"generador\w*|power|capacity|electricity|energy|generators?|draws?)\b",
    re.IGNORECASE,
)
_DRAWN = re.compile(
    r"\b(?:vat[íi]metro|watt ?meter|kill-a-watt|(?:al|at) (?:enchufe|the (?:wall|plug))|del enchufe|(?:en|at) reposo|"
    r"idle|idling|"
    r"(?:en|a plena|bajo) carga|under load|generando|while generating|TDP|TGP)\b",
    re.IGNORECASE,
)
_OF_DATA = re.compile(
    r"\b(?:corpus|datasets?|datos|data|base de datos|database|texto|text|tráfico|traffic|fotos|photos|vídeos?|"
    r"videos?)\b",
    re.IGNORECASE,
)
_QUANTIZED = re.compile(
    r"\b(?:[IQ]{1,2}[2-8](?:_\w+)*|GGUF|MLX|QAT|AWQ|GPTQ|EXL[23]|(?:MX|NV)?FP(?:4|8|16|32)|BF16|int[48]|INT[48]|"
    r"[248][ -]?bits?|cuantiz\w+|quanti[sz]\w+|weights|checkpoints?)\b"
)
_OF_FILE = re.compile(
    r"\b(?:ocupa\w*|pesa\w*|peso|tamaño|descarg\w+|fichero|archivo|weigh\w*|size|download\w*|file|takes up|"
    r"checkpoint)\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(DIFFERENCE, re.IGNORECASE)
_BY = re.compile(  # "exceeding its capacity by a significant 61 GB"
    r"\b(?:exceed|surpass|fall|fell|reduc|cut|sav|shrink|shrank|lower|increas|grow|grew|drop)\w*\s[^.;]{0,40}?\bby\s"
    r"(?:an?\s\w+\s)?[~≈]?$",
    re.IGNORECASE,
)
_STORED = re.compile(
    r"\s(?:de\s|of\s|en\s|on\s)?(?:almacenamiento|disco|espacio|storage|disk|space|SSD|NVMe)\b", re.IGNORECASE
)
_NEEDED = re.compile(
    r"\b(?:necesit\w+|requ(?:ier|er|ir)\w*|exig\w+|hardware|pesos|weights|descarg\w+|download\w*|needs?|"
    r"demand\w*|GPUs?|aceleradores|accelerators)\b",
    re.IGNORECASE,
)
_PLANT = 1e6  # watts; no device draws so much
_OFTEN = 3
_GIGAWATTS = re.compile(r"\d\s?(?:GW|gigavatios?|gigawatts?)\b", re.IGNORECASE)
_SCALE_AFTER = re.compile(r"[ -](?:scale|class|sized?)\b")


_EVERYDAY = re.compile(
    r"\b(?:una?|an?|cada|each|every|the average|el|la)\s(?:\w+\s)?(?:fábrica|hogar|vivienda|casa|bombilla|coche|"
    r"lavadora|nevera|horno|microondas|tostadora|secador|ciudad|pueblo|familia|búsqueda|factory|household|home|house|"
    r"bulb|light ?bulb|car|fridge|oven|microwave|toaster|city|town|family|search)\b(?:\s(?:medi[oa]|LED|eléctric[oa]|"
    r"típic[oa]|de Google|on Google|promedio))*\s"
    r"(?:(?:puede|podría|can|could|may|would|que|that|al|en|in|a|un|año|year)\s){0,3}"
    r"(?:consum\w+|gast\w+|requ\w+|necesit\w+|us[ae]s?|draws?|needs?)\b[^.;,]{0,24}$",
    re.IGNORECASE,
)


_COUNTRY = (
    r"(?:China|India|Japan|Germany|France|Spain|Texas|California|Europe|America|Canada|U\.?S\.?A?|UK|EU|United States|"
    r"country|nation|world|grid|Estados Unidos|EE\.?\s?UU\.?|España|Alemania|Francia|Japón|Europa|Brasil|México|"
    r"Argentina|Chile|país|mundo)"
)
_OF_COUNTRY = re.compile(  # "the U.S. added 49 GW of renewables, versus China's 429 GW"
    rf"(?<!\bin )(?<!\ben )(?<!, )\b{_COUNTRY}(?:['’]s(?:\s\w+){{0,2}}|(?:\s\w+){{0,2}}?\s"
    rf"(?:add|instal|buil|generat|produc|consum|us|has|have|had|"
    rf"añad|gener|tien|sum|gast|construy)\w*(?:\s\w+)?)\s{TO_NUMBER}$"
)


def metric_of_electricity(quantity: Quantity, setting: Setting) -> Decision:
    """Whether a power or an energy is that of a model, a device or a data centre, and the reason."""
    metric: Metric = "power" if quantity.dimension == "watt" else "energy"
    if quantity.value <= 0 or not setting.is_ai:
        return None, "the post is not about AI"
    if _EVERYDAY.search(setting.page.text, setting.clause[0], quantity.start):
        return None, "electricity of an everyday thing"
    of_country = _OF_COUNTRY.search(setting.page.text, max(setting.sentence.start, quantity.start - 60), quantity.start)
    if of_country and not DATA_CENTRE.search(setting.words(setting.clause)):
        return None, "electricity of a country"
    if quantity.number.kind == "words" and _SCALE_AFTER.match(setting.page.text, quantity.end):
        return None, "a kind of size: a gigawatt-scale site"
    if setting.near_ai or DATA_CENTRE.search(setting.body) or _QUERY.search(setting.body):
        return metric, f"unit: {quantity.unit}, in a sentence about AI or data centres"
    if _DRAWN.search(setting.body):
        return metric, f"unit: {quantity.unit}, drawn by a machine at work"
    of_ai = setting.block_is_ai or setting.headed("model", "chip", "device", "cluster")
    if of_ai and (setting.names("org") or _ELECTRIC.search(setting.body)):
        return metric, f"unit: {quantity.unit}, of an organization or said to be electricity, in a paragraph about AI"
    if metric == "power" and quantity.value >= _PLANT and _is_of_data_centres(setting.page.text):
        return metric, f"unit: {quantity.unit}, in a text about data centres"
    return None, "electricity of something else"


@lru_cache(maxsize=2)  # one text after the other
def _is_of_data_centres(text: str) -> bool:
    """Whether a text is about data centres: it speaks of them at least three times, or of gigawatts so often."""
    centres, gigawatts = (sum(1 for _ in pattern.finditer(text)) for pattern in (DATA_CENTRE, _GIGAWATTS))
    return centres >= _OFTEN or gigawatts >= _OFTEN


def metric_of_bytes(quantity: Quantity, setting: Setting) -> Decision:
    """Whether bytes are the memory of a model, a device or a need, and the reason."""
    text = setting.page.text
    is_more = _DIFFERENCE.match(text, quantity.end) or _BY.search(text, setting.clause[0], quantity.start)
    if not setting.is_ai or quantity.value < 1e6 or _BANDWIDTH_AFTER.match(text, quantity.end) or is_more:
        return None, "not the memory of a model or device"
    if quantity.hardware:
        return "memory", "memory of a chip"
    if _OF_DATA.search(setting.page.text[setting.clause[0] : quantity.start][-70:]):
        return None, "the bytes of data"
    if setting.names("model") and _OF_FILE.search(setting.page.text[setting.clause[0] : quantity.start][-40:]):
        return "memory", "the size of a model's file"
    if _QUANTIZED.search(text, *setting.clause):
        return "memory", "bytes beside a word of weights"
    needed = setting.near_ai and _STORED.match(text, quantity.end)
    if needed and _NEEDED.search(text, setting.sentence.start, quantity.start):
        return "memory", "the storage that a model needs"
    found = nearest_cue(quantity, setting, "byte")
    if found is None:
        if setting.names("model", "chip", "device") or setting.headed("model", "device"):
            return "memory", "bytes beside a model or device"
        return None, "bytes without a word of memory"
    return METRICS.get(found[0].value), found[1]
