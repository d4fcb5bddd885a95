"""What lies at a location: one source, or several."""

from __future__ import annotations

import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.sources.addresses import as_address, id_of
from pipeline.sources.archive import ZipStore
from pipeline.sources.base import FORMATS, Kind, is_housekeeping, is_skipped_folder, pick_posts
from pipeline.sources.feed import EXTENSIONS as FEED_EXTENSIONS
from pipeline.sources.feed import FeedSource, feed_head, looks_like_feed
from pipeline.sources.hugo import HugoSource
from pipeline.sources.hugo_config import config_files, read_config
from pipeline.sources.live import LiveSource
from pipeline.sources.names import source_ids
from pipeline.sources.substack import SubstackSource, complain_of_columns, decode_table
from pipeline.sources.vault import FileSource, VaultSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.sources.base import Source

    Found = HugoSource | SubstackSource | VaultSource | FeedSource | FileSource

_SUBSCRIBERS = re.compile(r".*\.(?:opens|delivers)\.csv|email_list.*\.csv", re.IGNORECASE)
_EXPORTED = re.compile(r"\d+\.[^/]+\.html", re.IGNORECASE)
# Beside a site or an export, Markdown in these belongs to the project, not to a publication.
_NOT_PUBLISHED = frozenset({
    "archetypes", "assets", "doc", "docs", "documentation", "example", "examples", "i18n", "layouts", "scripts",
    "templates", "test", "tests", "tools",
})  # fmt: skip
_BUILT = frozenset({"public", "resources", "_site", "dist", "static"})
_DEPTH = 8  # folders below a location that are searched for sites and exports


def recognise(
    location: Path | str,
    *,
    source_id: str | None = None,
    kind: Kind | None = None,
    language: str | None = None,
    title: str | None = None,
) -> tuple[Source, ...]:
    """The sources at a location, sorted by where they lie. Nothing is read yet but what tells their kind.

    `source_id` names the source; of several, each gets it with its own name behind. `kind` keeps only sources of that
    kind; `language` and `title` hold where the posts themselves say nothing.
    Raises SourceError, one line with a remedy, where there is nothing to read.
    """
    if address := as_address(location):
        return (live_source(address, source_id=source_id, kind=kind, language=language, title=title),)
    place = Path(os.path.abspath(Path(location).expanduser()))  # noqa: PTH100 -- resolve() would follow links, and rename
    found = [source for source in _at(place) if kind in {None, source.kind}]
    if not found and kind == "vault" and place.is_dir():
        found = [VaultSource("", place)]
    if not found:
        raise SourceError(_nothing(place, kind))
    ids = source_ids([_named_for(source) for source in found])
    if source_id:
        ids = [source_id] if len(ids) == 1 else [f"{source_id}-{name}" for name in ids]
    return tuple(
        _told(replace(source, id=name, language=language), title) for source, name in zip(found, ids, strict=True)
    )


def live_source(
    address: str,
    *,
    source_id: str | None = None,
    kind: Kind | None = None,
    language: str | None = None,
    title: str | None = None,
) -> LiveSource:
    """The source at an address; nothing is asked for yet. Raises SourceError for a kind that no address can have."""
    if kind in {"vault", "file"}:
        raise SourceError(f"{address}: an address cannot be of kind {kind}; leave out the kind")
    return LiveSource(source_id or id_of(address), address, kind, language, title)


def _told(source: Found, title: str | None) -> Found:
    if not title:
        return source
    return replace(source, name=title) if isinstance(source, HugoSource) else replace(source, title=title)


def _named_for(source: Found) -> Path:
    """The path that a source takes its id from."""
    if isinstance(source, FeedSource):
        return source.root / source.file.stem
    return source.root.with_suffix("") if source.root.is_file() else source.root


def _at(place: Path) -> list[Found]:
    if place.is_dir():
        return list(_in_folder(place))
    if place.is_file():
        return [_of_file(place)]
    what = "is neither a file nor a folder" if os.path.lexists(place) else "does not exist"
    raise SourceError(f"{place}: {what}; check the spelling")


