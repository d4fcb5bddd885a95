"""Names that may be mentions: where a spelling of the lexicon stands, in a dress it may wear, with its tail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.folding import folded, plain
from pipeline.extract.mentions.parts import Part, Tail

if TYPE_CHECKING:
    from pipeline.extract.mentions.index import Entry, Index
    from pipeline.records import Document

_URL = re.compile(r"https?://\S+|www\.\S+")
_DOMAIN_PATH = re.compile(r"(?:\.(?:com|org|net|io|ai|co|es|dev|app|xyz|edu|gov|info|eu|gg|me|so)|\br|\bu)/\S*$")
_NUMBER_BEFORE = re.compile(r"(?<![\w.,-])(\d(?:\.\d)?)[ -]$")
_SITE = re.compile(r"\.(?:ai|com|xyz|io|co|dev|org)(?![\w/@]|\.\w)")
_FILE = re.compile(r"\.(?!gguf|safetensors|onnx|bin|pt\b)[a-z]{1,6}(?![a-z])")
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?![a-zà-ÿ])")
_CLOCK = re.compile(r":\d\d(?!\d)")
_COMMON_NOUNS = (
    " institute",
    " institution",
    " holding",
    " center",
    " laboratory",
    " lab",
    " university",
    " office",
    " agency",
)
_HEADLINE = 160  # characters: what is longer is a list of names
_TOKEN_BEFORE = re.compile(r"\S{1,80}$")


class Candidate(NamedTuple):
    """A name in the text that may be a mention. `sure`: its spelling alone says what it is."""

    start: int
    end: int
    entry: Entry
    tail: Tail
    sure: bool
    entries: tuple[Entry, ...] = ()  # all that the spelling may be


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A document's text in the forms that the rules read; all have the same length."""

    document: Document
    text: str
    plain: str
    folded: str

    @classmethod
    def of(cls, document: Document) -> FoldedText:
        """The page of a document. Web addresses are blanked out: they name nobody."""
        text = document.text
        bare = plain(text)
        if "://" in bare or "www." in bare:
            bare = _URL.sub(lambda match: "\x00" * len(match.group()), bare)
        return cls(document, text, bare, folded(bare))


