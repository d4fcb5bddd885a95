"""How models are named: after the family come versions, sizes, variants, dates and precisions, in any order.

The grammar is applied where a family's name was found (`parse_tail`), and gives parts; `composing` puts them
together again the way the maker writes them, so that every spelling of a model ends in one name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.folding import folded
from pipeline.extract.mentions.parts import Part, Tail, last_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.lexicon import Family, Lexicon

_END = r"(?=s?(?![0-9A-Za-zÀ-ÿ]))(?!\.\d)"
_ELEMENT = re.compile(
    rf"""
    (?P<size>(?:\d{{1,3}}[xX])?\d+(?:\.\d+)?[bBmMtT]\+? | [aAeE]\d+(?:\.\d+)?[bB] | \d{{2,3}}[eE]){_END}
    | (?P<precision>(?i:iq\d|q\d)(?:_[A-Za-z0-9]+)* | (?:\d-?(?:bit|bits))){_END}
    | (?P<date>20\d\d-[01]\d(?:-[0-3]\d)? | 20\d\d[01]\d[0-3]\d | \d{{4}} | 00\d){_END}
    | (?P<context>\d+[kK]){_END}
    | (?P<version>[vV]?\d{{1,2}}(?:\.[xX](?!\w)|(?:\.\d{{1,2}}){{0,2}}[a-rt-zOV]?\+?))
        (?:{_END}|(?=(?i:vl|omni)(?![a-z])))
    | (?P<letter>[A-Za-z]\d{{1,2}}(?:\.\d{{1,2}})?[a-z]?){_END}
    | (?P<word>[A-Za-z]+\d?(?:\+(?![0-9A-Za-z]))?)(?![0-9A-Za-zÀ-ÿ])
    """,
    re.VERBOSE,
)
_NEXT_WORD = re.compile(r"[ -]([A-Za-z]+)(?![0-9A-Za-zÀ-ÿ])")
_COUNTED = re.compile(
    r"[^\S\n]*(?:[%‰º°]|[€$£](?!\s?\d)|[.,:/]\d|×|[-–]\d{1,2}(?![\w.])|"
    r"-(?i:ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sep|oct|nov|dic|dec)\b)|"
    r"[^\S\n]+(?:de\s+los?\s+|de\s+las?\s+|of\s+the\s+)?([^\W\d_]+)"
)
_ENDS = re.compile(r"(?:[,;:)]|\.(?!\d)|$|\n|[ ](y|e|o|and|or|de|of|en|in|is|es|runs|by)\b)")
_NUMBER = re.compile(rf"[ ]\d{{1,2}}(?:\.\d)?{_END}")
_OF_PARAMETERS = re.compile(r"[^\S\n]*(?:de\s+)?(?:par[aá]m|token)", re.IGNORECASE)
_SPELLED = {
    "vl": "VL", "moe": "MoE", "it": "IT", "pt": "PT", "tts": "TTS", "xl": "XL", "xxl": "XXL", "hd": "HD", "sft": "SFT",
    "dpo": "DPO", "rlhf": "RLHF", "ocr": "OCR", "asr": "ASR", "mini": "mini", "nano": "nano", "exp": "Exp",
}  # fmt: skip


class Grammar:
    """The naming grammar over one lexicon's words. `nested` finds a family inside a name, and gives its Tail."""

    def __init__(self, lexicon: Lexicon) -> None:
        words: Mapping[str, frozenset[str]] = lexicon.words
        empty: frozenset[str] = frozenset()
        self.variants = words.get("variant", empty)
        self.spaced = words.get("spaced", empty)
        self.precision = words.get("precision", empty)
        self.not_version = words.get("not_version", empty)
        self.stop = words.get("glue_stop", empty)
        self.package = words.get("package", empty)
        self.closed = words.get("closed", empty)
        self.not_variant = self.closed | self.not_version | words.get("model_cue", empty) | words.get("month", empty)
        self.nested: Callable[[str, int], tuple[str, Tail] | None] = lambda _text, _at: None
        self.dotted = {style.family for style in lexicon.naming.values() if style.first == "."}
        self._own: dict[str, dict[str, str]] = {}

    def own(self, family: Family) -> dict[str, str]:
        """The family's variants, by their folded spelling."""
        if family.name not in self._own:
            self._own[family.name] = {folded(v).replace(" ", "-"): v for v in family.variants}
        return self._own[family.name]

    def parse_tail(self, family: Family, text: str, at: int, *, lower: bool = False, listed: bool = False) -> Tail:
        """The rest of a model's name. `text` is plain; `lower` says that the name so far is in lower case, `listed`
        that the family's name is not there itself, so that only variants on the list are.
        """
        reading = _Reading(self, family, text, at, lower=lower, listed=listed)
        while reading.step():
            pass
        return Tail(reading.end, tuple(reading.parts), reading.glued)


