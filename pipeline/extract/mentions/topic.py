"""How much a post is about AI, which speaks for names that mean something else elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.extract.mentions.candidates import Candidate, FoldedText


def topic(page: FoldedText, sure: Sequence[Candidate], doubtful: Collection[str], cues: int) -> float:
    """0 not at all, 1 in passing, 2 mainly: by the `sure` names, the cue words, and the forms of doubtful names.

    Claude alone is nobody yet; where Gemini, Llama and Perplexity stand beside it, it is.
    """
    models = {c.entry.family.name for c in sure if c.entry.family and c.entry.kind == "family"}
    labs = {c.entry.org.name for c in sure if c.entry.org and c.entry.org.kind == "lab"}
    words = max(1, len(page.text) / 6)
    weight = 2 * len(models) + len(labs) + min(4.0, cues / 2) + min(2.0, len(doubtful) / 2)
    signs = cues + len(sure)
    dense = signs >= words / 250
    short = signs >= max(1, words / 40)  # a note of two sentences has no room for more
    return 2.0 if weight >= 5 and dense else 1.0 if weight >= 2 or short else 0.0
