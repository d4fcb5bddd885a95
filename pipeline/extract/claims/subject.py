"""Who a number is about.

`RULES` lists the rules in the order they are tried; the first that finds a subject decides, and its name and confidence
go with the claim. A rule looks at one number where it stands; what was said before comes in by `Topic`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import VERB
from pipeline.extract.claims.cues import cue_set
from pipeline.extract.claims.draft import Draft, Subject
from pipeline.extract.claims.names import parts_of
from pipeline.extract.claims.patterns import (
    CALLED,
    CHAIN,
    COMPARED,
    DEFINITE,
    ELIDED,
    ESTIMATES,
    HEAD_AFTER,
    HEAD_END,
    INDEFINITE,
    INDEFINITE_AFTER,
    INVESTOR,
    KINDS,
    MODEL_METRICS,
    MONEY_OF_ORG,
    OBJECT,
    OF_AFTER,
    PAREN_AFTER,
    PAREN_TAIL,
    POSSESSIVE,
    PRESENTS,
    PROPERTY,
    SAME_HEAD,
    SAYING,
    SOURCE,
    WITH,
)
from pipeline.extract.claims.topic import Topic, fold, is_oblique

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.extract.claims.page import Entity, Page

def find_subject(draft: Draft, topic: Topic) -> Subject:
    """The subject of a number, by the first rule that finds one."""
    for rule in RULES:
        subject = rule(draft, topic)
        if subject is not None and not (subject.entity and _contradicts(draft, subject.entity)):
            return subject
    return Subject(None, "subject: the text names none", 0.5)


def _contradicts(draft: Draft, entity: Entity) -> bool:
    """Whether a name says another size than the number does: a 70B is no property of Llama 3 8B."""
    if draft.metric != "parameters" or draft.scope != "total" or draft.bound in {"min", "max"}:
        return False
    sizes = [part.value for part in parts_of(entity.name) if part.metric == "parameters"]
    tolerance = 0.02 if draft.suffix in {"B", "M", "T"} else 0.3
    return bool(sizes) and not any(abs(size - draft.value) <= tolerance * size for size in sizes)


def _made(entity: Entity, rule: str, confidence: float) -> Subject:
    return Subject(entity.name, f"subject {rule}: {entity.name}", confidence, entity.entity_id, entity)


def _allowed(draft: Draft) -> frozenset[str]:
    return KINDS[draft.metric][1]


def _preferred(draft: Draft, entities: Iterable[Entity]) -> list[Entity]:
    """Those of the preferred kinds, or where there are none, those of the possible ones."""
    entities = list(entities)
    first, possible = KINDS[draft.metric]
    return [e for e in entities if e.kind in first] or [e for e in entities if e.kind in possible]


def by_parenthesis(draft: Draft, topic: Topic) -> Subject | None:
    """X (405B); X ($15.00)."""
    text, begin = topic.page.text, draft.sentence.start
    before = [e for e in topic.page.between(begin, draft.start) if e.kind in _allowed(draft) and e.end <= draft.start]
    for entity in reversed(before[-4:]):
        between = text[entity.end : draft.start]
        if "(" not in between:
            continue
        if PAREN_TAIL.fullmatch(between) and not _inner_break(between):
            return _made(entity, "before the bracket", 0.95)
    return None


def _inner_break(between: str) -> bool:
    return between.count("(") > 1 or ")" in between


def by_bracket_after(draft: Draft, topic: Topic) -> Subject | None:
    """75.7% (o3)."""
    for entity in topic.page.between(draft.end, min(draft.sentence.end, draft.end + 40)):
        if entity.kind in _allowed(draft) and PAREN_AFTER.fullmatch(topic.page.text, draft.end, entity.start):
            return _made(entity, "in the bracket after", 0.93)
        break
    return None


def by_called(draft: Draft, topic: Topic) -> Subject | None:
    """Un modelo de 400B (llamado X)."""
    if draft.metric not in MODEL_METRICS:
        return None
    for entity in topic.page.between(draft.end, min(draft.sentence.end, draft.end + 60)):
        orgs = [e for e in topic.page.between(draft.end, entity.start) if e.kind == "org" and e.end + 1 == entity.start]
        lead = topic.page.text[draft.end : orgs[0].start if orgs else entity.start]
        if entity.kind in KINDS[draft.metric][0] and CALLED.fullmatch(lead):
            return _made(entity, "called", 0.95)
    return None


def by_of_after(draft: Draft, topic: Topic) -> Subject | None:
    """Los 671B parámetros de X; the $500B for X; the 671B-parameter X."""
    text = topic.page.text
    for entity in topic.page.between(draft.end, min(draft.sentence.end, draft.end + 70)):
        if entity.kind not in _allowed(draft) or re.search(r"[.;,:]\s", text[draft.end : entity.start]):
            break
        if draft.metric in MONEY_OF_ORG and entity.kind not in KINDS[draft.metric][0]:
            continue
        if OF_AFTER.fullmatch(text, draft.end, entity.start) or HEAD_AFTER.fullmatch(text, draft.end, entity.start):
            return _made(entity, "after the number", 0.9)
    return None


def by_size_word(draft: Draft, topic: Topic) -> Subject | None:
    """El de 405B pide 810 GB; the 9B on 8 trillion: the size stands for the model."""
    if draft.metric in {"parameters", "experts"}:
        return None
    text = topic.page.text
    found = list(_SIZE_WORD.finditer(text, draft.sentence.start, draft.start)) or list(
        _SIZE_WORD.finditer(text, draft.end, min(draft.end + 24, draft.clause[1]))
    )
    if not found or any(e.kind == "model" for e in topic.page.between(found[-1].start(), draft.start)):
        return None
    size = re.sub(r"\s", "", found[-1][1]).replace(",", ".")
    value = float(size[:-1]) * {"B": 1e9, "M": 1e6, "T": 1e12}[size[-1].upper()]
    named = [e for key, es in topic.sizes.items() if abs(key - value) <= 0.002 * value for e in es]
    if named:
        return _made(
            ([e for e in named if e.start < draft.start] or named)[-1],
            "the model whose name has the size in the clause",
            0.75,
        )
    found_before = topic.before(draft, frozenset({"model"}))
    if not found_before:
        return None
    base = re.sub(r"[\s-]+\d+(?:\.\d+)?[BMT]\b.*$", "", found_before[0].name)
    return Subject(f"{base} {size}", f"subject {found_before[1]}, of the size in the clause: {base} {size}", 0.6)


_SIZE_WORD = re.compile(
    r"\b(?:el|la|the|from the|del|de la)\s+(?:modelo\s|versión\s)?(?:de\s)?(\d+(?:[.,]\d+)?\s?[BM])(?!\w|-)",
    re.IGNORECASE,
)


def by_class(draft: Draft, topic: Topic) -> Subject | None:
    """Top 7B models, modelos de 70B: a class, none of them; "the 7B models" and "Llama 7B models" are some."""
    if draft.metric != "parameters":
        return None
    text = topic.page.text
    lead = text[max(draft.sentence.start, draft.start - 40) : draft.start]
    english = _CLASS_AFTER.match(text, draft.number_end) and not _SOME_BEFORE.search(lead)
    spanish = _CLASS_BEFORE.search(lead) and not _SOME_MODELS.search(lead)
    named = any(draft.start - e.end <= 1 for e in topic.page.between(draft.sentence.start, draft.start))
    if named or not (english or spanish):
        return None
    return Subject(None, "subject: a class of models, none named", 0.8)


_CLASS_AFTER = re.compile(
    r"[\s-]?(?:billion|million|trillion)?[\s-]?(?:param(?:eter)?s?)?[\s-](?:\w+[\s-])?(?:models|LLMs)\b"
)
_SOME_BEFORE = re.compile(
    r"\b(?:the|both|its|our|their|these|those|two|three|four|five|six)\s(?:\w+\s)?"
    r"(?:[\d.]+\s?[BMT]?(?:,|\sand|\sor|/)\s?)*$",
    re.IGNORECASE,
)
_CLASS_BEFORE = re.compile(r"\bmodelos\s(?:\w+\s)?(?:de|con)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_SOME_MODELS = re.compile(
    r"\b(?:los|sus|ambos|estos|esos|nuestros|dos|tres|cuatro|cinco|seis|siete|ocho)\s(?:\w+\s)?modelos\b", re.IGNORECASE
)


def by_slash(draft: Draft, topic: Topic) -> Subject | None:
    """Qwen2.5-3B/7B/14B: the sizes that follow a sized name are of its sisters."""
    if draft.metric != "parameters":
        return None
    page = topic.page
    for entity in reversed(page.between(draft.sentence.start, draft.start)):
        if entity.kind != "model" or not _SLASHES.fullmatch(page.text, entity.end, draft.start):
            continue
        size = page.text[draft.number_start : draft.number_end].strip()
        name = _SIZE_IN_NAME.sub(size, entity.name, count=1)
        if name != entity.name:
            known = next((e for e in page.entities if fold(e.name) == fold(name)), None)
            return Subject(
                name, f"subject by the sized name before: {name}", 0.85, known.entity_id if known else None, known
            )
    return None


_SLASHES = re.compile(r"\s?/\s?(?:[\d.,]+\s?[BMT]\s?/\s?)*")
_SIZE_IN_NAME = re.compile(r"\d+(?:[.,]\d+)?[BMT](?![A-Za-z0-9])")


def by_sized_name(draft: Draft, topic: Topic) -> Subject | None:
    """A size that stands in the name of a model of the post: "the 72B model" is Qwen1.5-72B.

    Where the clause names a family, only its own sizes count: of "Qwen2.5: 7B" that is Qwen2.5-7B, not Qwen2.5-Math-7B.
    """
    if (
        draft.metric != "parameters"
        or draft.scope == "per_expert"
        or draft.modality == "hypothetical"
        or draft.bound == "max"
    ):
        return None
    named = [e for value, es in topic.sizes.items() if abs(value - draft.value) <= 0.002 * value for e in es]
    here = [e for e in _governors(draft, topic) if e.kind == "model" and not _contradicts(draft, e)]
    if here and _direct(draft, topic, here[-1]):
        named = [e for e in named if any(_is_size_of(e, g) for g in here)]
    elif _is_indefinite(draft, topic):
        return None
    elif topic.main and any(e.family == topic.main.family for e in named):
        named = [e for e in named if e.family == topic.main.family]
    if not named:
        return None
    before = [e for e in named if e.start < draft.start]
    same = [e for e in named if draft.sentence.start <= e.start < draft.sentence.end]
    return _made((same or before[::-1] or named)[0], "the model whose name has this size", 0.85)


def _is_size_of(entity: Entity, family: Entity) -> bool:
    """Whether a name is another's with a size right behind: Qwen2.5-7B-Instruct of Qwen2.5, not Qwen2.5-Math-7B."""
    name, head = fold(entity.name), fold(family.name)
    return name == head or (name.startswith(head) and bool(re.match(r"\d+(?:\.\d+)?[bmt]", name[len(head) :])))