class _Reading:
    """One run over the elements of a name."""

    def __init__(self, grammar: Grammar, family: Family, text: str, at: int, *, lower: bool, listed: bool) -> None:
        self.grammar, self.family, self.text, self.end = grammar, family, text, at
        self.lower, self.listed = lower, listed
        self.start = at
        self.parts: list[Part] = []
        self.glued = False
        self.own = grammar.own(family)

    def step(self) -> bool:
        """Takes one more element, and says whether there was one."""
        sep = self.text[self.end : self.end + 1]
        if sep not in {" ", "-", "_", ":"} and not (sep == "." and self._dotted()):
            sep = ""
        start = self.end + len(sep)
        match = _ELEMENT.match(self.text, start)
        if match is None or (not sep and self.end != self.start and match.lastgroup != "word"):
            return False
        if match.lastgroup == "word" and self._two_words(start, sep, match.end()):
            return True
        part = self._read(match.lastgroup or "", match.group(), sep, match)
        if part is None:
            return self._nested(start) if sep == "-" else False
        self._take(part, sep, match.end())
        return True

    def _dotted(self) -> bool:
        """Whether a stop joins the version to the name: FLUX.2."""
        return self.family.name in self.grammar.dotted and self.end == self.start

    def _take(self, part: Part, sep: str, end: int) -> None:
        last = self.parts[-1] if self.parts else None
        if sep == "-" and part.kind == "version" and last is not None and last.kind == "version":
            self.parts[-1] = Part("version", f"{last.text}.{part.text}")  # claude-3-5-sonnet
        else:
            self.parts.append(part)
        self.glued = self.glued or sep != " "
        self.end = end

    def _nested(self, start: int) -> bool:
        """A family within the name: DeepSeek-R1-Distill-Qwen-7B."""
        found = self.grammar.nested(self.text, start)
        if found is None:
            return False
        name, tail = found
        self._take(Part("nested", name), "-", tail.end)
        return True

    def _two_words(self, start: int, sep: str, end: int) -> bool:
        """Takes two words that are one variant: Flash-Lite, Deep Think."""
        more = _NEXT_WORD.match(self.text, end)
        key = folded(self.text[start : more.end()]).replace(" ", "-") if more else ""
        dressed = self.text[start].isupper() or sep != " " or self.lower or bool(self.parts)
        if more is None or key not in self.own or not dressed:
            return False
        self._take(Part("variant", self.own[key]), sep, more.end())
        return True

    def _read(self, group: str, token: str, sep: str, match: re.Match[str]) -> Part | None:
        if group == "size":
            return self._size(token, sep, match.end())
        if group == "precision":
            return Part("precision", token) if sep in {"-", ":", "_"} else None
        if group == "date":
            return self._date(token, sep)
        if group == "context":
            return Part("context", token[:-1] + "K") if sep in {"-", ":"} else None
        if group == "version":
            return self._version(token, sep, match.end())
        if group == "letter":
            return self._letter(token, sep)
        return self._word(token, sep, match.end())

    def _size(self, token: str, sep: str, end: int) -> Part | None:
        if sep == " " and (_OF_PARAMETERS.match(self.text, end) or not (token[-1] in "bB+" or self._small(token, end))):
            return None
        if not sep and not self.lower:
            return None
        text = token.upper().replace("X", "x")
        return Part("size", text)

    def _small(self, token: str, end: int) -> bool:
        """Gemma 3 270M: millions behind a version, with nothing after them that they could count."""
        ends = _ENDS.match(self.text, end)
        return token[-1] == "M" and bool(self.parts) and ends is not None and ends[1] not in {"de", "of", "en", "in"}

    def _date(self, token: str, sep: str) -> Part | None:
        if sep not in {"-", " ", "@"}:
            return None
        if len(token) == 4:
            month_day = token[:2] <= "12" and "01" <= token[2:] <= "31"
            year_month = "23" <= token[:2] <= "39" and "01" <= token[2:] <= "12"
            if not (month_day or year_month) or (sep == " " and not (token[0] == "0" or year_month)):
                return None
        elif sep == " ":
            return None
        return Part("date", token)

    def _version(self, token: str, sep: str, end: int) -> Part | None:
        if self.family.is_series or sep == ":" or ("none" in self.family.versions and sep in {" ", ""}):
            return None
        prefixed = token[0] in "vV"
        if not prefixed and any(part.kind == "version" for part in self.parts):
            return self._point(token, sep)
        if any(part.kind == "version" and part.text[0] in "vV" for part in self.parts):
            return None
        if sep == " " and not prefixed and (self._counts(end) or last_kind(self.parts[-1:]) == "size"):
            return None  # behind a size it is a score
        return Part("version", _spelled_version(token, self.family))

    def _point(self, token: str, sep: str) -> Part | None:
        """The second number of a version written with a hyphen, as in ids: claude-3-5-sonnet."""
        last = self.parts[-1]
        single = last.kind == "version" and last.text.isdigit() and len(token) == 1 and token.isdigit()
        return Part("version", token) if single and sep == "-" and self.lower else None

    def _counts(self, end: int) -> bool:
        """Whether the number counts something, or belongs to a list, and is no version."""
        if match := _COUNTED.match(self.text, end):
            word = match.group(1)
            return word is None or word.lower() in self.grammar.not_version
        return False

    def _letter(self, token: str, sep: str) -> Part | None:
        upper = token[0].upper() + token[1:]
        if self.family.is_series:  # o3 is never O3
            upper = token.lower()
        listed = {v.upper() for v in self.family.versions} | {v.upper() for v in self.family.variants}
        known = upper.upper() in listed or upper.split(".")[0].upper() in listed or "letter" in self.family.versions
        if any(part.kind == "version" for part in self.parts) and token[0] not in "vV":
            known = False
        if known or (sep == "-" and (token[0].isupper() or self.lower)):
            return Part("version", upper)
        return None

    def _word(self, token: str, sep: str, end: int) -> Part | None:
        key = folded(token)
        if key in self.grammar.precision:
            return Part("precision", token) if sep in {"-", ":", "_"} else None
        if sep == "":
            fused = key in {"vl", "omni"} or key in self.own
            return Part("variant", self._spelled(key)) if fused and self.parts and len(key) < 6 else None
        if key in self.own:
            number = _NUMBER.match(self.text, end)
            numbered = number is not None and not self._counts(number.end())  # "Claude opus 4.1"
            dressed = token[0].isupper() or sep != " " or self.lower or bool(self.parts) or numbered
            return Part("variant", self.own[key]) if dressed or self.own[key] == token else None
        if sep == " ":
            known = key in self.grammar.spaced and token[0].isupper() and bool(self.parts)
            return Part("variant", self._spelled(key)) if known else self._new_variant(token, end)
        if key in self.grammar.variants and key not in {"high", "search"}:
            return Part("variant", self._spelled(key))
        return self._unknown_word(token, sep)

    def _new_variant(self, token: str, end: int) -> Part | None:
        """A variant of tomorrow stands between family and version: Claude Fable 5."""
        if self.parts or self.listed or not token[0].isupper() or len(token) < 4 or token.isupper() or self.lower:
            return None
        match = _NUMBER.match(self.text, end)
        if match is None or self._counts(match.end()) or folded(token) in self.grammar.not_variant:
            return None
        if self.grammar.nested(self.text, end - len(token)) is not None:
            return None
        return Part("variant", token)

    def _unknown_word(self, token: str, sep: str) -> Part | None:
        """A word of nobody's list, joined by a hyphen after a version: DeepSeek-R1-Zero."""
        behind = self.lower and len(token) > 3 and last_kind(self.parts[-1:]) == "version"
        dressed = token[0].isupper() or (behind and folded(token) not in self.grammar.package)
        fits = sep == "-" and self.parts and dressed and folded(token) not in self.grammar.stop
        if not fits or self.grammar.nested(self.text, self.end + 1) is not None:
            return None
        return Part("word", token if token[0].isupper() else token.capitalize())

    def _spelled(self, key: str) -> str:
        return self.own.get(key) or _SPELLED.get(key) or key.capitalize()


def _spelled_version(token: str, family: Family) -> str:
    """`4O` is 4o, `v3` of a family that has a V3 is V3.

    >>> from pipeline.lexicon import Family
    >>> _spelled_version("4O", Family("GPT")), _spelled_version("v3", Family("DeepSeek", versions=frozenset({"V3"})))
    ('4o', 'V3')
    """
    token = token.removesuffix(".x").removesuffix(".X")  # any version of Llama 3
    if token[0] in "vV":
        listed = any(v[0] == "V" for v in family.versions if v)
        return ("V" if listed else "v") + token[1:]
    return token.replace("O", "o")
