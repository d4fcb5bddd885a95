"""What hours measure where they stand: how long a training took, the time of its machines, or something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.setting import TRAINING, TUNING
from pipeline.extract.fillers import APPROX, TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantity import Quantity

_DURATION_BEFORE = re.compile(
    r"(?:\b(?:durante|en|de|tras|for|over|in|took|takes|taking|take|lasted|lasts|lasting|requir\w+|tard\w+|dur\w+|"
    rf"llev\w+|entre|between|needed|after|within|than|a|uno?|menos|más|alrededor|least|spent|cost\w*|{APPROX})"
    r"[\s\u00a0]*(?:de\s|las\s|los\s)?|[~≈(,]\s?)$",
    re.IGNORECASE,
)
_NOT_DURATION_BEFORE = re.compile(
    r"\b(?:hace|hacía|últimos?|últimas?|próximos?|próximas?|dentro de|desde hace|cada|next|last|past|previous|every|"
    rf"for the|of the|primer\w*|otros?|edad|in the)\s*(?:(?:{APPROX})\s)?$",
    re.IGNORECASE,
)
_NOT_DURATION_AFTER = re.compile(
    r"['’]?\s*(?:después|antes|más tarde|atrás|later|ago|earlier|old|worth|before|from now|apart|de (?:edad|antigüedad|"
    r"retraso|diferencia|vídeo|video|audio|v[íi]deos?|experiencia|música|jugar|juego)|of (?:video|audio|footage|"
    r"experience|music|speech|"
    r"gameplay|driving)|antes)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(  # "enough to power 100 homes for a year"
    r"\b(?:enough|equivalent|as much|the energy of|worth of|homes|households|houses|suficiente|equival\w+|"
    r"lo mismo que|"
    r"tanto como|hogares|viviendas|what \d+)\b[^.;]*$",
    re.IGNORECASE,
)
_USE_IN = re.compile(  # "50 GWh, what San Francisco uses in three days"
    r"\b(?:us(?:es?|ed)|consum\w+|burn\w*|gast\w+|dr[ae]ws?|us[ao]n?)\s(?:in|over|for|en|durante)\s$", re.IGNORECASE
)
_ON_CHIPS = re.compile(
    r"\d[\d.,]*\s?[kK]?\s(?:GPUs?|TPUs?|chips|[A-Z]{1,2}\d{2,3}s?)\b[^.;:]{0,16}?\s(?:durante|for|over)\s"
    rf"{TO_NUMBER}$"
)
_AND_TOOK = re.compile(  # "training it used 2T tokens and took 21 days"
    r"\W*(?:and|y)\s(?:only\s|just\s|solo\s|apenas\s)?(?:took|takes|lasted|lasts|duró|dura|tardó|tarda|llevó|lleva)\b",
    re.IGNORECASE,
)
_DOING = re.compile(r"\s(?!entrenando\b)\w+(?:ando|iendo|yendo)\b", re.IGNORECASE)
_SHORTEST, _LONGEST = 1 / 60, 13_140  # hours: a minute, a year and a half
_NEAR = 120  # characters from a duration to the word that makes it one of a training
_OF_MANY = 1e5  # hours; no training lasts so long
_MACHINE_TIME = re.compile(  # 2,8 millones de horas de cómputo; 3 million training hours on H800 chips
    r"(?:\s(?:de|of))?\s(?:entrenamiento|c[óo]mputo|procesamiento|computaci[óo]n|m[áa]quina|procesador(?:es)?|CPU|"
    r"chips?|training|compute|computing|"
    r"processing|processors?|machine)\b",
    re.IGNORECASE,
)
_ON_CHIP = re.compile(r"\s(?:en|de|con|sobre|on|of|with|using)\s(?:(?:las?|los|the|chips?|GPUs?|Nvidia|NVIDIA)\s)*")
_BUILT = re.compile(
    r"\b(?:built|erected|(?:cluster|supercomputer|data cent(?:er|re))\sdeveloped|"
    r"construi\w+|construy\w+|levant(?:ó|ad\w+)|mont(?:ó|ad\w+))\b",
    re.IGNORECASE,
)
_MADE_IN = re.compile(  # DeepSeek built R1 in two months
    r"\b(?:desarroll(?:ó|aron|ad[oa]|ar)|constru(?:yó|yeron|id[oa]|ir)|cre(?:ó|aron|ad[oa]|ar)|develop(?:ed)?|built|"
    r"build|"
    rf"created?)\s(?!(?:un|una|an?)\s)(?:(?!\s(?:y|and)\s)[^.;:,]){{2,40}}?\s(?:en|in)\s{TO_NUMBER}$",
    re.IGNORECASE,
)


def metric_of_hours(quantity: Quantity, setting: Setting) -> Decision:
    """Whether a time is that of a training, or of the machines it ran on, and the reason."""
    text = setting.page.text
    if quantity.value >= _OF_MANY and setting.is_ai and _of_machines(quantity, setting):
        return "hardware_hours", "too many hours for a duration: those of machines"
    if not _SHORTEST <= quantity.value <= _LONGEST:
        return None, "too short or too long for a training"
    if setting.is_ai and _ON_CHIPS.search(text, max(setting.sentence.start, quantity.start - 60), quantity.start):
        return "training_time", "a duration, of so many accelerators"
    made = setting.is_ai and _MADE_IN.search(text, setting.clause[0], quantity.start)
    if made and any(entity.kind == "model" for entity in setting.page.between(made.start(), quantity.start)):
        return "training_time", "so long it took to make a model"
    begin, stop = setting.clause
    if took := _AND_TOOK.match(setting.words(setting.clause)):
        begin, stop = setting.sentence.start, begin + took.end()
    clause = setting.words((max(begin, quantity.start - _NEAR), min(stop, quantity.end + _NEAR)))
    if not setting.is_ai or not (TRAINING.search(clause) or TUNING.search(clause)):
        return None, "a time, but not of a training"
    if (
        _NOT_DURATION_BEFORE.search(text, setting.sentence.start, quantity.start)
        or _NOT_DURATION_AFTER.match(text, quantity.end)
        or _DOING.match(text, quantity.end)
        or _OF_OTHERS.search(text, setting.sentence.start, quantity.start)
        or (
            ("Wh" in setting.body or "watt" in setting.body)
            and _USE_IN.search(text, setting.sentence.start, quantity.start)
        )
        or _BUILT.search(text, max(setting.clause[0], quantity.start - 40), quantity.start)
    ):
        return None, "a date or an age, not a duration"
    if not _DURATION_BEFORE.search(text, setting.sentence.start, quantity.start):
        return None, "a time that no word makes a duration"
    return "training_time", "a duration beside a word of training"


def _of_machines(quantity: Quantity, setting: Setting) -> bool:
    page = setting.page
    if _MACHINE_TIME.match(page.text, quantity.end) or _MACHINE_TIME.fullmatch(f" {quantity.modifier}"):
        return True
    on = _ON_CHIP.match(page.text, quantity.end)
    return on is not None and any(e.kind == "chip" for e in page.between(on.end(), on.end() + 1))
