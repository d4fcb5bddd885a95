"""Context windows that a number gives without a unit, where the text speaks of windows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.fillers import APPROX

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity

WINDOW = re.compile(r"\b(?:contextos?|context|ventanas?|window|windows|longitud|length|lengths)\b", re.IGNORECASE)
_SPOKEN_OF = re.compile(
    r"\b(?:contextos?|context|ventanas?|windows?|usuarios|users|par[áa]metros|parameters|GPUs?|stars|estrellas|"
    r"seguidores|followers|descargas|downloads|palabras|words|lines|líneas|vocabulario|vocabulary|vocab|steps|pasos|"
    r"ejemplos|examples|samples|"
    r"muestras|entren\w+|train\w*|people|personas|output|salida|subscribers|suscriptores|[$€£])\b|[$€£]",
    re.IGNORECASE,
)
_REACHES = re.compile(
    r"(?:\b(?:to|of|from|until|a|de|desde|los|las|has|have|had|tiene|tenía|is|was|es|era|are|son|at|"
    r"with|con|en|reaches|alcanza|offers|ofrece|gets|and|y|or|o|than|que|"
    rf"now|ahora|already|ya|idealmente|mejor|preferiblemente|mínimo|ideally|preferably|minimum|{APPROX})"
    r"\s[~≈]?|[:,(→/]\s?)$",
    re.IGNORECASE,
)
_OF_WINDOW = re.compile(
    r"\b(?:contextos?|ventanas?(?: de (?:contexto|entrada|tokens))*(?: \w+ad[ao]s?)?|longitud de contexto|"
    r"context(?: (?:window|length|size))?|window)\s"
    rf"(?:(?:de|of|es|is|era|was|with|con|{APPROX})\s){{1,3}}?[~≈]?$|"
    r"\b(?:(?<!en el )(?<!en un )contexto|ventana|(?:context|window) (?:length|size)|(?:context )?window|"
    r"sequence length)\s(?:[^\s.;:]+\s){0,7}?(?:from|to|de|a|desde|hasta)\s[~≈]?$",  # "context size of X from 1 to 2K"
    re.IGNORECASE,
)
_WINDOW_ENDS = re.compile(
    r"[ \u00a0*_”\"»]*(?:$|[\n.,;:)(!?\]—–→/]|(?:y|e|o|and|or|in|en|with|con|para|for|via|using|mediante|but|pero|when|"
    r"cuando|si|if|at|a|al|to|"
    r"hasta|on|thanks|gracias|through|nativ\w+|natively|by|out|sin|without|que|while|mientras)\b)",
    re.IGNORECASE,
)


_SAID_AFTER = re.compile(
    r"[\s\u00a0-]?(?:tokens?\s|native\s|nativos?\s)?(?:de\s|of\s)?(?:contexto?|ctx|ventana|windows?)\b", re.IGNORECASE
)


_THRESHOLD = re.compile(
    r"(?:\b(?:a partir de|por encima de|más allá de|pasad[oa]s|si (?:supera\w*|pasa\w* de)|superad[oa]s|más de|above|"
    r"over|beyond|past|exceed\w*|more than|longer than|larger than|first|primeros)|(?:^|\(|\b(?:prompts?|requests?|"
    r"peticion(?:es)?|entradas?)(?:\sde|\sof)?\s)(?:hasta|menos de|up to|under|below))\s(?:los\s|las\s|the\s)?$",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"\b(?:admit\w*|soport\w*|acept\w*|takes?|tak(?:es|ing) in|supports?|accepts?|handles?|ventanas?|windows?|has|"
    r"tiene)\b",
    re.IGNORECASE,
)
_BILLED = re.compile(
    r"[$€£]\s?\d|\d\s?(?:[$€£]|d[óo]lares|dollars|euros)|\b(?:cobra\w*|factura\w*|tarifa\w*|precio se|se paga\w*|"
    r"más car[oa]|penaliz\w+|recargo|billed|penalt\w+|surcharge\w*|"
    r"charged|priced|price doubles|rates?)\b",
    re.IGNORECASE,
)


def is_threshold(quantity: Quantity, setting: Setting) -> bool:
    """Whether another price begins at so many tokens: "$1.25 (under 128K context)", "for prompts over 200K tokens"."""
    lead = setting.words((setting.sentence.start, quantity.start))
    return bool(_THRESHOLD.search(lead) and _BILLED.search(setting.body) and not _TAKES.search(lead))


def is_said_window(quantity: Quantity, setting: Setting) -> bool:
    """Whether a word of windows stands right behind a number: whatever was counted before, "32K context" is one."""
    fits = quantity.number.suffix.strip() in {"k", "K", "M"} and 1e3 <= quantity.value <= 1e8
    return fits and setting.is_ai and bool(_SAID_AFTER.match(setting.page.text, quantity.end))


def is_window(quantity: Quantity, setting: Setting) -> bool:
    """Whether a bare 128k is a window: the last that the paragraph spoke of, and nothing else is counted here."""
    text, block = setting.page.text, setting.page.blocks[setting.sentence.block]
    if not 4e3 <= quantity.value <= 2e7 or not _WINDOW_ENDS.match(text, quantity.end):
        return False
    spoken = [m.group() for m in _SPOKEN_OF.finditer(text, max(block.start, quantity.start - 300), quantity.start)]
    if not spoken or not WINDOW.fullmatch(spoken[-1]):
        return False
    return bool(_REACHES.search(text, max(block.start, quantity.start - 40), quantity.start))


def is_plain_window(quantity: Quantity, setting: Setting) -> bool:
    """Whether a plain number is a window, by the word right before it: "con un contexto de 100.000"."""
    text = setting.page.text
    if not 512 <= quantity.value <= 2e7 or quantity.dimension != "none" or not _WINDOW_ENDS.match(text, quantity.end):
        return False
    return bool(_OF_WINDOW.search(text, max(setting.sentence.start, quantity.start - 72), quantity.start))