def _direct(draft: Draft, topic: Topic, entity: Entity) -> bool:
    return entity.start >= draft.clause[0] or not topic.page.text[draft.clause[0] : draft.start].strip()


def by_list_head(draft: Draft, topic: Topic) -> Subject | None:
    """- X: 235B. Also the paragraph that opens with a bold name and a colon."""
    page = topic.page
    block = page.blocks[draft.sentence.block]
    if block.kind not in {"item", "paragraph", "caption", "footnote", "quote"}:
        return None
    for entity in page.between(block.start, min(block.start + 40, draft.start)):
        if entity.kind not in KINDS[draft.metric][0]:
            continue
        opens = SAME_HEAD.match(page.text[block.start : entity.start])
        tail = HEAD_END.match(page.text[entity.end : entity.end + 80])
        if opens and tail and (block.kind == "item" or ":" in tail.group()):
            nearer = [
                e for e in _governors(draft, topic) if e.start > entity.start and not is_oblique(page, e, block.start)
            ]
            if not nearer:
                return _made(entity, "head of the list item", 0.9)
    return None


def _governors(draft: Draft, topic: Topic) -> list[Entity]:
    """The entities before the number, in its clause or, where that has none, in the clauses before it."""
    page = topic.page
    begin = draft.clause[0]
    inside = [e for e in page.between(begin, draft.start) if _counts(page, e, draft)]
    if inside:
        return inside
    return [e for e in page.between(draft.sentence.start, begin) if _counts(page, e, draft)]


