"""Commands that keep the warehouse: backup, restore, vacuum, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.config import Paths

Config = Annotated[Path | None, typer.Option("--config", help="Configuration file (TOML).")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    for command in (backup, restore, vacuum, export):
        app.command()(command)


def backup(file: Annotated[Path, typer.Argument(help="The file to write (tar).")], config: Config = None) -> None:
    """Write the writer's database and the raw bytes to one file, between runs."""
    from pipeline.operate.keep import backup as write

    size = write(_paths(config).home, file)
    print(f"{file}: {size / 1e6:.1f} MB")


def restore(file: Annotated[Path, typer.Argument(help="A file that backup wrote.")], config: Config = None) -> None:
    """Put a backup in place of the writer's database, and publish it."""
    from pipeline.operate.keep import restore as put_back
    from pipeline.publish import publish

    paths = _paths(config)
    put_back(file, paths.home)
    publish(paths.home / "warehouse.duckdb", paths.warehouse, search=paths.search)
    print(f"{paths.warehouse}: published from {file}")


def vacuum(config: Config = None) -> None:
    """Write the writer's database anew, without the room that old rows left."""
    from pipeline.operate.keep import vacuum as write_anew

    before, after = write_anew(_paths(config).home)
    print(f"{before / 1e6:.1f} MB before, {after / 1e6:.1f} MB after")


def export(
    parquet: Annotated[Path, typer.Option("--parquet", help="Folder for one Parquet file a table.")],
    config: Config = None,
) -> None:
    """Write every table of the published warehouse to a Parquet file of its name."""
    from pipeline.cli import show
    from pipeline.operate.keep import export as write

    rows = write(_paths(config).warehouse, parquet)
    show.table(["file", "rows"], [[str(parquet / f"{table}.parquet"), count] for table, count in rows.items()])


def _paths(config: Path | None) -> Paths:
    from pipeline.config import load_config, resolve_paths

    return resolve_paths(load_config(config) if config else None)
