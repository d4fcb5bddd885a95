"""Benchmarks that no list has: by the form of their name (FooBench, BarQA), or because the text says what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.benchmarks import Benchmark, Named
from pipeline.extract.trie import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAME = r"[A-ZΑ-Ωτ∞][\w²³+]*(?:[.&/-][\w²³+]+)*"
_FORM = Words("Bench", "bench", "BENCH", "Eval", "Arena", "QA", "Index", before="", then=r"(?![a-zA-Z&])")
_GLUED = re.compile(r"[\w²³+.-]*$")  # what stands before the ending in the same word
_WORDS_BEFORE = re.compile(rf"(?:(?:{_NAME}) ){{1,3}}$")
_VARIANT = re.compile(
    r"(?:-[A-Z]{2,4}\b|[ -](?:v\d+(?:\.\d+)*|\d(?:\.\d)?(?=\s[A-Za-z]|-[A-Za-z])|Main|Pro|Verified|Lite|Hard|Diamond|"
    r"Full|Live|Plus|Multilingual|Multimodal|Extended|Mini|Public|Private|Text|Vision|Code|Coding|Telecom|Retail|"
    r"Airline)\b)*"
)
_ORDINARY = frozenset(
    "LlamaIndex GPTIndex FAISSIndex Workbench workbench Bench Eval Arena Index QA The El La Un En In On".split()
)
_GENERAL = frozenset(
    "AI IA AGI ASI LLM LLMs SLM SLMs VLM VLMs GPU GPUs TPU CPU CPUs API APIs PC RAM VRAM SSD HTML JSON PDF CSV SVG SQL "
    "CUDA NLP NLU ML DL RL RLHF RAG USB IQ CI OCR ASCII GPT MoE CoT UI UX QA SOTA STEM VC CEO CTO B2B SaaS ROI "
    "KPI EU UE SEO MSE PPL US USA UK EEUU OECD OCDE ONU PISA AWS GCP MCP CLI IDE SDK A/B".split()
)
_PRECISION = re.compile(r"(?:MX|NV)?(?:B?FP|BF|INT|UINT|NF|TF|Q|IQ|W)\d\w*")  # BF16, Q4_K_M, W4A16
_KIND = Words(
    "benchmarks?", "leaderboard", "evaluaci[óo]n", "evaluation", "prueba", "ex[áa]men", "test", "exam", "evals?",
    "índice", "indice", "ranking", "suite", "Benchmarks?", "Leaderboard", "Evaluaci[óo]n", "Evaluation", "Prueba",
    "Ex[áa]men", "Test", "Exam", "Evals?", "Índice", "Indice", "Ranking", "Suite",
    then=r"(?!\w)",
)  # fmt: skip
_AFTER = re.compile(
    rf"[ \u00a0](?:(?:de|for|of)\s[a-záéíóúñ]+\s)?(?:(?:llamad[oa]|denominad[oa]|conocid[oa] como|called|named|"
    rf"known as|intern[oa]|públic[oa]|propi[oa])\s)?[«“\"*_]*(?P<name>{_NAME})"
)
_BEFORE = re.compile(rf"(?P<name>{_NAME})(?P<variant>{_VARIANT.pattern})[»”\"*_]*[ \u00a0]$")
_APPOSITION = re.compile(
    rf"(?P<name>{_NAME})(?P<variant>{_VARIANT.pattern})[»”\"*_]*\s?[,(—–-]\s?(?:un|una|el|a|an|the|"
    r"another|otr[oa])\s(?:[\w-]+\s){0,4}$"
)
_SHARE = re.compile(
    r"\d\s?%[*_]*\s(?:(?:de\s)?(?:aciertos?|precisión|éxito|exactitud)\s|(?:accuracy|pass@1|success)\s)?"
    rf"(?:en|on|in|at)\s(?:el\s|la\s|los\s|the\s)?[*_]*(?P<name>{_NAME})"
)
_LABEL = re.compile(
    rf"(?P<name>{_NAME})(?P<variant>{_VARIANT.pattern})[*_]*(?:\s\(|:\s|\s=\s|,\s|\s)(?:(?:de|del|from|con|with|un|at|"
    r"is|of|el|al)\s)*[*_~≈]*\d+(?:[.,]\d+)?\s?$"
)
_ODD = re.compile(r"[A-Z].*[A-Z]|[A-Z].*[a-z-]\d")
_ACRONYM = re.compile(r"[A-Z]{1,4}s?")  # too short to be a name that nobody explains: API, GPU, ARR
_ARTICLE = re.compile(r"\b(?:el|del|al|un|este|su) (?:[a-záéíóúñ]+ )?$")
_NEAR = 60


def find_unlisted(text: str, listed: Sequence[Named], taken: Sequence[tuple[int, int]]) -> list[Named]:
    """The benchmarks of a text that are in no list, in order; `taken` are the places of other names.

    >>> [named.benchmark.name for named in find_unlisted("Logra un 61 % en CodeFooBench y 1.412 en Web Arena.", (), ())]
    ['CodeFooBench', 'Web Arena']
    """
    if not listed and "%" not in text and "Elo" not in text:
        return []  # no scores either
    found = set(_by_form(text))
    if kinds := list(_KIND.finditer(text)):
        named = {*_by_word(text, kinds), *_by_share(text)}
        found |= {span for span in named if not _overlaps(span, taken)} | set(_by_apposition(text, kinds))
    known = [(named.start, named.end) for named in listed]
    learned = {text[start:end] for start, end in found} - _ORDINARY - _GENERAL
    learned = {name for name in learned if not _PRECISION.fullmatch(name)}
    spans = {place for name in learned for place in _places(text, name)}
    free = [span for span in spans if not _overlaps(span, known)]
    return [Named(*span, _benchmark(text[span[0] : span[1]])) for span in _longest(free)]


def _by_form(text: str) -> Iterator[tuple[int, int]]:
    for match in _FORM.finditer(text):
        word = _GLUED.search(text, max(0, match.start() - _NEAR), match.start())
        start = word.start() if word else match.start()
        if start == match.start():
            words = _WORDS_BEFORE.search(text, max(0, match.start() - _NEAR), match.start())
            if match.group() == "QA" or words is None:
                continue
            start = words.start()
        if text[start].isupper() or match.group() in {"Bench", "bench"}:
            yield start, _varied(text, match.end())


def _by_word(text: str, kinds: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Names beside a word for benchmarks: "el benchmark X", "the X benchmark"."""
    for match in kinds:
        after = _AFTER.match(text, match.end())
        if after and (_ODD.search(after["name"]) or _says_all(text, match)):
            yield after.start("name"), _varied(text, after.end("name"))
        before = _BEFORE.search(text, max(0, match.start() - _NEAR), match.start())
        if before and _ODD.search(before["name"]):
            yield before.start("name"), before.end("variant")


