"""Reading and checking `data/lexicon/`. An error names the file and the line, and says what is allowed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from pipeline.datafile import read_rows
from pipeline.errors import ConfigError
from pipeline.identity import digest
from pipeline.lexicon.records import Family, Lexicon, Naming, Organization, Rename
from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from pipeline.datafile import Row

COLUMNS = {
    "organizations.csv": ("name", "aliases", "kind", "country", "parent", "ambiguous", "source", "note"),
    "families.csv": (
        "family", "maker", "aliases", "modality", "first_year", "variants", "versions", "ambiguous", "source", "note",
    ),
    "renames.csv": ("old", "new", "kind", "date", "relation", "source"),
    "naming.csv": ("family", "first", "rest", "order", "note"),
    "words.csv": ("role", "words", "note"),
    "products.csv": ("org", "heads", "note"),
}  # fmt: skip
KINDS = frozenset(
    "lab chip_maker cloud media university public_body startup company foundation community newsletter investor "
    "nonprofit".split()
)
MODALITIES = frozenset(
    "language image video audio speech code biology robotics vision multimodal game science recommendation assistant "
    "embedding world".split()
)
RELATIONS = frozenset({"rename", "merger", "acquired", "rebrand"})
ROLES = frozenset(
    "variant precision model_cue ai_cue org_cue org_verb org_noun org_tail org_body before_body place package "
    "not_version glue_stop closed ordinary given title_noun spaced prefix person not_org not_model given_name "
    "first_name product_noun month mass spanish other_before weak weak_org not_stem".split()
)
T = TypeVar("T")
JOINS = {"space": " ", "hyphen": "-", "none": "", "dot": "."}


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon in the folder, else the one that comes with the package. Raises ConfigError.

    It is read once a process; the same folder gives the same object.
    """
    return _load(folder or resource("data", "lexicon"))


@lru_cache(maxsize=8)
def _load(folder: Path) -> Lexicon:
    organizations = _table(folder, "organizations.csv", _organization, lambda o: o.name)
    families = _table(folder, "families.csv", _family, lambda f: f.name)
    renames = _table(folder, "renames.csv", _rename, lambda r: f"{r.old} -> {r.new} {r.date}")
    naming = _table(folder, "naming.csv", _naming, lambda n: n.family)
    words = _merged(_rows(folder, "words.csv"), "role", "words", ROLES)
    products = _merged(_rows(folder, "products.csv"), "org", "heads", None)
    by_name = {org.name: org for org, _ in organizations}
    _check_parents(organizations, by_name)
    _check_makers(families, by_name)
    _check_forms(organizations, families)
    texts = [(folder / name).read_bytes() if (folder / name).exists() else None for name in COLUMNS]
    return Lexicon(
        tuple(org for org, _ in organizations),
        tuple(family for family, _ in families),
        tuple(rename for rename, _ in renames),
        {style.family: style for style, _ in naming},
        words,
        products,
        digest(*texts),
        by_name,
    )


def _rows(folder: Path, file: str) -> Iterator[Row]:
    path = folder / file
    if not path.exists():
        if file in {"organizations.csv", "families.csv"}:
            raise ConfigError(f"{path}: not found; the lexicon needs it")
        return
    yield from read_rows(path, COLUMNS[file])


def _table(folder: Path, file: str, read: Callable[[Row], T], key: Callable[[T], str]) -> list[tuple[T, Row]]:
    seen: dict[str, int] = {}
    table = []
    for row in _rows(folder, file):
        record = read(row)
        name = key(record)
        if name in seen:
            raise row.error(f"{name!r} stands in line {seen[name]} already")
        seen[name] = row.line
        table.append((record, row))
    return table


def _organization(row: Row) -> Organization:
    org = Organization(
        row.required("name"),
        row.words("aliases"),
        row.choice("kind", KINDS),
        row["country"],
        row["parent"],
        frozenset(row.words("ambiguous")),
    )
    if org.country and not re.fullmatch(r"[A-Z]{2}", org.country):
        raise row.error(f"country is {org.country!r}; expected two capitals (ISO 3166) or nothing")
    _check_ambiguous(row, org.ambiguous, {*org.forms})
    return org


def _family(row: Row) -> Family:
    year = row["first_year"]
    if year and not re.fullmatch(r"(19|20)\d\d", year):
        raise row.error(f"first_year is {year!r}; expected a year or nothing")
    family = Family(
        row.required("family"),
        row["maker"],
        row.words("aliases"),
        row.choice("modality", MODALITIES),
        int(year) if year else None,
        row.words("variants"),
        frozenset(row.words("versions")),
        frozenset(row.words("ambiguous")),
    )
    _check_ambiguous(row, family.ambiguous, {family.name, *family.aliases, *family.variants, *family.versions})
    return family


def _rename(row: Row) -> Rename:
    if not re.fullmatch(r"(19|20)\d\d(-\d\d(-\d\d)?)?", row["date"]):
        raise row.error(f"date is {row['date']!r}; expected YYYY, YYYY-MM or YYYY-MM-DD")
    return Rename(row.required("old"), row.required("new"), row["kind"], row["date"], row.choice("relation", RELATIONS))


def _naming(row: Row) -> Naming:
    first, rest = (JOINS[row.choice(column, JOINS)] for column in ("first", "rest"))
    order = row["order"] or "written"
    if order not in {"written", "version", "variant"} and not order.isdigit():
        raise row.error(f"order is {order!r}; allowed: version, variant, written, or a version number")
    return Naming(row.required("family"), first, rest, order)


def _check_ambiguous(row: Row, ambiguous: frozenset[str], forms: set[str]) -> None:
    if stray := ambiguous - forms:
        raise row.error(f"ambiguous {', '.join(sorted(stray))}: not among the names of this row")


def _check_parents(organizations: list[tuple[Organization, Row]], by_name: dict[str, Organization]) -> None:
    for org, row in organizations:
        if org.parent and org.parent not in by_name:
            raise row.error(f"parent {org.parent!r} is no name in this file")


def _check_makers(families: list[tuple[Family, Row]], by_name: dict[str, Organization]) -> None:
    for family, row in families:
        if family.maker and family.maker not in by_name:
            raise row.error(f"maker {family.maker!r} is no name in organizations.csv")


def _check_forms(organizations: list[tuple[Organization, Row]], families: list[tuple[Family, Row]]) -> None:
    """A spelling belongs to one organization and to one family; it may belong to one of each (DeepSeek)."""
    for table in (organizations, families):
        owners: dict[str, Row] = {}
        for record, row in table:
            for form in record.forms:
                if (owner := owners.setdefault(form, row)) is not row:
                    raise row.error(f"{form!r} is a name in line {owner.line} already")


def _merged(rows: Iterable[Row], key: str, column: str, allowed: Collection[str] | None) -> dict[str, frozenset[str]]:
    merged: dict[str, frozenset[str]] = {}
    for row in rows:
        name = row.choice(key, allowed) if allowed is not None else row.required(key)
        words, before = frozenset(word.lower() for word in row.words(column)), merged.get(name, frozenset())
        if both := words & before:
            raise row.error(f"{min(both)!r} stands in an earlier line of {name}; take it out of one of them")
        merged[name] = before | words
    return merged