def _counts(page: Page, entity: Entity, draft: Draft) -> bool:
    if entity.kind not in _allowed(draft) or entity.end > draft.start or _contradicts(draft, entity):
        return False
    lead = page.text[max(draft.sentence.start, entity.start - 40) : entity.start]
    if ESTIMATES.match(page.text, entity.end) or INVESTOR.match(page.text, entity.end):
        return False
    return (
        not SOURCE.search(lead)
        and not COMPARED.search(lead)
        and not (entity.kind == "model" and _is_predicate(page, entity))
    )


def by_with(draft: Draft, topic: Topic) -> Subject | None:
    """X con N; X de N; X, que tiene N; X, which has N: whatever role the name has in its own clause."""
    page = topic.page
    named = [
        e for e in page.between(draft.sentence.start, draft.start) if e.end <= draft.start and e.kind in _allowed(draft)
    ]
    if (
        not named
        or named[-1].kind not in KINDS[draft.metric][0]
        or (draft.metric == "price" and named[-1].kind == "org")
    ):
        return None
    if WITH.fullmatch(page.text, named[-1].end, draft.start) and not SOURCE.search(
        page.text[max(0, named[-1].start - 30) : named[-1].start]
    ):
        return _made(named[-1], "right before the number", 0.9)
    return None


