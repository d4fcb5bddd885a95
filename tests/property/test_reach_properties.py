"""A text that holds no changed name of the lexicon is read as before, whatever the change was.

Rows of a small lexicon are edited at random, as a curator would and as nobody would, and all sample posts are read again
in full. `RECUENTO_EDITS` asks for more edits than the suite makes, `RECUENTO_SEED` for others.
"""

from __future__ import annotations

import csv
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.extract import extract
from pipeline.extract.reach import differing, finder, searched, spellings
from pipeline.lexicon import load_lexicon
from pipeline.lexicon.load import COLUMNS, KINDS
from pipeline.process import read_post
from pipeline.records import Document, Extraction, Post, RawPost
from pipeline.resources import resource
from pipeline.sources import recognise

EDITS = int(os.environ.get("RECUENTO_EDITS", "6"))
Row = dict[str, str]
Tables = dict[str, list[Row]]


def read(folder: Path) -> Tables:
    tables = {}
    for name in COLUMNS:
        lines = [x for x in (folder / name).read_text("utf-8").splitlines() if x.strip() and not x.startswith("#")]
        tables[name] = list(csv.DictReader(lines))
    return tables


def write(tables: Tables, folder: Path) -> Path:
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def small(tables: Tables, texts: str) -> Tables:
    """The rows that the texts name, their makers and owners, and a few beside."""

    def is_named(row: Row, column: str) -> bool:
        forms = [row[column].removesuffix("-series"), *row["aliases"].split("|"), *row.get("versions", "").split("|")]
        return any(searched(form) in texts for form in forms if len(form) > 1)

    families = [row for n, row in enumerate(tables["families.csv"]) if is_named(row, "family") or n % 40 == 0]
    makers = {row["maker"] for row in families}
    organizations = tables["organizations.csv"]
    names = makers | {row["name"] for n, row in enumerate(organizations) if is_named(row, "name") or n % 40 == 0}
    while more := {row["parent"] for row in organizations if row["name"] in names} - names:
        names |= more
    return tables | {
        "families.csv": families,
        "organizations.csv": [row for row in organizations if row["name"] in names],
    }


@dataclass
class Curator:
    """Changes rows at random. What makes no valid lexicon is thrown away by the caller."""

    chance: random.Random
    words: list[str] = field(default_factory=list)  # of the texts: what a name may be made of

    def name(self) -> str:
        return " ".join(self.chance.sample(self.words, self.chance.choice((1, 1, 2))))

    def more(self, row: Row, column: str, value: str) -> None:
        row[column] = "|".join(filter(None, [*row[column].split("|"), value]))

    def fewer(self, row: Row, column: str) -> None:
        parts = row[column].split("|")
        parts.pop(self.chance.randrange(len(parts)))
        row[column] = "|".join(parts)

    def alias_added(self, rows: list[Row]) -> None:
        row = self.chance.choice(rows)
        alias = self.name()
        self.more(row, "aliases", alias)
        if self.chance.random() < 0.3:
            self.more(row, "ambiguous", alias)

    def alias_removed(self, rows: list[Row]) -> None:
        row = self.chance.choice([row for row in rows if row["aliases"]])
        self.fewer(row, "aliases")
        row["ambiguous"] = ""

    def row_removed(self, rows: list[Row]) -> None:
        rows.remove(self.chance.choice(rows))

    def row_moved(self, rows: list[Row]) -> None:
        rows.insert(self.chance.randrange(len(rows)), rows.pop(self.chance.randrange(len(rows))))

    def family_added(self, rows: list[Row]) -> None:
        rows.append(dict(self.chance.choice(rows)) | {"family": self.name(), "aliases": "", "ambiguous": ""})

    def family_renamed(self, rows: list[Row]) -> None:
        self.chance.choice(rows)["family"] = self.name()

    def maker_changed(self, rows: list[Row]) -> None:
        self.chance.choice(rows)["maker"] = self.chance.choice([row["maker"] for row in rows])

    def variant_added(self, rows: list[Row]) -> None:
        self.more(self.chance.choice(rows), "variants", self.chance.choice(self.words))

    def variant_removed(self, rows: list[Row]) -> None:
        row = self.chance.choice([row for row in rows if row["variants"]])
        self.fewer(row, "variants")
        row["ambiguous"] = ""

    def version_added(self, rows: list[Row]) -> None:
        version = self.chance.choice(
            ("num", "letter", "none", f"{self.chance.choice('VRoM')}{self.chance.randrange(9)}")
        )
        self.more(self.chance.choice(rows), "versions", version)

    def ambiguity(self, rows: list[Row]) -> None:
        row = self.chance.choice(rows)
        row["ambiguous"] = "" if row["ambiguous"] else next(iter(row.values()))

    def kind_changed(self, rows: list[Row]) -> None:
        self.chance.choice(rows)["kind"] = self.chance.choice(sorted(KINDS))

    def parent_changed(self, rows: list[Row]) -> None:
        self.chance.choice(rows)["parent"] = self.chance.choice(["", *(row["name"] for row in rows)])

    def organization_added(self, rows: list[Row]) -> None:
        rows.append(dict(self.chance.choice(rows)) | {"name": self.name(), "aliases": "", "ambiguous": ""})

    def style_changed(self, rows: list[Row]) -> None:
        self.chance.choice(rows)["first"] = self.chance.choice(("space", "hyphen", "none", "dot"))

    def products_changed(self, rows: list[Row]) -> None:
        own = [row for row in rows if row["org"] != "*"]
        self.more(self.chance.choice(own), "heads", self.chance.choice(self.words).lower())

    def rename_changed(self, rows: list[Row]) -> None:
        row = self.chance.choice(rows)
        row["old"], row["relation"], row["kind"] = self.name(), "rename", "org"

    def edit(self, tables: Tables) -> str:
        """Change one thing; what it was."""
        both = (
            self.alias_added,
            self.alias_added,
            self.alias_removed,
            self.row_removed,
            self.row_moved,
            self.ambiguity,
        )
        families = (
            self.family_added, self.family_renamed, self.maker_changed, self.variant_added, self.variant_removed,
            self.version_added,
        )  # fmt: skip
        organizations = (self.kind_changed, self.parent_changed, self.organization_added)
        edits: list[tuple[str, Callable[[list[Row]], None]]] = [
            *(("families.csv", each) for each in (*both, *families)),
            *(("organizations.csv", each) for each in (*both, *organizations)),
            ("naming.csv", self.style_changed),
            ("products.csv", self.products_changed),
            ("renames.csv", self.rename_changed),
        ]
        file, change = self.chance.choice(edits)
        change(tables[file])
        return f"{file}: {change.__name__}"


