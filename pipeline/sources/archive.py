"""The files of an export, in a folder or in a zip: one way to list and read them, with the same limits."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol, Self

from pipeline.errors import SourceError
from pipeline.sources.base import MAX_BYTES, is_skipped_folder, read_file, refuse, too_large

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Reject

_MAX_TOTAL = 2_000_000_000  # bytes, unpacked
_MAX_RATIO = 200  # text packs to a tenth; a bomb to a thousandth
_MAX_MEMBERS = 200_000


class Store(Protocol):
    """Named files that can be listed and read."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def names(self) -> Sequence[str]:
        """`posts.csv` and `posts/*`, as far as they are there."""

    def read(self, name: str, source_id: str) -> bytes | Reject:
        """The bytes of a file, or why there are none."""


class FolderStore:
    """An export as a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing is held open."""

    def names(self) -> Sequence[str]:
        """The files that belong to posts, by name only."""
        posts = self._root / "posts"
        try:
            files = [f"posts/{path.name}" for path in posts.iterdir()] if posts.is_dir() else []
        except OSError as error:
            raise SourceError(f"{posts}: cannot be read ({error.strerror}); check that you may read it") from None
        return ["posts.csv", *sorted(files)] if (self._root / "posts.csv").is_file() else sorted(files)

    def read(self, name: str, source_id: str) -> bytes | Reject:
        """The file's bytes; a link is followed only inside the folder."""
        file = self._root / name
        if file.is_symlink() and not file.resolve().is_relative_to(self._root.resolve()):
            return refuse(source_id, name, "a link that leads out of the source", "copy its target into the export")
        return read_file(source_id, self._root, file)


class ZipStore:
    """An export as a zip. It may have one folder around everything, as it has when a person packed it again."""

    def __init__(self, file: Path, source_id: str) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except OSError as error:
            raise SourceError(f"{source_id}: {file}: cannot be read ({error.strerror}); check it") from None
        except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError) as error:
            raise SourceError(f"{source_id}: {file}: not a zip ({error}); download the export again") from None
        try:
            self._members = _checked(self._zip, f"{source_id}: {file}")
        except SourceError:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._zip.close()

    def names(self) -> Sequence[str]:
        """The names below the folder around everything."""
        return sorted(self._members)

    def read(self, name: str, source_id: str) -> bytes | Reject:
        """The unpacked bytes, never more than the limit, whatever the zip says of their size."""
        member = self._members[name]
        if member.file_size > MAX_BYTES:
            return too_large(source_id, name, member.file_size)
        if member.flag_bits & 1:
            return refuse(source_id, name, "locked with a password", "export again, or unpack it yourself")
        try:
            with self._zip.open(member) as stream:
                data = stream.read(MAX_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            return refuse(source_id, name, f"damaged inside the zip ({error})", "download the export again")
        return data if len(data) <= MAX_BYTES else too_large(source_id, name, len(data))


def _checked(archive: zipfile.ZipFile, label: str) -> dict[str, zipfile.ZipInfo]:
    """The members that belong to posts, by their name below the top folder. Raises SourceError for an unsafe zip."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    unsafe = next((m.filename for m in members if m.filename.startswith("/") or ".." in Path(m.filename).parts), None)
    if unsafe is not None:
        raise SourceError(f"{label}: holds {unsafe!r}, a path that leads out of the archive; do not trust this file")
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    if unpacked > _MAX_TOTAL or len(members) > _MAX_MEMBERS or unpacked > max(packed, 5_000) * _MAX_RATIO:
        what = f"would unpack to {unpacked / 1e6:,.0f} MB in {len(members)} files from {packed / 1e6:,.1f} MB"
        raise SourceError(f"{label}: {what}; do not trust this file, or unpack it yourself and name the folder")
    paths = {PurePosixPath(m.filename): m for m in members if not stat.S_ISLNK(m.external_attr >> 16)}
    paths = {path: m for path, m in paths.items() if not any(is_skipped_folder(part) for part in path.parts[:-1])}
    tables = sorted((path for path in paths if path.name == "posts.csv"), key=lambda path: len(path.parts))
    posts = sorted((p.parent for p in paths if p.parent.name == "posts"), key=lambda folder: len(folder.parts))
    top = tables[0].parent if tables else posts[0].parent if posts else PurePosixPath()
    inside = {path.relative_to(top): member for path, member in paths.items() if path.is_relative_to(top)}
    return {str(p): m for p, m in inside.items() if str(p) == "posts.csv" or str(p.parent) == "posts"}