def by_gap(draft: Draft, topic: Topic) -> Subject | None:
    """… y Meta, uno de 350k: the name that a gapped verb left behind."""
    page = topic.page
    named = [e for e in page.between(draft.clause[0], draft.start) if e.kind in _allowed(draft)]
    if not named:
        return None
    between = page.text[named[-1].end : draft.start]
    if re.fullmatch(
        r"\s*,\s*(?:(?:con|with)\s+)?(?:unos?|unas?|otros?|otra|one|another|some|about|around|más|de|of|with|con|"
        r"casi|\s|~)*",
        between,
    ):
        return _made(named[-1], "gapped clause", 0.9)
    return None


def by_clause(draft: Draft, topic: Topic) -> Subject | None:
    """The grammatical subject before the number: X tiene N; X, con N; X's N."""
    if _is_indefinite(draft, topic):
        return None
    page = topic.page
    named = _governors(draft, topic)
    plain = [e for e in named if not is_oblique(page, e, draft.sentence.start)]
    chosen = _preferred(draft, plain)
    if not chosen:
        return None
    if draft.metric in MODEL_METRICS and chosen[-1].kind != "model":
        inner = [e for e in named if e.kind == "model"]
        if inner:
            return _made(inner[-1], "model of the clause", 0.75)
    inside = chosen[-1].start >= draft.clause[0]
    while len(chosen) > 1 and _is_second(draft, page, chosen[-2], chosen[-1]):
        chosen.pop()
    return _made(chosen[-1], "of the clause" if inside else "of the clause before", 0.85 if inside else 0.7)


def _is_second(draft: Draft, page: Page, first: Entity, second: Entity) -> bool:
    """Whether the second of two names is coordinated with the first, or the object of its verb: X pitched Y on 5 GW."""
    if draft.metric in MONEY_OF_ORG and CHAIN.fullmatch(page.text, first.end, second.start):
        return True
    if second.kind != "org" or first.kind not in {"org", "cluster"}:
        return False
    between = page.text[first.end : second.start]
    return bool(OBJECT.fullmatch(between)) and not SAYING.search(between)


def by_property(draft: Draft, topic: Topic) -> Subject | None:
    """El coste de X fue N; the context window of X is N; para entrenar X hicieron falta N."""
    if _is_indefinite(draft, topic):
        return None
    page = topic.page
    named = _preferred(draft, _governors(draft, topic))
    for entity in reversed(named):
        if PROPERTY.search(page.text[max(draft.sentence.start, entity.start - 60) : entity.start]):
            return _made(entity, "whose property it is", 0.8)
    return _made(named[-1], "nearest before the number", 0.6) if named else None


def by_anaphor(draft: Draft, topic: Topic) -> Subject | None:
    """X, que es …, ese modelo tiene N: the reference stands nearer than any name, as the subject of the verb."""
    page, begin = topic.page, draft.clause[0]
    found = list(cue_set("reference", draft.sentence.language).find(page.text[begin : draft.start]))
    if not found or found[-1][2].value not in {"model", "org", "cluster"}:
        return None
    start, end, cue = found[-1]
    if "model" not in _allowed(draft) or cue.value != "model" or not _THEN_VERB.match(page.text, begin + end):
        return None
    after = [e for e in page.between(begin + end, draft.start) if e.kind == "model" and not _is_predicate(page, e)]
    if after:
        return None
    inside = [e for e in page.between(draft.sentence.start, begin + start) if e.kind == "model"]
    if inside:
        return _made(inside[-1], f"last named in the sentence, by {cue.place}", 0.8)
    before = topic.before(draft, frozenset({"model"}))
    return _made(before[0], f"{before[1]}, by {cue.place}", before[2]) if before else None


