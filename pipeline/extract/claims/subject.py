"""Who a number is about.

`RULES` lists the rules in the order they are tried; the first that finds a subject decides, and its name and confidence
go with the claim. A rule looks at one number where it stands; what was said before comes in by `Topic`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import VERB
from pipeline.extract.claims.cues import cue_set
from pipeline.extract.claims.draft import Draft, Subject
from pipeline.extract.claims.names import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.extract.claims.benchmarks import Benchmark
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.records import Metric

_MODEL_FIRST = frozenset({"model", "dataset"})
_MODEL_METRICS: frozenset[Metric] = frozenset({
    "parameters", "experts", "training_dataset_size", "context_length", "training_compute", "hardware_hours",
    "training_time",
    "training_cost", "throughput", "benchmark_score", "price",
})  # fmt: skip
_MONEY_OF_ORG: frozenset[Metric] = frozenset({"funding", "valuation", "revenue"})
_KINDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # metric: kinds that are preferred, kinds that are possible
    "parameters": (frozenset({"model"}), frozenset({"model", "org"})),
    "experts": (frozenset({"model"}), frozenset({"model", "org"})),
    "training_dataset_size": (frozenset({"model", "dataset"}), frozenset({"model", "dataset", "org"})),
    "context_length": (frozenset({"model"}), frozenset({"model", "org"})),
    "benchmark_score": (frozenset({"model"}), frozenset({"model", "org"})),
    "throughput": (frozenset({"model", "chip", "device", "org"}), frozenset({"model", "chip", "device", "org"})),
    "training_compute": (frozenset({"model"}), frozenset({"model", "org"})),
    "hardware_hours": (frozenset({"model"}), frozenset({"model", "org", "cluster"})),
    "training_time": (frozenset({"model"}), frozenset({"model", "org", "cluster"})),
    "training_cost": (frozenset({"model"}), frozenset({"model", "org", "person"})),
    "price": (frozenset({"model", "chip", "device"}), frozenset({"model", "org", "chip", "device"})),
    "hardware_quantity": (
        frozenset({"org", "person", "cluster", "model"}),
        frozenset({"org", "person", "cluster", "model"}),
    ),
    "funding": (frozenset({"org", "person", "cluster"}), frozenset({"org", "person", "cluster", "model"})),
    "valuation": (frozenset({"org"}), frozenset({"org", "person", "model"})),
    "revenue": (frozenset({"org"}), frozenset({"org", "person", "model"})),
    "users": (frozenset({"model", "org"}), frozenset({"model", "org"})),
    "power": (
        frozenset({"cluster", "org", "person", "chip", "model"}),
        frozenset({"cluster", "org", "person", "chip", "model", "device"}),
    ),
    "energy": (
        frozenset({"model", "cluster", "org"}),
        frozenset({"cluster", "org", "person", "chip", "model", "device"}),
    ),
    "memory": (frozenset({"model", "device", "chip"}), frozenset({"model", "device", "chip", "org", "cluster"})),
}

_OBLIQUE = re.compile(
    r"(?:\b(?:de|del|a|al|con|por|para|en|contra|entre|sobre|según|desde|hacia|sin|como|que|frente al?|respecto al?|"
    r"vs\.?|"
    r"of|by|to|from|with|for|in|on|at|between|against|like|than|as|via|through|versus|per|into|and its|"
    r"according to|unlike|following|using|usando)\s+(?:el|la|los|las|un|una|su|sus|the|a|an|its|their|nuevo|new|famoso|"
    r"chino|modelo|model|modelos|models|propio|own|old|viejo)?\s*(?:\w+\s)?[*_«“\"'(]{0,3})$",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:según|según dice|según informa|according to|via|vía|as reported by|per|fuente:?|source:?)\s+(?:el\s|la\s|"
    r"the\s)?[*_«“\"]{0,2}$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:(?:más|menos|mejor(?:es)?|peor(?:es)?|mayor(?:es)?|menor(?:es)?|superior|"
    r"igual)(?:\s[\wáéíóúñ]+){0,4}\s+que|than|frente al?|contra|versus|vs\.?|como|like|unlike|respecto al?|"
    r"comparad[oa]s? con|compared (?:to|with)|"
    r"a diferencia de|basad[oa]s? en|based on|similar(?:es)? al?|superior(?:es)? al?|inferior(?:es)? al?|better than|"
    r"por encima de|por debajo de|a la par de|on par with|close to|outperform\w*|beat\w*|supera\w*|"
    r"destilad[oa]s? (?:de|en)|distilled from|built on)\s+"
    r"(?:el\s|la\s|los\s|the\s|otros\s)?(?:modelos?\s)?[*_«“\"]{0,2}$",
    re.IGNORECASE,
)
_PROPERTY = re.compile(
    r"\b(?:precio|precios|coste|costes|costo|ventana|contexto|tamaño|número|parámetros|valoración|ingresos|inversión|"
    r"entrenamiento|"
    r"entrenar|desarrollar|ejecutar|tokens|usuarios|facturación|potencia|consumo|memoria|versión|versiones|api|"
    r"expertos|caso|peso|"
    r"price|prices|cost|costs|pricing|window|size|number|parameters|valuation|revenue|investment|training|train|"
    r"develop|run|"
    r"running|users|power|consumption|memory|version|versions|experts|case|weights|length|capacity|parte|mano|parent)\b"
    r"[^.;,]{0,24}\b(?:de|del|of|for|para|in)?\s*(?:el\s|la\s|los\s|the\s|un\s)?(?:modelo\s|model\s)?[*_«“\"]{0,2}$",
    re.IGNORECASE,
)
_OF_AFTER = re.compile(
    r"[\s\u00a0*_”\"')]*(?:(?:parámetros|parameters|params|expertos|tokens?|dólares|euros|GPUs?|contexto|context|"
    r"de contexto|en total|activos|totales|model|memoria|RAM|VRAM|mensuales|anuales|semanales|usuarios|users)\s+){0,2}"
    r"(?:(?:usad[oa]s|utilizad[oa]s|emplead[oa]s|used|needed|necesari[oa]s|dedicad[oa]s)\s+)?(?:de|del|of|for|by|"
    r"from|in|para|behind|para entrenar|to train|que usa|que usó|que tiene|que ocupa|que necesita|que pide)\s+"
    r"(?:el\s|la\s|los\s|the\s|un\s|its\s|su\s)?(?:modelo\s|model\s|propio\s|entero\s|new\s|nuevo\s|previous\s|"
    r"anterior\s|original\s|viejo\s|old\s|current\s|actual\s)?[*_«“\"]{0,3}$",
    re.IGNORECASE,
)
_HEAD_AFTER = re.compile(
    r"[-‑\s\u00a0](?:parameter|param|token|context|GPU|billion|H100|chip|expert)?[\s*_-]*(?:window\s)?[*_«“\"]{0,2}$"
)
_CALLED = re.compile(
    r"[^.;]{0,30}?(?:[(,]\s*)?\b(?:llamad[oa]s?|denominad[oa]s?|bautizad[oa]s?|apodad[oa]s?|conocid[oa]s? como|"
    r"called|named|dubbed|known as)\s+[*_«“\"‘]*$",
    re.IGNORECASE,
)
_PAREN_TAIL = re.compile(
    r"[\s\u00a0]*[*_]{0,2}\((?:[^()]{0,60}?[\s,;/:])?[^\w()]{0,3}(?:(?:con|with|de|of|unos|casi|hasta|más|about|over|"
    r"solo|only|up|to|from)\s)*$",
    re.IGNORECASE,
)
_PAREN_AFTER = re.compile(
    r"[\s\u00a0%*_]*\([\s*_«“\"]*(?:el |la |de |del |by |for |with |con |en |in )?$",
    re.IGNORECASE,
)
_SAME_HEAD = re.compile(r"^[\s*_•–—-]*(?:(?:el|la|los|las|the|modelo|model|nuevo|new)\s+)*[*_\[«“\"`]*$", re.IGNORECASE)
_HEAD_END = re.compile(
    r"^[*_\]»”\"`')\s]*(?:\([^)]{0,60}\)[*_\s]*)?(?::|–|—|-|,|\s(?:\(|con\b|with\b)|" + r"\s" + VERB + r"|$)"
)
_INDEFINITE = re.compile(
    r"\b(?:un|una|unos|otro|otra|otros|cualquier|cada|algún|ningún|a|an|any|another|each|every|some|hypothetical)\s+"
    r"(?:[\wáéíóúñ-]+\s+){0,3}?(?:modelos?|models?|LLMs?|redes?|network|clúster|cluster|centros?|centers?|data\s|"
    r"ordenador|portátil|máquina|"
    r"laptop|machine|computer|móvil|gráfica|tarjeta|card|GPU|SLM|transformer|startup|system)\b[^.;:]{0,40}$"
    r"|\b(?<!los )(?<!the )(?<!estos )(?<!these )(?<!sus )(?<!dos )(?:modelos|models|LLMs|clústeres|clusters|"
    r"data centers|centros de datos)\s+"
    r"(?:[\wáéíóúñ]+\s){0,2}?(?:de|con|of|with|que|over|above|from|desde|between|entre|ranging|por encima|under|"
    r"below|up|hasta|larger|smaller|más)\b[^.;:]{0,24}$",
    re.IGNORECASE,
)
_INDEFINITE_AFTER = re.compile(r"(?<![\w])(?:an?|any|un|una|cualquier|every|each)\s+[~≈]?$", re.IGNORECASE)
_COPULA = re.compile(r"(?:" + VERB + r"|,|\(|–|—|:)\s*(?:[^.;]{0,40})$")
_ELIDED = re.compile(
    r"^[\s*_«“\"(¡¿•–—-]*(?:(?:en\s[^,;.:]{2,40}?|y|e|pero|además|también|ahora|and|but|also|ya|solo|en concreto|"
    r"por su parte|"
    r"eso sí),?\s)*" + VERB,
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\b(?:su|sus|its|their)\b", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\b(?:el|la|los|las|the|este|esta|estos|this|these)\s+(?:\w+\s){0,2}?(?:modelo|model|versión|version|"
    r"entrenamiento|training|"
    r"ventana|window|contexto|context|coste|cost|precio|price|tamaño|size|arquitectura|architecture|API|pesos|"
    r"weights|variante|parameters|parámetros)\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"[\s*_”\"»)’]*(?:,\s*)?(?:(?:ya|also|now|currently|sólo|solo|only|just|actualmente|apenas)\s)?"
    r"(?:con|with|de|que (?:(?:ya|ahora|se|solo|sólo|también)\s)?\w+(?:\s(?:con|en|a|de|por))?|(?:which|that|"
    r"who) (?:(?:now|already|was|is|currently|only)\s)?\w+(?:\s(?:with|on|at|in|to|for))?|que (?:tiene|cuenta con|"
    r"tenía|usa|ocupa|pesa|necesita|alcanza|maneja|admite|soporta)|"
    r"(?:which|that|who) (?:has|had|have|uses|used|boasts|features|contains|supports|needs|takes|weighs|scored|"
    r"scores)|tiene|tienen|tenía|tenían|cuenta con|has|have|had)\s+"
    r"(?:(?:una|un|a|an|the|la|el|sus|los|las|its|clúster|cluster|ventana|window|contexto|context|de|of|contextual|"
    r"puntuación|score)\s+)*"
    r"(?:(?:unos|unas|casi|más|menos|hasta|alrededor|cerca|about|around|over|nearly|roughly|up|to|than|more|less|at|"
    r"least|al|aproximadamente|solo|sólo|only|just|de|del|some|almost|en|torno|a)\s+)*[~≈$€*_]*",
    re.IGNORECASE,
)
_PRESENTS = re.compile(
    r"^[\W_]*(?:es|era|son|se trata de|estamos ante|hablamos de|it is|it['’]s|this is|that['’]s|is|"
    r"it was)\s+(?:\w+\s){0,2}?(?:un|una|unos|a|an)\b",
    re.IGNORECASE,
)
_ESTIMATES = re.compile(
    r"\s+(?:calcula|calculan|estima|estiman|estimó|calculó|estimates?|estimated|reckons|calculates|calculated|"
    r"informa|reports|reported)\b"
)
_CHAIN = re.compile(r"\s*(?:,|,?\s*(?:y|e|and|&))\s*(?:la\s|el\s|the\s)?", re.IGNORECASE)
_PAIR = re.compile(r"\b(?:respectivamente|respectively)\b", re.IGNORECASE)


@dataclass
class Topic:
    """What the text has been about up to here: who the last sentences and headings were about."""

    page: Page
    last: dict[int, list[Entity]] = field(default_factory=dict)  # block -> subjects of its claims so far
    sizes: dict[float, list[Entity]] = field(default_factory=dict)  # models by the sizes in their names
    main: Entity | None = None  # what the title or the whole post is about
    benchmark: Benchmark | None = None  # the one named last in this section

    @classmethod
    def of(cls, page: Page) -> Topic:
        """The topic before the first sentence."""
        topic = cls(page)
        counts: dict[str, int] = {}
        for entity in page.entities:
            if entity.kind != "model":
                continue
            counts[entity.name] = counts.get(entity.name, 0) + 1
            for part in parts_of(entity.name):
                if part.metric == "parameters":
                    topic.sizes.setdefault(part.value, []).append(entity)
        topic.main = _main(page, counts)
        return topic

    def before(self, draft: Draft, kinds: frozenset[str]) -> tuple[Entity, str, float] | None:
        """The entity that a reference in this sentence points back to: in the paragraph, the heading, the title."""
        block = self.page.blocks[draft.sentence.block]
        for entity in reversed(self.last.get(draft.sentence.block, [])):
            if entity.kind in kinds:
                return entity, "subject of the sentence before", 0.65
        earlier = [e for e in self.page.between(block.start, draft.sentence.start) if e.kind in kinds]
        if earlier:
            plain = [e for e in earlier if not _is_oblique(self.page, e, block.start)]
            return (plain or earlier)[-1], "last named in the paragraph", 0.6
        return self._above(draft, kinds)

    def _above(self, draft: Draft, kinds: frozenset[str]) -> tuple[Entity, str, float] | None:
        at = draft.sentence.block
        last: list[Entity] = []
        for index in range(at - 1, max(at - 12, -1), -1):
            block = self.page.blocks[index]
            if block.kind == "cell":
                continue
            named = [e for e in self.page.between(block.start, block.end) if e.kind in kinds]
            if block.kind == "heading":
                if len({e.name for e in named}) == 1:
                    return named[0], "heading", 0.6
                break
            if named and index >= at - 2 and block.kind != "item":
                opening = [e for e in named if e.start - block.start < 25]
                if opening:
                    return opening[0], "subject of the paragraph before", 0.5
                last = last or [e for e in named if not _is_oblique(self.page, e, block.start)] or named
        if self.main and self.main.kind in kinds:
            return self.main, "topic of the post", 0.45
        return (last[-1], "last named in the paragraph before", 0.4) if last else None


def _main(page: Page, counts: dict[str, int]) -> Entity | None:
    models = {e.name: e for e in reversed(page.entities) if e.kind == "model"}
    if page.title:
        folded = _fold(page.title)
        named = [e for name, e in models.items() if _fold(name) in folded]
        if named:
            return max(named, key=lambda e: (len(e.name), counts[e.name]))
    if counts:
        ranked = sorted(counts.items(), key=lambda pair: -pair[1])
        if ranked[0][1] >= 3 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
            return models[ranked[0][0]]
    return None


def _fold(name: str) -> str:
    return re.sub(r"[\s\u00a0_‐-―-]+", "", name).lower()


def _is_oblique(page: Page, entity: Entity, begin: int) -> bool:
    return bool(_OBLIQUE.search(page.text, max(begin, entity.start - 40), entity.start))


Rule = "Callable[[Draft, Topic], Subject | None]"


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
    return _KINDS[draft.metric][1]


def _preferred(draft: Draft, entities: Iterable[Entity]) -> list[Entity]:
    """Those of the preferred kinds, or where there are none, those of the possible ones."""
    entities = list(entities)
    first, possible = _KINDS[draft.metric]
    return [e for e in entities if e.kind in first] or [e for e in entities if e.kind in possible]


def by_parenthesis(draft: Draft, topic: Topic) -> Subject | None:
    """X (405B); X ($15.00)."""
    text, begin = topic.page.text, draft.sentence.start
    before = [e for e in topic.page.between(begin, draft.start) if e.kind in _allowed(draft) and e.end <= draft.start]
    for entity in reversed(before[-4:]):
        between = text[entity.end : draft.start]
        if "(" not in between:
            continue
        if _PAREN_TAIL.fullmatch(between) and not _inner_break(between):
            return _made(entity, "before the bracket", 0.95)
    return None


def _inner_break(between: str) -> bool:
    return between.count("(") > 1 or ")" in between


def by_bracket_after(draft: Draft, topic: Topic) -> Subject | None:
    """75.7% (o3)."""
    for entity in topic.page.between(draft.end, min(draft.sentence.end, draft.end + 40)):
        if entity.kind in _allowed(draft) and _PAREN_AFTER.fullmatch(topic.page.text, draft.end, entity.start):
            return _made(entity, "in the bracket after", 0.93)
        break
    return None


def by_called(draft: Draft, topic: Topic) -> Subject | None:
    """Un modelo de 400B (llamado X)."""
    if draft.metric not in _MODEL_METRICS:
        return None
    for entity in topic.page.between(draft.end, min(draft.sentence.end, draft.end + 60)):
        orgs = [e for e in topic.page.between(draft.end, entity.start) if e.kind == "org" and e.end + 1 == entity.start]
        lead = topic.page.text[draft.end : orgs[0].start if orgs else entity.start]
        if entity.kind in _KINDS[draft.metric][0] and _CALLED.fullmatch(lead):
            return _made(entity, "called", 0.95)
    return None


def by_of_after(draft: Draft, topic: Topic) -> Subject | None:
    """Los 671B parámetros de X; the $500B for X; the 671B-parameter X."""
    text = topic.page.text
    for entity in topic.page.between(draft.end, min(draft.sentence.end, draft.end + 70)):
        if entity.kind not in _allowed(draft) or re.search(r"[.;,:]\s", text[draft.end : entity.start]):
            break
        if draft.metric in _MONEY_OF_ORG and entity.kind not in _KINDS[draft.metric][0]:
            continue
        if _OF_AFTER.fullmatch(text, draft.end, entity.start) or _HEAD_AFTER.fullmatch(text, draft.end, entity.start):
            return _made(entity, "after the number", 0.9)
    return None


def by_size_word(draft: Draft, topic: Topic) -> Subject | None:
    """El de 405B pide 810 GB; the 9B on 8 trillion: the size stands for the model."""
    if draft.metric in {"parameters", "experts"}:
        return None
    text = topic.page.text
    found = list(_SIZE_WORD.finditer(text, draft.clause[0], draft.start)) or list(
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
            known = next((e for e in page.entities if _fold(e.name) == _fold(name)), None)
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
    name, head = _fold(entity.name), _fold(family.name)
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
        if entity.kind not in _KINDS[draft.metric][0]:
            continue
        opens = _SAME_HEAD.match(page.text[block.start : entity.start])
        tail = _HEAD_END.match(page.text[entity.end : entity.end + 80])
        if opens and tail and (block.kind == "item" or ":" in tail.group()):
            nearer = [
                e for e in _governors(draft, topic) if e.start > entity.start and not _is_oblique(page, e, block.start)
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
    if _ESTIMATES.match(page.text, entity.end):
        return False
    return (
        not _SOURCE.search(lead)
        and not _COMPARED.search(lead)
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
        or named[-1].kind not in _KINDS[draft.metric][0]
        or (draft.metric == "price" and named[-1].kind == "org")
    ):
        return None
    if _WITH.fullmatch(page.text, named[-1].end, draft.start) and not _SOURCE.search(
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
    plain = [e for e in named if not _is_oblique(page, e, draft.sentence.start)]
    chosen = _preferred(draft, plain)
    if not chosen:
        return None
    if draft.metric in _MODEL_METRICS and chosen[-1].kind != "model":
        inner = [e for e in named if e.kind == "model"]
        if inner:
            return _made(inner[-1], "model of the clause", 0.75)
    inside = chosen[-1].start >= draft.clause[0]
    while (
        len(chosen) > 1
        and draft.metric in _MONEY_OF_ORG
        and _CHAIN.fullmatch(page.text, chosen[-2].end, chosen[-1].start)
    ):
        chosen.pop()
    return _made(chosen[-1], "of the clause" if inside else "of the clause before", 0.85 if inside else 0.7)


def by_property(draft: Draft, topic: Topic) -> Subject | None:
    """El coste de X fue N; the context window of X is N; para entrenar X hicieron falta N."""
    if _is_indefinite(draft, topic):
        return None
    page = topic.page
    named = _preferred(draft, _governors(draft, topic))
    for entity in reversed(named):
        if _PROPERTY.search(page.text[max(draft.sentence.start, entity.start - 60) : entity.start]):
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


def by_reference(draft: Draft, topic: Topic) -> Subject | None:
    """Este modelo, su predecesor, it, or a verb without a subject: what the sentences before are about."""
    text = topic.page.text
    lead = text[draft.sentence.start : draft.start]
    if _is_indefinite(draft, topic) or draft.modality == "hypothetical":
        return None
    kinds = _KINDS[draft.metric][0]
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
    why = cue.place if cue else "a verb without a subject" if spanish and _ELIDED.match(lead + " ") else None
    if why is None and (_POSSESSIVE.search(lead) or _DEFINITE.search(text[draft.sentence.start : draft.sentence.end])):
        why = "a possessive or definite description"
    if why is None:
        return None
    found = topic.before(draft, kinds)
    return _made(found[0], f"{found[1]}, by {why}", found[2]) if found else None


def by_after_in_sentence(draft: Draft, topic: Topic) -> Subject | None:
    """Con 2.048 H800, DeepSeek entrenó …: the subject that follows."""
    if _is_indefinite(draft, topic) and draft.metric == "parameters":
        return None
    page = topic.page
    for entity in _preferred(draft, page.between(draft.end, min(draft.clause[1], draft.end + 90))):
        lead = page.text[max(draft.end, entity.start - 40) : entity.start]
        if _SOURCE.search(lead) or _COMPARED.search(lead):
            continue
        return _made(entity, "after the number, in the clause", 0.55)
    return None


def by_context(draft: Draft, topic: Topic) -> Subject | None:
    """Nothing in the sentence: the paragraph so far, the item's heading, the post's own topic."""
    block = topic.page.blocks[draft.sentence.block]
    if _is_indefinite(draft, topic) or draft.modality == "hypothetical":
        return None
    if (block.kind == "item" and draft.metric != "hardware_quantity") or draft.metric in _MODEL_METRICS - {
        "price",
        "training_cost",
        "benchmark_score",
    }:
        found = topic.before(draft, _KINDS[draft.metric][0])
        if found and found[2] >= (0.4 if block.kind == "item" else 0.55):
            return _made(found[0], found[1], round(found[2] * 0.8, 2))
    elif (earlier := topic.last.get(draft.sentence.block)) and earlier[-1].kind in _KINDS[draft.metric][0]:
        return _made(earlier[-1], "subject of the sentence before", 0.45)
    return None


def _is_indefinite(draft: Draft, topic: Topic) -> bool:  # noqa: PLR0911
    """Whether the number is of something unnamed: "un modelo de 7B", "models with over 100B parameters".

    "X es un modelo de 7B" and "X, a model with 7B" name it; so does "Meta lanzó un modelo de 7B" not.
    """
    text = topic.page.text
    lead = text[draft.sentence.start : draft.start]
    match = _INDEFINITE.search(lead)
    if match and _PRESENTS.match(lead) and draft.modality != "hypothetical":
        return False
    if match and draft.metric in {"hardware_quantity", "power"} and _ELIDED.match(lead):
        return False
    if not match:
        return bool(_INDEFINITE_AFTER.search(lead)) and bool(
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
    if not named:
        return draft.metric not in {"hardware_quantity", "power", "funding"} or not any(
            e.kind in _allowed(draft) for e in topic.page.between(draft.sentence.start, at)
        )
    lead_to = text[named[-1].end : at]
    if _COMPARED.search(text[max(draft.sentence.start, named[-1].start - 40) : named[-1].start]):
        return True
    return draft.metric in _MODEL_METRICS and not re.search(
        r"^[*_»”\")\]]*\s*(?:,|\(|:|–|—|es\b|son\b|era\b|fue\b|is\b|was\b|are\b|será\b|tiene\b|has\b|being\b|se\b|"
        r"como\b|as\b|llegó\b|utiliza\b|usa\b|uses\b|ofrece\b|soporta\b|supports\b)|^\s*$",
        lead_to,
        re.IGNORECASE,
    )


RULES: tuple[Callable[[Draft, Topic], Subject | None], ...] = (
    by_bracket_after, by_parenthesis, by_called, by_of_after, by_with, by_gap, by_slash, by_size_word,
    by_anaphor, by_sized_name, by_list_head, by_clause,
    by_property, by_reference, by_after_in_sentence, by_context,
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
    known = next((e for es in topic.sizes.values() for e in es if _fold(e.name) == _fold(name)), None)
    if known:
        return replace(subject, name=known.name, entity_id=known.entity_id, rule=f"{subject.rule}; its size {size}")
    return replace(subject, name=name, entity_id=None, rule=f"{subject.rule}; its size {size}")


def remember(drafts: Sequence[Draft], topic: Topic) -> None:
    """Note the subjects of the claims so far for the references to come."""
    for draft in drafts:
        if draft.subject and draft.subject.entity:
            topic.last.setdefault(draft.sentence.block, []).append(draft.subject.entity)
