"""Scores on benchmarks in running text: "88.5% en MMLU", "MMLU: 88.5", "de ~18 a ~42" under an index named before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.benchmarks import Benchmark
from pipeline.extract.fillers import AGAINST, APPROX, TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.benchmarks import Named
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity

_CHANGE = re.compile(
    r"(?:[+−]\s?|\b(?:mejora\w*|mejoró|aument\w+|subi\w+|subid\w+|baj\w+|cae\w*|cay\w+|reduc\w+|ahorr\w+|crec\w+|"
    r"increment\w+|improve\w*|increase\w*|decrease\w*|drop\w*|gain\w*|"
    r"reduction|lift|boost\w*|faster|cheaper|ventaja|diferencia|difference|gap|margin|lead|jump|salto)\s(?:de|of|by|"
    r"en|un|a|an|el|del|de un|of about|de casi|in)?\s?(?:~|un |el |casi |unos )?)$",
    re.IGNORECASE,
)
_REDUCES = re.compile(  # las alucinaciones entre un 18 % y un 40 %
    r"\b(?:reduc|aument|increment|recort|mejor|ahorr|baj|cut|lower|increas|decreas|improv|boost|"
    r"rais)\w*\s(?:[^\s\d]+\s){0,4}?"
    r"(?:entre|between|by)\s(?:un\s|el\s|a\s)?(?:\d+(?:[.,]\d+)?\s?%?\s(?:y|and|to)\s(?:un\s|el\s)?)?$",
    re.IGNORECASE,
)
_SAVES = re.compile(  # "reduce el uso de tokens en un 30 %", "cuts costs by 40%"
    r"\b(?:reduc|reduj|aument|increment|recort|ahorr|abarat|aceler|cut|lower|increas|decreas|boost|accelerat|sav)\w*\s"
    rf"(?:[^\s\d]+\s){{1,5}}?(?:(?:en\s)?un|by|en)\s{TO_NUMBER}$",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\s(?:de|del|desde|from)\s{TO_NUMBER}$", re.IGNORECASE)
_TO = re.compile(rf"\s(?:a|al|hasta|to)\s{TO_NUMBER}\d")
_POINTS = re.compile(r"\s?(?:puntos|points|pts|Elo|ELO)\b")
_NO_TEST = re.compile(  # what is no share of right answers: of chips at work, of a market, of those who were asked
    r"\b(?:MFU|HFU|utili[sz]ation|utilización|cuotas?|market shares?|share of|adop(?:tion|ción)|growth|crecimiento|"
    r"margins?|márgen(?:es)?|margen|ingresos|revenues?|encuest\w+|survey\w*|respondents|descuentos?|discounts?)\b",
    re.IGNORECASE,
)
_FULL = 100  # percent
_ELO = Benchmark("Elo", "elo", plain=False)
_IN_ELO = re.compile(r"\s?(?:(?:puntos|points)\s(?:de\s|of\s)?)?(?:Elo|ELO)\b")
_ELO_OF = re.compile(r"\b(?:Elo|ELO)(?:\s(?:score|rating|puntuación))?\s?(?::|=|(?:of|de|is|es|at)\b)?\s?[~≈]?$")
_NUMBERED = re.compile(r"\.\d{4}")
_YEARS = re.compile(r"\s?[-–—]\s?\d{4}\b")
_GETS = re.compile(  # "alcanza 57 puntos con …"
    r"\b(?:alcanz\w+|logr\w+|obt[iu]\w+|consig\w+|sac(?:a|ó|an|aron)|suma\w*|punt[uú]\w+|scor\w+|gets?|got|achiev\w+|"
    rf"reach\w*|earn\w*|post(?:s|ed)|hits?|manage[sd]?)\s(?:(?:con|de|of|un total de|a total of)\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)
_MORE_POINTS = re.compile(
    r"\s?(?:puntos|points|pts)\s(?:más|menos|more|less|fewer|better|higher|lower|ahead|behind|above|below|por|de|of|"
    r"sobre|"
    r"over)\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\b(?:behind|ahead|above|below|more|less|más|menos|encima|debajo|lead|gap|ventaja|diferencia|improv\w*|mejor\w*|"
    r"sub\w+|aument\w+|gain\w*|drop\w*|baj\w+|ca[ey]\w*|percentage|porcentuales)\b",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"[ \u00a0]*(?:de\s|of\s)?(?:means\b|significa\b|on an?\s|en un\s|más|menos|mejor|peor|more|less|better|worse|"
    r"\w+er\b|improvement|(?:MFU|HFU|utili[sz]a\w+|discount|descuento|off|cuota|share|margin|margen)\b|"
    r"increase|reduction|drop|mejora|puntos|points|pp\b|percentage|de mejora|"
    r"de las?\s|de los\s|del\s|of the\s|de (?!acierto|éxito|precisión|aciertos)\w|of (?!accuracy)\w)",
    re.IGNORECASE,
)
_AGAINST = re.compile(rf"\d\s?%?\s(?:{AGAINST})\s(?:el\s|los\s|the\s)?$", re.IGNORECASE)
_OF = re.compile(r"\s*(?:del?|of|for|para|by)\s(?:el\s|la\s|the\s)?", re.IGNORECASE)
_COUNTED = re.compile(
    r"[ \u00a0]+(?!en\b|in\b|on\b|a\b|to\b|hasta\b|y\b|and\b|vs\b|frente\b|para\b|con\b|with\b|for\b|compared\b|"
    r"al\b|o\b|or\b|versus\b|contra\b|por (?:encima|debajo|delante|detrás)\b|ahead\b|above\b|behind\b|below\b|while\b|"
    r"mientras\b|pero\b|but\b|that\b|que\b|as\b|de acierto|de aciertos|points\b|"
    r"puntos\b|accuracy\b|pass@|score\b|Elo\b|ELO\b|by\b|according\b|según\b|from\b|against\b|after\b|tras\b|by\b|"
    r"puntuación|at\b)[A-Za-zÁÉÍÓÚáéíóúñ]"
)
_SCORING = re.compile(
    r"\b(?:punt[uú]\w+|puntos|score[sd]?|scoring|scores?|obt[iu]\w+|alcanz\w+|logr\w+|consig\w+|marc(?:a|ó|an)|"
    r"sac(?:a|ó|an|aron|ar)|achiev\w+|llega\w*|roza\w*|queda\w*|stands|sits|reach\w*|hits?|gets?|got|attain\w*|"
    r"accurac\w+|precisi[óo]n|ac(?:iert|ert)\w+|resuel\w+|resolvi\w+|tasa|rate|porcentaje|resultado\w*|result\w*|"
    r"record|récord|"
    r"pass@\d|Elo|franja|cifras|sub(?:e|en|ió|ieron|ir|iendo)|pas(?:a|an|ó|aron|ar|ando)|baj(?:a|an|ó|aron)|supera\w*|"
    r"tops|topped|edge[sd]|tie[sd]|empat\w+|bat(?:e|en|ió|ieron)|beats?|sigue\w*|follow(?:s|ed)|detrás con|solves?|"
    r"solved|"
    r"resolution|frontera|lead(?:s|ing)? (?:with|at)|led (?:with|at)|lidera\w*|encabeza\w*|máximo|"
    r"leaderboard|rank\w*|clasificaci\w+|"
    r"benchmarks?)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(  # of scores, where the sentence names the benchmark
    r"\b(?:"
    r"gan(?:a|an|ó|aron)|pierd\w+|perdi\w+|empat\w+|frente|wins?|won|los(?:es|t)|ties|beat\w*|trail\w*|lags?|versus|"
    r"vs|compared|declar\w+|report\w*|anunci\w+|announc\w+|publi\w+|claim\w*|presum\w+|boast\w*|clav\w+|firm(?:a|ó)|"
    r"da\b|dan\b|dio|posts?|posted|notch\w*|leap\w*|salt\w+|regist\w+|clock\w*|manag\w+|deliver\w*|land\w*|jump\w*|"
    r"rose|rises?|fell|falls?|"
    r"went|goes|clim\w+|puts?|plac(?:es|ed)|sitúa\w*|coloca\w*)\b",
    re.IGNORECASE,
)
_TOUCHING = re.compile(
    r"[\s\u00a0*_]*(?:[:=(,–—|-]|de|of|is|was|es|fue|score|scores|puntuación|accuracy|at|al|del|con|with|un|una|a|an|"
    rf"the|el|{APPROX}|~|≈|≥|>|<|"
    r"\(?\d+-shot\)?|pass@\d|Elo|ELO|Verified|Diamond|\)|\]|resultado|puntos|[\s\u00a0*_])*",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s\([^()]{3,60}\)(?=\s?[:=—–])")  # "AIME 2025 (sin herramientas): 94,6 %"
_AFTER_TO_NAME = re.compile(
    r"[\s\u00a0*_%]*(?:(?:en|in|on|at|for|de|of|del|sobre|el|la|los|las|the|acierto|aciertos|precisión|accuracy|"
    r"score|rating|rated|puntos|points|Elo|ELO|puntuación|pass@\d|benchmark|prueba|test|y|on the|dentro|su|its|"
    r"\d+-shot|\(|promedio|average)[\s\u00a0*_]*)*",
    re.IGNORECASE,
)
_AT = re.compile(
    r"[ ,:=(*_~≈\u00a0]*(?:(?:at|with|con|is|es|was|fue|era|tiene|has|had|en|a|se va al?|va por el)\s)?"
    rf"{TO_NUMBER}"
)


def score_of(
    quantity: Quantity, setting: Setting, here: Sequence[Named], above: Benchmark | None
) -> tuple[Benchmark | None, str]:
    """The benchmark that a percentage or plain number is a score on, and the reason; None for other numbers."""
    if not here and _is_elo(setting.page.text, quantity, setting):
        return above if above and above.scale == "elo" else _ELO, "a rating in Elo"
    if not here and above is None:
        return None, "no benchmark is named"
    return _named_score(quantity, setting, here, above)


def _named_score(
    quantity: Quantity, setting: Setting, here: Sequence[Named], above: Benchmark | None
) -> tuple[Benchmark | None, str]:
    text = setting.page.text
    percent = quantity.dimension == "percent"
    if not setting.is_ai or not _may_be_score(quantity, setting, here):
        return None, "a count, a version or a year: no score"
    beside, touches = _beside(text, quantity, here, setting)
    if _is_change(text, quantity, setting, beside=touches):
        return None, "a change, not a score"
    if beside and _fits(quantity, beside, text, percent=percent):
        return beside, f"a score: {beside.name} is named beside it"
    is_usual = quantity.value <= _FULL or _POINTS.match(text, quantity.end)
    far = above if is_usual and not _NO_TEST.search(setting.body) else None
    benchmark = _in_sentence(quantity, here) or far
    if benchmark is None or not _fits(quantity, benchmark, text, percent=percent):
        return None, "no benchmark is named"
    body = setting.body
    if (
        (percent or _decimal(text, quantity) or benchmark.scale in {"elo", "points"} or quantity.value > _FULL)
        and not _is_small(quantity, benchmark)
        and (_SCORING.search(body) or (here and _TELLING.search(body)))
    ):
        return (
            benchmark,
            f"a score: {benchmark.name} is named {'in the sentence' if here else 'before'}, with a word of scoring",
        )
    exact = percent or _decimal(text, quantity) or quantity.value > _FULL
    if exact and here and (_after_model(quantity, setting) or _is_of_model(quantity, setting)):
        return benchmark, f"a score: right beside a model, {benchmark.name} is named in the sentence"
    if here and not _is_small(quantity, benchmark) and _GETS.search(text, setting.sentence.start, quantity.start):
        return benchmark, f"a score: right behind a word of scoring, {benchmark.name} is named in the sentence"
    return None, "a number without a word of scoring"


def _may_be_score(quantity: Quantity, setting: Setting, here: Sequence[Named]) -> bool:
    """Whether a number is not of another kind: a year, a count, the version of a benchmark."""
    text, percent = setting.page.text, quantity.dimension == "percent"
    if quantity.value < 0 or quantity.lower == 0 or (percent and quantity.value > _FULL) or _is_number(text, quantity):
        return False
    if percent:
        return True
    if quantity.number.suffix or quantity.number.kind == "year" or _is_version(text, quantity, here):
        return False
    return not _COUNTED.match(text, quantity.end) or _is_of_model(quantity, setting)


def _is_elo(text: str, quantity: Quantity, setting: Setting) -> bool:
    """Whether a number is said to be a rating in Elo, of a model."""
    if not 600 <= quantity.value <= 4500 or not setting.is_ai:
        return False
    if not setting.names("model") and not setting.headed("model"):
        return False
    said = _IN_ELO.match(text, quantity.end) or _ELO_OF.search(text, max(0, quantity.start - 30), quantity.start)
    return bool(said)


def _is_number(text: str, quantity: Quantity) -> bool:
    """Whether a large number is a year of old or one of an article: "(1887-1920)", "arXiv 2204.08790"."""
    if quantity.value <= _FULL or _POINTS.match(text, quantity.end):
        return False
    return bool(_NUMBERED.search(text, quantity.start, quantity.end) or _YEARS.match(text, quantity.end))


def _is_version(text: str, quantity: Quantity, here: Sequence[Named]) -> bool:
    """Terminal-Bench 2.1; but MT-Bench 8.9 is a score."""
    number = text[quantity.start : quantity.end]
    if quantity.value >= _SMALLEST or not _VERSION.fullmatch(number):
        return False
    return any(named.end == quantity.start - 1 and named.benchmark.scale != "points" for named in here)


_SMALLEST = 10  # a score has two digits
_VERSION = re.compile(r"\d\.\d")


def _is_change(text: str, quantity: Quantity, setting: Setting, *, beside: bool) -> bool:
    before = text[max(setting.sentence.start, quantity.start - 40) : quantity.start]
    if _CHANGE.search(before):
        return not (_FROM.search(before) and _TO.match(text, quantity.end))
    begin = max(setting.sentence.start, quantity.start - 70)
    if _REDUCES.search(text, begin, quantity.start) or (
        quantity.dimension == "percent" and _SAVES.search(text, begin, quantity.start)
    ):
        return True
    if _AGAINST.search(before):
        return False
    if beside or _is_of_model(quantity, setting):
        return False  # el 5% de GPT-4o
    if _POINTS.match(text, quantity.end) and _decimal(text, quantity) and not _DIFFERENCE.search(setting.body):
        return False  # the score, clocking in at 44.4 points
    if _GETS.search(before) and _POINTS.match(text, quantity.end) and not _MORE_POINTS.match(text, quantity.end):
        return False
    return quantity.value <= _FULL and bool(_CHANGE_AFTER.match(text, quantity.end))


def _is_of_model(quantity: Quantity, setting: Setting) -> bool:
    of = _OF.match(setting.page.text, quantity.end)
    return bool(of and any(e.kind == "model" for e in setting.page.between(of.end(), of.end() + 1)))


def _after_model(quantity: Quantity, setting: Setting) -> bool:
    named = [e for e in setting.page.between(setting.sentence.start, quantity.start) if e.kind == "model"]
    return bool(named) and bool(_AT.fullmatch(setting.page.text, named[-1].end, quantity.start))


def _is_small(quantity: Quantity, benchmark: Benchmark) -> bool:
    """Small plain numbers beside an index are its version, parts or places; a score there has two digits."""
    return quantity.dimension != "percent" and quantity.value < (600 if benchmark.scale == "elo" else _SMALLEST)


def _decimal(text: str, quantity: Quantity) -> bool:
    return bool(re.search(r"\d[.,]\d{1,2}(?!\d)", text[quantity.start : quantity.end]))


def _fits(quantity: Quantity, benchmark: Benchmark, text: str, *, percent: bool) -> bool:
    in_hundreds = percent or 600 <= quantity.value <= 4500
    if benchmark.scale == "elo":
        return in_hundreds
    if benchmark.scale == "percent":
        return 0 < quantity.value <= _FULL or bool(in_hundreds and _POINTS.match(text, quantity.end))
    return quantity.value <= _FULL or in_hundreds if benchmark.scale == "any" else quantity.value <= 2000


def _beside(text: str, quantity: Quantity, here: Sequence[Named], setting: Setting) -> tuple[Benchmark | None, bool]:
    """The benchmark named beside the number, and whether nothing, not even a comma, is between."""
    behind: Benchmark | None = None  # "86% on A, 67% on B": what follows a comma is not A's
    telling = quantity.dimension == "percent" or any(not named.benchmark.plain for named in here)
    for named in here:
        if named.benchmark.plain and not telling and not _SCORING.search(setting.body):
            continue
        note = _NOTE.match(text, named.end)
        if named.end <= quantity.start and _TOUCHING.fullmatch(text, note.end() if note else named.end, quantity.start):
            if not text.startswith(",", named.end):
                return named.benchmark, True
            behind = named.benchmark
        if named.start >= quantity.end and _AFTER_TO_NAME.fullmatch(text, quantity.end, named.start):
            return named.benchmark, True
    return behind, False


def _in_sentence(quantity: Quantity, here: Sequence[Named]) -> Benchmark | None:
    before = [named for named in here if named.end <= quantity.start]
    return (before[-1] if before else here[0]).benchmark if here else None