_THEN_VERB = re.compile(r"(?:\s+[\wáéíóúñ]+){0,2}?\W{1,3}" + VERB)


def _is_predicate(page: Page, entity: Entity) -> bool:
    """Whether a name stands behind an indefinite article: "no era un GPT normal" is about something else."""
    return bool(
        re.search(
            r"\b(?:es|era|son|fue|ser|sea|is|was|are|be|not|n['’]t)\s+(?:un|una|a|an|otro|another)\s+[*_«“\"]?$",
            page.text[max(0, entity.start - 18) : entity.start],
            re.IGNORECASE,
        )
    )


def by_sibling(draft: Draft, topic: Topic) -> Subject | None:
    """3,8e25 FLOP, on 16.384 GPUs: the second number is of whom the first is, as no other name stands between."""
    entity = topic.sibling
    if entity is None or entity.kind not in KINDS[draft.metric][0] or _is_indefinite(draft, topic):
        return None
    if draft.modality == "hypothetical" or draft.metric in {"power", "energy"}:
        return None
    begin = max(draft.sentence.start, entity.end)
    named = [e for e in topic.page.between(begin, draft.start) if e.kind in _allowed(draft)]
    return None if named else _made(entity, "of the number before in the sentence", 0.6)


def by_reference(draft: Draft, topic: Topic) -> Subject | None:
    """Este modelo, su predecesor, it, or a verb without a subject: what the sentences before are about."""
    text = topic.page.text
    lead = text[draft.sentence.start : draft.start]
    if _is_indefinite(draft, topic) or draft.modality == "hypothetical":
        return None
    kinds = KINDS[draft.metric][0]
    cue = next((c for _, _, c in cue_set("reference", draft.sentence.language).find(lead)), None)
    if cue and cue.value == "predecessor":
        return None
    if cue and cue.value == "org" and "org" in _allowed(draft):
        kinds = frozenset({"org"})
    elif cue and cue.value == "cluster" and "cluster" in _allowed(draft):
        kinds = frozenset({"cluster", "org"})
    elif cue and cue.value == "model" and "model" in _allowed(draft):
        kinds = frozenset({"model"})
    spanish = draft.sentence.language == "es"
    why = cue.place if cue else "a verb without a subject" if spanish and ELIDED.match(lead + " ") else None
    if why is None and (POSSESSIVE.search(lead) or DEFINITE.search(text[draft.sentence.start : draft.sentence.end])):
        why = "a possessive or definite description"
    if why is None:
        return None
    found = topic.before(draft, kinds)
    if found and found[2] < 0.5 and draft.metric == "price" and draft.per != "million_tokens":
        return None  # a device's or ticket's price: the topic of the whole post is too far away
    return _made(found[0], f"{found[1]}, by {why}", found[2]) if found else None


def by_after_in_sentence(draft: Draft, topic: Topic) -> Subject | None:
    """Con 2.048 H800, DeepSeek entrenó …: the subject that follows."""
    if _is_indefinite(draft, topic) and draft.metric == "parameters":
        return None
    page = topic.page
    for entity in _preferred(draft, page.between(draft.end, min(draft.clause[1], draft.end + 90))):
        lead = page.text[max(draft.end, entity.start - 40) : entity.start]
        if SOURCE.search(lead) or COMPARED.search(lead):
            continue
        return _made(entity, "after the number, in the clause", 0.55)
    return None


def by_context(draft: Draft, topic: Topic) -> Subject | None:
    """Nothing in the sentence: the paragraph so far, the item's heading, the post's own topic."""
    block = topic.page.blocks[draft.sentence.block]
    if _is_indefinite(draft, topic) or _is_supposed(draft):
        return None
    kinds = KINDS[draft.metric][0]
    if (block.kind == "item" and draft.metric != "hardware_quantity") or draft.metric in MODEL_METRICS - {
        "price",
        "training_cost",
        "benchmark_score",
    }:
        found = topic.before(draft, kinds)
        if found and found[2] >= (0.4 if block.kind == "item" else 0.5):
            return _made(found[0], found[1], round(found[2] * 0.8, 2))
        return None
    if draft.metric in {"price", "training_cost", "benchmark_score", *MONEY_OF_ORG}:
        found = topic.before(draft, kinds)
        if found and found[0].start >= block.start:
            return _made(found[0], found[1], 0.45)
    elif earlier := [e for e in topic.last.get(draft.sentence.block, []) if e.kind in kinds]:
        return _made(earlier[-1], "subject of the sentence before", 0.45)
    return None