def _of_file(file: Path) -> Found:
    """The source of a single file. A page of a Hugo site is read as that site would read it."""
    suffix = file.suffix.lower()
    if _SUBSCRIBERS.fullmatch(file.name):
        raise SourceError(f"{file}: holds subscribers' addresses and is never opened; name the export's folder instead")
    if file.name == "posts.csv" and is_substack(file.parent):
        return SubstackSource("", file.parent)
    if suffix == ".csv":
        complaint = complain_of_columns(_columns(file)) or "a table without its posts; name the export's folder"
        raise SourceError(f"{file}: {complaint}")
    if suffix == ".zip":
        with ZipStore(file, file.name) as store:
            if store.names():
                return SubstackSource("", file)
        raise SourceError(f"{file}: no Substack export in this zip; unpack it and name the folder")
    if suffix in FEED_EXTENSIONS:
        if not looks_like_feed(file):
            raise SourceError(f"{file}: not an RSS or Atom feed; name a recorded /feed, a folder, or an export")
        return _feed(file)
    if suffix in FORMATS:
        return _of_site(file) or FileSource("", file.parent, file)
    if suffix == ".txt":
        return FileSource("", file.parent, file)
    allowed = ", ".join([*FORMATS, ".txt", ".xml", ".zip"])
    raise SourceError(f"{file}: a file of unknown kind; single files may be {allowed}")


def _of_site(place: Path) -> HugoSource | None:
    """The page or folder of pages as a part of its Hugo site, so that its posts have the same ids as in the whole."""
    for folder in place.parents:
        if place.is_relative_to(folder / "content") and is_hugo(folder):
            return HugoSource("", folder, read_config(folder), only=place)
    return None


def _in_folder(place: Path) -> Iterator[Found]:
    """The sources of a folder: what it is itself, what lies inside, and the notes that belong to neither."""
    inside = sorted(_strong(place, _DEPTH), key=lambda source: str(source.root))
    if inside:
        roots = frozenset(source.root for source in inside)
        yield from (_around(source, roots) for source in inside)
        if place not in roots:
            yield from _rest(place, roots)
        return
    if _has_notes(place):
        yield _of_site(place) or VaultSource("", place)
    yield from _feeds(place, deep=not _has_notes(place))


def _around(source: Found, roots: frozenset[Path]) -> Found:
    """The source, leaving out what is a source of its own."""
    if isinstance(source, HugoSource | VaultSource):
        return replace(source, skip=roots - {source.root})
    return source


def _rest(place: Path, roots: frozenset[Path]) -> Iterator[Found]:
    """Beside sites and exports: each folder of notes is a source, and so are notes that lie loose."""
    folders = [path for path in _folders(place) if not any(root.is_relative_to(path) for root in roots)]
    for folder in folders:
        if folder.name.lower() not in _NOT_PUBLISHED | _BUILT:
            if _has_notes(folder, plain=True):
                yield VaultSource("", folder)
            elif not _has_notes(folder):
                yield from _feeds(folder, deep=True)
    for folder in _folders(place):
        if folder not in folders and folder not in roots:
            yield from _rest(folder, roots)
    loose = [path for path in place.iterdir() if path.is_file() and path.suffix.lower() in {".md", ".markdown"}]
    if any(not is_housekeeping(path.name) for path in loose):
        yield VaultSource("", place, skip=frozenset(_folders(place)))


def _strong(place: Path, depth: int) -> Iterator[Found]:
    """Sites, exports and vaults at or below a folder: those that show what they are."""
    own: Found | None = None
    if not _may_enter(place):  # what is around it reports it
        return
    if is_hugo(place):
        config = read_config(place)
        own = HugoSource("", place, config)
    elif is_substack(place):
        own = SubstackSource("", place)
    elif (place / ".obsidian").is_dir():
        own = VaultSource("", place)
    if own:
        yield own
    yield from (SubstackSource("", file) for file in sorted(_files(place, ".zip")) if _is_export_zip(file))
    if depth == 0 or isinstance(own, SubstackSource):
        return
    contents = {place / folder for folder, _ in own.config.contents} if isinstance(own, HugoSource) else set()
    for folder in _folders(place):
        if folder not in contents and not (own and folder.name.lower() in _BUILT):
            below = _strong(folder, depth - 1)
            # a folder of a site or vault that merely looks like a site (an example, a test) is part of it
            yield from (s for s in below if not own or isinstance(s, SubstackSource))


