"""What the lexicon knows of organizations that rules about claims ask for, gathered once for each lexicon."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.lexicon import Lexicon


class Known(NamedTuple):
    """Names of organizations by what they do.

    `media` report about others. `labs` are about AI by themselves, as are young companies that make models. The chips
    of `chip_makers` are counted by others: in "30.000 GPU de Nvidia" they are nobody's but the buyer's. `makers` are
    those of each family of models.
    """

    media: frozenset[str]
    labs: frozenset[str]
    chip_makers: frozenset[str]
    makers: dict[str, str]


@lru_cache(maxsize=4)
def known(lexicon: Lexicon) -> Known:
    """What a lexicon knows of organizations."""
    makers = {family.name: family.maker for family in lexicon.families if family.maker}
    own = set(makers.values())
    orgs = lexicon.organizations
    return Known(
        media=frozenset(o.name for o in orgs if o.kind in {"media", "newsletter"}),
        labs=frozenset(o.name for o in orgs if o.kind == "lab" or (o.kind == "startup" and o.name in own)),
        chip_makers=frozenset(o.name for o in orgs if o.kind == "chip_maker"),
        makers=makers,
    )