def sample_posts() -> list[Post]:
    sources = recognise(resource("data", "sample"))
    return [read_post(raw) for source in sources for raw in source.posts() if isinstance(raw, RawPost)]


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    """The sample, and a few sentences with what the sample has little of."""
    lists = Document(
        "Modelos de IA. Anthropic: Opus 4. OpenAI: Mini 5. **Google**: Flash 2.5. Meta-Llama-3-70B, Amazon Nova, "
        "@Foo Labs, _Foo Labs. El modelo Nimbo 3 y DeepSeek-R1-Distill-Qwen-7B."
    )
    titled = Document("Un modelo de lenguaje con 70B de parámetros. Stanford University y OpenAI  Inc. pagan 5 $.")
    extra = [
        Post("extra", "a", lists, title="Los modelos: Qwen 3"),
        Post("extra", "b", titled, title="GPT-5 en la nube"),
    ]
    return [*sample_posts(), *extra]


def valid_edits(base: Tables, folder: Path, curator: Curator) -> Iterator[tuple[str, Path]]:
    """Lexicons with one thing changed."""
    number = 0
    while number < EDITS:
        tables = {name: [dict(row) for row in rows] for name, rows in base.items()}
        what = curator.edit(tables)
        changed = write(tables, folder / str(number))
        try:
            load_lexicon(changed)
        except ConfigError:
            shutil.rmtree(changed)
            continue
        number += 1
        yield what, changed


def test_only_posts_with_a_changed_name_are_read_differently(
    posts: list[Post], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each of many edits, the posts without a spelling that means something else give the same rows."""
    seed = int(os.environ.get("RECUENTO_SEED", "8"))
    texts = "\n".join(searched(f"{post.title}\n{post.document.text}") for post in posts)
    words = sorted({word for post in posts for word in re.findall(r"\b[A-ZÁ-Ú][\w-]{2,}", post.document.text)})
    curator = Curator(random.Random(seed), words)
    base = small(read(resource("data", "lexicon")), texts)
    before_folder = write(base, tmp_path / "before")

    def read_all(folder: Path) -> list[Extraction]:
        monkeypatch.setattr("pipeline.lexicon.load.resource", lambda *_: folder)
        return [extract(post) for post in posts]

    before, meant = read_all(before_folder), spellings(load_lexicon(before_folder))
    different = looked_at = 0
    for what, folder in valid_edits(base, tmp_path, curator):
        after = read_all(folder)
        names = finder(differing(meant, spellings(load_lexicon(folder))))
        touched = {p.path for p in posts if names.search(searched(f"{p.title or ''}\n{p.document.text}"))}
        differ = {p.path for p, old, new in zip(posts, before, after, strict=True) if old != new}
        assert differ <= touched, f"seed {seed}, {what}, {folder}: {names.pattern[:200]}"
        different += len(differ)
        looked_at += len(touched)
    assert 0 < different <= looked_at < len(posts) * EDITS / 4
