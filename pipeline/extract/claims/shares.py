"""Shares of right answers, where no benchmark is named: "un 60% de aciertos", "solves 60% of the tasks"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.words import TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity

_RIGHT_AFTER = re.compile(
    r"\s(?:(?:de|of)\s)?(?:respuestas (?:correctas|acertadas)|aciertos?|precisi[óo]n|exactitud|[ée]xito|accuracy|"
    r"success(?: rate)?|"
    r"correct(?: answers)?|pass rate|right\b)",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(
    r"\b(?:tasa de (?:éxito|aciertos?|resolución)|porcentaje de (?:éxito|aciertos?)|precisión|exactitud|accuracy|"
    r"success rate|"
    r"pass rate|solve rate)\s(?:(?:de|del|of|is|was|es|fue|era|at|in|en|el|un|a)\s)*[~≈]?$",
    re.IGNORECASE,
)
_SOLVES = re.compile(
    r"\b(?:acierta\w*|acert[óo]|resuelve\w*|resolvi[óo]|responde\w* (?:bien|correctamente)(?: a)?|"
    r"contesta\w* (?:bien|correctamente)(?: a)?|solve[sd]?|answer(?:s|ed)?(?: correctly)?|gets?|got|passe[sd]|aprueba|"
    rf"aprobó)\s(?:al\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)
_OF_TASKS = re.compile(
    r"\s(?:de|of)\s(?:(?:las|los|the|its|sus|all|todos|todas)\s)*(?:preguntas|problemas|tareas|ejercicios|casos|retos|"
    r"questions|problems|tasks|exercises|puzzles|cases|tests|pruebas|issues|them|ellas|"
    r"ellos)\b(?P<right>[^.;,\d]{0,20}\b(?:correctly|"
    r"right|bien))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:\s(?:de|of)(?:\s[^\W\d]+){1,4}?)?\s*,?\s(?:a|al|to|y|and|up from|down from|frente al?|"
    r"compared (?:to|with)|versus|vs\.?|against|desde|from)\s(?:(?:un|el|a|the)\s)?[~≈]?",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\b(?:con|with|at)\s(?:un\s|el\s|a\s)?$", re.IGNORECASE)  # tasks done with so much success
_AHEAD = re.compile(r"\s(?:a|to)\s(?:(?:un|el|a|the)\s)?\d+(?:[.,]\d+)?\s?%")
_MEANS = re.compile(r"^\W*(?:un\s|a\s)?\d+\s?%\s(?:means|significa|equivale|quiere decir)\b")  # how to read a score
_SCORES = re.compile(
    r"\b(?:punt[uú]a|puntuó|obtiene|obtuvo|obtienen|saca|sacó|logra|logró|consigue|consiguió|alcanza|alcanzó|llega|"
    r"llegó|se queda|baja|sube|bajó|subió|scores?|scored|achieves?|achieved|gets?|got|reach(?:es|ed)|hits?|manages?|"
    rf"managed)\s(?:(?:ya|al|a|con|en|of)\s)*{TO_NUMBER}$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[ \u00a0*_]*(?:$|[\n.,;:)—–]|(?:y|e|and|con|with|pero|but|mientras|while|frente|cuando|when)\b)")
_NO_SCORE = re.compile(
    r"\b(?:cuota|mercado|tr[áa]fico|ingresos|ventas|margen|adopci[óo]n|usuari\w+|empresas|accion\w*|bolsa|share|market|"
    r"traffic|revenue|sales|margin|adoption|users|companies|stock|MFU|utili[sz]a\w+|descuento|discount|inter[ée]s)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:mejor\w+|aument\w+|redu\w+|sub\w+|baj\w+|improv\w+|increas\w+|decreas\w+|cut\w*|drop\w*|fell|rose|by|in|"
    r"en)\s"
    r"(?:\w+\s){0,2}?(?:un|a|el|by|en)?\s?$",
    re.IGNORECASE,
)


def share_of_right(quantity: Quantity, setting: Setting, found: Sequence[Draft]) -> tuple[str | None, str] | None:
    """The benchmark, if any, and the reason where a percentage is a share of right answers; None for other shares."""
    text = setting.page.text
    twin = found[-1] if found and found[-1].metric == "benchmark_score" else None
    if twin and _BETWEEN.fullmatch(text, twin.end, quantity.start):
        return twin.benchmark, "a score, as the one with which it is compared"
    if not setting.is_ai or quantity.value > 100 or not (setting.names("model") or setting.headed("model")):
        return None
    if _LEVEL.search(text, setting.sentence.start, quantity.start) or _MEANS.search(setting.body):
        return None
    before, end = text[setting.sentence.start : quantity.start], quantity.end
    if _is_scored(quantity, setting, before):
        return None, "a score that a model gets, in a text about benchmarks"
    if ahead := _AHEAD.match(text, end):
        end = ahead.end()  # de un 12% a un 48% de aciertos
    elif _CHANGED.search(before):
        return None
    if _RIGHT_AFTER.match(text, end) or _RATE_BEFORE.search(before):
        return None, "a share of right answers"
    tasks = _OF_TASKS.match(text, end)
    return (None, "a share of what was to be solved") if tasks and (tasks["right"] or _SOLVES.search(before)) else None


def _is_scored(quantity: Quantity, setting: Setting, before: str) -> bool:
    """Whether a model gets so much, of nothing that is named: "GPT-4 obtiene un 7,3 %, y con ayuda llega al 74 %"."""
    if not _SCORES.search(before) or not _ENDS.match(setting.page.text, quantity.end):
        return False
    models = [e for e in setting.page.between(setting.sentence.start, quantity.start) if e.kind == "model"]
    return bool(models) and setting.page.has_benchmarks and not _NO_SCORE.search(setting.body)
