"""Lists of sizes: where a text gives a model several sizes, each is of the sized model."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.claims import ellipsis
from pipeline.extract.claims.names import parts_of
from pipeline.extract.claims.subject import sized
from pipeline.extract.fillers import AGAINST, INSTEAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.topic import Topic


def with_sizes(done: Sequence[Draft], topic: Topic) -> list[Draft]:
    """Where a list gives a model several sizes, each is of the sized model."""
    result = list(done)
    for chain in _chains(done, topic.page.text):
        if _total_and_active(chain, topic.page.text):
            result[result.index(chain[1])] = chain[1]._replace(scope="active", subject=chain[0].subject)
            continue
        others = (d.subject for d in chain if d.subject and d.subject.rule != "the model whose name has this size")
        base = next(others, None)
        for draft in chain if base and base.name else ():
            at = next(i for i, d in enumerate(done) if d is draft)
            result[at] = draft._replace(subject=sized(base, draft, topic)) if base else draft
    return result


def _total_and_active(chain: Sequence[Draft], text: str) -> bool:
    """Whether a model has both sizes, as in "X has 106B and 12B" or "Mixtral 8x7B, 47B and 13B": one model's total and
    active parameters.
    """
    if len(chain) > 2 or chain[1].value > chain[0].value / 2:
        return False
    base = chain[0].subject
    if base and any(part.scope != "total" for part in parts_of(base.name or "")):
        return True
    return bool(_HAS.search(text, chain[0].sentence.start, chain[0].start)) and ellipsis.linked(
        text, chain[0].end, chain[1].start
    )


_HAS = re.compile(r"\b(?:has|packs|carries|tiene|suma|posee)\s[~≈]?$")


def _chains(done: Sequence[Draft], text: str) -> list[list[Draft]]:
    """The lists of two or more sizes."""
    chains: list[list[Draft]] = []
    for first, second in pairwise(done):
        if not _are_sizes(text, first, second):
            continue
        if chains and chains[-1][-1] is first:
            chains[-1].append(second)
        else:
            chains.append([first, second])
    return chains


def _are_sizes(text: str, first: Draft, second: Draft) -> bool:
    """Whether two numbers are sizes of one family, in a list."""
    return (
        first.metric == second.metric == "parameters"
        and first.scope == second.scope == "total"
        and not 0.85 < first.value / second.value < 1.18  # one size told twice: "671B, or 685B on Hugging Face"
        and second.subject is not None
        and second.subject.rule not in _BY_OWN_NAME
        and ellipsis.linked(text, first.end, second.start)
        and not _AGAINST.search(text, first.end, second.start)
    )


_BY_OWN_NAME = frozenset({  # of each number of a list
    "in the bracket after", "before the bracket", "by the sized name before", "right before the number",
    "after the number", "after the number, in the clause", "lists in the same order",
})  # fmt: skip
_AGAINST = re.compile(rf"\b(?:{AGAINST}|{INSTEAD}|than)\b")
