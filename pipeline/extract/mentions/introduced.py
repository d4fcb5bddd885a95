"""Families of models that no list has, where a post introduces one: "Zentauro 3, our new language model".

A name that is introduced once (by a size, by what it is said to be, by the column it stands in) is a family within the
post: its other versions and sizes are read with the grammar that known families have, and are found everywhere in it.
Ordinary words that a number follows (figure 2, Windows 11) are introduced by nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.folding import folded
from pipeline.extract.mentions.parts import Tail
from pipeline.extract.trie import Words
from pipeline.lexicon import Family, Naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.extract.mentions.candidates import FoldedText
    from pipeline.extract.mentions.index import Index
    from pipeline.lexicon import Lexicon
    from pipeline.records import Block, Mention

_WORD = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ]+"
_STEM = rf"{_WORD}(?:-[A-ZÀ-Þ][A-Za-zÀ-ÿ]*)*"
_VERSION = r"[ -]?[vV]?\d{1,2}(?:\.\d{1,2})?(?![\w.]*\d|%)"
_NAME = rf"{_STEM}(?:[ ]{_WORD})?(?:{_VERSION})?(?:-[A-Za-z0-9.]*[A-Za-z0-9])*"
_SORT = (
    r"(?:language|vision|vision-language|foundation|foundational|multimodal|reasoning|diffusion|embeddings?|speech|"
    r"frontier|generative|coding|code|video|image|world|open|open-weights?|open-source|mixture-of-experts|MoE|dense|"
    r"text-to-\w+|speech-to-\w+)"
)
_SORT_ES = (
    r"(?:de[ ](?:lenguaje|razonamiento|difusión|visión|embeddings|código[ ]abierto|pesos[ ]abiertos|voz|habla|texto|"
    r"v[ií]deo|imagen|imágenes|frontera|mundo|IA)|fundacional(?:es)?|multimodal(?:es)?|generativ[oa]s?|abiertos?|"
    r"densos?|libres?)"
)
_NOUN = re.compile(r"(?:models?|LLMs?|modelos?)\b")  # found fast; what makes it a kind of model is asked there only
_SORT_BEFORE = re.compile(rf"\b{_SORT}(?:[ ][a-z-]+)?[ ]$")
_KIND = re.compile(
    rf"\b(?:modelos?(?:[ ][a-zà-ÿ]+)?[ ]{_SORT_ES}|"
    r"LLMs?(?=[,.;:)\n]|[ ](?:de|que|para|con|from|by|for|with|that|of|trained|entrenado|in|en|y|and)\b))\b"
)
_LINES = r"(?:family|series|suite|collection|generation|version|release|familia|serie|generación|versión)"
_SAID_TO_BE = re.compile(
    rf"(?P<name>{_NAME})[)\"”»]?"
    r"(?:(?:,|[ ][—–-])[ ]|[ ](?:is|are|was|will[ ]be|es|son|fue|será)[ ]|:[ ](?!an?\b|una?\b))"
    r"(?:an?|the|our|its|their|(?P<one>one[ ]of[ ](?:our|the))|una?|el|la|su|nuestr[oa])[ ]"
    rf"(?P<what>(?:[a-zà-ÿ0-9][\w.,%-]*[ ]){{0,7}}?)(?P<line>{_LINES}[ ](?:of|de)[ ](?:[a-zà-ÿ-]+[ ]){{0,4}}?)?$"
)
_ANOTHER_THING = re.compile(
    r"\b(?:for|to|by|that|which|with|from|than|like|para|por|que|con|desde|como|sobre|of|de|the|an?|"
    r"el|la|los|las|una?|benchmark|dataset|corpus|method|technique|library|framework|tool|company|"
    r"startup|lab|platform|paper|herramienta|aplicación|empresa|método|técnica|biblioteca|plataforma|artículo)[ ]"
)
_CALLED = re.compile(
    rf"(?:(?:[ ](?:from|by|de)[ ]{_WORD})?"
    r"[ ](?:called|named|dubbed|llamad[oa]s?|denominad[oa]s?|bautizad[oa]s?[ ]como))?"
    rf"[ ][\"“«]?(?P<name>{_NAME})(?!\w)"
)
_ANNOUNCED = re.compile(
    r"(?:Introducing|Announcing|Meet|Releasing|Launching|Presentamos|Presentando|Anunciamos|Lanzamos|Publicamos|"
    r"Llega|Nace|Conoce|Hoy|Today)[ ]"
)
_FAMILY = re.compile(
    rf"\b(?:(?:the|our|its)[ ](?P<name>{_STEM})[ ](?:family|series)[ ]of[ ](?:[a-z-]+[ ]){{0,3}}models"
    rf"|(?:la|nuestra|su)[ ]familia[ ]de[ ]modelos[ ](?P<spanish>{_STEM}))\b"
)
_OWN_MODEL_ES = Words(
    "modelo",
    then=r"[ ](?:(?:(?<=\bsu modelo )|(?<=\bnuevo modelo )|(?<=\bpróximo modelo ))(?:de[ ]IA[ ])?[\"“«*_]{0,2}"
    r"(?P<name>[A-ZÀ-Þ][a-zà-ÿ]{3,})\b|(?P<owned>[A-ZÀ-Þ][a-zà-ÿ]{3,})(?=[ ]de[ ][A-ZÀ-Þ]))",
)
_OWN_MODEL_EN = Words(
    "its", "their", "new", "'s", before=r"\b", then=r"[ ](?P<name>[A-Z][a-z]{3,})(?P<owned>)[ ]model\b"
)
_BY = re.compile(r"[ ](?:de|del|from|by)[ ]")
_RELEASES = re.compile(
    r"(?:[ ](?:ha|has|have|just|acaba[ ]de|recently|hoy|today|ya))*[ ](?:lanz(?:a|ó|ado|ar)|present(?:a|ó|ado|ar)|"
    rf"public(?:a|ó|ado|ar)|liber(?:a|ó|ado|ar)|release[sd]|launche[sd]|unveil(?:s|ed)|introduce[sd]|announce[sd]|"
    rf"open-source[sd]|ship(?:s|ped))[ ][\"“«*_]{{0,2}}(?P<name>{_STEM}{_VERSION})"
)
_NOT_THE_THING = re.compile(
    r"[ ](?:company|companies|startup|lab|provider|maker|vendor|developer|platform|library|framework|leaderboard|"
    r"benchmark|arena|API|app|tool|toolkit|dataset|hub|router|gateway|inference|training|serving|research|project)\b"
)
_SPACED_SIZE = re.compile(
    r"[ ]\d{1,3}(?:\.\d)?B(?![\w%-])(?![ ](?:de|of|in|para|tokens?|param\w+|parámetros|dollars|users)\b)"
)
_NAME_BEFORE = re.compile(rf"(?<![\w@#./$-]){_STEM}(?:{_VERSION})?$")
_WORDS_BEFORE = re.compile(rf"(?<![\w@#./$-])(?:{_STEM}[ ]){{1,2}}$")
_SMALL_WORD = re.compile(r"(?<!\w)[a-zà-ÿ]+,?[ ][\"“«*_(]{0,3}$")
_CELL = re.compile(rf"(?P<name>{_NAME}(?:[ ][A-Z0-9][\w.-]*){{0,2}})(?:[ ]\([^()]*\))?")
_OPENS = re.compile(r"(?:^|[\n.!?:…¿¡|>#*•\"“«-][ ]?)$")
_NO_STEMS = ("not_stem", "not_org", "org_cue", "not_model", "given", "product_noun", "place")
_BEHIND = re.compile(r"\+|[ ](?:[A-ZÀ-Þ][a-zà-ÿ]|[A-Z]{2})|-\w|['’]?\w")


class Introduced(NamedTuple):
    """A family of this post. `bare` says that its name alone is one of its mentions."""

    family: Family
    naming: Naming
    bare: bool


class Named(NamedTuple):
    """A place where such a family is named."""

    start: int
    end: int
    of: Introduced
    tail: Tail


def introduced(page: FoldedText, index: Index, items: Sequence[Mention]) -> tuple[Introduced, ...]:
    """The families that the post introduces, in the order of their names."""
    sized = {stem for stem in (_stem(m.surface) for m in items if m.rule == "sized") if stem}
    said = {_ANNOUNCED.sub("", name) for name in _by_what_they_are(page, items) if name}
    said |= set(_of_makers(page, items, index.lexicon))
    cells = set(_beside_models(page, items))
    stems: dict[str, bool] = {}
    for name in [*sized, *said, *cells, *_with_size(page, index)]:
        stem = _stem(name) or ""
        if _fresh(page, index, stem, versioned=stem != name):
            bare = " " in stem or (name in said and not _ordinary(page, stem))
            stems[stem] = stems.get(stem, False) or bare
    return tuple(_made(page, stem, bare=bare) for stem, bare in sorted(stems.items()))


def named(page: FoldedText, index: Index, families: Iterable[Introduced]) -> Iterator[Named]:
    """Every place where one of the families is named with a version, a size or a variant; or alone, where it may be."""
    for of in families:
        stem = of.family.name
        for match in re.finditer(rf"(?<![\w@#./-])(?:{re.escape(stem)}|{re.escape(stem.lower())})", page.plain):
            lower = match.group()[0].islower()
            tail = index.grammar.parse_tail(of.family, page.plain, match.end(), lower=lower)
            if page.plain[tail.end : tail.end + 1].isalnum():
                continue
            if tail.parts if not lower else tail.glued and tail.version:
                yield Named(match.start(), tail.end, of, tail)
            elif of.bare and not lower and not _BEHIND.match(page.plain, match.end()):
                yield Named(match.start(), match.end(), of, Tail(match.end()))


def _by_what_they_are(page: FoldedText, items: Sequence[Mention]) -> Iterator[str]:
    """Sorrel 2, our second open language model; un modelo de lenguaje llamado Zentauro; the Sorrel family of models."""
    text = page.plain
    orgs = {item.start for item in items if item.kind == "org"}
    for noun, start, end in _kinds(text, orgs):
        if _NOT_THE_THING.match(text, end):
            continue
        low = max(text.rfind("\n", 0, start) + 1, start - 130)
        before = _SAID_TO_BE.search(text[low:start])
        one = before and (before["line"] or before["one"] or not noun.endswith("s"))
        if before and one and not _ANOTHER_THING.search(before["what"]):
            yield before["name"]
        singular = noun in {"model", "modelo"}
        if singular and (called := _CALLED.match(text, end)):
            yield called["name"]
    if any(word in text for word in (" family of ", " series of ", " familia ")):
        for match in _FAMILY.finditer(text):
            yield match["name"] or match["spanish"]


def _of_makers(page: FoldedText, items: Sequence[Mention], lexicon: Lexicon) -> Iterator[str]:
    """OpenAI stopped training its Sorrel model: a maker before it, and the name again in the post."""
    makers = [item.end for item in items if item.kind == "org"]
    starts = {item.start for item in items if item.kind == "org"}
    for match in (*_OWN_MODEL_ES.finditer(page.plain), *_OWN_MODEL_EN.finditer(page.plain)) if makers else ():
        name = match["name"] or match["owned"]
        owned = match.end() + 4 in starts if match["owned"] else any(0 <= match.start() - end < 80 for end in makers)
        if owned and page.plain.count(name) > 1:
            yield name
    for item in items:
        org = lexicon.organization(item.name) if item.kind == "org" else None
        if org is not None and org.kind in {"lab", "startup"} and (new := _RELEASES.match(page.plain, item.end)):
            yield new["name"]


def _kinds(text: str, orgs: AbstractSet[int]) -> Iterator[tuple[str, int, int]]:
    """Where a kind of model is spoken of, by its noun, start and end: an open language model, modelos de lenguaje; or
    a model of an organization, of those that begin at `orgs`.
    """
    for noun in _NOUN.finditer(text):
        low = max(0, noun.start() - 60)
        sort = None if noun.group().startswith("modelo") else _SORT_BEFORE.search(text[low : noun.start()])
        if sort:
            yield noun.group(), low + sort.start(), noun.end()
        elif kind := _KIND.match(text, noun.start()):
            yield noun.group(), kind.start(), kind.end()
        elif (maker := _BY.match(text, noun.end())) and maker.end() in orgs:
            yield noun.group(), noun.start(), noun.end()


def _with_size(page: FoldedText, index: Index) -> Iterator[str]:
    """Sorrel 14B, Blue Heron 14B: the size after a space, its letter a capital; the longest name wins."""
    for size in _SPACED_SIZE.finditer(page.plain):
        low = max(0, size.start() - 60)
        name = _NAME_BEFORE.search(page.plain[low : size.start()])
        if name is None:
            continue
        first = low + name.start()
        words = _WORDS_BEFORE.search(page.plain[low:first])
        starts = [low + words.start() + word.start() for word in re.finditer(r"\S+", words[0])] if words else []
        yield next(
            (page.plain[at : size.end()] for at in starts if _begins_name(page, index, at, size.start())),
            page.plain[first : size.end()],
        )


def _begins_name(page: FoldedText, index: Index, start: int, end: int) -> bool:
    """Whether a name of several words begins here: behind a word in small letters, or where all of it comes again."""
    stem = _stem(page.plain[start:end]) or ""
    if not _fresh(page, index, stem, versioned=True) or _is_known(folded(stem.split(" ")[-1]), index):
        return False
    return _SMALL_WORD.search(page.plain[max(0, start - 24) : start]) is not None or page.plain.count(stem) > 1


def _beside_models(page: FoldedText, items: Sequence[Mention]) -> Iterator[str]:
    """What stands in a column of a table whose other cells name models, most of them, and looks like them."""
    columns: dict[tuple[int, int], list[Block]] = {}
    for block in page.document.blocks:
        if block.kind == "cell" and not block.header:
            columns.setdefault((block.table, block.column), []).append(block)
    starts = {item.start for item in items if item.kind == "model"}
    for cells in columns.values():
        filled = [cell for cell in cells if cell.end > cell.start]
        models = [cell for cell in filled if cell.start in starts]
        if len(models) < 2 or 2 * len(models) < len(filled):
            continue
        for cell in filled:
            match = _CELL.fullmatch(page.plain, cell.start, cell.end) if cell.start not in starts else None
            if match and any(char.isdigit() for char in match["name"]):
                yield match["name"]


def _stem(name: str) -> str | None:
    """What stands before the version, the size or the variant.

    >>> _stem("Sorrel-2-14B Instruct"), _stem("Blue Heron 2"), _stem("Zamba2-7B"), _stem("Zentauro")
    ('Sorrel', 'Blue Heron', 'Zamba', 'Zentauro')
    """
    words = re.match(rf"{_STEM}(?:[ ]{_WORD})*", name)
    return words.group().removesuffix("-") if words else None


def _fresh(page: FoldedText, index: Index, stem: str, *, versioned: bool) -> bool:
    """Whether the stem may be a family's name that the lexicon lacks: no known name, no word of the grammar."""
    if len(stem) < 3 or "\n" in stem:
        return False
    words = [folded(word) for word in re.split(r"[ -]", stem) if word]
    lexicon = index.lexicon.words
    common = index.grammar.not_variant | index.grammar.variants | index.grammar.stop
    common = common.union(*(lexicon.get(role, frozenset()) for role in _NO_STEMS))
    common_word = any(word in common for word in (*words, *stem.lower().split(" ")))  # Según, with its accent
    if common_word or min(map(len, words)) < 2 or folded(stem) in index.table:
        return False
    if _is_known(words[0], index) or (len(words) == 1 and words[0] in index.table):
        return False
    versioned = versioned or re.search(rf"(?<!\w){re.escape(stem)}{_VERSION}", page.plain) is not None
    return versioned or not _ordinary(page, stem)


