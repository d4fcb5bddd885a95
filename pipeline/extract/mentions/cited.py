"""Organizations that no list has, by where they are named: as a source, in a column of companies, among companies.

Each rule begins at a rare word, or at an organization that was found otherwise, and asks whether what stands beside it
may be a name (`companies.company`).
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from pipeline.extract.fillers import AND_OR
from pipeline.extract.mentions.companies import CAPITAL, in_list, is_new, named
from pipeline.extract.trie import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.extract.mentions.candidates import FoldedText
    from pipeline.extract.mentions.index import Index
    from pipeline.extract.mentions.unknown import Unknown
    from pipeline.records import Mention

_NAMES = rf"{CAPITAL}(?:[ ](?:(?:of|de|del|for|the)[ ])?{CAPITAL}){{0,3}}"
_SOURCE = Words(
    "Fuentes?", "Sources?", "fuentes?", "sources?", "Vía", "Via", "FUENTES?", "SOURCES?",
    then=r"(?:\(s\))?[*_]{0,2}[ ]?:[*_]{0,2}[ ]\[?",
)  # fmt: skip
_SAYS = Words(
    "Según", "según", "According[ ]to", "according[ ]to", "De[ ]acuerdo[ ]con", "de[ ]acuerdo[ ]con",
    "reported[ ]by", "informe[ ]de", "report[ ](?:by|from)", "elaborad[oa]s?[ ]por", "compiled[ ]by",
    "estimates[ ](?:by|from)", "estimaciones[ ]de", "encuesta[ ]de", "survey[ ](?:by|from)", "recogido[ ]por",
    "publicado[ ](?:en|por)", "published[ ](?:in|by)",
    then=r"[ ](?:(?:datos|cifras|estimaciones|el[ ]informe|un[ ]informe|un[ ]análisis)[ ]de[ ])?(?:la[ ])?",
)  # fmt: skip
_TOLD = Words("told", "dijo[ ]a", "contó[ ]a", "explicó[ ]a", "declaró[ ]a", "dicho[ ]a", then=r"[ ](?:la[ ])?")
_SIGNED = re.compile(rf"(?P<name>{_NAMES})(?:[ ]20\d\d)?(?=[ ]?(?:$|[\n,.;/|·)\]–—]|y[ ]|and[ ]|\())")
_NEXT_SOURCE = re.compile(rf"\]?(?:\([^()\s]*\))?(?:[ ]?[,;/|·–—][ ]?(?:{AND_OR}[ ])?|[ ]{AND_OR}[ ])\[?")
_SAID_NAME = re.compile(rf"(?P<name>{_NAMES})(?![\w-])")
_TELLING = re.compile(
    r"[A-Z]{3,6}\d?|[A-Za-z]*[a-z][A-Z]\w*|.+[ ](?:Research|Analytics|Insights?|News|Times|Post|Daily|Weekly|Headlines|"
    r"World|Today|Journal|Review|Magazine|Tribune|Herald|Gazette|Report|Wire|Advisors|Consulting|Intelligence|"
    r"Partners|Group|Detectives|Data|Media|Press|Monitor|Observer|Standard|Digital|Tech|Watch|Institute|Digest)"
)
_CITED = re.compile(rf"\(\[(?P<name>{_NAMES})\](?:\[\w+\])?\)")
_HEADS = frozenset(
    "fuente fuentes source sources empresa empresas compañía company companies lab laboratorio organización proveedor "
    "organization provider desarrollador developer vendor maker fabricante inversor inversores investor investors "
    "creador creator institución institution publisher operador operator".split()
)
_CELL_NAME = re.compile(rf"(?P<name>{_NAMES})(?=[ ]?(?:$|[,;/|·(+&])|[ ](?:y|and|e)[ ])")
_NEXT_IN_CELL = re.compile(rf"(?:[ ]?\([^()]*\))?(?:[ ]?[,;/|·+&][ ]?|[ ]{AND_OR}[ ])")
_JOIN = rf"(?:,[ ](?:{AND_OR}[ ])?|[ ]{AND_OR}[ ]|[ ]?/[ ]?)"
_BETWEEN = re.compile(rf"{_JOIN}(?:{_NAMES}{_JOIN})+")
_JOINED = re.compile(_JOIN)
_LAST = re.compile(rf"(?:,[ ]{_NAMES})*(?:,?[ ]{AND_OR}[ ]){_NAMES}(?=[,.;:)\n]|$|[ ][a-zà-ÿ(])")
_EACH = re.compile(_NAMES)


def cited(page: FoldedText, index: Index, items: Sequence[Mention]) -> Iterator[Unknown]:
    """What stands where organizations stand. `items` are the mentions found so far, in order."""
    for found in (*sources(page), *_in_columns(page), *_among(page, items), *_linked(page, items)):
        if found.rule != "said" and is_new(page, index, found):
            yield found


def _linked(page: FoldedText, items: Sequence[Mention]) -> Iterator[Unknown]:
    """([Foo Daily](...)), where others are cited like this."""
    if any(page.plain.startswith("([", item.start - 2) for item in items if item.kind == "org"):
        for match in _CITED.finditer(page.plain):
            yield named(page, match.start("name"), match["name"], "source")


def sources(page: FoldedText) -> Iterator[Unknown]:
    """Fuentes: CNET, Dron Weekly; according to FooBar; según XYZ."""
    text = page.plain
    for source in _SOURCE.finditer(text):
        yield from in_list(page, (source.end(), len(text)), (_SIGNED, _NEXT_SOURCE), "source")
    for cues, tells in ((_SAYS, _TELLING), (_TOLD, None)):
        for said in cues.finditer(text):
            if name := _SAID_NAME.match(text, said.end()):
                is_one = tells is not None and tells.fullmatch(name["name"])  # else it may be known as one: told Wired
                yield named(page, name.start(), name["name"], "source" if is_one else "said")


def _in_columns(page: FoldedText) -> Iterator[Unknown]:
    """The cells below Company, Fuente/Fecha, Proveedor."""
    blocks = [block for block in page.document.blocks if block.kind == "cell"]
    heads = {
        (block.table, block.column)
        for block in blocks
        if block.header and not _HEADS.isdisjoint(re.findall(r"\w+", page.plain[block.start : block.end].lower()))
    }
    for block in blocks if heads else ():
        if not block.header and (block.table, block.column) in heads:
            yield from in_list(page, (block.start, block.end), (_CELL_NAME, _NEXT_IN_CELL), "column")


def _among(page: FoldedText, items: Sequence[Mention]) -> Iterator[Unknown]:
    """Nvidia, Foo Bar y Microsoft; Nvidia, Microsoft y Foo Bar."""
    text = page.plain
    for at, (one, two) in enumerate(zip_longest(items, items[1:])):
        if one.kind != "org":
            continue
        if two is not None and two.kind == "org" and two.start - one.end < 90:
            if _BETWEEN.fullmatch(text, one.end, two.start):
                yield from _each(page, one.end, two.start)
                continue
            if _JOINED.fullmatch(text, one.end, two.start):
                continue
        before = items[at - 1] if at else None
        listed = before is not None and before.kind == "org" and _JOINED.fullmatch(text, before.end, one.start)
        last = _LAST.match(text, one.end) if listed else None
        if last:
            yield from _each(page, *last.span())


def _each(page: FoldedText, start: int, end: int) -> Iterator[Unknown]:
    for name in _EACH.finditer(page.plain, start, end):
        yield named(page, name.start(), name.group(), "among")
