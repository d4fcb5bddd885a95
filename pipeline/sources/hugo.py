"""Hugo sites: the pages below `content/`, with their language and address.

Kept as posts: every page, drafts and future ones included. Not posts: resources of leaf bundles (other files beside an
`index.md`), headless bundles (they have no page of their own), data files, the README beside the site, and `_index.md`
of a section unless it has a text of its own (most hold a title only).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.records import RawPost, Reject
from pipeline.sources.base import Kind, format_of, read_file, refuse, relative, unique, walk
from pipeline.sources.hugo_config import SiteConfig, is_language, iso_code
from pipeline.sources.hugo_urls import post_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_INDEX = re.compile(r"index(?:\.[a-z]{2,3}(?:[-_][a-z0-9]+)*)?\.[a-z]+", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\s*(?:---\s*\n.*?\n---\s*(?:\n|$)|\+\+\+\s*\n.*?\n\+\+\+\s*(?:\n|$))", re.DOTALL)
_NO_TEXT = re.compile(r"<!--.*?-->|\{\{[<%].*?[%>]\}\}|<[^>]+>|^#\+.*$", re.DOTALL | re.MULTILINE)
_HEADLESS = re.compile(r"^headless\s*[:=]\s*true\b", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HugoSource:
    """A Hugo site. `only` narrows it to one file or folder; `skip` are folders that are sources of their own."""

    id: str
    root: Path
    config: SiteConfig = field(default_factory=SiteConfig)
    language: str | None = None
    skip: frozenset[Path] = frozenset()
    only: Path | None = None
    name: str | None = None
    kind: Kind = "hugo"

    @property
    def title(self) -> str | None:
        """The given title, else the site's."""
        return self.name or self.config.title

    @property
    def base_url(self) -> str | None:
        """The site's baseURL."""
        return self.config.base_url

    @property
    def is_complete(self) -> bool:
        """True unless narrowed."""
        return self.only is None

    def posts(self) -> Iterator[RawPost | Reject]:
        """The pages of the site, language by language."""
        for file, why in self.config.troubles:
            what = f"the site's configuration cannot be read ({why})"
            yield refuse(self.id, file, what, "mend it; until then Hugo's defaults are used", "ConfigError")
        found = False
        for item in unique(self.id, self._pages()):
            found = True
            yield item
        if not found:
            folders = ", ".join(folder for folder, _ in self.config.contents)
            raise SourceError(f"{self.id}: {self.root}: a Hugo site without pages in {folders}; check contentDir")

    def _pages(self) -> Iterator[RawPost | Reject]:
        for folder, language in self.config.contents:
            start = self.root / folder
            if not start.is_dir():
                continue
            if not start.resolve().is_relative_to(self.root.resolve()):
                remedy = "name that folder as a source of its own"
                yield refuse(self.id, folder, "a content folder that lies outside the site", remedy)
                continue
            yield from self._read(start, language)

    def _read(self, start: Path, language: str | None) -> Iterator[RawPost | Reject]:
        folders = self._language_folders(start) if language is None else frozenset()
        others = {self.root / folder for folder, _ in self.config.contents} - {start}
        tops = {start} | {start / folder for folder in folders}
        for item in self._files(start, tops, skip=others | self.skip):
            if isinstance(item, Reject):
                yield item
                continue
            content = read_file(self.id, self.root, item)
            if isinstance(content, Reject):
                yield content
            elif not _is_no_page(item.name, content):
                yield self._post(item, content, start, language, folders)

    def _files(self, start: Path, tops: set[Path], skip: set[Path] | frozenset[Path]) -> Iterator[Path | Reject]:
        top = start
        if self.only:
            if not self.only.is_relative_to(start):
                return
            if self.only.is_file():
                yield self.only
                return
            top = self.only

        def select(folder: Path, names: Sequence[str]) -> tuple[Sequence[str], bool]:
            # `content/index.md` is the home page of other generators; a bundle of the whole site is never meant
            return _pick(names, bundles=folder not in tops)

        yield from walk(self.id, self.root, top, select=select, skip=skip.__contains__)

    def _language_folders(self, start: Path) -> frozenset[str]:
        """The folders right below that stand for languages, as `content/es` and `content/en`.

        Where no configuration names the languages, two are needed, one of them beyond doubt.
        """
        names = [path.name for path in start.iterdir() if path.is_dir()]
        sure = [name for name in names if is_language(name, self.config)]
        if self.config.languages:
            return frozenset(sure)
        all_of_them = [name for name in names if is_language(name, self.config, doubtful=True)]
        return frozenset(all_of_them) if sure and len(all_of_them) > 1 else frozenset()

    def _post(self, file: Path, content: bytes, start: Path, language: str | None, folders: frozenset[str]) -> RawPost:
        place = relative(start, file).rsplit(".", 1)[0]
        first, _, below = place.partition("/")
        if first in folders and below:
            language, place = first, below
        stem, _, suffix = place.rpartition(".")
        if stem and "/" not in suffix and is_language(suffix, self.config, doubtful=stem.endswith("index")):
            language, place = suffix.lower(), stem
        metadata: dict[str, str | None] = {
            "language": (iso_code(language) if language else None) or self.language or self.config.default_language,
            "kind": "list" if f"/{place}".endswith("/_index") else "post",
        }
        metadata |= self._addresses(place, language)
        format_ = format_of(file.name) or "markdown"
        return RawPost(self.id, relative(self.root, file), format_, content, metadata)

    def _addresses(self, place: str, language: str | None) -> dict[str, str | None]:
        """`base_url`, `url`, and the site's `permalink` pattern where it needs what only the front matter tells."""
        if not self.base_url:
            return {}
        section = place.split("/", maxsplit=1)[0] if "/" in place else ""
        pattern = self.config.permalinks.get(section.lower() or "/")
        code = (language or "").lower()
        known = bool(self.config.languages)
        if not code and known and self.config.in_subdir:
            code = self.config.default_language or ""
        home = not code or (known and iso_code(code) == self.config.default_language and not self.config.in_subdir)
        url = post_url(self.base_url, place, pattern=pattern, prefix="" if home else code, ugly=self.config.ugly_urls)
        return {"base_url": self.base_url, "url": url} | ({"permalink": pattern} if url is None else {})


def _pick(names: Sequence[str], *, bundles: bool) -> tuple[Sequence[str], bool]:
    """The pages of a folder. In a leaf bundle that is the index, in each language, and nothing below."""
    pages = [name for name in names if format_of(name)]
    index = [name for name in pages if _INDEX.fullmatch(name)]
    return (index, False) if index and bundles else (pages, True)


def _is_no_page(name: str, content: bytes) -> bool:
    """True for the head of a section without text of its own, and for a headless bundle."""
    if not name.lower().startswith(("_index.", "index.")):
        return False
    text = content.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    if name.lower().startswith("index."):
        return bool(front and _HEADLESS.search(front[0]))
    return not any(c.isalpha() for c in _NO_TEXT.sub(" ", text[front.end() :] if front else text))
