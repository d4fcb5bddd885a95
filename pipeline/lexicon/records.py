"""The records of the lexicon. All are frozen; the loader has checked them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Organization:
    """A company, lab, university, newsroom. `ambiguous` are those of its forms that are also something else."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "company"
    country: str = ""
    parent: str = ""
    ambiguous: frozenset[str] = frozenset()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every spelling, the canonical one first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Family:
    """A line of models. `variants` may follow the name as part of it; `versions` says which versions it has.

    `versions` holds `num` (GPT-4), `letter` (R1), `none`, or versions that are used as names by themselves (`o3`).
    """

    name: str
    maker: str = ""
    aliases: tuple[str, ...] = ()
    modality: str = "language"
    first_year: int | None = None
    variants: tuple[str, ...] = ()
    versions: frozenset[str] = frozenset()
    ambiguous: frozenset[str] = frozenset()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every spelling, the canonical one first. A series (`o-series`) has none: its members stand alone."""
        return self.aliases if self.is_series else (self.name, *self.aliases)

    @property
    def is_series(self) -> bool:
        """Whether the family's name is no part of its models' names.

        >>> Family("o-series").is_series, Family("GPT").is_series
        (True, False)
        """
        return self.name.endswith("-series")

    @property
    def short_names(self) -> frozenset[str]:
        """Versions that stand alone (`R1`, `4o`)."""
        return self.versions - {"num", "none", "letter"}


@dataclass(frozen=True, slots=True)
class Naming:
    """How a maker writes the names of a family: what joins the family to its version, and the rest to that.

    `order` is `version` (Gemini 2.5 Flash), `variant` (Mistral Large 2), or the version from which on the variant comes
    first (Claude 3 Opus, but Claude Opus 4).
    """

    family: str
    first: str = " "
    rest: str = " "
    order: str = "written"


@dataclass(frozen=True, slots=True)
class Rename:
    """What was called `old` is `new` since `date`."""

    old: str
    new: str
    kind: str
    date: str
    relation: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All that is known of names. Compared and hashed by identity: the loader hands out one per folder."""

    organizations: tuple[Organization, ...]
    families: tuple[Family, ...]
    renames: tuple[Rename, ...]
    naming: Mapping[str, Naming]
    words: Mapping[str, frozenset[str]]  # role -> lower-case words
    products: Mapping[str, frozenset[str]]  # organization, or "*" -> lower-case first words of its products
    fingerprint: str  # changes when any of the data does
    _by_name: Mapping[str, Organization] = field(default_factory=dict, repr=False)

    def organization(self, name: str) -> Organization | None:
        """The organization with this canonical name."""
        return self._by_name.get(name)

    def style(self, family: Family) -> Naming:
        """How the names of the family are written; the default joins with spaces."""
        return self.naming.get(family.name) or Naming(family.name)
