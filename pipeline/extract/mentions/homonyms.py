"""Names that are parts of other names: Data Science, the Jacobian Conjecture, AWS Lambda, George Box, Claude Shannon.

What a word means in one place of a post it mostly means in all of it: where "AWS Lambda" stands, "the Lambda" is no
company either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.folding import folded
from pipeline.extract.mentions.candidates import title_case

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.extract.mentions.candidates import Candidate, FoldedText
    from pipeline.lexicon import Lexicon

_NAME_AFTER = re.compile(r"[ ](?:[A-ZÀ-Þ][a-zà-ÿ]+|[A-ZÀ-Þ]\.)")
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]++)\.?[ -]$")
_DOMAIN = re.compile(r"\.[a-z]{2,}")
_NOUN_AFTER = re.compile(r"[ ](?!newspaper|magazine|article|piece|report|story|\w+(?:ly|ed|s)\b)([a-z]{4,})\b")
_CAPITAL_BEFORE = re.compile(r"\b([A-ZÀ-Þ][\w'’]*)[ ](?:& )?$")
_GIVEN_BEFORE = re.compile(r"\b([A-ZÀ-Þ][a-zà-ÿ]+)[ ](?:[A-Z]\.[ ])?$")
_CAPITAL_AFTER = re.compile(r"s?[ ](?:& )?[A-ZÀ-Þ][a-zà-ÿ]|s\b")
_OPENS_SENTENCE = re.compile(r"(?:^|[\n.!?:…¿¡|>#*•-][ ]?)[^\W\d_]+[ ]$")
_COMPOUND_BEFORE = re.compile(r"([A-ZÀ-Þ][a-zà-ÿ]+)-$")
_PROOF = re.compile(r"-[Pp]roof\b")  # a Google-proof question
_COMPOUND_AFTER = re.compile(r"-[A-ZÀ-Þ][a-zà-ÿ]|: ?[Tt]he [A-Z]")
_LICENCE = re.compile(r"licen[cs]|apache|\bbsd|\bgpl|permis+iv|copyleft|\bpesos\b|\bweights\b")
_OF_INSTITUTE = re.compile(r"\b(?:del|al|at|from|by|with|the|el|junto[ ]al)[ ]$|['’]s$")
_BENCHMARK = re.compile(
    r"(?:[ ]v?\d[\d.]*)?(?:[ ]?\([^()\n]{1,30}\))?(?:,[ ](?:an?|the|un|el|otro|another)[ ](?:[\w-]+[ ]){0,3}?|"
    r"[ ])benchmark\b(?![ ](?:scores?|results?|suite|run|numbers))"
)
_KIN = ("convolutional", "convolucion", "convolución", "cnns", "cnn model", "redes cnn", "red cnn", "rnn", "lstm")
_PRINTED = frozenset({"media", "newsletter"})


def inside_another(page: FoldedText, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the organization's name is a part of another's, or a site's: Data Science, Time Series, X.org."""
    text, org = page.plain, candidate.entry.org
    if _DOMAIN.match(text, candidate.end) or _PROOF.match(text, candidate.end):
        return True
    if org is not None and candidate.entry.form.startswith("The ") and candidate.entry.ambiguous:
        return _CAPITAL_AFTER.match(text, candidate.end) is not None  # The Information Network
    if org is None or " " in candidate.entry.form:
        return False
    weak = candidate.entry.folded in lexicon.words.get("weak_org", ())
    if weak and (_compound(text, candidate, lexicon) or _heads(text, candidate)):
        return True
    if not (weak or org.kind in _PRINTED) or title_case(page, candidate.start):
        return False
    if org.kind in _PRINTED and _CAPITAL_AFTER.match(text, candidate.end):
        return True
    before = _CAPITAL_BEFORE.search(text[max(0, candidate.start - 24) : candidate.start])
    word = before[1] if before else ""
    if not word or any(word.lower() in lexicon.words.get(role, ()) for role in ("closed", "not_stem", "month")):
        return False  # Since Bloomberg first published it
    return (org.kind in _PRINTED and not candidate.sure) or _names(text, word, candidate, lexicon)


def is_licence(page: FoldedText, candidate: Candidate) -> bool:
    """Whether MIT is the licence: other licences or the word stand beside it, and it does not act."""
    if candidate.entry.form != "MIT":
        return False
    low = max(0, candidate.start - 60, page.plain.rfind("\n", 0, candidate.start))
    if _OF_INSTITUTE.search(page.plain[low : candidate.start]):
        return False
    return _LICENCE.search(page.folded[low : candidate.end + 40]) is not None


def is_network(page: FoldedText, candidate: Candidate) -> bool:
    """Whether CNN is the sort of network: a post that speaks of convolutions, or of its kin, means no newsroom."""
    return candidate.entry.form == "CNN" and any(word in page.folded for word in _KIN)


