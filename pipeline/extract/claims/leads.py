"""What small headings say a block is about: bold words at its head, the words before a list, a name as heading."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import NEXT_VERB
from pipeline.extract.claims.roles import is_oblique

if TYPE_CHECKING:
    from pipeline.extract.claims.page import Entity, Page

LEAD = "named by the bold words above"
HEADED = "the name that heads the section"
INTRODUCED = "named in the words before the list"


def led(page: Page, at: int, kinds: frozenset[str], reach: int = 12) -> Entity | None:
    """What the bold words are about that open a block, the text its list belongs to, or the paragraphs before."""
    span, blocks = page.lead(at) or _run_in(page, at), page.blocks
    if span and (theme := _theme(page, span, kinds)):
        return theme
    if entity := _labelled(page, at, kinds):
        return entity
    is_item = blocks[at].kind == "item"
    if span and not is_item:
        return None
    for index in range(at - 1, max(at - reach, -1), -1):
        above = blocks[index]
        if above.kind in {"heading", "cell"}:
            return None
        if above.kind != "item" or (is_item and above.level < blocks[at].level):
            return led(page, index, kinds, reach - (at - index) - (0 if is_item else 3))
    return None


def newly_headed(page: Page, since: int, at: int) -> bool:
    """Whether a heading between two blocks names a model: "## Qwen 2" after the sizes of Qwen 1."""
    heads = (block for block in page.blocks[since + 1 : at + 1] if block.kind == "heading")
    return any(e.kind == "model" for head in heads for e in page.between(head.start, head.end))


def _run_in(page: Page, at: int) -> tuple[int, int] | None:
    """The first words of a paragraph where they only name what follows: "Colossus 2. Work began in …"."""
    block = page.blocks[at]
    if block.kind not in {"paragraph", "item"} or not page.between(block.start, block.start + 24):
        return None
    sentences = page.sentences(at)
    first = sentences[0]
    if block.kind == "item" and block.end - block.start <= _SHORT and page.text[block.start : block.end].endswith(":"):
        return block.start, block.end  # over the items of a list inside it: "Anthropic:"
    if len(sentences) < 2 or first.end - first.start > _SHORT or NEXT_VERB.search(page.text, first.start, first.end):
        return None
    return first.start, first.end


_SHORT = 70  # characters of a name with a date or a place


def _labelled(page: Page, at: int, kinds: frozenset[str]) -> Entity | None:
    """What a line before says that the lines are about, "Model: X", then "Size: 7B"; else the heading right above."""
    blocks = page.blocks
    if not is_line(page, at):
        return None
    for index in range(at - 1, max(at - _LINES, -1), -1):
        block = blocks[index]
        if block.kind == "heading":
            span = block.start, block.end
            return _theme(page, span, kinds) or _theme(page, span, _SITES & kinds)
        label = _LINE.match(page.text, block.start, block.end)
        if not label:
            if block.kind == "paragraph" != blocks[at].kind or is_line(page, index + 1):
                continue  # a word about what the heading names, before its lines begin
            return None
        if _SUBJECT.fullmatch(label[1]):
            names = [e for e in page.between(label.end(), block.end) if e.kind in kinds]
            return names[0] if names else None
    return None


def is_question(page: Page, at: int) -> bool:
    """Whether a block is a heading that asks for something: "How much does X cost?"."""
    block = page.blocks[at]
    asks = block.kind == "heading" and page.text[block.end - 1] == "?"
    return asks and bool(_ASKS.match(page.text, block.start, block.end))


_ASKS = re.compile(
    r"[\W\d]*(?:cu[áa]nt|cu[áa]l|qu[ée]\s(?!pasa)|c[óo]mo|se puede|puedo|how|what|which|can|does|do|is)\w*\s",
    re.IGNORECASE,
)


def is_line(page: Page, at: int) -> bool:
    """Whether a block is one of the lines of a data sheet: "Context length: 262,144 tokens"."""
    block = page.blocks[at]
    if block.kind not in {"item", "paragraph"} or block.end - block.start > _LONGEST:
        return False
    return bool(_LINE.match(page.text, block.start, block.end))


def label_of(page: Page, at: int) -> str:
    """The words before the colon of a line; empty where a block is none."""
    block = page.blocks[at]
    label = _LINE.match(page.text, block.start, block.end) if is_line(page, at) else None
    return label[1] if label and label.end() < block.end else ""


_LONGEST = 110  # characters of a line of data
_SITES = frozenset({"cluster"})
_LINES = 10
_LINE = re.compile(r"\W*(\w[\w ]{1,28}?)\s?(?:\([^()\d]{1,40}\))?:\W*")
_SUBJECT = re.compile(r"models?|modelos?|nombre|name|modelo base|base model|LLM|empresa|company|GPU", re.IGNORECASE)


def introduced(page: Page, at: int, kinds: frozenset[str]) -> Entity | None:
    """What the sentence is about that a list hangs on: "Lo que trae X:"."""
    if page.blocks[at].kind != "item":
        return None
    above = next((i for i in range(at - 1, max(at - 10, -1), -1) if page.blocks[i].kind != "item"), None)
    if above is None or page.text[page.blocks[above].end - 1] != ":":
        return None
    sentence = page.sentences(above)[-1]
    return _theme(page, (sentence.start, sentence.end), kinds)


def headed(page: Page, at: int, kinds: frozenset[str]) -> Entity | None:
    """Whose name the section has for a heading, and nothing else; whom the question above an answer is about."""
    for index in range(at - 1, max(at - 12, -1), -1):
        block = page.blocks[index]
        if block.kind == "heading":
            names = [e for e in page.between(block.start, block.end) if e.kind in kinds]
            whole = len(names) == 1 and names[0].end - names[0].start >= block.end - block.start - 4
            whole = whole or (len(names) == 1 and index == at - 1 and is_question(page, index))  # an answer
            return names[0] if whole else None
    return None


def _theme(page: Page, span: tuple[int, int], kinds: frozenset[str]) -> Entity | None:
    inside = [e for e in page.between(*span) if e.kind in kinds]
    owners = {a for a, b in pairwise(inside) if _OWNS.fullmatch(page.text, a.end, b.start)}
    names = [e for e in inside if e not in owners]
    plain = [e for e in names if not is_oblique(page, e, span[0])] or names
    return plain[0] if len({e.name for e in plain}) == 1 else None


_OWNS = re.compile(r"['’]?s?\s")  # "xAI Colossus 2", "Meta's Prometheus"
