"""What all sources share: how they look from outside, how folders are walked, and how files are read.

Nothing here raises for a single file. What cannot be read becomes a `Reject` that says what to do about it.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from pipeline.records import Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.records import RawPost

Kind = Literal["hugo", "substack", "vault", "feed", "file", "site", "git"]
Format = Literal["markdown", "html", "org"]
KINDS: tuple[Kind, ...] = ("hugo", "substack", "vault", "feed", "file", "site", "git")

MAX_BYTES = 20_000_000  # a post of 20 MB is a mistake or an attack; the longest real ones have some 300 kB
FORMATS: dict[str, Format] = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".html": "html", ".htm": "html", ".org": "org",
}  # fmt: skip
# Never posts, wherever they lie: tools' folders and other people's code.
SKIPPED_FOLDERS = frozenset({"node_modules", "themes", "vendor", "venv", "bower_components", "__pycache__", "__macosx"})
# Files of a project about itself.
HOUSEKEEPING = frozenset({
    "readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "security", "authors",
    "contributors", "todo", "agents", "claude", "copying", "notice",
})  # fmt: skip

# Of a folder and the file names in it: those that are posts, and whether to look into the folders below.
Select = Callable[[Path, "Sequence[str]"], "tuple[Sequence[str], bool]"]


class Source(Protocol):
    """Something that holds posts.

    `root / post.path` shows a person where a post lies. `title` and `base_url` are None where the source does not tell.
    """

    @property
    def id(self) -> str:
        """A slug, the same on every machine."""

    @property
    def kind(self) -> Kind:
        """What it is."""

    @property
    def root(self) -> Path:
        """The folder (or zip) that the posts' paths start from."""

    @property
    def title(self) -> str | None:
        """The publication's title."""

    @property
    def base_url(self) -> str | None:
        """Where it is published."""

    @property
    def is_complete(self) -> bool:
        """True where a post that is no longer among its posts is gone: a feed drops its oldest posts, a folder none."""

    def posts(self) -> Iterator[RawPost | Reject]:
        """The posts one by one, always in the same order; a Reject for what could not be read.

        Raises SourceError where the source as a whole cannot be read.
        """


def nfc(text: str) -> str:
    r"""The text composed: macOS hands out decomposed names, and the same post must have the same path everywhere.

    >>> nfc("cafe\u0301") == "caf\u00e9"
    True
    """
    return unicodedata.normalize("NFC", text)


def relative(root: Path, file: Path) -> str:
    """The file's path from the root, composed and with `/`; bytes that are no text are shown as escapes."""
    path = file.as_posix().removeprefix(root.as_posix()).lstrip("/")
    return nfc(os.fsencode(path).decode("utf-8", "backslashreplace"))


def refuse(source_id: str, location: str, what: str, remedy: str, error: str = "SourceError") -> Reject:
    """A reject of the fetch stage; its message names source, place, what was seen and what to do."""
    return Reject(source_id, location, "fetch", error, f"{source_id}: {location}: {what}; {remedy}")


def format_of(name: str) -> Format | None:
    """How a file of this name is parsed, or None where it is no post.

    >>> format_of("2025-01-03 Notas.MD"), format_of("foto.png")
    ('markdown', None)
    """
    return FORMATS.get(os.path.splitext(name)[1].lower())  # noqa: PTH122 -- a name, not a path


def is_housekeeping(name: str) -> bool:
    """True for files in which a project speaks of itself.

    >>> is_housekeeping("README.es.md"), is_housekeeping("readme-first.md")
    (True, False)
    """
    return name.split(".", 1)[0].lower() in HOUSEKEEPING


def is_skipped_folder(name: str) -> bool:
    """True for folders that never hold posts: hidden ones (`.git`, `.obsidian`, `.trash`) and those of tools."""
    return name.startswith(".") or name.lower() in SKIPPED_FOLDERS


def pick_posts(folder: Path, names: Sequence[str]) -> tuple[Sequence[str], bool]:
    """All names that can be posts; look below as well. Drawings that Obsidian keeps in Markdown are none, nor are the
    digests and the report that Recuento itself has put there.
    """
    own = {name for pages in _OWN if pages[0] in names and _is_own(folder / pages[0]) for name in pages}
    posts = [name for name in names if format_of(name) and not name.lower().endswith(".excalidraw.md")]
    return [name for name in posts if name not in own], True


