"""Sizes and the models named by them: "the 9B", "modelos de 7B", "Qwen2.5 in 7B and 72B"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.leads import headed
from pipeline.extract.claims.names import key_of, parts_of
from pipeline.extract.claims.patterns import COMPARED, HEAD_END, MODEL_METRICS, SAME_HEAD
from pipeline.extract.claims.subject.base import allowed, contradicts, made, named, unnamed
from pipeline.extract.claims.subject.governors import governors
from pipeline.extract.claims.subject.indefinite import is_indefinite, is_range
from pipeline.extract.fillers import TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity
    from pipeline.extract.claims.topic import Topic


def by_class(draft: Draft, topic: Topic) -> Subject | None:
    """Top 7B models, modelos de 70B: a class, none of them; "the 7B models" and "Llama 7B models" are some.

    What such models need, reach or cost is said of none either: "los modelos de 70B piden 40 GB".
    """
    if draft.metric == "parameters":
        return unnamed(_OF_CLASS) if draft.scope != "per_expert" and _is_class(draft, topic) else None
    if draft.metric not in _SAID_OF_CLASS:
        return None
    sizes = [p for p in topic.peers if p.metric == "parameters" and p.end <= draft.start]
    if not sizes or any(e.kind in allowed(draft) for e in topic.page.between(draft.sentence.start, draft.start)):
        return None
    return unnamed(_OF_CLASS) if _is_class(sizes[-1], topic) else None


_OF_CLASS = "a class of models, none named"
_SAID_OF_CLASS = MODEL_METRICS | {"memory"}


def _is_class(draft: Draft, topic: Topic) -> bool:
    text, begin = topic.page.text, draft.sentence.start
    if _YET_TO_COME.search(text, begin, draft.start):
        return True
    lead = text[max(begin, draft.start - 70) : draft.start]
    if _DISTILLED.search(lead) or _DISTILLED_AFTER.match(text, draft.number_end):
        return True
    if any(draft.start - e.end <= 1 for e in topic.page.between(begin, draft.start)):
        return False
    if _ELLIPTIC.search(lead):  # "los modelos de 70B piden 40 GB; los de 7B, 5 GB"
        sizes = [p for p in topic.peers if p.metric == "parameters" and p.end <= draft.start]
        named = sizes and any(e.kind == "model" for e in topic.page.between(sizes[-1].end, draft.start))
        return bool(sizes) and not named and _is_class(sizes[-1], topic)
    english = _CLASS_AFTER.match(text, draft.number_end)
    spanish = _CLASS_BEFORE.search(lead)
    if not (english or spanish) or is_range(draft, topic, text[begin : draft.start]):
        return False
    model = any(e.kind == "model" for e in governors(draft, topic))
    if _is_of_head(draft, topic) or (model and _RELEASED.search(lead)):
        return False
    some = (_SOME_BEFORE if english else _SOME_MODELS).search(lead)
    return not some or (some[1].lower() in {"los", "the"} and not _is_family_told(draft, topic))


def _is_of_head(draft: Draft, topic: Topic) -> bool:
    """Whether the block opens with the family whose models these are: "Phi (Microsoft): modelos pequeños (3-4B)"."""
    page, block = topic.page, topic.page.blocks[draft.sentence.block]
    first = next((e for e in page.between(block.start, draft.start) if e.kind == "model"), None)
    return first is not None and bool(
        SAME_HEAD.match(page.text[block.start : first.start]) and HEAD_END.match(page.text[first.end : first.end + 80])
    )


def _is_family_told(draft: Draft, topic: Topic) -> bool:
    """Whether "the 7B models" may be those of a family: one that the section, or the title, has spoken of."""
    page = topic.page
    begin = page.blocks[max(draft.sentence.block - 2, 0)].start
    if any(e.kind == "model" for e in page.between(begin, draft.start)) or (topic.main and topic.by_title):
        return True
    return headed(page, draft.sentence.block, frozenset({"model"})) is not None


_DISTILLED = re.compile(  # "los 671B de X; el destilado de 7B"; "the distilled 7B"
    r"\b(?:el|la|un|una|the|a)\s(?:(?:modelo|versión)\s)?(?:destilad[oa]|distilled|cuantizad[oa]|quantized|podad[oa]|"
    r"pruned)\s(?:(?:version|model|one)\s)?(?:(?:de|of|at|with|con)\s)?$",
    re.IGNORECASE,
)
_DISTILLED_AFTER = re.compile(r"\s(?:distill?(?:ed|ation)?|destilad[oa])\b", re.IGNORECASE)
_YET_TO_COME = re.compile(
    r"\b(?:see|get|expect|await|until|before|veremos|ver|llegue|hasta)\b[^.;:]{0,40}\b(?:the|el|la)\s"
    r"(?:first|next|primer|primera|próxim[oa])\s(?:modelo\s(?:de\s)?)?$",
    re.IGNORECASE,
)
_CLASS_AFTER = re.compile(
    r"[\s-]?(?:billion|million|trillion)?[\s-]?(?:param(?:eter)?s?)?(?:\s(?:or|and|to)\s[\d.]+\s?[BMT])?[\s-]"
    r"(?:\w+[\s-]){0,2}(?:[Mm]odels|LLMs|[Mm]odel class|(?:parameter )?(?:range|class|bracket|ballpark|tier))\b"
)
_SOME_BEFORE = re.compile(
    r"\b(the|both|its|our|their|these|those|two|three|four|five|six)\s(?:\w+\s)?"
    r"(?:[\d.]+\s?[BMT]?(?:,|\sand|\sor|/)\s?)*$",
    re.IGNORECASE,
)
_RELEASED = re.compile(  # "Llama 3.2 arrived with 11B and 90B multimodal models"
    r"\b(?:(?:comes?|came|ships?|shipped|arriv\w+|debut\w*|launch\w+|available|releas\w+|introduc\w+|includ\w+|spans?)"
    r"(?:\s(?:in|with|as))?|for the first time with)\s(?:(?:tiny|small|smaller|larger|large|new|both)\s)?"
    r"(?:[\d.]+\s?[BM]?(?:,|\sand|,\sand)\s)*$",
    re.IGNORECASE,
)
_CLASS_BEFORE = re.compile(  # "modelos 70B", "modelos grandes (70B", "modelos de lenguaje (LLM) de 7B o 13B"
    r"\b(?:modelos|LLMs?)(?:\s(?:[a-záéíóúñ]+|\(LLMs?\))){0,4}?(?:\s(?:de|con))?"
    rf"(?:\s\(?[\d.,]+\s?(?:[BM]|mil|mill[óo]n\w*)?(?:,|\s(?:y|o|e|a|hasta)))*\s\(?(?:desde\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)
_SOME_MODELS = re.compile(
    r"\b(los|sus|ambos|estos|esos|nuestros|dos|tres|cuatro|cinco|seis|siete|ocho)\s(?:\w+\s)?(?:modelos|LLMs?)\b",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(
    r"[;,.]\s(?:y\s|and\s|pero\s|but\s)?(?:los|las|el|la|uno|una|unos|the|one)\s(?:de\s|of\s|with\s)?$"
)


def by_size_word(draft: Draft, topic: Topic) -> Subject | None:
    """El de 405B pide 810 GB; the 9B on 8 trillion: the size stands for the model."""
    if draft.metric == "experts" or (draft.metric == "parameters" and draft.suffix not in {"B", "M"}):
        return None
    text = topic.page.text
    last = draft.end if draft.metric == "parameters" else draft.start
    found = list(_SIZE_WORD.finditer(text, draft.sentence.start, last))
    if not found:
        behind = _SIZE_WORD.search(text, draft.end, min(draft.end + 24, draft.clause[1]))
        found = [behind] if behind and not _NUMBER.search(text, draft.end, behind.start()) else []
    if draft.metric == "parameters" and not (found and found[-1].end() == draft.number_end):
        return None
    if not found or any(e.kind == "model" for e in topic.page.between(found[-1].start(), draft.start)):
        return None
    size = re.sub(r"\s", "", found[-1][1] or f"{found[-1][2]}B").replace(",", ".")
    value = float(size[:-1]) * {"B": 1e9, "M": 1e6, "T": 1e12}[size[-1].upper()]
    names = topic.of_size(value)
    if draft.metric == "parameters" and (names or topic.given_size(value, draft.sentence.block)):
        return None  # `by_sized_name` chooses
    if names:
        before = [e for e in names if e.start < draft.start]
        return made((before or names)[-1], "the model whose name has the size in the clause")
    if given := topic.given_size(value, draft.sentence.block):
        return named(str(given.name), "the model whose name has the size in the clause")
    found_before = topic.before(draft, frozenset({"model"}))
    if not found_before:
        return None
    base = re.sub(r"[\s-]+\d+(?:\.\d+)?[BMT]\b.*$", "", found_before[0].name)
    if draft.metric == "parameters" and base == found_before[0].name and not _VERSION.match(found[-1][0]):
        return None  # "DeepSeek completo, el de 671B"
    return named(f"{base} {size}", "the size in the clause, of the model before", f" ({found_before[1]})")


_NUMBER = re.compile(r"\d")  # "128K (32K for the 1B model)": only the second is of the 1B
_VERSION = re.compile(r"(?:la|the)\s(?:versión|variante|\S+\s(?:version|variant))\s", re.IGNORECASE)
_SIZE_WORD = re.compile(
    r"\b(?:el|la|the|from the|del|de la)\s+(?:modelo\s|versión\s|variante\s)?(?:de\s)?(?:(\d+(?:[.,]\d+)?\s?[BM])|"
    r"(\d+(?:\.\d+)?)[\s-]billion(?:[\s-]param\w*)?)"
    r"(?!\w|-|\s(?:length|token|context|window|limit|mark|dollar|euro|user|people|in\b|of\b|de\s(?:tokens|contexto)))",
    re.IGNORECASE,
)


def by_version(draft: Draft, topic: Topic) -> Subject | None:
    """The 70B version of X; la variante de 8B de X; a 13B X: one of X's sizes, whether or not X has it in its name."""
    if draft.metric != "parameters" or draft.scope != "total":
        return None
    page = topic.page
    entity = next((e for e in page.between(draft.end, draft.end + 40) if e.kind == "model"), None)
    if entity is None:
        return None
    text, begin = page.text, max(draft.sentence.start, draft.start - 40)
    for behind, before in _VERSIONS:
        if behind.fullmatch(text, draft.end, entity.start) and before.search(text, begin, draft.start):
            return None if contradicts(draft, entity) else sized(made(entity, "after the number"), draft, topic)
    return None