def _is_known(word: str, index: Index) -> bool:
    """Whether a word is a name by itself; a family that is called by a word, as Nova is, may be part of another."""
    return any(entry.kind != "family" or not entry.ambiguous for entry in index.table.get(word, ()))


def _ordinary(page: FoldedText, stem: str) -> bool:
    """Whether the name may be a word: it is written small elsewhere, or has its capital only where sentences begin."""
    if any(char.isupper() for char in stem[1:]):
        return False
    places = Counter(
        _OPENS.search(page.plain[max(0, match.start() - 3) : match.start()]) is not None
        for match in re.finditer(rf"(?<!\w){re.escape(stem)}(?!\w)", page.plain)
    )
    small = re.search(rf"(?<![\w/@#-]){re.escape(stem.lower())}(?![\w-])", page.plain)
    return small is not None or not places[False]


def _made(page: FoldedText, stem: str, *, bare: bool) -> Introduced:
    """The family, written as the post writes it first: Sorrel-2, Sorrel 2 or Sorrel2."""
    match = re.search(rf"(?<!\w){re.escape(stem)}([ -]?)[vV]?\d", page.plain)
    first = match[1] if match else " "
    family = Family(stem, versions=frozenset({"num"}))
    return Introduced(family, Naming(stem, first, "-" if first == "-" else " "), bare)