def is_hugo(folder: Path) -> bool:
    """True for a folder with `content/` that holds posts, or with a Hugo configuration and the content it names."""
    if folder.name == "content":
        return False
    if config_files(folder):
        config = read_config(folder)
        return any((folder / name).is_dir() for name, _ in config.contents)
    return (folder / "content").is_dir() and _has_notes(folder / "content")


def is_substack(folder: Path) -> bool:
    """True for a folder with Substack's posts.csv, or with `posts/` full of files named as its export names them."""
    table = folder / "posts.csv"
    if table.is_file():
        try:
            if complain_of_columns(_columns(table)) is None:
                return True
        except OSError:
            return True  # read again, and then the reason is told
    posts = folder / "posts"
    return posts.is_dir() and any(_EXPORTED.fullmatch(path.name) for path in _files(posts, ".html"))


def _is_export_zip(file: Path) -> bool:
    try:
        with ZipStore(file, file.name) as store:
            return "posts.csv" in store.names()
    except (SourceError, zipfile.BadZipFile):
        return False


def _columns(table: Path) -> list[str]:
    """The head of a table, without reading on."""
    with table.open("rb") as stream:
        head = decode_table(stream.readline(10_000))
    return [cell.strip().strip('"').lower() for cell in re.split(r"[,;]", head.strip())]


def _feed(file: Path) -> FeedSource:
    title, base_url = feed_head(file)
    return FeedSource("", file.parent, file, title=title, base_url=base_url)


def _feeds(place: Path, *, deep: bool) -> Iterator[FeedSource]:
    """The feeds in a folder; below it too where there is nothing else to read."""
    files = sorted(path for suffix in FEED_EXTENSIONS for path in _files(place, suffix))
    yield from (_feed(file) for file in files if looks_like_feed(file))
    for folder in _folders(place) if deep else ():
        yield from _feeds(folder, deep=True)


def _has_notes(folder: Path, *, plain: bool = False) -> bool:
    """True where a post lies in or below the folder. `plain` counts Markdown and org only: HTML beside a site is
    more often its output than its posts.
    """
    for path, names, files in os.walk(folder):
        names[:] = [name for name in names if not is_skipped_folder(name)]
        picked: Sequence[str] = pick_posts(Path(path), files)[0]
        if plain:
            picked = [name for name in picked if not name.lower().endswith((".html", ".htm"))]
        if any(not is_housekeeping(name) and not name.startswith(".") for name in picked):
            return True
    return False


def _may_enter(place: Path) -> bool:
    try:
        next(place.iterdir(), None)
        (place / "posts").exists()  # listing is one right, looking inside another
    except OSError:
        return False
    return True


def _folders(place: Path) -> list[Path]:
    try:
        return sorted(p for p in place.iterdir() if not is_skipped_folder(p.name) and p.is_dir() and not p.is_symlink())
    except OSError:
        return []


def _files(place: Path, suffix: str) -> list[Path]:
    try:
        return [path for path in place.iterdir() if path.suffix.lower() == suffix and path.is_file()]
    except OSError:
        return []


def _nothing(place: Path, kind: Kind | None) -> str:
    if kind:
        return f"{place}: no source of kind {kind} here; leave out the kind, or name another folder"
    try:
        if not any(place.iterdir()):
            return f"{place}: an empty folder; name one with posts"
    except OSError as error:
        return f"{place}: cannot be read ({error.strerror}); check that you may read it"
    for table in sorted(_files(place, ".csv")):
        if not _SUBSCRIBERS.fullmatch(table.name) and (complaint := complain_of_columns(_columns(table))):
            return f"{table}: {complaint}"
    return (
        f"{place}: no posts found; expected a Hugo site (content/), a Substack export (posts.csv and posts/),"
        " a folder of Markdown, or a recorded feed"
    )
