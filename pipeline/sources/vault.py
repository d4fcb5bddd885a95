"""Folders of notes: Obsidian vaults, plain folders of Markdown, HTML or org files, and single files."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.records import RawPost, Reject
from pipeline.sources.base import (
    Format,
    Kind,
    format_of,
    is_housekeeping,
    pick_posts,
    read_file,
    relative,
    unique,
    walk,
)
from pipeline.sources.org import split_org

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class VaultSource:
    """A folder of notes. Hidden folders (`.obsidian`, `.trash`) and the project files beside the notes (README,
    LICENSE) are passed over, and so is `.txt`: what lies in a folder under that name is rarely a post.
    """

    id: str
    root: Path
    language: str | None = None
    skip: frozenset[Path] = frozenset()
    title: str | None = None
    base_url: str | None = None
    kind: Kind = "vault"
    is_complete: bool = True

    def posts(self) -> Iterator[RawPost | Reject]:
        """The notes, folder by folder."""

        def select(folder: Path, names: Sequence[str]) -> tuple[Sequence[str], bool]:
            picked, deeper = pick_posts(folder, names)
            return [name for name in picked if folder != self.root or not is_housekeeping(name)], deeper

        files = walk(self.id, self.root, self.root, select=select, skip=self.skip.__contains__)
        notes = ([item] if isinstance(item, Reject) else read_note(self, item) for item in files)
        yield from unique(self.id, chain.from_iterable(notes))


@dataclass(frozen=True, slots=True)
class FileSource:
    """One file, in the folder where it lies."""

    id: str
    root: Path
    file: Path
    language: str | None = None
    title: str | None = None
    base_url: str | None = None
    kind: Kind = "file"
    is_complete: bool = False

    def posts(self) -> Iterator[RawPost | Reject]:
        """The file's post, or the posts of an org file that holds many. An extension that says nothing is Markdown."""
        yield from read_note(self, self.file)


def read_note(source: VaultSource | FileSource, file: Path) -> Iterator[RawPost | Reject]:
    """The post or posts of a file."""
    content = read_file(source.id, source.root, file)
    if isinstance(content, Reject):
        yield content
        return
    format_: Format = format_of(file.name) or "markdown"
    metadata = {"language": source.language} if source.language else {}
    post = RawPost(source.id, relative(source.root, file), format_, content, metadata)
    yield from split_org(post) if format_ == "org" else [post]