def _is_supposed(draft: Draft) -> bool:
    """Whether a supposition holds over the number; a conditional or a guess may still be about the topic."""
    return draft.modality == "hypothetical" and not any(_GUESS.search(reason) for reason in draft.reasons)


_GUESS = re.compile(r"^modality '(?:hay quien|\w*specul|rumore)", re.IGNORECASE)



def _is_indefinite(draft: Draft, topic: Topic) -> bool:
    """Whether the number is of something unnamed: "un modelo de 7B", "models with over 100B parameters".

    "X es un modelo de 7B" and "X, a model with 7B" name it; so does "Meta lanzó un modelo de 7B" not.
    """
    text = topic.page.text
    lead = text[draft.sentence.start : draft.start]
    match = INDEFINITE.search(lead)
    if match and PRESENTS.match(lead) and draft.modality != "hypothetical":
        return False
    if match and draft.metric in {"hardware_quantity", "power"} and ELIDED.match(lead):
        return False
    if not match:
        return bool(INDEFINITE_AFTER.search(lead)) and bool(
            re.match(
                r"[\s-]*(?:parámetros|parameter\w*|token\w*|GPU\w*)?[\s-]*(?:model|LLM)",
                text[draft.end : draft.end + 24],
            )
        )
    at = draft.sentence.start + match.start()
    kinds = frozenset({"model", "cluster", "device"}) if draft.metric != "hardware_quantity" else _allowed(draft)
    named = [e for e in topic.page.between(draft.clause[0], at) if e.kind in kinds]
    inner = [e for e in topic.page.between(at, draft.start) if e.kind in kinds]
    if inner:
        return False
    before = [e for e in topic.page.between(draft.sentence.start, at) if e.kind == "model"]
    if len({e.name for e in before}) == 1 and re.search(r":\s*$", text[draft.sentence.start : at]):
        return False
    if not named:
        return draft.metric not in {"hardware_quantity", "power", "funding"} or not any(
            e.kind in _allowed(draft) for e in topic.page.between(draft.sentence.start, at)
        )
    lead_to = text[named[-1].end : at]
    if COMPARED.search(text[max(draft.sentence.start, named[-1].start - 40) : named[-1].start]):
        return True
    return draft.metric in MODEL_METRICS and not re.search(
        r"^[*_»”\")\]]*\s*(?:,|\(|:|–|—|es\b|son\b|era\b|fue\b|is\b|was\b|are\b|será\b|tiene\b|has\b|being\b|se\b|"
        r"como\b|as\b|llegó\b|utiliza\b|usa\b|uses\b|ofrece\b|soporta\b|supports\b)|^\s*$",
        lead_to,
        re.IGNORECASE,
    )


RULES: tuple[Callable[[Draft, Topic], Subject | None], ...] = (
    by_bracket_after, by_parenthesis, by_called, by_of_after, by_class, by_with, by_gap, by_slash, by_size_word,
    by_anaphor, by_sized_name, by_list_head, by_clause,
    by_property, by_sibling, by_reference, by_after_in_sentence, by_context,
)  # fmt: skip


def sized(subject: Subject, draft: Draft, topic: Topic) -> Subject:
    """The subject's sized name: of "Salamandra en dos versiones, 2B y 7B" the 2B is of Salamandra-2B."""
    if subject.name is None:
        return subject
    text = topic.page.text
    size = re.sub(r"[\s\u00a0]", "", text[draft.number_start : draft.number_end]).replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?[BMT]", size):
        billions = draft.value / 1e9
        size = f"{billions:g}B" if billions >= 1 else f"{draft.value / 1e6:g}M"
    if size.lower() in subject.name.lower():
        return subject
    name = f"{subject.name}{'-' if '-' in subject.name or ' ' not in subject.name else ' '}{size}"
    known = next((e for es in topic.sizes.values() for e in es if fold(e.name) == fold(name)), None)
    if known:
        return replace(subject, name=known.name, entity_id=known.entity_id, rule=f"{subject.rule}; its size {size}")
    return replace(subject, name=name, entity_id=None, rule=f"{subject.rule}; its size {size}")
