"""Numbers of something that has no name: "un modelo de 7B", "models above 100B parameters"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import VERB
from pipeline.extract.claims.leads import headed
from pipeline.extract.claims.patterns import (
    COMPARED,
    ELIDED,
    INDEFINITE,
    INDEFINITE_AFTER,
    MODEL_METRICS,
    MONEY_OF_ORG,
    PRESENTS,
)
from pipeline.extract.claims.roles import is_oblique
from pipeline.extract.claims.subject.base import allowed
from pipeline.extract.fillers import AGAINST, TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.topic import Topic


@lru_cache(maxsize=4)  # several rules ask the same of a draft
def is_indefinite(draft: Draft, topic: Topic) -> bool:
    """Whether the number is of something unnamed: "un modelo de 7B", "models with over 100B parameters".

    "X es un modelo de 7B" and "X, a model with 7B" name it; so does "Meta lanzó un modelo de 7B" not.
    """
    text = topic.page.text
    lead = text[draft.sentence.start : draft.start]
    if _is_of_cards(draft, topic, lead) or _is_of_crowd(draft, topic, lead) or _is_of_all(draft, topic, lead):
        return True
    if draft.scope == "per_expert" or is_range(draft, topic, lead) or describes_head(draft, topic):
        return False
    article = INDEFINITE_AFTER.search(lead)
    if article and _MODEL_AFTER.match(text, draft.number_end):
        at = draft.sentence.start + article.start()
        return not any(_IS_A.fullmatch(text, e.end, at) for e in topic.page.between(draft.sentence.start, at))
    if article and draft.metric == "hardware_quantity" and _CLUSTER_AFTER.match(text, draft.number_end):
        return not any(e.kind in allowed(draft) for e in topic.page.between(draft.sentence.start, draft.start))
    if _OTHER_AFTER.match(text, draft.number_end) and _THAN_THE.search(lead):
        return True
    described = INDEFINITE.search(lead)
    if described is None or _is_of_training(draft, described[0]) or _is_aside(lead, described):
        return False  # also "X leads among open models, with N"
    if PRESENTS.match(lead) and draft.modality != "hypothetical":
        return False
    if draft.metric in {"hardware_quantity", "power"} and ELIDED.match(lead):
        return False
    return not _is_named(draft, topic, draft.sentence.start + described.start())


def _is_aside(lead: str, described: re.Match[str]) -> bool:
    """X leads among open models, with N; el coste de X, que es un modelo enorme, se situó en N."""
    if _AMONG.search(lead, 0, described.start()):
        return True
    opens = _ASIDE_OPENS.search(lead, 0, described.start())
    return opens is not None and _ASIDE_CLOSES.search(lead, described.start()) is not None


_ASIDE_OPENS = re.compile(r",\s(?:que|which)\s(?:es|era|fue|is|was)\s$", re.IGNORECASE)
_ASIDE_CLOSES = re.compile(rf",\s{VERB}[^,]*$")


def _is_of_all(draft: Draft, topic: Topic, lead: str) -> bool:
    """Whether a number is of a whole industry, or of several together: "A y B, que juntas recaudaron N"."""
    if _EVERYBODYS.search(lead):
        return True
    if draft.metric not in MONEY_OF_ORG or not _TOGETHER.search(lead):
        return False
    return len({e.name for e in topic.page.between(draft.sentence.start, draft.start) if e.kind == "org"}) > 1


_TOGETHER = re.compile(
    r"\b(?:combined|collectively|together|between them|en conjunto|conjuntamente|juntas|juntos|combinad[oa]s?|entre "
    r"(?:ambas|ambos|las dos|los dos|todas|todos))\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
_EVERYBODYS = re.compile(  # what all spend together
    r"\b(?:financiación|inversi[óo]n|capital riesgo|funding|venture capital|VC)\s(?:[^\W\d]+\s){0,3}?"
    r"(?:en|de|in|for|of|to)\s(?:las\s|the\s)?(?:AI\s)?startups\b[^.;:]*$|"
    r"\b(?:numeros[oa]s|vari[oa]s|muchas|algunas|many|several|numerous)\s(?:rondas|operaciones|rounds|deals)\b[^.;:]*$|"
    r"\b(?:gasto|inversi[óo]n(?:es)?|demanda|capex|spending|investments?|demand)\s(?:\w+\s){0,2}?(?:global|mundial|"
    r"mundiales|"
    r"globales|del sector|de la industria|worldwide|globally|industry-wide)\b[^.;:]*$|"
    r"\b(?:global|worldwide|mundial|industry-wide|total industry)\s(?:\w+\s){0,2}?(?:spend(?:ing)?|investments?|capex|"
    r"demand)\b[^.;:]*$",
    re.IGNORECASE,
)


def is_range(draft: Draft, topic: Topic, lead: str) -> bool:
    """Whether models of so many parameters are those of a family: "Llama 2 viene en modelos de 7 y 13B"."""
    offered = _OFFERS.search(lead) if draft.metric == "parameters" else None
    if offered is None:
        return False
    at = draft.sentence.start + offered.start()
    return any(e.kind == "model" for e in topic.page.between(draft.sentence.start, at))


_OFFERS = re.compile(
    r"\b(?:tiene|ofrece|incluye|abarca|comprende|viene en|llega en|sale en|existe en|hay en|cuenta con|consta de|has|"
    r"offers|includes|spans|comes (?:in|as)|come (?:in|as)|ships (?:in|as)|is available (?:in|as))\s(?:\w+\s){0,3}?"
    r"(?:modelos|variantes|versiones|tamaños|models|variants|versions|sizes)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)


def _is_of_training(draft: Draft, described: str) -> bool:
    """Whether a training is told and what has no name is the machines it ran on: "en un clúster, en dos meses"."""
    return draft.metric in _TRAININGS and not _MODEL_NOUN.search(described)


_TRAININGS = frozenset({
    "training_dataset_size", "training_compute", "training_cost", "training_time", "hardware_hours",
})  # fmt: skip
_MODEL_NOUN = re.compile(r"\b(?:modelos?|models?|LLMs?|SLM|transformer|redes?|network|startup)\b", re.IGNORECASE)


def describes_head(draft: Draft, topic: Topic) -> bool:
    """Whether a block opens with what the model is that heads it: "## BLOOM", and below "Qué es: un LLM con 176B"."""
    page, block = topic.page, topic.page.blocks[draft.sentence.block]
    opening = _DESCRIPTION.match(page.text, block.start, draft.start)
    if opening is None or draft.sentence.start != block.start or not headed(page, draft.sentence.block, _MODEL):
        return False
    rest = page.text[draft.end : draft.sentence.end]
    return bool(opening["label"]) or not _PREDICATE.match(rest)


_MODEL = frozenset({"model"})
_DESCRIPTION = re.compile(
    r"[\W_]*(?P<label>(?:qué es|what it is|what is it|what|descripción|description|resumen|summary|en resumen|"
    r"tipo|type|model|modelo|about|ficha)[*_]{0,2}:[*_]{0,2}\s)?(?:un|una|a|an)\s",
    re.IGNORECASE,
)
_PREDICATE = re.compile(  # what says something of the model, so that it is one of many: "un modelo de 7B cabe en …"
    rf"(?:\s(?:parámetros|parameters|tokens|model|modelo|de|of|contexto|context|activos|totales))*\s{VERB}"
)


def _is_of_cards(draft: Draft, topic: Topic, lead: str) -> bool:
    """A single 80 GB card; dos tarjetas de 24 GB; un portátil con 16 GB: no card or machine of a name."""
    if draft.metric not in {"memory", "power"}:
        return False
    if _SOME.search(lead) and _CARDS.match(topic.page.text, draft.end):
        return not _runs(draft, topic, lead)
    machine = _MACHINE.search(lead[-90:])
    if machine is None:
        return False
    names = [e for e in topic.page.between(draft.sentence.start, draft.start) if e.kind != "org"]
    if any(e.kind == "model" for e in names):
        return False
    if not names:
        return True
    link = topic.page.text[names[-1].end : draft.start - len(machine[0])]
    return bool(link.strip()) and not _IS_A.search(link)  # not "an A100 GPU with 80 GB", "X, a laptop with 16 GB"


def _runs(draft: Draft, topic: Topic, lead: str) -> bool:
    """Whether a named model fits, or is run, where the number is: "Llama 7B fits into a 6GB GPU"."""
    models = [e for e in topic.page.between(draft.clause[0], draft.start) if e.kind == "model"]
    return bool(models) and _FITS.search(lead, models[0].start - draft.sentence.start - 24) is not None


_FITS = re.compile(
    r"\b(?:fits?|runs?|run|running|cabe\w*|corre\w*|ejecut\w*|funciona\w*)\b[^.;:]*\s(?:in|into|on|within|"
    r"en)\s[^.;:]{0,24}$",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"\b(?:tarjetas?|gr[áa]ficas?|GPUs?|placas?|aceleradoras?|port[áa]til(?:es)?|ordenador(?:es)?|computador[ae]s?|"
    r"equipos?|máquinas?|PCs?|servidor(?:es)?|estaci[óo]n(?:es)?|dispositivos?|m[óo]vil(?:es)?|teléfonos?|"
    r"cards?|computers?|laptops?|notebooks?|desktops?|machines?|workstations?|servers?|devices?|(?:smart)?phones?)"
    r"(?:\s(?:de trabajo|[a-záéíóúñ]+|NVIDIA|Nvidia|AMD|Intel)){0,2}?\s"
    rf"(?:con|de|with|of|having|que tengan?|that ha(?:s|ve))\s{TO_NUMBER}$",
    re.IGNORECASE,
)


def _is_of_crowd(draft: Draft, topic: Topic, lead: str) -> bool:
    """The best models before reached N; modelos más grandes, de N: of many, none of which is named."""
    crowd = _CROWD.search(lead) or _RIVALS.search(lead) or (draft.metric in _SPENT and _EVERYBODY.search(lead))
    if not crowd or _AMONG.search(lead, 0, crowd.start()):
        return False
    if _GOES_ON.search(lead, crowd.start()) and COMPARED.search(lead, 0, crowd.start()):
        return False  # "X matches leading models, and was trained on N"
    since = topic.page.between(draft.sentence.start + crowd.start(), draft.start)
    return not any(e.kind in allowed(draft) for e in since)


def _is_named(draft: Draft, topic: Topic, at: int) -> bool:
    """Whether the thing described at an offset has a name: one that the description explains, or one inside it."""
    page, kinds = topic.page, allowed(draft) if draft.metric in _OF_CHIPS else _THINGS
    inside = [e for e in page.between(at, draft.start) if e.kind in kinds | (_CHIPS & allowed(draft))]
    if any(not is_oblique(page, e, at) or _INSTANCE.search(page.text, at, e.start) for e in inside):
        return True
    models = {e.name for e in page.between(draft.sentence.start, at) if e.kind == "model"}
    if len(models) == 1 and _EXPLAINS.search(page.text, draft.sentence.start, at):
        return True
    named = [e for e in page.between(draft.clause[0], at) if e.kind in kinds]
    chips = [e for e in page.between(draft.clause[0], at) if e.kind in _CHIPS & allowed(draft)]
    if chips and _IS_A.fullmatch(page.text, chips[-1].end, at):
        return True  # "the H200 is a GPU with 141 GB"
    if not named:
        owners = page.between(draft.sentence.start, at) if draft.metric in _OWNED else ()
        return any(e.kind in _OWNERS & allowed(draft) for e in owners)
    explained = _WHICH_IS.match(page.text, named[-1].end)
    if not explained and COMPARED.search(page.text, max(draft.sentence.start, named[-1].start - 40), named[-1].start):
        return False
    return draft.metric not in MODEL_METRICS or bool(_EXPLAINED.search(page.text[named[-1].end : at]))


_WHICH_IS = re.compile(r"[*_”»\")]*,\s(?:que|which)\s(?:es|era|is|was)\s")
_INSTANCE = re.compile(r"\b(?:such as|like|called|named|como|llamad[oa])\s(?:the\s|el\s|la\s)?[*_«“\"]{0,2}$")
_OF_CHIPS = frozenset({"hardware_quantity", "price"})
_CHIPS = frozenset({"chip"})  # "an A100 GPU comes with 80 GB"
_EXPLAINS = re.compile(  # "X is on its site — a preview version of …"
    r"(?::|\s?[–—])\s?(?:an?\s(?:[\w-]+\s){0,2}(?:version|variant|member)\sof\s)?$"
)
_THINGS = frozenset({"model", "cluster", "device"})
_OWNED = MONEY_OF_ORG | {"hardware_quantity", "power"}  # what an organization has or does with something unnamed
_OWNERS = frozenset({"org", "person", "cluster", "model"})
_EXPLAINED = re.compile(
    r"^[*_»”\")\]]*\s*(?:,|\(|:|–|—|es\b|son\b|era\b|fue\b|is\b|was\b|are\b|será\b|tiene\b|has\b|being\b|se\b|"
    r"remains\b|became\b|(?:looks|appears|turned out|proved) to be\b|como\b|as\b|llegó\b|utiliza\b|usa\b|uses\b|"
    r"ofrece\b|soporta\b|supports\b)|^\s*$",
    re.IGNORECASE,
)
_MODEL_AFTER = re.compile(
    r"[\s-]*(?:billion|million|trillion|B\b|M\b|T\b)?[\s-]*(?:parámetros|param\w*|token\w*|GPU\w*)?[\s-]*"
    r"(?:[\w-]+\s)?(?:model|LLM|checkpoint)\b"
)
_CLUSTER_AFTER = re.compile(r"[\s-](?:\w+[\s-]){1,2}(?:cluster|machine|supercomputer|server|node|data cent(?:er|re))\b")
_OTHER_AFTER = re.compile(r"[\s-]*(?:billion|million|B\b|M\b)?[\s-]*(?:param\w*)?[\s-]*[A-Z]\w+\s(?:model|LLM)\b")
_THAN_THE = re.compile(  # "costlier than the smaller 175B Davinci model"
    rf"\b(?:{AGAINST}|than|unlike|que(?= el| la| un))\s(?:the|an?|el|la|una?)\s(?:[\w-]+\s){{0,2}}$",
    re.IGNORECASE,
)
_IS_A = re.compile(
    r"[*_»”\")\]]*\s?(?:\([^()]*\))?\s?(?:,|is|was|es|era|remains|sigue siendo|became|(?:looks|appears|turned out|"
    r"proved|(?:is|was) (?:reported|said|believed|rumou?red|thought|estimated)) to be)\s",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:an?|una?|single|sola?|one|two|three|four|dos|tres|cuatro|ocho|eight|varias|several|\d+)\s"
    r"(?:[\d.,]+\s?[GT]B\s(?:or|o|and|y)\s)?$",
    re.IGNORECASE,
)
_CARDS = re.compile(
    r"[\s-]?(?:(?:of\s)?(?:V?RAM|memory)\s|(?:or|o|and|y)\s[\d.,]+\s?[GT]B\s)?(?:[A-Z]\w+\s){0,2}"
    r"(?:cards?|GPUs?|tarjetas?|gráficas?|laptops?|portátil(?:es)?|machines?|servers?|PCs?|Macs?)\b"
)
_RIVALS = re.compile(  # "donde proyectos similares superan los N"; what stands in a comparison has no verb
    r"\b(?:(?:modelos|proyectos|sistemas|herramientas|soluciones|alternativas|opciones|servicios|empresas|startups|"
    r"laboratorios|compañías|plataformas|asistentes|chatbots)\s(?:similares|rivales|comparables|equivalentes|de la "
    r"competencia|tradicionales|comerciales|propietari[oa]s|occidentales|estadounidenses|american[oa]s)|"
    r"(?:sus|los|las|its|the|their)\s(?:rivales|competidor[ae]s|alternativas|rivals|competitors))\s(?:se\s|ya\s)?"
    r"(?:\w+(?:an|en|on)|charge|cost|spend|need|have|are|were|use|\w+ed)\s[^.;:,]{0,50}$",
    re.IGNORECASE,
)
_SPENT = frozenset({"funding", "power", "energy", "hardware_quantity"})
_EVERYBODY = re.compile(  # "X is profitable, and hyperscalers will spend N"
    r"(?:^\W*|[,;:]\s|\s(?:and|but|while|whilst|as|that|if|when|where|y|e|pero|mientras|que|si|cuando)\s)(?:[Tt]he\s|"
    r"las?\s|los\s|el\s)?(?:(?:four|five|big|biggest|large|largest|US|American|Chinese|other|cuatro|cinco|principales|"
    r"grandes|otr[oa]s)\s){0,2}(?:[Bb]ig [Tt]ech(?:\scompanies)?|(?:cloud\s)?hyperscalers|(?:tech|cloud|technology|"
    r"internet)\s(?:giants|companies|firms)|[Ii]nvestors|VCs|(?:[\w-]+\s){0,2}[Ss]tart-?ups|venture capitalists|"
    r"industry|"
    r"(?:hiper|hyper)(?:escaladores|scalers)|gigantes (?:tecnológicos|de la nube)|tecnológicas|"
    r"[Ii]nversores|industria|sector|gobiernos|governments|[Cc]ompanies|empresas)\s"
    rf"(?:\w+ly\s|collectively\s|together\s|juntas\s|juntos\s)?(?:{VERB}|(?:bet|burn|buy|earn|expect|invest|need|pay|"
    rf"plan|pour|raise|spend|use)\b)[^.;:]*$"
)
_GOES_ON = re.compile(r",\s[^.;]*$")  # behind the models that another is better than
_AMONG = re.compile(r"\b(?:entre|among|amongst|de entre)\s(?:los\s|las\s|the\s|all\s|todos\slos\s)?$", re.IGNORECASE)
_CROWD = re.compile(
    r"\b(?:(?:otros|other|most|best|mejores|previous|earlier|existing|rival|competing|modern|newer|older|bigger|larger|"
    r"smaller|largest|smallest|proprietary|frontier|leading|demás|algunos|muchos|some|many|la mayoría de(?: los)?)\s"
    r"(?:\w+\s){0,2}?(?:modelos|sistemas|models|systems|LLMs)|modelos\s(?:(?:\w+\s)?más\s\w+|anteriores|actuales|"
    r"rivales|"
    r"similares|propietarios|"
    r"cerrados|punteros|modernos|comerciales))\b[^.;:]{0,50}$",
    re.IGNORECASE,
)


def is_supposed(draft: Draft) -> bool:
    """Whether the number is part of a supposition; a guess or a Spanish conditional is about something real."""
    return draft.modality == "hypothetical" and not draft.is_guess
