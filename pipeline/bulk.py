"""Extraction without a warehouse: files or folders in, results out, on all cores and in the order of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceError
from pipeline.process import process_batch
from pipeline.records import RawPost, Reject
from pipeline.serialize import to_json
from pipeline.sources import recognise
from pipeline.workers import parallel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BATCH_SIZE = 50


def extract_all(paths: Iterable[Path], workers: int | None = None) -> Iterator[dict[str, Any] | Reject]:
    """For each post below the paths its JSON object, or the reason why there is none."""
    for path in paths:
        try:
            sources = recognise(path)
        except SourceError as error:
            yield Reject(str(path), str(path), "fetch", type(error).__name__, str(error))
            continue
        for source in sources:
            rejects: list[Reject] = []
            for _, batch in parallel(process_batch, _batches(source.posts(), rejects), workers):
                for done in batch.posts:
                    yield to_json(done.post, done.extraction, _as_named(path, source.root / done.post.path))
                yield from batch.rejects
            yield from rejects


def _as_named(location: Path, file: Path) -> str:
    """The file's path, beginning with the location as the caller wrote it."""
    within = file.relative_to(location.resolve()) if file.is_relative_to(location.resolve()) else None
    return file.as_posix() if within is None else (location / within).as_posix()


def _batches(items: Iterable[RawPost | Reject], rejects: list[Reject]) -> Iterator[list[RawPost]]:
    """The posts in batches; what the source could not read goes to `rejects`."""
    batch: list[RawPost] = []
    for item in items:
        if isinstance(item, Reject):
            rejects.append(item)
            continue
        batch.append(item)
        if len(batch) == BATCH_SIZE:
            yield batch
            batch = []
    if batch:
        yield batch
