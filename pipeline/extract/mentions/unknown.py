"""Names that no list has: organizations by the nouns they are made with, models by their shape and company.

What is found here is marked: an unknown model is *emerging*, to be confirmed by a curator over several posts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.fillers import SORTS_OF_COMPANY
from pipeline.extract.folding import folded
from pipeline.extract.mentions.candidates import title_case
from pipeline.extract.trie import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.mentions.candidates import Candidate, FoldedText
    from pipeline.extract.mentions.index import Index

_CAP = r"[A-ZÀ-Þ][\w'’&.-]*[\w]"
_FIELDS = (
    r"(?=\s(?:Inteligencia|Cienc|Tecnolog|Investigación|Salud|Ingeniería|Informática|Energía|Computación|Biom|Rob))"
)
_OF = rf"(?:en{_FIELDS}|de\sla|de\slos|de\slas|del|de|d['’]|of\sthe|of|for|at|para\sla|para)"
_NAMED = rf"{_CAP}(?:\s{_CAP}){{0,2}}"
_ADJECTIVES = rf"(?:\s{_CAP})"
_AND_MORE = rf"(?:,?\s(?:y|e|and)\s(?:de\s)?{_CAP}(?:\s{_CAP})?)"
_AFTER_NOUN = re.compile(rf"{_ADJECTIVES}{{0,4}}(?:\s{_OF}\s{_NAMED}){{0,3}}(?:{_AND_MORE}(?=\s\([A-Z]{{2}}))?")
_AFTER_OFFICE = re.compile(rf"{_ADJECTIVES}{{0,4}}(?:\s{_OF}\s{_NAMED}{_AND_MORE}?){{0,3}}")
_AFTER_ENGLISH = re.compile(
    rf"(?:\s(?:of|for|at)\s(?:the\s)?{_CAP}(?:\s{_CAP}){{0,2}}(?:,?\sand\s{_CAP}(?:\s{_CAP})?)?){{0,2}}"
)
_ENGLISH = frozenset(
    "university universities college institute foundation ministry agency academy laboratory laboratories institution "
    "school department center centre".split()
)
_CENTRES = frozenset({"center", "centre"})
_OFFICES = frozenset(
    "ministerio ministere instituto institut centro agencia comision consejo secretaria servicio oficina".split()
)
_BEFORE_NOUN = re.compile(rf"(?:(?:(?:The|University|College|of|at)\s)?(?:{_CAP}\s){{1,4}})$")
_NOT_A_NAME = frozenset(
    "the a an el la los las un una este esta this that our my your su sus mi en in at of de from y and o or por by "
    "con with para for pero but si if cuando when como as desde hoy today cada every otro otra another unos unas "
    "al del".split()
)
_SIZE = re.compile(r"-(\d{1,4}(?:\.\d+)?[BbM])((?:-[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)*)(?!\w)")
_STEM = re.compile(r"(?<![\w@#./-])((?:[\w.-]{2,40}/)?[A-Za-z][A-Za-z0-9.+]*(?:-[A-Za-z0-9.+]+)*)$")
_CUED = Words(
    "Model(?:os?)?", "model(?:os?)?", "LLM", "chatbot",
    then=r"\s(?:(?:llamado|de\slenguaje|called|named)\s)?[*_\"“«]{0,2}"
    r"([A-ZÀ-Þ][A-Za-z]{2,20}(?:[A-Z][a-z]+)?[ -]?[vV]?\d(?:\.\d)?(?![\d%])(?:-[A-Za-z0-9]+)*)",
)  # fmt: skip
_CARD = re.compile(r"^https?://(?:www\.)?huggingface\.co/([\w.-]+)/([\w.-]+?)(?:[?#/].*)?$")
_NO_CARDS = frozenset(
    "spaces datasets blog docs papers collections models posts learn chat tasks join pricing enterprise new".split()
)
_OWN_NAME = rf"(?:[ ](?:llamad[ao]|called|named))?[ ][*_\"“«]{{0,2}}({_CAP}(?:[ ]{_CAP})?)"
_SORT = (
    r"(?:[ ](?:[a-zà-ÿ]+(?:an[ao]|ense|és|es[ae]|ol|ola|in[ao]|sa|eñ[ao]|ic[ao]|al)|de[ ](?:[a-zà-ÿ]{3,}|IA|[A-Z]+)"
    r"(?:[ ](?:y|de)[ ][a-zà-ÿ]+)?(?:[ ][a-zà-ÿ]*(?:al|ic[oa]s?|iv[oa]s?|web))?))?"
)
_PLAINLY = ("empresa", "compañía", "start-?up", "company", "firma", "consultora", "laboratorio", "lab")
_INTRODUCED = Words(*_PLAINLY, then=_SORT + _OWN_NAME)
_SAID_WHAT = Words(*(sort for sort in SORTS_OF_COMPANY if sort not in _PLAINLY), then=_SORT + _OWN_NAME)
_ARTICLE_BEFORE = re.compile(
    r"\b(?:[Ll]a|[Uu]na|[Tt]he|[Aa]n?|[Ee]l|[Uu]n|of|by|from|with|de|por|con)\s(?:[\w-]+\s){0,4}$"
)
_NAME_BEFORE = re.compile(rf"(?<![\w.'’-])((?:{_CAP}[ ]){{0,2}}{_CAP}),?[ ]$")
_SENTENCE = re.compile(r"(?:^|[\n.!?:…(\"“«¿¡|>#*-][ ]?)[^\W\d_]+[ ]$")
_LEGAL = frozenset("inc corp corporation llc ltd gmbh s.l s.a s.l.u sas b.v".split())
_AFTER_AI = re.compile(
    r"(?![\w-])(?:(?![ ]+\w)|[ ](?:y|e|o|and|or|en|de|por|para|con|ha|is|has|was|que|which|in|of|to|for)[ ])"
)
_GOES_ON = re.compile(
    r"(?:[ ](?:Infrastructure|Company|Group|Partners|Systems|Networks|Holdings?|Management|Research|International)\b)*"
)
_TAIL_ENDS = frozenset(
    "infrastructure company group partners systems networks management research international".split()
)
_NEXT_WORD = re.compile(r"[ ](\w+)")
_OWNER = re.compile(r".*['’]s[ ]")
_LISTED = re.compile(r"\w+-(?:listed|based|backed|owned|led|style|funded)")


class Unknown(NamedTuple):
    """A name found by its shape, and the rule that found it."""

    start: int
    end: int
    name: str
    rule: str


def organizations(page: FoldedText, index: Index, cues: list[Candidate], topic: float) -> Iterator[Unknown]:
    """Universities, institutes, ministries; companies introduced as such, or with a legal form behind the name."""
    for cue in cues:
        if cue.entry.kind == "noun" and page.plain[cue.start].isupper() and (span := _around_noun(page.plain, cue)):
            yield Unknown(*span, " ".join(page.text[slice(*span)].split()), "org-noun")
        elif cue.entry.kind == "tail" and (span := _before_tail(page, cue)) and _is_name(page, index, *span):
            yield Unknown(*span, page.text[slice(*span)], "org-tail")
    for match in _INTRODUCED.finditer(page.plain):
        lead = page.plain[max(0, match.start() - 40) : match.start()]
        acts = _NEXT_WORD.match(page.plain, match.end(1))  # Vertical farming company Plenty filed
        named = _ARTICLE_BEFORE.search(lead) or (acts and acts[1] in index.lexicon.words.get("org_verb", ()))
        if named and _is_name(page, index, *match.span(1)):
            yield Unknown(*match.span(1), match.group(1), "org-introduced")
    for match in _SAID_WHAT.finditer(page.plain) if topic else ():
        if _is_name(page, index, *match.span(1)):
            yield Unknown(*match.span(1), match.group(1), "org-introduced")


def _before_tail(page: FoldedText, cue: Candidate) -> tuple[int, int] | None:
    """Foo Labs, Foo AI; of Foo Bar, Inc. only what stands before the legal form."""
    text = page.plain
    if not text[cue.start].isupper() or text[cue.end : cue.end + 1].isalpha():
        return None
    if cue.entry.form == "ai" and _SENTENCE.search(text[max(0, cue.start - 40) : cue.start]):
        return None
    low = max(0, cue.start - 50)
    match = _NAME_BEFORE.search(text[low : cue.start])
    if (
        match is None
        or match[1].endswith(("'s", "’s"))
        or (cue.entry.form == "ai" and (" " in match[1] or not _AFTER_AI.match(text, cue.end)))
    ):
        return None
    owner = _OWNER.match(text, low + match.start(1), cue.start)  # Hugging Face's AI Energy
    start = _without_article(text, owner.end() if owner else low + match.start(1), cue.start)
    legal = cue.entry.form in _LEGAL
    end = low + match.end(1) if legal else _GOES_ON.match(text, cue.end).end()  # type: ignore[union-attr]  # always
    fits = start < (end if legal else cue.start) and (legal or text[low + match.end(1)] == " ")
    return (start, end) if fits else None


def _is_name(page: FoldedText, index: Index, start: int, end: int) -> bool:
    """No common word, no line of capitals, and no known name with another word behind it."""
    lexicon, words, at = index.lexicon.words, page.plain[start:end].split(" "), 0
    tails = lexicon.get("org_tail", frozenset()) | lexicon.get("org_body", frozenset()) | _TAIL_ENDS | {"venture"}
    while len(words) > 1 and folded(words[-1]) in tails:
        words, at = words[:-1], at + 1
    last = folded(page.plain[start:end].split(" ")[len(words)]) if at else ""
    if "\n" in page.plain[start:end] or len(words[0]) < 2 or title_case(page, start):
        return False
    if at and words == ["AI"]:
        return False  # AI Labs
    if last == "ai" and any(entry.family for entry in index.table.get(folded(words[0]), ())):
        return False  # Gemini AI
    if len(words) > 1 and _sure_org(words[0], index):
        return False  # DeepSeek Secures Major Capital
    if last in lexicon.get("org_body", ()):
        return folded(words[-1]) not in lexicon.get("before_body", ()) and not _common(words[-1], index)
    if any(_common(word, index) for word in words):
        return False
    return not (len(words) > 1 and any(folded(word) in index.table for word in words))


def _sure_org(word: str, index: Index) -> bool:
    """Whether the word alone is the name of an organization, and of nothing else."""
    return any(entry.org is not None and not entry.ambiguous for entry in index.table.get(folded(word), ()))


def _common(word: str, index: Index) -> bool:
    words, key = index.lexicon.words, folded(word)
    return word.lower() in _NOT_A_NAME or key in words.get("not_org", ()) or key in words.get("month", ())


def _without_article(text: str, start: int, end: int) -> int:
    while (space := text.find(" ", start, end)) > 0 and (
        text[start:space].lower() in _NOT_A_NAME or _LISTED.fullmatch(text, start, space)
    ):
        start = space + 1
    return start


def _around_noun(text: str, cue: Candidate) -> tuple[int, int] | None:
    """Universidad de Jaén, Stanford University, Allen Institute for AI."""
    noun = folded(cue.entry.form.split(" ")[0])
    english = noun in _ENGLISH
    pattern = _AFTER_ENGLISH if english else _AFTER_OFFICE if noun in _OFFICES else _AFTER_NOUN
    after = pattern.match(text, cue.end)
    end = after.end() if after else cue.end
    before = _BEFORE_NOUN.search(text[max(0, cue.start - 60) : cue.start])
    start = _without_article(text, cue.start - len(before.group()), cue.start) if before else cue.start
    owner = _OWNER.match(text, start, cue.start)  # Chile's National Center of
    start = owner.end() if owner else start
    if noun in _CENTRES and end == cue.end:
        return None  # the Rockefeller Center
    if english and end == cue.end and not _ends_a_name(text, noun, start, cue):
        return None
    if noun == "foundation" and start < cue.start:  # the Ethereum Foundation for Ethereum
        end = cue.end
    if "\n" in text[start:end]:
        start = max(start, text.rfind("\n", 0, cue.start) + 1)
        line_end = text.find("\n", cue.start)
        end = min(end, line_end) if line_end >= 0 else end
    end -= 2 if text[end - 2 : end] == "'s" else 0
    return (start, end) if end > cue.end or start < cue.start else None


def _ends_a_name(text: str, noun: str, start: int, cue: Candidate) -> bool:
    """Whether the name ends here: "College Math" and "Foundation Framework" go on and are something else."""
    goes_on = text[cue.end : cue.end + 1] == " " and text[cue.end + 1 : cue.end + 2].isupper()
    return not goes_on or (noun == "university" and start < cue.start)


def models(page: FoldedText, index: Index, topic: float) -> Iterator[Unknown]:
    """Names with a size (Foo-13B), names introduced as a model's (el modelo Foo 2), links to model cards."""
    for match in _SIZE.finditer(page.plain):
        low = max(0, match.start() - 60)
        stem = _STEM.search(page.plain[low : match.start()])
        name = stem[1].rsplit("/", 1)[-1] if stem else ""
        if (
            stem
            and folded(name) not in index.lexicon.words.get("not_model", ())
            and len(name) >= 3
            and any(c.isupper() for c in name)
            and (topic or match[1][-1] in "Bb")
        ):
            start = low + stem.start(1)
            yield Unknown(start, match.end(), name + page.plain[match.start() : match.end()], "sized")
    if topic:
        for match in _CUED.finditer(page.plain):
            first = folded(match.group(1)).split(" ")[0]
            if first not in index.table:
                yield Unknown(match.start(1), match.end(1), match.group(1), "model-cue")
    yield from _cards(page)


def _cards(page: FoldedText) -> Iterator[Unknown]:
    for inline in page.document.inlines:
        match = _CARD.match(inline.href) if inline.kind == "link" else None
        if match is None or match[1] in _NO_CARDS:
            continue
        surface = page.text[inline.start : inline.end]
        start = inline.start + len(surface) - len(surface.lstrip())
        bare = surface.strip()
        squeezed, card = (re.sub(r"[\W_]", "", folded(name)) for name in (bare, match[2]))
        exact = squeezed == card or squeezed == re.sub(r"[\W_]", "", folded(match[1])) + card
        if len(bare) >= 3 and (
            exact or (squeezed and squeezed in card and any(c.isdigit() or c.isupper() for c in bare))
        ):
            yield Unknown(start, start + len(bare), bare.rsplit("/", 1)[-1], "model-card")
