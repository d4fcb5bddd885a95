"""Whether a doubtful name is one here. Claude may be a person, Meta a goal, Gemini a sign of the zodiac.

Evidence is added up: what the post is about, what stands beside the name, what else the sentence names. The weights are
few and coarse on purpose: one strong sign, or two weak ones, make a mention.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.extract.folding import folded
from pipeline.extract.mentions.as_company import (
    SENTENCE_START,
    WORD_AFTER,
    as_company,
    is_posted_on,
    opens_and_acts,
)
from pipeline.extract.mentions.candidates import around
from pipeline.extract.mentions.cited import sources
from pipeline.extract.mentions.homonyms import (
    benchmarks,
    inside_another,
    is_adjective,
    is_device,
    is_licence,
    is_network,
    is_person,
    is_surname,
    means_another,
    otherwise,
)
from pipeline.extract.mentions.layout import Layout
from pipeline.extract.mentions.telling import listed, paired, telling
from pipeline.extract.mentions.topic import topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.extract.mentions.candidates import Candidate, FoldedText
    from pipeline.extract.mentions.unknown import Unknown
    from pipeline.lexicon import Lexicon

_WORDS_BEFORE = re.compile(
    r"(?:(?<![\w'-])[_'-]*+([^\W_][\w'-]*+))?[ ]++[\"“«*_(]*([^\W_][\w'-]*+)[ ]*+[:,]?[ ]*[\"“«*_(]*$"
)
_OWN_SITE = re.compile(r"[ ]\(([a-z0-9-]+)\.[a-z]{2,}\)")
_OUTSIDE_LIST = re.compile(r"[ ](?!(?:y|e|o|u|and|or|vs)\b)[a-zà-ÿ]")
_OF_IMAGE = re.compile(r":|[ ](?:de|del|con|en|por|y|[a-z]+(?:ad|id)[oa])\b")
NEEDED = 2.0


class Evidence:
    """What a page offers to decide by."""

    def __init__(
        self,
        page: FoldedText,
        found: Sequence[Candidate],
        cues: Sequence[Candidate],
        told: Iterable[Unknown],
        *,
        language: str,
        title: str | None,
        lexicon: Lexicon,
    ) -> None:
        self.page, self.language, self.lexicon = page, language, lexicon
        self.sure = [c for c in found if c.sure]
        self._leads: dict[int, re.Match[str] | None] = {}
        self._sure_starts = [c.start for c in self.sure]
        self.starts = {c.start for c in found}
        self._cue_starts = [c.start for c in cues if c.entry.kind == "cue"]
        self.title = folded(title or "")
        doubtful = {c.entry.form for c in found if c.entry.kind == "family" and not (c.sure or self._weak(c))}
        self.topic = topic(page, self.sure, doubtful, len(self._cue_starts))
        self._layout = Layout(page)
        self.families = {c.entry.family for c in found if c.entry.kind == "family"}
        self._sure_orgs = {c.entry.org.name for c in self.sure if c.entry.org}
        self.named = {c.entry.org.name for c in self.sure if c.entry.org}
        self.makers = {c.entry.family.maker for c in self.sure if c.entry.family}
        self._otherwise = otherwise(page, found, lexicon)
        self._benchmarks = benchmarks(page, found)
        columns = (self._layout.column(c.start) for c in self.sure if c.entry.kind == "family")
        self._model_columns = frozenset(column for column in columns if column is not None)
        weak = lexicon.words.get("weak", frozenset()) | lexicon.words.get("weak_org", frozenset())
        self._paired, self._listed = paired(page, found), listed(found, page.text, weak)
        doubted = self.topic and any(c.entry.org and not c.sure for c in found)
        given = lexicon.words.get("first_name", frozenset())
        told = (*told, *(sources(page) if doubted else ()))
        self._told = {(one.start, one.end) for one in told if one.rule != "said" or folded(one.name) not in given}

    def accepts(self, candidate: Candidate, agreed: frozenset[str] = frozenset()) -> bool:
        """Whether the name counts as a mention. `agreed` are spellings that have been decided for in this post."""
        if self.page.folded[candidate.start : candidate.end] in self.lexicon.words.get("not_model", ()):
            return False
        if candidate.entry.form in self._benchmarks or is_licence(self.page, candidate):
            return False
        if is_network(self.page, candidate) or is_device(self.page, candidate):
            return False
        if candidate.entry.org is not None and is_surname(self.page, candidate, self.lexicon):
            return False
        if candidate.sure:
            if candidate.entry.org is not None:
                return not inside_another(self.page, candidate, self.lexicon)
            return not self._is_person(candidate) or candidate.tail.parts != ()
        support = self._support(candidate) + (1.5 if candidate.entry.form in agreed else 0)
        if support < NEEDED or len(candidate.entry.form) == 1:
            return support >= NEEDED
        return support - self._against(candidate) >= NEEDED

    def learn(self, decided: Sequence[Candidate]) -> None:
        """What was decided for supports what is beside it: Meta, Apple and Amazon; Upstage's Solar; Phi-4, Falcon 3."""
        new = [c for c in decided if not c.sure and not self._weak(c)]
        orgs = [c for c in new if c.entry.org is not None]
        models = [c for c in new if c.entry.kind == "family" and c.tail.version]
        self.sure = sorted([*self.sure, *orgs, *models], key=lambda c: c.start)
        self._sure_starts = [c.start for c in self.sure]
        self.named |= {c.entry.org.name for c in orgs if c.entry.org}

    def _support(self, candidate: Candidate) -> float:
        """The sum of what speaks for a doubtful name."""
        if len(candidate.entry.form) == 1:
            return NEEDED if is_posted_on(self.page, candidate, self._words_before(candidate)) else 0.0
        score = self._by_topic(candidate) + self._beside(candidate) + self._sentence(candidate) + self._shape(candidate)
        score += self._in_column(candidate) + self._heads_item(candidate)
        if candidate.entry.family:
            is_weak = self._weak(candidate)
            score += telling(self.page, candidate, is_weak=is_weak)
            score += 2.0 * (candidate.start in self._paired and not is_weak)
            score += 1.0 * (not is_weak and opens_and_acts(self.page, candidate, self.lexicon.words))
        elif (candidate.start, candidate.end) in self._told:
            score += 3.0  # Runway, a startup that …; Figure has raised $1.7B; Source: Wired
        score += 1.5 * (candidate.start in self._listed)
        form = candidate.entry.folded
        if form in self.title and re.search(rf"\b{re.escape(form)}\b", self.title):
            score += 0.5
        return score

    def _by_topic(self, candidate: Candidate) -> float:
        """A post about AI speaks for Gemini; it says little of Solar, Tower or Gen, which mean something else there
        too, nor of Opus where Claude is nowhere named.
        """
        family = candidate.entry.family
        if family is None:
            return min(self.topic, 1.0) + self._foreign(candidate)
        if self._weak(candidate):
            if not self.named.isdisjoint(self._makers_of(candidate)):
                return min(self.topic, 1.0)
            own = candidate.tail.variant in family.variants
            return 0.0 if self.topic < 2.0 else 2.0 if own else 0.5 if candidate.tail.version else 0.0
        stray = candidate.entry.kind == "variant" and family not in self.families
        return min(self.topic, 1.0) if stray else self.topic

    def _foreign(self, candidate: Candidate) -> float:
        """An English word with its capital in a Spanish post about AI is a name: Perplexity, Cursor."""
        form = candidate.entry.folded
        plain = form.startswith(("el ", "la ", "las ")) or form in self.lexicon.words.get("spanish", ())
        plain = plain or form in self.lexicon.words.get("weak_org", ())
        return 1.5 if self.language == "es" and self.topic and len(form) > 4 and not plain else 0.0

    def _weak(self, candidate: Candidate) -> bool:
        """Whether the name is far more often something else, or is a person's and written like one: Bert, Colbert."""
        form = candidate.entry.folded
        if form in self.lexicon.words.get("weak_org" if candidate.entry.org else "weak", ()):
            return True
        if candidate.entry.org is not None:
            return False
        surface = self.page.text[candidate.start : candidate.start + len(form)]
        given = form in self.lexicon.words.get("given_name", ())
        return given and surface.istitle() and not candidate.entry.form.istitle()

    def _beside(self, candidate: Candidate) -> float:
        """A word next to the name that says what it is."""
        text = self.page.plain
        cues = self.lexicon.words.get("model_cue" if candidate.entry.family else "org_cue", frozenset())
        before = self._words_before(candidate)
        if before and any(word and word.lower() in cues for word in before.groups()):
            return 2.0
        after = WORD_AFTER.match(text, candidate.end)
        if after and after.group(1).lower() in cues and candidate.entry.family:
            return 1.5
        if site := _OWN_SITE.match(text, candidate.end):
            return 2.0 if site[1].replace("-", "") == re.sub(r"\W", "", candidate.entry.folded) else 0.0
        if candidate.entry.family is None:
            by_other_name = candidate.entry.org is not None and candidate.entry.org.name in self._sure_orgs
            return as_company(self.page, candidate, before, self.lexicon.words, by_other_name=by_other_name)
        return 0.0

    def _words_before(self, candidate: Candidate) -> re.Match[str] | None:
        """The two words before a name, which several rules ask for."""
        at = candidate.start
        if at not in self._leads:
            self._leads[at] = _WORDS_BEFORE.search(self.page.plain[max(0, at - 40) : at])
        return self._leads[at]

    def _in_column(self, candidate: Candidate) -> float:
        """The head of a table's column says what stands below it (Company, Modelo), and so do its other cells."""
        head = self._layout.column_head(candidate.start)
        cues = self.lexicon.words.get("model_cue" if candidate.entry.family else "org_cue", frozenset())
        if not cues.isdisjoint(re.findall(r"\w+", head)):
            return 2.5
        named = self._model_columns if candidate.entry.family else frozenset()
        return 1.5 if self._layout.column(candidate.start) in named else 0.0

    def _heads_item(self, candidate: Candidate) -> float:
        """What begins an item of a list is what begins the items beside it: - Meta, con …; - Amazon, con …"""
        beside = self._layout.items_beside(candidate.start)
        sign = self.page.plain[candidate.end : candidate.end + 2].strip()[:1]
        kind, sides = candidate.entry.kind, 0
        if sign.isalnum() or kind not in {"org", "family"}:
            return 0.0
        for start in beside:
            for head in self.sure[bisect_right(self._sure_starts, start - 1) :][:1]:
                alike = self.page.plain[head.end : head.end + 2].strip()[:1] == sign
                sides += alike and head.entry.kind == kind and head.start <= start + 1
        if kind == "family" and self._weak(candidate):  # Falcon stands between BLOOM and MPT
            return 2.5 if sides == 2 else 0.0
        return 1.5 if sides else 0.0

    def _sentence(self, candidate: Candidate) -> float:
        """What else is named in the sentence."""
        low, high = around(self.page.plain, candidate.start, candidate.end)
        others = self.sure[bisect_right(self._sure_starts, low - 1) : bisect_right(self._sure_starts, high)]
        score = 0.0
        makers = self._makers_of(candidate)
        for other in others:
            if other.entry.org and other.entry.org.name in makers:
                score = max(score, 2.0)
            elif other.entry.family or (other.entry.org and candidate.entry.org):
                score = max(score, 1.5)
            else:
                score = max(score, 0.5)
        if score < 2.0 and candidate.entry.family and self._weak(candidate):
            outside = not candidate.tail.version and _OUTSIDE_LIST.match(self.page.plain, candidate.end)
            return 0.0 if outside else min(score, 1.0)
        cued = bisect_right(self._cue_starts, low - 1) != bisect_right(self._cue_starts, high)
        return score + (0.5 if cued else 0.0)

    def _makers_of(self, candidate: Candidate) -> frozenset[str]:
        """The family's maker, and the companies that this is a part of: Google DeepMind, Google, Alphabet."""
        makers = set()
        name = candidate.entry.family.maker if candidate.entry.family else ""
        while name and name not in makers:
            makers.add(name)
            org = self.lexicon.organization(name)
            name = org.parent if org else ""
        return frozenset(makers)

    def _shape(self, candidate: Candidate) -> float:
        """A version is half a proof; a name with capitals of its own needs little more."""
        score = 0.0
        if candidate.tail.version and candidate.entry.kind != "short":
            score += 1.5 if candidate.tail.glued or "." in candidate.tail.version else 1.0
        if len(candidate.tail.parts) > len(candidate.entry.parts) and candidate.entry.kind in {"short", "variant"}:
            score += 1.0
        if candidate.entry.kind == "variant":
            score += self._of_family(candidate)
        if candidate.entry.kind == "short" and self.topic and candidate.entry.family:
            family = candidate.entry.family
            score += 1.0 if family.is_series or family.maker in self.makers | self.named else 0.0
        if self._layout.is_marked(candidate.start):
            score += 0.5
        return score

    def _of_family(self, candidate: Candidate) -> float:
        """Opus stands alone where Claude 3 Opus, or at least Claude, was named in full."""
        same = [c for c in self.sure if c.entry.family is candidate.entry.family and c is not candidate]
        named = any(c.tail.variant == candidate.entry.form for c in same)
        return 1.5 if named else 1.0 if same else 0.0

    def _against(self, candidate: Candidate) -> float:
        """The sum of what speaks against it."""
        weight = 0.0
        if self._is_person(candidate):
            weight += 3.0
        form = candidate.entry.folded
        starts = SENTENCE_START.search(self.page.plain[max(0, candidate.start - 4) : candidate.start]) is not None
        if form in self.lexicon.words.get("ordinary", ()) and starts and not candidate.tail.parts:
            weight += 0.5
        before = self._words_before(candidate)
        if before and before.group()[-2:-1] not in {",", ":"}:  # Luma Dream Machine, Pika
            others = self.lexicon.words.get("other_before", frozenset())
            weight += 3.0 * any((word or "").lower() in others for word in before.groups())  # Apache Spark
        if form in self.lexicon.words.get("title_noun", ()) and starts:  # "Imagen 3." numbers a figure
            weight += 4.0 if candidate.tail.version or _OF_IMAGE.match(self.page.plain, candidate.end) else 0.0
        if candidate.entry.org is not None:
            weight += 3.0 if inside_another(self.page, candidate, self.lexicon) else 0.0
            weight += 3.0 if is_adjective(self.page, candidate, self.lexicon) else 0.0
            weight += 2.0 if means_another(self.page, candidate, self._otherwise) else 0.0
            weight += 1.0 if self._weak(candidate) and not self._in_column(candidate) else 0.0
        return weight

    def _is_person(self, candidate: Candidate) -> bool:
        if candidate.entry.org is not None or self._layout.in_heading(candidate.start):
            return False
        return is_person(self.page, candidate, self.lexicon, self.starts)
