"""What a whole post is about: the model of its title, or the one it speaks of most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.names import key_of

if TYPE_CHECKING:

    from pipeline.extract.claims.page import Entity, Page


def main_topic(page: Page, counts: dict[str, int], titled: dict[str, Entity]) -> Entity | None:
    """The model that the title names, or else the one named far more often than any other; `counts` are by name."""
    models = {e.name: e for e in reversed(page.entities) if e.kind == "model"}
    named = [e for name, e in models.items() if name in titled or in_title(page, name)]
    if named:
        return max(named, key=lambda e: (len(e.name), counts[e.name]))
    if len(titled) == 1:
        return next(iter(titled.values()))  # the text says "it", or a short name
    if counts:
        ranked = sorted(counts.items(), key=lambda pair: -pair[1])
        if ranked[0][1] >= 3 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
            return models[ranked[0][0]]
    return None


def in_title(page: Page, name: str) -> bool:
    """Whether the title has a name, as a name of its own: Qwen3 is not in "Qwen3Guard"."""
    if not page.title or key_of(name) not in key_of(page.title):  # most are not, and need no pattern
        return False
    body = r"[\s_-]*".join(re.escape(part) for part in re.split(r"[\s_-]+", name))
    return bool(re.search(rf"(?<!\w){body}(?!\w)", page.title, re.IGNORECASE))
