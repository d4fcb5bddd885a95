"""Reading and checking `data/lexicon/`. An error names the file and the line, and says what is allowed."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import ConfigError
from pipeline.identity import digest
from pipeline.lexicon.records import Family, Lexicon, Naming, Organization, Rename
from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

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


class LexiconError(ConfigError):
    """A file of the lexicon is wrong. The message names file and line."""


class _Row:
    """One line of a file, and the means to complain about it."""

    def __init__(self, file: str, line: int, cells: dict[str, str]) -> None:
        self.file, self.line, self._cells = file, line, cells

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in self._cells[column].split("|") if word.strip())

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        if self[column] not in allowed:
            raise self.error(f"{column} is {self[column]!r}; allowed: {', '.join(sorted(allowed))}")
        return self[column]

    def error(self, message: str) -> LexiconError:
        return LexiconError(f"{self.file}:{self.line}: {message}")


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon in the folder, else the one that comes with the package. Raises LexiconError.

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


def _rows(folder: Path, file: str) -> Iterator[_Row]:
    path = folder / file
    if not path.exists():
        if file in {"organizations.csv", "families.csv"}:
            raise LexiconError(f"{path}: not found; the lexicon needs it")
        return
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(_counted(stream, lines := [0]))
        header: list[str] | None = None
        for cells in reader:
            if header is None:
                header = _header(path, cells, COLUMNS[file])
            elif len(cells) != len(header):
                raise LexiconError(f"{path}:{lines[0]}: {len(cells)} fields; the header has {len(header)}")
            else:
                yield _Row(str(path), lines[0], dict(zip(header, (c.strip() for c in cells), strict=True)))


def _counted(stream: Iterable[str], lines: list[int]) -> Iterator[str]:
    """The lines without comments and blanks; `lines[0]` is the number of the last one in the file."""
    for number, line in enumerate(stream, 1):
        lines[0] = number
        if line.strip() and not line.startswith("#"):
            yield line.removeprefix("\ufeff")


def _header(path: Path, cells: list[str], columns: tuple[str, ...]) -> list[str]:
    header = [cell.strip() for cell in cells]
    if tuple(header) != columns:
        raise LexiconError(f"{path}: the header is {','.join(header)}; expected {','.join(columns)}")
    return header


def _table(folder: Path, file: str, read: Callable[[_Row], T], key: Callable[[T], str]) -> list[tuple[T, _Row]]:
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


def _organization(row: _Row) -> Organization:
    org = Organization(
        _required(row, "name"),
        row.words("aliases"),
        row.one_of("kind", KINDS),
        row["country"],
        row["parent"],
        frozenset(row.words("ambiguous")),
    )
    if org.country and not re.fullmatch(r"[A-Z]{2}", org.country):
        raise row.error(f"country is {org.country!r}; expected two capitals (ISO 3166) or nothing")
    _check_ambiguous(row, org.ambiguous, {*org.forms})
    return org


def _family(row: _Row) -> Family:
    year = row["first_year"]
    if year and not re.fullmatch(r"(19|20)\d\d", year):
        raise row.error(f"first_year is {year!r}; expected a year or nothing")
    family = Family(
        _required(row, "family"),
        row["maker"],
        row.words("aliases"),
        row.one_of("modality", MODALITIES),
        int(year) if year else None,
        row.words("variants"),
        frozenset(row.words("versions")),
        frozenset(row.words("ambiguous")),
    )
    _check_ambiguous(row, family.ambiguous, {family.name, *family.aliases, *family.variants, *family.versions})
    return family


def _rename(row: _Row) -> Rename:
    if not re.fullmatch(r"(19|20)\d\d(-\d\d(-\d\d)?)?", row["date"]):
        raise row.error(f"date is {row['date']!r}; expected YYYY, YYYY-MM or YYYY-MM-DD")
    return Rename(
        _required(row, "old"), _required(row, "new"), row["kind"], row["date"], row.one_of("relation", RELATIONS)
    )


def _naming(row: _Row) -> Naming:
    first, rest = (JOINS[row.one_of(column, JOINS)] for column in ("first", "rest"))
    order = row["order"] or "written"
    if order not in {"written", "version", "variant"} and not order.isdigit():
        raise row.error(f"order is {order!r}; allowed: version, variant, written, or a version number")
    return Naming(_required(row, "family"), first, rest, order)


def _required(row: _Row, column: str) -> str:
    if not row[column]:
        raise row.error(f"{column} is empty")
    return row[column]


def _check_ambiguous(row: _Row, ambiguous: frozenset[str], forms: set[str]) -> None:
    if stray := ambiguous - forms:
        raise row.error(f"ambiguous {', '.join(sorted(stray))}: not among the names of this row")


def _check_parents(organizations: list[tuple[Organization, _Row]], by_name: dict[str, Organization]) -> None:
    for org, row in organizations:
        if org.parent and org.parent not in by_name:
            raise row.error(f"parent {org.parent!r} is no name in this file")


def _check_makers(families: list[tuple[Family, _Row]], by_name: dict[str, Organization]) -> None:
    for family, row in families:
        if family.maker and family.maker not in by_name:
            raise row.error(f"maker {family.maker!r} is no name in organizations.csv")


def _check_forms(organizations: list[tuple[Organization, _Row]], families: list[tuple[Family, _Row]]) -> None:
    """A spelling belongs to one organization and to one family; it may belong to one of each (DeepSeek)."""
    for table in (organizations, families):
        owners: dict[str, _Row] = {}
        for record, row in table:
            for form in record.forms:
                if (owner := owners.setdefault(form, row)) is not row:
                    raise row.error(f"{form!r} is a name in line {owner.line} already")


def _merged(rows: Iterable[_Row], key: str, column: str, allowed: Iterable[str] | None) -> dict[str, frozenset[str]]:
    merged: dict[str, frozenset[str]] = {}
    for row in rows:
        name = row.one_of(key, allowed) if allowed is not None else _required(row, key)
        merged[name] = merged.get(name, frozenset()) | frozenset(word.lower() for word in row.words(column))
    return merged