def candidates(page: FoldedText, index: Index) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates in order, without overlap; and beside them the cue words (entries of kind cue and noun)."""
    found: list[Candidate] = []
    cues: list[Candidate] = []
    at = 0
    for match in index.pattern.finditer(page.folded):
        if match.start() < at:
            continue
        entries = index.table[match.group()]
        if entries[0].kind in {"cue", "noun", "tail"}:
            cues.append(Candidate(match.start(), match.end(), entries[0], Tail(match.end()), sure=True))
        elif candidate := _candidate(page, index, match.start(), match.end(), entries):
            found.append(candidate)
            at = candidate.end
    return found, cues


def _candidate(page: FoldedText, index: Index, start: int, end: int, entries: tuple[Entry, ...]) -> Candidate | None:
    if _within_address(page.plain, start, end):
        return _as_site(page, start, end, entries)
    names = (entry for entry in entries if entry.org or entry.family)  # the spelling of a cue may be a name's too
    readings = [c for entry in names if (c := _reading(page, index, start, end, entry)) is not None]
    if not readings:
        return _shorter(page, index, start, end)
    best = max(readings, key=lambda c: (c.end, c.sure, c.entry.kind == "org"))
    return Candidate(best.start, best.end, best.entry, best.tail, best.sure, tuple(c.entry for c in readings))


def _shorter(page: FoldedText, index: Index, start: int, end: int) -> Candidate | None:
    """The longest name was none; what it begins with may be one, or what its article stands before."""
    if page.folded.startswith("the ", start) and (entries := index.table.get(page.folded[start + 4 : end])):
        return _candidate(page, index, start + 4, end, entries)
    cut = max(page.folded.rfind(" ", start, end), page.folded.rfind("-", start, end))
    while cut > start:
        entries = index.table.get(page.folded[start:cut], ())
        if entries and entries[0].kind not in {"cue", "noun", "tail"}:
            return _candidate(page, index, start, cut, entries)
        cut = max(page.folded.rfind(" ", start, cut), page.folded.rfind("-", start, cut))
    return None


def _within_address(text: str, start: int, end: int) -> bool:
    """Inside a domain (openai.com), a file name (llama.cpp), a path on a site, a handle, a subreddit or a formula."""
    if text[end : end + 1] == "." and text[end + 1 : end + 2].isalpha() and text[end + 1 : end + 2].islower():
        return True
    before = text[start - 1 : start]
    if before == "\\" or (before == "." and text[start - 2 : start - 1].isalnum()):  # \Phi is a letter in a formula
        return True
    if before == "/":
        token = _TOKEN_BEFORE.search(text[max(0, start - 80) : start])
        return token is not None and _DOMAIN_PATH.search(token.group()) is not None
    return False


def _as_site(page: FoldedText, start: int, end: int, entries: tuple[Entry, ...]) -> Candidate | None:
    """An organization written as its site, with its capital: Hyperbolic.xyz."""
    entry = next((e for e in entries if e.org is not None), None)
    match = _SITE.match(page.plain, end)
    if entry is None or match is None or page.plain[start:end] != plain(entry.form) or not entry.form[0].isupper():
        return None
    alone = page.plain[start - 1 : start] in {"", " ", "\n", "("}
    return Candidate(start, match.end(), entry, Tail(match.end()), sure=True, entries=(entry,)) if alone else None


def _reading(page: FoldedText, index: Index, start: int, end: int, entry: Entry) -> Candidate | None:
    surface = page.plain[start:end]
    if entry.kind == "org" or entry.family is None:
        if page.plain[end : end + 1] == "s" and surface.istitle() and entry.form.isupper():
            return None  # Metis is not METI
        if page.plain[end : end + 1] == "s" and folded(entry.form).endswith(_COMMON_NOUNS):
            return None  # AI Safety Institutes are many
        if page.plain[end : end + 1].isalnum() and page.plain[end] != "s":
            return None
        if not _dressed(surface, entry, index, tail=None):
            return None
        return Candidate(start, end, entry, Tail(end), sure=_sure(surface, entry))
    tail = index.grammar.parse_tail(entry.family, page.plain, end, lower=surface[0].islower())
    if (
        page.plain[tail.end : tail.end + 1].isdigit()
        or _CLOCK.match(page.plain, tail.end)
        or _longer(page, index, tail)
    ):
        return None
    tail = Tail(tail.end, (*entry.parts, *tail.parts), glued=tail.glued)
    if (
        entry.kind == "variant"
        and not tail.version
        and (number := _NUMBER_BEFORE.search(page.plain[max(0, start - 8) : start]))
    ):
        start -= len(number.group())  # 3.5 Sonnet
        tail = Tail(tail.end, (Part("version", number[1]), *tail.parts))
    if not _dressed(surface, entry, index, tail):
        return None
    sure = _sure(surface, entry) and not (tail.parts == () and _ordinary(entry, index))
    sure = sure or (entry.kind == "family" and (_telling(tail, entry) or _own_variant(tail, entry, index)))
    sure = sure or (entry.kind == "short" and tail.glued and tail.variant is not None)  # o3-mini
    return Candidate(start, tail.end, entry, tail, sure=sure)


def _longer(page: FoldedText, index: Index, tail: Tail) -> bool:
    """The name goes on and is another's: a file (gpt2.py), a number that is no version (GPT-2030), a product
    (LLaMA-Factory).
    """
    if _FILE.match(page.plain, tail.end):
        return True
    if page.plain[tail.end : tail.end + 1] != "-":
        return False
    if page.plain[tail.end + 1 : tail.end + 2].isdigit():
        return True
    match = _CAPITALISED.match(page.plain, tail.end + 1)
    if match is None or tail.parts:
        return False
    return match.group().lower() not in index.grammar.stop and not index.pattern.match(page.folded, tail.end + 1)


def _telling(tail: Tail, entry: Entry) -> bool:
    """A tail that only a model has: a version together with a variant or a size; a size; a long glued tail."""
    if entry.family is not None and tail.sized and (len(entry.form) > 2 or tail.glued):
        return True
    return len(tail.parts) >= 2 and (tail.version is not None or tail.glued)


def _own_variant(tail: Tail, entry: Entry, index: Index) -> bool:
    """Mistral Large, Claude Instant: a variant that the family has, behind a name that is not mostly something else."""
    if entry.family is None or tail.variant not in entry.family.variants:
        return False
    return tail.glued or len(tail.variant) <= 2 or entry.folded not in index.lexicon.words.get("weak", ())


def _sure(surface: str, entry: Entry) -> bool:
    if entry.ambiguous or (len(surface) <= 2 and surface != entry.form):
        return False
    recapitalised = surface.istitle() and not entry.form.istitle() and " " not in surface
    return not (recapitalised and len(surface) <= 6 and entry.family is not None)  # Rebel, for ReBeL


def _ordinary(entry: Entry, index: Index) -> bool:
    """A word of the language too: at the head of a Spanish sentence "Llama" calls somebody."""
    inner = any(char.isupper() for char in entry.form[1:])
    return not inner and entry.folded in index.lexicon.words.get("ordinary", ())


def _dressed(surface: str, entry: Entry, index: Index, tail: Tail | None) -> bool:
    """Whether the name may be written like this.

    As the lexicon writes it, always. With capitals of its own (Deepseek, GitHUB) if it is long enough not to be another
    name; in lower case if there are digits glued to it (llama3.2), or if it can be no word (deepseek, openai).
    """
    form = plain(entry.form)
    if surface == entry.form or surface.replace("-", " ") == form.replace("-", " "):
        return True
    if not surface.isascii() and surface.lower() != form.lower() and " " not in form:
        return False  # María is not MarIA; ETH Zürich is ETH Zurich
    if form.islower() and entry.ambiguous and entry.family is not None:
        return False  # Babbage is not babbage
    if len(form) <= 3 or entry.kind in {"short", "variant"}:
        return _short_dress(surface, form, entry, tail)
    if surface.isupper():
        return True
    if surface.startswith("the ") and not entry.ambiguous:
        return _words_dressed(surface[4:], form[4:])  # in the Verge
    versioned = tail is not None and tail.glued and any(part.kind in {"version", "size"} for part in tail.parts)
    if surface[0].isupper() or surface[0].isdigit():
        return surface[0] == form[0].upper() and (versioned or _words_dressed(surface, form))
    if surface == form.lower() and (form[0].islower() or "." in form):
        return True
    return versioned or _no_word(surface, form, entry, index)


def _words_dressed(surface: str, form: str) -> bool:
    """A capital where the form has one at the head of a word: "El mundo" is not El Mundo; of a name written together,
    enough letters to be no other word: "Valle" is not VALL-E.
    """
    words, forms = re.split(r"[ -]", surface), re.split(r"[ -]", form)
    if len(words) != len(forms):
        return len(surface) >= 8 or any(char.isupper() for char in surface[1:])
    return all(word[:1].isupper() or not given[:1].isupper() for word, given in zip(words, forms, strict=True))


def _short_dress(surface: str, form: str, entry: Entry, tail: Tail | None) -> bool:
    if entry.kind == "variant":
        versioned = tail is not None and tail.version is not None
        return len(form) > 3 and (surface == form.upper() or (versioned and surface == form.lower()))
    glued = tail is not None and tail.glued and tail.version is not None
    return surface.replace("-", " ").upper() == form.replace("-", " ").upper() and (
        (entry.kind == "family" and glued) or (entry.kind == "org" and surface.isupper() and len(form) == 3)
    )


def _no_word(surface: str, form: str, entry: Entry, index: Index) -> bool:
    """A name with capitals inside is hardly a word: openai, deepseek, huggingface; but gnome and rebel are. A model's
    name in capitals throughout may be one: electra.
    """
    inner = any(char.isupper() for char in form[1:]) and " " not in surface
    inner = inner and not (form.isupper() and entry.family is not None)
    return inner and len(surface) >= 6 and folded(form) not in index.lexicon.words.get("ordinary", ())


def around(text: str, start: int, end: int, width: int = 160) -> tuple[int, int]:
    """The sentence around a stretch, as (start, end), at most `width` characters to each side."""
    low = max(text.rfind("\n", max(0, start - width), start), text.rfind(". ", max(0, start - width), start))
    high_line = text.find("\n", end, end + width)
    high_stop = text.find(". ", end, end + width)
    stops = [stop for stop in (high_line, high_stop) if stop >= 0]
    return max(low, start - width) + 1 if low >= 0 else max(0, start - width), min([*stops, end + width])


def title_case(page: FoldedText, at: int) -> bool:
    """Whether the line is written with capitals throughout, so that a capital says nothing."""
    start = page.plain.rfind("\n", 0, at) + 1
    line = page.plain[start : start + _HEADLINE + 1].split("\n", 1)[0]
    return len(line) <= _HEADLINE and _in_capitals(line)


@lru_cache(maxsize=64)  # several names of a line are asked about
def _in_capitals(line: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", line)
    return len(words) >= 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)
