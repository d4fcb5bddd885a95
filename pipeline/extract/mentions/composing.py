"""Names of models put together from their parts, the way the maker writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.mentions.parts import Part
    from pipeline.lexicon import Family, Naming


def compose(family: Family, style: Naming, parts: tuple[Part, ...]) -> str:
    """The name as its maker writes it. Precisions belong to the same entity and are left out.

    >>> from pipeline.extract.mentions.parts import Part
    >>> from pipeline.lexicon import Family, Naming
    >>> parts = (Part("variant", "Sonnet"), Part("version", "3.5"))
    >>> compose(Family("Claude"), Naming("Claude", order="4"), parts)
    'Claude 3.5 Sonnet'
    """
    kept = [part for part in parts if part.kind != "precision"]
    ordered = _ordered(kept, style.order)
    name = "" if family.is_series else family.name
    for index, part in enumerate(ordered):
        join = style.first if index == 0 and part.kind == "version" else "-" if part.kind == "date" else style.rest
        name += (join if name else "") + part.text
    return name or family.name


def _ordered(parts: list[Part], order: str) -> list[Part]:
    """The first version and the first variant in the maker's order, where both are there and adjacent."""
    kinds = [part.kind for part in parts[:2]]
    if sorted(kinds) != ["variant", "version"] or order == "written":
        return parts
    version = parts[kinds.index("version")]
    number = re.match(r"[vV]?(\d+)", version.text)
    variant_first = order == "variant" or (order.isdigit() and number is not None and int(number[1]) >= int(order))
    wanted = "variant" if variant_first else "version"
    return parts if kinds[0] == wanted else [parts[1], parts[0], *parts[2:]]
