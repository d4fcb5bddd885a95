"""How much a doubtful name is written as companies' names are: within a sentence with its capital, before a verb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.mentions.candidates import title_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.extract.mentions.candidates import Candidate, FoldedText

_NUMBERED = re.compile(r"[ -]\d")
_GOES_ON = re.compile(r"[ ][a-zà-ÿ]")
_CHIP = re.compile(r"[ ](?:[A-Z]{1,3}\d{1,4}\w*|[GTN]PUs?|chips?|silicon)\b")
_ASIDE = re.compile(
    r",[ ](?:meanwhile|for[ ](?:its|their)[ ]part|for[ ](?:example|instance)|however|in[ ]turn|by[ ]contrast|"
    r"por[ ]su[ ]parte|mientras[ ]tanto|a[ ]su[ ]vez|por[ ]ejemplo|sin[ ]embargo|en[ ]cambio)\b"
)
_APPOSED = re.compile(r",[ ](?:which|whose|cuy[oa]s?|the|la|el)[ ]")
_NETWORK = re.compile(
    r"\b(?:hilos?|posts?|perfil|cuenta|tuits?|tweets?|threads?|account|profile|red(?:es)? social(?:es)?|twitter|"
    r"post\w+|public\w+|linkedin|mastodon|bluesky|elon|musk|escrib\w+|coment\w+)\b"
)
WORD_AFTER = re.compile(r"[\"”»*_)]*[ ]+[\"“«(]?([^\W_][\w'-]*)")
SENTENCE_START = re.compile(r"(?:^|[\n.!?:…]\s*|[-*•¿¡“\"«(]\s?)$")
PLACE_PREPOSITION = frozenset(
    "de en por a con para of in at from by with for to on del desde según y e o and or".split()
)


def as_company(
    page: FoldedText,
    candidate: Candidate,
    before: re.Match[str] | None,
    words: Mapping[str, frozenset[str]],
    *,
    by_other_name: bool,
) -> float:
    """A capital within a sentence, a possessive, a preposition: Apple is rarely fruit then.

    `before` are the two words before the name, `words` those of the lexicon by their role; `by_other_name` says that
    the company is named elsewhere by a name that is only its own.
    """
    text = page.plain
    if len(candidate.entry.form) < 3 or _NUMBERED.match(text, candidate.end):
        return 0.0
    if _CHIP.match(text, candidate.end):
        return 2.0
    goes_on = _GOES_ON.match(text, candidate.end) is not None
    article = goes_on and candidate.entry.form.startswith(("El ", "La ", "The "))  # "El debate" may head a sentence
    uncounted = candidate.entry.folded in words.get("mass", ())
    mass = article or uncounted
    score = (1.0 if mass else 1.5) if text[candidate.end : candidate.end + 2] == "'s" else 0.0
    score += 1.5 * by_other_name
    starts = SENTENCE_START.search(text[max(0, candidate.start - 4) : candidate.start]) is not None
    media = candidate.entry.org is not None and candidate.entry.org.kind == "media"
    inner = [word for word in text[candidate.start : candidate.end].split(" ")[1:] if word[:1].isalpha()]
    starts = starts and (article or not (inner and all(word[0].isupper() for word in inner)))  # Artificial Analysis
    if not starts and text[candidate.start].isupper() and not title_case(page, candidate.start):
        score += 2.0 if goes_on and media and _word_after(text, candidate) in words.get("org_verb", ()) else 1.5
    elif goes_on:
        after = _word_after(text, candidate)
        if candidate.entry.folded in words.get("spanish", ()) and after not in words.get("closed", ()):
            score += 2.0 * (after in words.get("org_verb", ())) - 0.5  # "Opera sobre el sistema", "Meta lanza"
        else:
            score += 1.5 if not uncounted and after in words.get("org_verb", ()) else 0.5 * (not mass)
    elif _ASIDE.match(text, candidate.end):
        score += 2.0
    elif not (mass or candidate.entry.folded in words.get("spanish", ())) and _APPOSED.match(text, candidate.end):
        score += 1.5
    if before and (before.group(2) or "").lower() in PLACE_PREPOSITION:
        score += 0.5
    return score


def is_posted_on(page: FoldedText, candidate: Candidate, before: re.Match[str] | None) -> bool:
    """Whether X is the network: where something is posted on it. Else it is the unknown."""
    near = page.folded[max(0, candidate.start - 60) : candidate.end + 30]
    placed = before is not None and (before.group(2) or "").lower() in PLACE_PREPOSITION
    return placed and _NETWORK.search(near) is not None


def opens_and_acts(page: FoldedText, candidate: Candidate, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether the name begins its sentence and a verb follows: "Claude writes well"."""
    opens = candidate.entry.kind == "family" and SENTENCE_START.search(
        page.plain[max(0, candidate.start - 4) : candidate.start]
    )
    return bool(opens) and _word_after(page.plain, candidate) in words.get("org_verb", ())


def _word_after(text: str, candidate: Candidate) -> str:
    """The word behind the name, small; empty where none follows."""
    after = WORD_AFTER.match(text, candidate.end)
    return after.group(1).lower() if after else ""