_QUOTED = r"(?:the\s|la\s|el\s)?[*_«“\"]{0,2}"
_VERSIONS = (  # what stands between the number and the name, and before the number
    (
        re.compile(rf"[\s-](?:param(?:eter)?\s)?(?:version|variant|edition|size)\s(?:of|from)\s{_QUOTED}"),
        re.compile(""),
    ),
    (
        re.compile(rf"\s(?:del?|of)\s{_QUOTED}"),
        re.compile(r"\b(?:versión|variante|version|variant)\s(?:de|of|with|con)\s$"),
    ),
    (re.compile(rf"\s(?<=[BM]\s){_QUOTED}"), re.compile(r"\b(?:[Uu]na?|[Aa]n?)\s$")),
)


def by_sized_name(draft: Draft, topic: Topic) -> Subject | None:
    """A size that stands in the name of a model of the post: "the 72B model" is Qwen1.5-72B.

    Where the clause names a family, only its own sizes count: of "Qwen2.5: 7B" that is Qwen2.5-7B, not Qwen2.5-Math-7B.
    """
    if (
        draft.metric != "parameters"
        or draft.scope == "per_expert"
        or draft.modality == "hypothetical"
        or draft.bound in {"max", "range"}
    ):
        return None
    names = [e for e in topic.of_size(draft.value) if draft.scope != "active" or _is_active(e, draft)]
    here = [e for e in governors(draft, topic) if e.kind == "model" and not contradicts(draft, e)]
    own = [e for e in names if any(_is_size_of(e, g) for g in here)]
    if here and (own or _direct(draft, topic, here[-1])):
        names = own
    elif is_indefinite(draft, topic):
        return None
    elif topic.main and any(e.family == topic.main.family for e in names):
        names = [e for e in names if e.family == topic.main.family]
    if not names:
        is_whole = draft.suffix in {"B", "M"} and draft.scope != "active"
        is_name = is_whole and not (here and _direct(draft, topic, here[-1]))
        given = topic.given_size(draft.value, draft.sentence.block) if is_name else None
        return named(str(given.name), "the model whose name has this size") if given else None
    names = [e for e in names if e.start < draft.start or not _is_compared(e, topic)]
    if not names:
        return None
    before = [e for e in names if e.start < draft.start]
    same = [e for e in names if draft.sentence.start <= e.start < draft.sentence.end]
    lead = topic.page.text[max(draft.sentence.start, draft.start - 40) : draft.start]
    if not (same or before) and _PLURAL.search(lead):
        return None  # "los modelos de 7B y 8B", of which examples follow
    nearest = (same or before[::-1] or names)[0]
    plain = [e for e in names if nearest.name.startswith(e.name)]  # the 72B is Qwen1.5-72B rather than Qwen1.5-72B-Chat
    return made(min(plain, key=lambda e: len(e.name)), "the model whose name has this size")