def _by_apposition(text: str, kinds: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Names that the text explains: "X, a benchmark of". These are benchmarks even where a model is called so."""
    for match in kinds:
        before = _APPOSITION.search(text, max(0, match.start() - _NEAR), match.start())
        if before and _ODD.search(before["name"]):
            yield before.start("name"), before.end("variant")


def _by_share(text: str) -> Iterator[tuple[int, int]]:
    """Names of odd form beside a percentage: "un 61 % en FooCode", "FooCode: 61 %"."""
    at = text.find("%")
    while at >= 0:
        begin = max(0, at - _NEAR)
        after, before = _SHARE.search(text, max(0, at - 3), at + _NEAR), _LABEL.search(text, begin, at)
        for match in (after, before):
            if match and _ODD.search(match["name"]) and not _ACRONYM.fullmatch(match["name"]):
                yield match.start("name"), _varied(text, match.end("name"))
        at = text.find("%", at + 1)


def _says_all(text: str, kind: re.Match[str]) -> bool:
    """Whether what stands behind the word is a name, whatever its form: "el benchmark Balrog"."""
    is_word = kind.group() in {"benchmark", "leaderboard"}
    return is_word and bool(_ARTICLE.search(text, max(0, kind.start() - 24), kind.start()))


def _varied(text: str, end: int) -> int:
    match = _VARIANT.match(text, end)
    return match.end() if match else end


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        inside = (at and (text[at - 1].isalnum() or text[at - 1] == "-")) or text[end : end + 1].isalnum()
        if not inside:
            yield at, _varied(text, end)
        at = text.find(name, end)


def _overlaps(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _longest(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    reached = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            reached = end
            yield start, end


def _benchmark(name: str) -> Benchmark:
    scale = "elo" if "Arena" in name else "points" if "Index" in name else "any"
    return Benchmark(name, scale, plain=False)
