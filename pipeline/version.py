"""Names what texts are read with: the code and the data that text, mentions and claims come from."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.extract.reach import everywhere
from pipeline.identity import digest
from pipeline.lexicon import load_lexicon
from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable

RULES: Final = ("extract", "lexicon", "parse", "repair", "language.py", "process.py")  # below pipeline/
DATA: Final = ("cues", "language", "repair", "units")  # below data/; of the lexicon `everywhere` tells


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """Names the rules and the data that a post was read with; changes when any of them does, by itself.

    Of the lexicon only what bears on every text counts; which texts a changed name bears on says `reach`.

    >>> extractor_version() == extractor_version()
    True
    """
    try:
        package = version("recuento")
    except PackageNotFoundError:
        package = "0"
    rules = fingerprint(Path(__file__).parent, RULES)
    return f"{package}+{rules}.{digest(everywhere(load_lexicon()), fingerprint(resource('data'), DATA))[:8]}"


def fingerprint(folder: Path, parts: Iterable[str]) -> str:
    """Eight digits that change with the files of code or data in some parts of a folder, and with their places."""
    files = [file for part in parts for file in _files(folder / part)]
    return digest(*(part for file in files for part in (file.relative_to(folder).as_posix(), file.read_bytes())))[:8]


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return [file for file in sorted(place.rglob("*")) if file.suffix in {".py", ".csv", ".toml"}]
