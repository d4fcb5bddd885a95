"""Where a quantity stands: what the choice of its metric may look at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, get_args

from pipeline.extract.claims.cues import cue_set
from pipeline.extract.claims.field import FIELD
from pipeline.extract.claims.leads import is_line, label_of
from pipeline.extract.fillers import APPROX, COMPANY, TO_NUMBER
from pipeline.records import Metric

if TYPE_CHECKING:
    from pipeline.extract.claims.clauses import Clauses
    from pipeline.extract.claims.cues import Cue
    from pipeline.extract.claims.page import Page, Sentence
    from pipeline.extract.quantity import Quantity


_SECTION = 30  # blocks from a heading to the last that stands under it
Decision = tuple[Metric | None, str]
METRICS: dict[str, Metric] = {metric: metric for metric in get_args(Metric)}
TRAINING = re.compile(
    r"\b(?:(?:pre-?|post-?)?(?:entren\w+|train\w*)|capacitaci[óo]n|capacitar|(?:cost[eo]s?|gastos?) de formación)",
    re.IGNORECASE,
)
TUNING = re.compile(r"\b(?:fine-?\s?tun\w+|finetun\w+|(?:re)?ajust(?:e|ar|ó) fino)\b", re.IGNORECASE)
_SUM = re.compile(
    rf"\s(?:(?:a|la|los|las|un[oa]?|the|an?|it|superior|inferior|cercana|that|which|now|ya|{COMPANY}|post-money|"
    rf"pre-money|de|of|at|en|por|for|to|más|than|{APPROX})\s){{0,5}}[~≈]?(?:[$€£]\s?\d|"
    r"\d[\d.,]*\s(?:mil\b|mill|bill|trill)|\d{1,3}[.,]\d{3}\b)",
    re.IGNORECASE,
)
_SUM_BEFORE = re.compile(
    r"[.,;(]?\s(?:at|a|on|con|and|y)\s(?:an?\s|una?\s)?[$€£]\d[\d.,]*\s?[A-Za-z]{0,8}\s(?:(?:post|pre)-money\s|"
    r"market\s)?$"
)
_CHIP_HOURS = re.compile(
    r"\b(?:GPU|TPU|H100|H800|A100)[\s-](?:hours?|horas?)\b|\bhoras?[\s-](?:de )?(?:GPU|TPU)|\bFLOPs?\b(?!/)"
)
_COSTS = re.compile(
    r"\b(?:cost\w*|cuest\w*|precios?|prices?|expens\w*|car[oa]s?|barat[oa]s?|cheap\w*)\b", re.IGNORECASE
)
SITES = (
    r"cl[úu]ster(?:es)?|clusters?|superordenador(?:es)?|supercomput\w+|centros? de (?:datos|c[áa]lculo|procesamiento)|"
    r"data ?cent(?:er|re)s?|campus"
)
SITE = re.compile(rf"\b(?:{SITES})\b", re.IGNORECASE)
DATA_CENTRE = re.compile(rf"\b(?:{SITES}|racks?|capacidad de cómputo|compute)\b", re.IGNORECASE)


class Setting(NamedTuple):
    """Where a quantity stands: all that the choice of its metric may look at."""

    page: Page
    sentence: Sentence
    clauses: Clauses
    position: int  # of the quantity
    is_ai: bool  # whether the document is about AI

    @property
    def clause(self) -> tuple[int, int]:
        """The clause of the quantity."""
        return self.clauses.at(self.position)

    def words(self, span: tuple[int, int]) -> str:
        """The text of a span."""
        return self.page.text[span[0] : span[1]]

    @property
    def body(self) -> str:
        """The sentence."""
        return self.words((self.sentence.start, self.sentence.end))

    def names(self, *kinds: str) -> bool:
        """Whether the sentence names something of one of the kinds."""
        return any(entity.kind in kinds for entity in self.page.between(self.sentence.start, self.sentence.end))

    @property
    def of_training(self) -> bool:
        """Whether the sentence speaks of a training, the paragraph counts its hours, or the section is about costs."""
        block = self.page.blocks[self.sentence.block]
        return bool(
            TRAINING.search(self.body)
            or _CHIP_HOURS.search(self.page.text, block.start, self.sentence.end)
            or self.under_costs
        )

    @property
    def under_costs(self) -> bool:
        """Whether the heading says that the section is about what a training costs."""
        return bool(_COSTS.search(self.heading) and TRAINING.search(self.heading))

    def headed(self, *kinds: str) -> bool:
        """Whether the heading above, or the text that a list belongs to, names something of one of the kinds."""
        blocks, at = self.page.blocks, self.sentence.block
        in_list = blocks[at].kind == "item"
        for above in reversed(blocks[max(0, at - _SECTION) : at]):
            holds = in_list and above.kind == "item" and above.level < blocks[at].level  # a list inside an item
            leads = in_list and above.kind not in {"item", "cell"}
            if holds or leads or above.kind == "heading":
                if any(e.kind in kinds for e in self.page.between(above.start, above.end)):
                    return True
                in_list = holds
            if above.kind == "heading":
                return False
        return False

    @property
    def introduction(self) -> str:
        """The text that a list belongs to, from the heading above it on."""
        blocks, at = self.page.blocks, self.sentence.block
        if blocks[at].kind != "item":
            return ""
        last = next((i for i in range(at - 1, max(0, at - _SECTION), -1) if blocks[i].kind != "item"), 0)
        begin = last - 1 if blocks[last].kind != "heading" and last and blocks[last - 1].kind == "heading" else last
        return self.words((blocks[begin].start, blocks[last].end))

    @property
    def heading(self) -> str:
        """The heading above, or nothing."""
        blocks, at = self.page.blocks, self.sentence.block
        above = next((b for b in reversed(blocks[max(0, at - _SECTION) : at]) if b.kind == "heading"), None)
        return self.words((above.start, above.end)) if above else ""

    @property
    def follows_names(self) -> bool:
        """Whether the paragraph so far, or one of those right before, names an organization or a model."""
        blocks, at = self.page.blocks, self.sentence.block
        above = [b for b in blocks[max(0, at - 3) : at + 1] if b.kind not in {"cell", "heading"}]
        return any(e.kind in {"org", "model"} for b in above for e in self.page.between(b.start, b.end))

    @property
    def lead(self) -> str:
        """The words that a list, or lines like "OpenAI: N", belong to, where they announce it: "Rough budget:"."""
        page, at = self.page, self.sentence.block
        blocks, first = page.blocks, max(0, at - _SECTION)
        if blocks[at].kind != "item" and not is_line(page, at):
            return ""
        in_list = blocks[at].kind == "item"
        others = (i for i in range(at - 1, first - 1, -1) if blocks[i].kind != "item")
        above = next((blocks[i] for i in others if in_list or not label_of(page, i)), None)
        words = self.words((above.start, above.end)) if above and above.kind != "cell" else ""
        return words if words.rstrip(" *_").endswith(":") else ""

    @property
    def label(self) -> str:
        """What a line is headed by: "Ingresos" of "Ingresos: han pasado de N a M"."""
        return label_of(self.page, self.sentence.block)

    @property
    def near_ai(self) -> bool:
        """Whether the sentence speaks of AI: by a model, a cluster, a chip, or a word of the field."""
        return self.names("model", "cluster", "chip") or bool(FIELD.search(self.body))

    @property
    def block_is_ai(self) -> bool:
        """Whether the paragraph speaks of AI, names a model, or a lab."""
        block = self.page.blocks[self.sentence.block]
        named, labs = self.page.between(block.start, block.end), self.page.known.labs
        return bool(FIELD.search(self.page.text, block.start, block.end)) or any(
            entity.kind == "model" or entity.name in labs for entity in named
        )


def money_cues(text: str, language: str) -> list[tuple[int, int, Cue]]:
    """The words of money in a text, with their offsets; "ronda" is none where it is a verb.

    >>> [text[a:b] for text in ["La facturación ronda los 13 millones"] for a, b, _ in money_cues(text, "es")]
    ['facturación']
    """
    found = cue_set("metrics", language, "money").find(text)
    return [(a, b, cue) for a, b, cue in found if not (cue.value == "funding" and _ROUNDS.match(text, a))]


def nearest_cue(quantity: Quantity, setting: Setting, dimension: str) -> tuple[Cue, str] | None:
    """The metric cue nearest to the quantity in its clause, else in its sentence; before counts nearer than after."""
    cues = cue_set("metrics", setting.sentence.language, dimension)
    begin, stop = setting.clause
    if setting.page.text[max(0, begin - 3) : begin].rstrip().endswith(":"):
        begin = setting.sentence.start
    for span in ((begin, stop), (setting.sentence.start, setting.sentence.end)):
        body = setting.words(span)
        best: tuple[float, Cue, str] | None = None
        for start, end, cue in cues.find(body):
            after = span[0] + start >= quantity.end
            if after and cue.value in {"none", "revenue"} and (_OWN_SUM.match(body, end) or _SUM.match(body, end)):
                continue  # "income was $38 billion on revenue of $77 billion"
            if body[start:end].lower() in _WORTH_SO and _OF_DEAL.search(body, 0, start):
                continue  # "the deal could be worth N"
            if cue.value == "valuation" and _of_other_sum(body, start, end, after=after):
                continue
            if cue.value == "funding" and _ROUNDS.match(body, start):
                continue
            distance = _distance(setting.page.text, quantity, span[0] + start, span[0] + end, cue.value)
            if best is None or distance < best[0]:
                best = distance, cue, body[start:end]
        if best is not None:
            return best[1], f"{best[2]!r} → {best[1].label}"
    return None


_WORTH_SO = frozenset({"worth", "vale", "valía", "valdrá", "valdría"})
_OF_DEAL = re.compile(
    r"\b(?:deal|contract|agreement|order|partnership|pact|package|offer|acuerdo|contrato|"
    r"pedido)s?\s(?:[^\W\d]+\s){0,3}$",
    re.IGNORECASE,
)
_ROUNDS = re.compile(
    r"land(?:s|ed) at\b|ronda\s(?:ya\s|ahora\s)?(?:l[oa]s\b|el\s\w+ill|un\w*\s\w*ill|entre\s\d|[$€]?\d)"
)  # a verb
_OWN_SUM = re.compile(  # "ingresos de 281.000 millones y un beneficio neto que supera los 101.000": the second's
    r"\s(?:(?:neto|net|bruto|gross|operativ[oa]|operating|que|which|that|super\w*|alcanz\w*|rond\w*|fue|was|"
    r"exceed\w*)\s){0,3}"
    rf"(?:de\s|of\s|por\s)?{TO_NUMBER}\d"
)


def _of_other_sum(body: str, start: int, end: int, *, after: bool) -> bool:
    """Whether a word of worth is that of another sum ("a $3B valuation"), or of a thing: "worth of chips"."""
    if body.startswith(" of ", end) and body[start:end].lower() == "worth":
        return True
    return after and bool(_SUM.match(body, end) or _SUM_BEFORE.search(body, 0, start))


_WORTH = re.compile(rf"(?:\s(?:[a-z]\w+\s){{0,2}}por (?:un )?valor (?:total )?de|\sworth)\s{TO_NUMBER}")
_BEYOND = re.compile(r"[,;(]|\s(?:y|and)\s")  # "una ventana de N tokens y un entrenamiento barato"
_ATTACHED = frozenset({"revenue", "valuation", "funding"})


def _distance(text: str, quantity: Quantity, start: int, end: int, value: str) -> float:
    if _WORTH.fullmatch(text, end, quantity.start):
        return 0  # "pérdidas por valor de": the noun says what it is
    if end <= quantity.start:
        return quantity.start - end + (15 if "," in text[end : quantity.start] else 0)
    if start == quantity.end + 1 and value in _ATTACHED:
        return 0  # "project $125 billion revenue"
    beyond = 40 if _BEYOND.search(text, quantity.end, start) else 0
    return max(start - quantity.end, 0) * 1.2 + beyond