def is_device(page: FoldedText, candidate: Candidate) -> bool:
    """Whether the Raspberry Pi is the computer: one of them, or several. Its models are in products.csv."""
    if candidate.entry.form != "Raspberry Pi":
        return False
    if page.plain.startswith("s", candidate.end):
        return True
    return _ONE_OF_THEM.search(page.plain, max(0, candidate.start - 12), candidate.start) is not None


_ONE_OF_THEM = re.compile(r"\b(?:an?|the|my|your|one|un|una|la|mi|tu)[ ]$", re.IGNORECASE)


def is_surname(page: FoldedText, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a given name before it makes a person's name of the organization's: Nikola Tesla, Michael Dell."""
    before = _GIVEN_BEFORE.search(page.plain[max(0, candidate.start - 24) : candidate.start])
    if before is None or " " in candidate.entry.form:
        return False
    return folded(before.group(1)) in lexicon.words.get("first_name", ())


def is_person(page: FoldedText, candidate: Candidate, lexicon: Lexicon, starts: Collection[int]) -> bool:
    """Whether a given name or a surname stands beside it: Claude Shannon, Jean-Claude, van Claude."""
    text, words = page.plain, lexicon.words
    after = _NAME_AFTER.match(text, candidate.end)
    if after and not candidate.tail.parts and candidate.entry.folded in words.get("given_name", ()):
        follower = after.group().strip().lower()
        product = follower in words.get("spaced", ()) or follower in words.get("product_noun", ())
        return not product and candidate.end + 1 not in starts and not title_case(page, candidate.start)
    before = _LAST_WORD.search(text[max(0, candidate.start - 24) : candidate.start])
    return before is not None and before.group(1).lower() in words.get("given", ())


def is_adjective(page: FoldedText, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a noun follows that the name only describes: the Australian government, the Independent commission."""
    after = _NOUN_AFTER.match(page.plain, candidate.end)
    if after is None or not candidate.entry.form.startswith("The "):
        return False
    return not any(after[1] in lexicon.words.get(role, ()) for role in ("org_verb", "closed", "not_stem"))


def _compound(text: str, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Command-Line, Line-Numbers, Elicits, Magic: The Gathering."""
    if text.startswith("s", candidate.end) or _COMPOUND_AFTER.match(text, candidate.end):
        return True
    before = _COMPOUND_BEFORE.search(text[max(0, candidate.start - 24) : candidate.start])
    return before is not None and before.group(1).lower() not in lexicon.words.get("prefix", ())


def _heads(text: str, candidate: Candidate) -> bool:
    """Whether the name ends the head of an item: "Unprecedented Scale: one million chips"."""
    return text.startswith(":", candidate.end) and bool(
        _CAPITAL_BEFORE.search(text[max(0, candidate.start - 24) : candidate.start])
    )


def _names(text: str, word: str, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the capital before a doubtful name makes one name with it. The first word of a sentence has its capital
    anyway, and a company's role (CEO) or a possessive stands outside the name.
    """
    if word.endswith(("'s", "’s")) or word.lower() in lexicon.words.get("org_cue", ()):
        return False
    return _OPENS_SENTENCE.search(text[max(0, candidate.start - 30) : candidate.start]) is None


def benchmarks(page: FoldedText, found: Sequence[Candidate]) -> frozenset[str]:
    """Forms of models' names that the post says to be a benchmark's: DeepSWE, a benchmark of real issues."""
    if "benchmark" not in page.folded:
        return frozenset()
    return frozenset(
        candidate.entry.form
        for candidate in found
        if candidate.entry.kind == "family"
        and not (candidate.tail.sized or candidate.tail.variant)
        and _BENCHMARK.match(page.plain, candidate.end)
    )


def otherwise(page: FoldedText, found: Sequence[Candidate], lexicon: Lexicon) -> frozenset[str]:
    """The organizations whose doubtful names stand inside another name somewhere in the post."""
    weak = lexicon.words.get("weak_org", frozenset())
    return frozenset(
        candidate.entry.org.name
        for candidate in found
        if candidate.entry.org is not None
        and candidate.entry.folded in weak
        and inside_another(page, candidate, lexicon)
    )


def means_another(page: FoldedText, candidate: Candidate, elsewhere: frozenset[str]) -> bool:
    """Whether the name is likely no organization's because it is none elsewhere in the post. A newspaper may be read
    beside other names with the same word in them; only where all words have capitals nothing else tells them apart.
    """
    org = candidate.entry.org
    if org is None or org.name not in elsewhere:
        return False
    return org.kind not in _PRINTED or title_case(page, candidate.start)
