"""Who a number is about.

`RULES` lists the rules in the order they are tried; the first that finds a subject decides, and its name and confidence
go with the claim. A rule looks at one number where it stands; what was said before comes in by `Topic`.

    near        right before the number: "X (N)", "X con N", "X: N"
    order       by the order of names: "respectivamente", fronted phrases, two that are weighed against each other
    sizes       sizes that name models: "the 9B"
    behind      behind the number: in a bracket, "called X", "of X", later in the clause
    relative    in what is said of the number: "logrado por X", "that X spent"
    clause      the grammatical subject in the sentence, of those before the number that may be it (`governors`)
    reference   "este modelo", "the latter", "it"
    company     "la compañía de Claude", "los de Amodei", "la tasó en"
    unknown     names that no list has
    context     no name and no reference: paragraph, heading, topic

The names of the rules, and how often each has been right, are in `data/cues/subject_rules.csv`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.letters import is_size_word
from pipeline.extract.claims.main_topic import is_foil
from pipeline.extract.claims.subject.base import contradicts, is_of_system, unnamed
from pipeline.extract.claims.subject.behind import by_after_in_sentence, by_bracket_after, by_called, by_of_after
from pipeline.extract.claims.subject.clause import (
    by_clause,
    by_list_head,
    by_property,
    by_series,
    by_sibling,
)
from pipeline.extract.claims.subject.company import by_stand_in, by_valued, of_leader
from pipeline.extract.claims.subject.context import by_context, by_echo, by_general, by_head, by_row, by_that_sum
from pipeline.extract.claims.subject.near import (
    by_apposition,
    by_colon,
    by_gap,
    by_parenthesis,
    by_slash,
    by_with,
)
from pipeline.extract.claims.subject.order import by_duel, by_fronted, by_order
from pipeline.extract.claims.subject.reference import by_anaphor, by_reference
from pipeline.extract.claims.subject.relative import by_relative
from pipeline.extract.claims.subject.sizes import by_class, by_size_word, by_sized_name, by_version, sized
from pipeline.extract.claims.subject.unknown import by_introduced, by_unknown_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.topic import Topic

__all__ = ["RULES", "find_subject", "sized"]

RULES: tuple[Callable[[Draft, Topic], Subject | None], ...] = (
    by_that_sum, by_head, by_bracket_after, by_relative, by_duel, by_parenthesis, by_called, by_version,
    by_order, by_of_after,
    by_class, by_with, by_apposition, by_stand_in, by_gap, by_colon, by_slash, by_size_word, by_fronted, by_valued,
    by_anaphor, by_sized_name, by_list_head, by_introduced, by_series, by_clause, by_property, by_unknown_name,
    by_sibling, by_row, by_general, by_reference, by_after_in_sentence, by_echo, by_context,
)  # fmt: skip


def find_subject(draft: Draft, topic: Topic) -> Subject:
    """The subject of a number, by the first rule that finds one."""
    for rule in RULES:
        subject = rule(draft, topic)
        if subject is None:
            continue
        if _is_of_computer(draft, subject, topic) or _is_of_ours(draft, subject, topic):
            return unnamed("somebody's own")
        if _by_order_of_size(subject) or not _is_contradicted(draft, subject, topic):
            return of_leader(draft, topic, subject)
    return unnamed()


def _is_of_computer(draft: Draft, subject: Subject, topic: Topic) -> bool:
    """Whether a memory was given to a card or a model, but is that of the computer around it."""
    if draft.metric != "memory" or subject.entity is None or subject.rule == "right before the number":
        return False
    return is_of_system(topic.page.text, draft, subject.entity)


def _is_of_ours(draft: Draft, subject: Subject, topic: Topic) -> bool:
    """Whether "we trained on N" was given to a model that the post only weighs its own against."""
    entity = subject.entity
    if entity is None or entity.kind != "model" or 0 <= entity.start >= draft.sentence.start:
        return False
    ours = _WE.search(topic.page.text, draft.sentence.start, draft.start)
    return ours is not None and is_foil(topic.page, entity.name)


_WE = re.compile(  # "hemos usado", "entrenamos", but not "últimos", "kilogramos", "céntimos"
    r"\b(?:[Ww]e|[Oo]ur|[Nn]uestr[oa]s?|(?:[Hh]|[Tt]en|[Hh]ac|[Pp]od)emos|"
    r"(?!(?:[úÚ]lt|próx|mín|máx|tr|\w*(?:gr|nt|ís|pt))[ai]mos)\w+(?:amos|imos))\s"
)


def _is_contradicted(draft: Draft, subject: Subject, topic: Topic) -> bool:
    """Whether the name, or what was said of it before, has another size: "X tiene 675B … quizá quieras el de 8B"."""
    if subject.entity is None or contradicts(draft, subject.entity, beside=subject.rule == "before the bracket"):
        return subject.entity is not None
    if not is_size_word(topic.page.text, draft.number_start, draft.suffix):
        return False
    said = [value for (metric, value), who in topic.said.items() if metric == draft.metric and who.name == subject.name]
    return bool(said) and not any(0.7 < draft.value / value < 1.4 for value in said)


def _by_order_of_size(subject: Subject) -> bool:
    """Whether a subject is "the smaller one", which may be called 20B and have 21B."""
    return subject.rule == "the bigger or the smaller one"
