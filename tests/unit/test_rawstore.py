"""Raw bytes come back as they went in, or not at all."""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import WarehouseError
from pipeline.rawstore import RawStore, raw_key


@given(data=st.binary(max_size=2000))
def test_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Any bytes, the empty ones too, under a key that only they have."""
    store = RawStore(tmp_path_factory.mktemp("raw"))
    key = store.put(data)
    assert key == raw_key(data)
    assert store.get(key) == data
    assert key in store


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    """Putting them again writes nothing, and nothing temporary is left."""
    store = RawStore(tmp_path)
    key = store.put(b"hola " * 1000)
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    written = file.stat().st_mtime_ns
    assert store.put(b"hola " * 1000) == key
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]
    assert file.stat().st_mtime_ns == written
    assert file.parent.name + file.stem == key
    assert file.stat().st_size < 500


def test_many_may_put_at_once(tmp_path: Path) -> None:
    """Threads that put the same bytes do not get into each other's way."""
    store = RawStore(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(store.put, [b"x" * 10_000] * 64))
    assert store.get(keys.pop()) == b"x" * 10_000
    assert keys == set()


def test_damage_is_noticed(tmp_path: Path) -> None:
    """Bytes that decayed, were cut or swapped are refused with the path and the remedy; an empty file is put anew."""
    store = RawStore(tmp_path)
    key = store.put(b"hola " * 1000)
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    for damaged in (zlib.compress(b"adios"), file.read_bytes()[:-5], b"\x00"):
        file.write_bytes(damaged)
        with pytest.raises(WarehouseError, match="the raw bytes are damaged; delete the file and ingest"):
            store.get(key)
    file.write_bytes(b"")
    assert store.put(b"hola " * 1000) == key
    assert store.get(key) == b"hola " * 1000


def test_a_key_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The message says where it was looked for."""
    with pytest.raises(WarehouseError, match="no raw bytes under this key"):
        RawStore(tmp_path).get("0" * 64)
    assert "0" * 64 not in RawStore(tmp_path)
