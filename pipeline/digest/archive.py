"""The digests of many periods in one folder: each in a folder named by its period, and an index of all of them.

`digests/index.html` and `index.md`, `digests/2025-W03/digest.html`, `digests/2025-W03/posts.csv` …
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.digest import write_digests
from pipeline.digest.period import named_period, period_name
from pipeline.digest.summary import as_page
from pipeline.labels import words

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from duckdb import DuckDBPyConnection


def file_digest(
    connection: DuckDBPyConnection,
    since: date,
    until: date,
    root: Path,
    *,
    dialect: str = "csv",
    bom: bool = False,
    language: str = "es",
) -> list[Path]:
    """Write the digests of a period to its own folder under `root`, and the index anew; the files of the period."""
    folder = root / period_name(since, until)
    written = write_digests(connection, since, until, folder, dialect=dialect, bom=bom, language=language)
    write_index(root, language)
    return written


def write_index(root: Path, language: str = "es") -> None:
    """Write index.md and index.html to `root`: every period there is a digest of, the latest first."""
    found = [(named_period(folder.name), folder) for folder in root.iterdir() if (folder / "digest.md").is_file()]
    periods = sorted(((days[1], days[0], folder) for days, folder in found if days), reverse=True)
    lines = [_line(since, until, folder) for until, since, folder in periods]
    text = f"# {words(language).raw('digest_index')}\n\n" + "\n".join(lines) + "\n"
    for name, content in (("index.md", text), ("index.html", as_page(text, language))):
        temporary = root / f".{name}.new"
        temporary.write_text(content, encoding="utf-8")
        temporary.replace(root / name)


def _line(since: date, until: date, folder: Path) -> str:
    """A period with what its summary counts, and its files."""
    counts = (folder / "digest.md").read_text(encoding="utf-8").split("\n\n")[1]
    files = " · ".join(f"[{path.stem}]({folder.name}/{path.name})" for path in sorted(folder.glob("*.csv")))
    return f"- [{folder.name}]({folder.name}/digest.html), {since} – {until}. {counts}  \n  {files}"
