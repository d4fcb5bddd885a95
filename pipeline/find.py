"""The sources that a call of ingestion means: at the locations it names, else those of its configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.config import SourceEntry
from pipeline.errors import ConfigError, SourceError
from pipeline.sources import recognise
from pipeline.sources.live import where

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.config import Config
    from pipeline.sources import Source

Failure = tuple[str, SourceError]  # where no source was found, and why


def find_sources(
    locations: Sequence[Path | str], config: Config | None, only: str | None = None
) -> tuple[list[Source], list[Failure]]:
    """The sources at the locations, else those of the configuration; and the locations where there is none, with why.

    `only` keeps the source of that id; ConfigError when there is no such source, or nothing to read at all.
    """
    sources: list[Source] = []
    failures: list[Failure] = []
    for entry in _wanted(locations, config):
        try:
            sources.extend(
                recognise(
                    entry.location, source_id=entry.id, kind=entry.kind, language=entry.language, title=entry.title
                )
            )
        except SourceError as error:
            failures.append((entry.id or str(entry.location), error))
    ids = _distinct(sources)
    if only is None:
        return sources, failures
    if only not in ids:
        raise ConfigError(f"--source {only}: there are {', '.join(ids) or 'none'}")
    return [source for source in sources if source.id == only], []


def _wanted(locations: Sequence[Path | str], config: Config | None) -> list[SourceEntry]:
    wanted = [SourceEntry(id=None, location=location) for location in locations]
    if not wanted and config:
        wanted = [entry for entry in config.sources if entry.enabled]
    if not wanted:
        raise ConfigError("nothing to ingest: name a folder or file, or a configuration with --config")
    return wanted


def _distinct(sources: Sequence[Source]) -> list[str]:
    """The ids of the sources. Raises ConfigError where two places share one."""
    roots: dict[str, str] = {}
    for source in sources:
        if roots.setdefault(source.id, where(source)) != where(source):
            raise ConfigError(
                f"two sources are called {source.id} ({roots[source.id]}, {where(source)}):"
                " give each an id of its own in a configuration"
            )
    return list(roots)
