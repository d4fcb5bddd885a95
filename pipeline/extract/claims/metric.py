"""What a quantity measures: its dimension, and where that leaves a choice, the words around it.

One small function a dimension; each gives back a metric with the reason, or None with the reason why it is no claim.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.hours import metric_of_hours
from pipeline.extract.claims.money import metric_of_money
from pipeline.extract.claims.physical import metric_of_bytes, metric_of_electricity
from pipeline.extract.claims.setting import nearest_cue
from pipeline.extract.claims.tokens import metric_of_tokens
from pipeline.extract.fillers import TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric


_MIXTURE = re.compile(
    r"\b(?:MoE|mezcla|mixture|mixtura|par[áa]metros?|parameters?|rout\w+|activ\w+|token|enrutad\w+|capas?|layers?)\b",
    re.IGNORECASE,
)
_MODEL = re.compile(r"\b(?:modelos?|models?)\b", re.IGNORECASE)
_PEOPLE_BEFORE = re.compile(
    r"\b(?:consult\w+|preguntad?\w*|entrevist\w+|encuest\w+|reun\w+|panel|grupo|firma\w*|ask\w*|interview\w*|survey\w*|"
    r"invit\w+|poll\w*|comité|committee|group|team|equipo|según|opini\w+)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_PEOPLE_AFTER = re.compile(
    r"\s(?:consultad\w+|humanos?|human\b|independ\w+|internacional\w+|que (?:dicen|opinan|firman)|who\b|surveyed|"
    r"interviewed|polled|en (?:IA|ética|seguridad|derecho|medicina)|in (?:AI|law|medicine|ethics|safety|the field))",
    re.IGNORECASE,
)
_AUDIENCE = re.compile(
    r"\b(?:newsletters?|bolet[ií]n|boletines|blog|podcast|canal|channel|YouTube|Substack|mailing list|"
    r"lista de correo)\b",
    re.IGNORECASE,
)
_USERS = re.compile(r"us[uea]r?|utiliz|[MWD]AU|suscri|subscri|custom|client|activ|\bbuild|program", re.IGNORECASE)
_ACTIVE_USERS = re.compile(
    r"(?:usuari\w+|users?|suscriptor\w*|subscribers?|clientes|customers)\s(?:\w+\s)?(?:activ\w+|mensual\w+|semanal\w+|"
    r"diari\w+|al (?:mes|día)|de pago|a (?:month|week|day))|(?:active|monthly|weekly|daily|paying|paid)\s(?:\w+\s)?"
    r"(?:users?|subscribers?|customers)",
    re.IGNORECASE,
)
_USED = re.compile(
    r"\b(?:us[ao]n?|usaban?|usaron|utiliza\w*|used (?:\w+ )?by|used|reach\w*|lleg\w* a|"
    r"alcan[zc]\w*(?: a)?|usad[oa]s? (?:ya )?por|asistente|chatbot|herramienta|tiene|has)\s[^.;]{0,20}$",
    re.IGNORECASE,
)
_STUDIED = re.compile(
    r"\b(?:estudio|encuesta|muestra|experimento|study|survey|sample|poll|experiment)\w*\s(?:\w+\s){0,2}?"
    rf"(?:a|con|de|of|with)\s{TO_NUMBER}$",
    re.IGNORECASE,
)
_FASTEST = 1e7  # tokens a second; what a whole service handles is no speed of a model
_HAS = re.compile(r"\b(?:tiene|tenía|has|had|usa|uses|con|with)\s$", re.IGNORECASE)
_OF_SIZE = re.compile(r"\s(?:de|of|with|con)\s\d")
_ARTICLE_ONE = re.compile(r"(?:un|una|uno|one|a|an)\b", re.IGNORECASE)


def choose(quantity: Quantity, setting: Setting) -> Decision:
    """The metric of a quantity where it stands, and the reason.  None: it is no claim."""
    rule = _RULES.get(quantity.dimension)
    if rule is None:
        return None, f"no metric is measured in {quantity.dimension}"
    if quantity.value <= _ROUND and _OF_EACH.search(setting.words((setting.sentence.start, quantity.start))[-24:]):
        return None, "a share: so many of so many"
    return rule(quantity, setting)


_ROUND = 100
_OF_EACH = re.compile(
    r"\b(?:de cada|out of(?: every)?|of every|(?:one|two|three|four|five|six|seven|eight|nine) in(?: every)?|"
    r"\d in every)\s$",
    re.IGNORECASE,
)


def _accelerators(quantity: Quantity, setting: Setting) -> Decision:
    text = setting.page.text
    if quantity.value == 1 and _ARTICLE_ONE.match(text, quantity.start):
        return None, "an article, not a count"
    if quantity.value != int(quantity.value) or quantity.value < 1:
        return None, "not a count of devices"
    if not setting.is_ai and not setting.near_ai:
        return None, "the post is not about AI"
    return "hardware_quantity", "unit: accelerators"


def _parameters(quantity: Quantity, setting: Setting) -> Decision:
    if not setting.is_ai and not setting.near_ai and quantity.value < 1e7:
        return None, "the post is not about AI"
    if quantity.value < 1e4:
        return None, "too few for the parameters of an AI model"
    return "parameters", "unit: parameters"


def _experts(quantity: Quantity, setting: Setting) -> Decision:
    block = setting.page.blocks[setting.sentence.block]
    if not 2 <= quantity.value <= 4096 or quantity.value != int(quantity.value):
        return None, "not a count of a model's experts"
    text = setting.page.text
    if _PEOPLE_BEFORE.search(text, setting.clause[0], quantity.start) or _PEOPLE_AFTER.match(text, quantity.end):
        return None, "experts who are people"
    around = setting.words((max(0, block.start - 200), min(len(text), block.end + 200)))
    around = around.replace(setting.words((quantity.start, quantity.end)), " ")
    if _MIXTURE.search(around) or _MODEL.search(setting.body):
        return "experts", "unit: experts, beside words of mixtures"
    has = _HAS.search(text[max(setting.sentence.start, quantity.start - 16) : quantity.start])
    if setting.names("model") and (has or _OF_SIZE.match(text, quantity.end)):
        return "experts", "unit: experts, that a model has"
    return None, "experts without a word of mixtures: people"


def _persons(quantity: Quantity, setting: Setting) -> Decision:
    if not setting.is_ai or not (_is_service(quantity, setting) or setting.headed("model")):
        return None, "people of something else"
    if quantity.value < _FEW:
        return None, "too few for the users of a service"
    if _AUDIENCE.search(setting.body):
        return None, "the readers of a newsletter, the followers of a channel"
    found = nearest_cue(quantity, setting, "person")
    if _LICENCE.search(setting.page.text, setting.sentence.start, quantity.start) or (
        quantity.value < _MANY and _is_limit(quantity, setting)
    ):
        return None, "how many a licence or a plan is for"
    if _STUDIED.search(setting.page.text, max(setting.sentence.start, quantity.start - 60), quantity.start):
        return None, "people of a study"
    body = setting.words((quantity.start, quantity.end + 24))
    used = _USED.search(setting.page.text, max(setting.sentence.start, quantity.start - 40), quantity.start)
    if found is None or found[0].value != "users" or not (used or _USERS.search(body)):
        return None, "people, but no users"
    return "users", found[1]


def _is_limit(quantity: Quantity, setting: Setting) -> bool:
    """Whether so many people are those of a licence or a plan: "2 usuarios máximo", "from 5 users on"."""
    lead = setting.words((max(setting.sentence.start, quantity.start - 40), quantity.start))
    return bool(_LIMIT_AFTER.match(setting.page.text, quantity.end) or _LIMIT.search(lead))


_FEW, _MANY = 20, 1e4
_LICENCE = re.compile(  # "the licence is not for services with more than 700 million users"
    r"\b(?:licen[cs]e|licencia|terms of use|condiciones de uso)\b[^.;]*\b(?:than|over|above|under|exceed\w*|up to|"
    r"más de|menos de|hasta|super\w+|at least|al menos)\s[^.;\d]*$",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(
    r"\s(?:como\s|at\s)?(?:m[áa]xim[oa]s?|m[íi]nim[oa]s?|(?:the\s)?most|least|max(?:imum)?|min(?:imum)?|"
    r"simultáne[oa]s|concurrentes|concurrent|a la vez|at once|at a time|per (?:plan|licen[cs]e|team)|"
    r"por (?:licencia|plan|equipo))\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:licencias?|licen[cs]es?|plan|planes|tarifa|teams? of|equipos? de|máximo|mínimo|maximum|minimum|límite|limit|"
    r"limited to|limitad[oa]s? a|permite|allows)\b[^.;]*$",
    re.IGNORECASE,
)


def _is_service(quantity: Quantity, setting: Setting) -> bool:
    """Whether people are users of something that the sentence or the number's own words make a service of AI."""
    named = setting.names("model", "org") or setting.near_ai or setting.block_is_ai
    return named or bool(_ACTIVE_USERS.search(setting.words((quantity.start, quantity.end + 16))))


