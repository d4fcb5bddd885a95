"""Raw bytes as fetched, kept under the name of their own digest and compressed.

The same bytes are stored once however often they come; bytes that decayed on disk are noticed when they are read.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import zlib
from typing import TYPE_CHECKING, Any

from pipeline.errors import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LEVEL = 1  # posts shrink to about 40 %; higher levels take three times as long for a few percent


def raw_key(data: bytes) -> str:
    """The key of some bytes: their SHA-256, in hexadecimal.

    >>> raw_key(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


class RawStore:
    """A folder of compressed bytes: `ab/cdef….z`, two levels, so that no folder grows large."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep the bytes; their key. What is there already is not written again.

        The file appears whole or not at all, being renamed into place. It is not synced: a power cut may lose the
        last ones, which `get` notices and the next fetch replaces.
        """
        key = raw_key(data)
        path = self._path(key)
        if path.exists() and path.stat().st_size:
            return key
        temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
        compressed = zlib.compress(data, _LEVEL)
        try:
            temporary.write_bytes(compressed)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(compressed)
        temporary.replace(path)
        return key

    def get(self, key: str) -> bytes:
        """The bytes of a key. Raises WarehouseError where they are missing or not what they were."""
        path = self._path(key)
        try:
            data = zlib.decompress(path.read_bytes())
        except FileNotFoundError:
            raise WarehouseError(f"{path}: no raw bytes under this key; ingest the source again") from None
        except zlib.error:
            data = None
        if data is None or raw_key(data) != key:
            raise WarehouseError(f"{path}: the raw bytes are damaged; delete the file and ingest the source again")
        return data

    def manifest(self, source_id: str) -> Manifest:
        """What the bytes of a source are: enough to read its posts from them without any database."""
        return Manifest(self.root / "manifests" / f"{source_id}.jsonl")

    def __contains__(self, key: str) -> bool:
        return self._path(key).exists()

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / f"{key[2:]}.z"


class Manifest:
    """A file of JSON Lines that is only ever added to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, record: Mapping[str, Any]) -> None:
        """Put a record at the end."""
        line = json.dumps(record, ensure_ascii=True, default=dict)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="ascii") as file:
            file.write(f"\n{line}")  # first the end of a line that a killed run left half

    def latest(self, key: str) -> dict[str, dict[str, Any]]:
        """The last record of each value of a field. A line that a killed run left half is passed over."""
        found: dict[str, dict[str, Any]] = {}
        if not self.path.exists():
            return found
        with self.path.open(encoding="ascii", errors="replace") as file:
            for line in file:
                try:
                    record = json.loads(line)
                    found[record[key]] = record
                except (ValueError, KeyError, TypeError):
                    continue
        return found