_PLURAL = re.compile(r"\b(?:modelos|models|LLMs)\b[^.;:]*$", re.IGNORECASE)


def _is_active(entity: Entity, draft: Draft) -> bool:
    """Whether a name says that so many parameters are active: the 3B of Qwen3-30B-A3B."""
    return any(p.scope == "active" and abs(p.value - draft.value) <= 0.05 * p.value for p in parts_of(entity.name))


def _is_compared(entity: Entity, topic: Topic) -> bool:
    return bool(COMPARED.search(topic.page.text, max(0, entity.start - 60), entity.start))


def _is_size_of(entity: Entity, family: Entity) -> bool:
    """Whether a name is another's with a size right behind: Qwen2.5-7B-Instruct of Qwen2.5, not Qwen2.5-Math-7B."""
    name, head = key_of(entity.name), key_of(family.name)
    return name == head or (name.startswith(head) and bool(re.match(r"\d+(?:\.\d+)?[bmt]", name[len(head) :])))


def _direct(draft: Draft, topic: Topic, entity: Entity) -> bool:
    return entity.start >= draft.clause[0] or not topic.page.text[draft.clause[0] : draft.start].strip()


def sized(subject: Subject, draft: Draft, topic: Topic) -> Subject:
    """The subject's sized name: of "Salamandra en dos versiones, 2B y 7B" the 2B is of Salamandra-2B."""
    if subject.name is None or (subject.entity is not None and subject.entity.kind != "model"):
        return subject
    text = topic.page.text
    size = re.sub(r"[\s\u00a0]", "", text[draft.number_start : draft.number_end]).replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?[BMT]", size):
        billions = draft.value / 1e9
        size = f"{billions:g}B" if billions >= 1 or size.startswith("0.") else f"{draft.value / 1e6:g}M"
    if size.lower() in subject.name.lower():
        return subject
    name = f"{subject.name}{'-' if '-' in subject.name or ' ' not in subject.name else ' '}{size}"
    known = next((e for es in topic.sizes.values() for e in es if key_of(e.name) == key_of(name)), None)
    if known:
        return subject._replace(name=known.name, entity_id=known.entity_id, size=size)
    return subject._replace(name=name, entity_id=None, size=size)