_OWN = ("digest.html", "digest.md"), ("index.html", "index.md"), ("report.html",)  # the page, and its text
_GENERATOR = b'<meta name="generator" content="Recuento">'


def _is_own(page: Path) -> bool:
    """Whether a page was written by `recuento digest` or `recuento report`."""
    try:
        with page.open("rb") as file:
            return _GENERATOR in file.read(1_000)
    except OSError:
        return False


def walk(
    source_id: str, root: Path, start: Path, *, select: Select, skip: Callable[[Path], bool]
) -> Iterator[Path | Reject]:
    """The files below `start` that `select` picks, sorted by composed name, a folder's files before its folders.

    Links that lead out of `root` are rejected, links to folders inside are passed over: their posts come where they
    lie. Hidden files are not looked at.
    """
    try:
        with os.scandir(start) as entries:
            found = sorted(entries, key=lambda entry: nfc(entry.name))
    except OSError as error:
        yield _unreadable(source_id, root, start, error)
        return
    names = [entry.name for entry in found if not entry.name.startswith(".") and not _is_dir(entry)]
    picked, deeper = select(start, names)
    wanted = set(picked)
    for entry in found:
        path = Path(entry.path)
        if entry.is_symlink() and (entry.name in wanted or (deeper and _is_dir(entry) and not _hidden(path, skip))):
            yield from _linked(source_id, root, path)
        elif entry.name in wanted:
            yield path
    for entry in found if deeper else ():
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False) and not _hidden(path, skip):
            yield from walk(source_id, root, path, select=select, skip=skip)


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that goes in circles
        return False


def _hidden(path: Path, skip: Callable[[Path], bool]) -> bool:
    return is_skipped_folder(path.name) or skip(path)


def _linked(source_id: str, root: Path, link: Path) -> Iterator[Path | Reject]:
    """A link to a file inside the tree, as it is; a reject for one that leads out or nowhere."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        yield refuse(source_id, relative(root, link), "a link that leads nowhere", "mend or remove it")
        return
    if not target.is_relative_to(root.resolve()):
        remedy = "copy its target into the tree, or name the target as a source of its own"
        yield refuse(source_id, relative(root, link), "a link that leads out of the source", remedy)
    elif not target.is_dir():
        yield link


def read_file(source_id: str, root: Path, file: Path) -> bytes | Reject:
    """The file's bytes, or why there are none: unreadable, too large, or no plain file."""
    location = relative(root, file)
    try:
        str(file).encode("utf-8")
    except UnicodeEncodeError:
        return refuse(source_id, location, "the file's name is not valid UTF-8", "rename it")
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
            return refuse(source_id, location, "not a plain file", "remove it or put a file in its place")
        if status.st_size > MAX_BYTES:
            return too_large(source_id, location, status.st_size)
        return file.read_bytes()
    except OSError as error:
        return _unreadable(source_id, root, file, error)


def unique(source_id: str, items: Iterable[RawPost | Reject]) -> Iterator[RawPost | Reject]:
    """The items; a second post of the same path is rejected, since only one of the two could be kept apart."""
    seen: set[str] = set()
    for item in items:
        if not isinstance(item, Reject) and item.path in seen:
            what = "two files whose names differ only in how accents are stored"
            yield refuse(source_id, item.path, what, "rename or remove one")
            continue
        if not isinstance(item, Reject):
            seen.add(item.path)
        yield item


def too_large(source_id: str, location: str, size: int) -> Reject:
    """The reject of a file beyond the limit."""
    what = f"{size / 1e6:.0f} MB, more than the limit of {MAX_BYTES / 1e6:.0f} MB for a post"
    return refuse(source_id, location, what, "split it, or move it out of the source")


def _unreadable(source_id: str, root: Path, path: Path, error: OSError) -> Reject:
    what = f"cannot be read ({error.strerror or error})"
    return refuse(source_id, relative(root, path), what, "check that it exists and that you may read it", "OSError")


def words(html: str) -> int:
    """About how many words a reader sees.

    >>> words("<p>Uno <b>dos</b></p>")
    2
    """
    return len(re.sub(r"<[^>]*>", " ", html).split())