def _throughput(quantity: Quantity, setting: Setting) -> Decision:
    if not setting.is_ai or quantity.value > _FASTEST:
        return None, "what a service handles, not the speed of a model"
    return "throughput", "unit: tokens per second"


def _fixed(metric: Metric) -> Callable[[Quantity, Setting], Decision]:
    def rule(quantity: Quantity, setting: Setting) -> Decision:
        if not setting.is_ai:
            return None, "the post is not about AI"
        return metric, f"unit: {quantity.unit or quantity.dimension}"

    return rule


def _compute(quantity: Quantity, setting: Setting) -> Decision:
    if not setting.is_ai:
        return None, "the post is not about AI"
    if quantity.value < 1e15:
        return None, "too few operations for a training"
    return "training_compute", "unit: FLOP"


_RULES: dict[str, Callable[[Quantity, Setting], Decision]] = {
    "accelerator": _accelerators,
    "parameter": _parameters,
    "expert": _experts,
    "token": metric_of_tokens,
    "hour": metric_of_hours,
    "money": metric_of_money,
    "watt": metric_of_electricity,
    "watt_hour": metric_of_electricity,
    "byte": metric_of_bytes,
    "person": _persons,
    "flop": _compute,
    "accelerator_hour": _fixed("hardware_hours"),
    "token_per_second": _throughput,
}
