"""Shares of right answers, where no benchmark is named: "un 60% de aciertos", "solves 60% of the tasks"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.fillers import AGAINST, TO_NUMBER

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
    r"contesta\w* (?:bien|correctamente)(?: a)?|(?:re)?solve[sd]?|answer(?:s|ed)?(?: correctly)?|gets?|got|passe[sd]|"
    r"aprueba|"
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
    rf"(?:\s(?:de|of)(?:\s[^\W\d]+){{1,4}}?)?\s*,?\s(?:a|al|to|y|and|(?:up|down) from|{AGAINST}|desde|from)\s"
    r"(?:(?:un|el|a|the)\s)?[~≈]?",
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


_SKILL = (
    r"(?:programaci[óo]n|c[óo]digo|codificaci[óo]n|matem[áa]ticas?|razonamiento|ciencias?|l[óo]gica|visi[óo]n|lenguaje|"
    r"comprensi[óo]n(?: lectora)?|conocimientos?|traducci[óo]n|medicina|derecho|uso de herramientas|"
    r"seguimiento de instrucciones|coding|code|programming|math(?:s|ematics)?|reasoning|science|vision|language|"
    r"reading|knowledge|translation|medicine|law|tool use|instruction following|logic)"
)
_IN_SKILL = re.compile(  # supera a X en programación (96,5 %) y matemáticas (98,1 %)
    rf"(?:\b(?:en|in|on|at|y|e|and)|,)\s(?:\w+\s)?{_SKILL}(?:\s\w+)?\s\(\s?[~≈]?$", re.IGNORECASE
)
_SKILL_AFTER = re.compile(  # logra un 96,5 % en programación
    rf"\s(?:en|in|on)\s(?:(?:las?|el|los|the|tareas|pruebas|problemas|exámenes|competitive|"
    rf"advanced)\s(?:de\s)?)*{_SKILL}\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\b(?:supera\w*|superó|gan[aó]|lider\w+|destac\w+|brill\w+|domin\w+|vence\w*|beat\w*|lead\w*|excel\w*|"
    r"outperform\w*|top(?:s|ped)|shin\w+|punt[uú]\w+|obt[iu]\w+|logr\w+|alcanz\w+|sac[aó]|scor\w+|achiev\w+)\b",
    re.IGNORECASE,
)
_BETTER_BY = re.compile(
    r"\b(?:mejora\w*|mejoró|aument\w+|redu[cj]\w+|increment\w+|improv\w+|increas\w+|errores|errors|más rápid\w+|"
    r"faster|alucina\w+|hallucina\w+)\b",
    re.IGNORECASE,
)


def share_of_right(
    quantity: Quantity, setting: Setting, found: Sequence[Draft], earlier: Sequence[Draft] = ()
) -> tuple[str | None, str] | None:
    """The benchmark, if any, and the reason where a percentage is a share of right answers; None for other shares.

    `found` are the claims so far in the sentence, `earlier` those in the sentences of the paragraph before it.
    """
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
    if _is_of_skill(quantity, setting, before, twin):
        return None, "a score in a skill that is named"
    if earlier and earlier[-1].metric == "benchmark_score" and _SOLVES.search(before) and _ENDS.match(text, end):
        return earlier[-1].benchmark, "a score, as that of the sentence before"
    if ahead := _AHEAD.match(text, end):
        end = ahead.end()  # de un 12% a un 48% de aciertos
    elif _CHANGED.search(before):
        return None
    if _RIGHT_AFTER.match(text, end) or _RATE_BEFORE.search(before):
        return None, "a share of right answers"
    tasks = _OF_TASKS.match(text, end)
    return (None, "a share of what was to be solved") if tasks and (tasks["right"] or _SOLVES.search(before)) else None


def _is_of_skill(quantity: Quantity, setting: Setting, before: str, twin: Draft | None) -> bool:
    """Whether a model gets so much in a skill: "lidera en matemáticas (95 %)", "logra un 95 % en código"."""
    if _BETTER_BY.search(setting.body):
        return False
    if _IN_SKILL.search(before[-70:]):
        return bool(_LEADS.search(before))
    return bool((twin or _SCORES.search(before)) and _SKILL_AFTER.match(setting.page.text, quantity.end))


def _is_ranked(quantity: Quantity, setting: Setting, before: str) -> bool:
    """Whether several models have a percentage in brackets: "saca un 67 %, casi como GPT-5 (68 %) y Opus 4 (67 %)"."""
    text, sentence = setting.page.text, setting.sentence
    models = [e for e in setting.page.between(sentence.start, sentence.end) if e.kind == "model"]
    ranked = [e for e in models if _BRACKETED.match(text, e.end)]
    if len(ranked) < 2 or _NO_SCORE.search(setting.body):
        return False
    return any(e.end < quantity.start < e.end + 8 for e in ranked) or bool(_SCORES.search(before))


_BRACKETED = re.compile(r"[*_]*\s\((?:un\s|con\s)?\d+(?:[.,]\d+)?\s?%\)")


def _is_scored(quantity: Quantity, setting: Setting, before: str) -> bool:
    """Whether a model gets so much, of nothing that is named: "GPT-4 obtiene un 7,3 %, y con ayuda llega al 74 %"."""
    if _is_ranked(quantity, setting, before):
        return True
    if not _SCORES.search(before) or not _ENDS.match(setting.page.text, quantity.end):
        return False
    models = [e for e in setting.page.between(setting.sentence.start, quantity.start) if e.kind == "model"]
    return bool(models) and setting.page.has_benchmarks and not _NO_SCORE.search(setting.body)
