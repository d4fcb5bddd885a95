"""Commands that read the published warehouse: sql, digest, report."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli import complete
from pipeline.errors import ConfigError

Config = Annotated[Path | None, typer.Option("--config", help="Configuration file (TOML).")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(sql)
    app.command()(digest)
    app.command()(report)


def sql(
    query: Annotated[
        str | None,
        typer.Argument(help="SQL, or the name of a query; without it, the names.", autocompletion=complete.query),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME=VALUE", help="Parameters of a named query.", autocompletion=complete.parameter),
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a row.")] = False,
    parquet: Annotated[Path | None, typer.Option("--parquet", help="Write a Parquet file, print nothing.")] = None,
    about: Annotated[bool, typer.Option("--about", help="Say what a named query answers and takes.")] = False,
    config: Config = None,
) -> None:
    """Ask the published warehouse, read-only: any SQL that needs no other files, or a query by its name."""
    from pipeline.cli import show
    from pipeline.publish.search import prepare
    from pipeline.warehouse.read import named_queries, named_query, open_published, run_query, write_query

    if not query or query.isspace():
        show.queries(named_queries())
        return
    if about:
        show.query(named_query(query))
        return
    with open_published(_paths(config).warehouse) as connection:
        if "search" in query and (warning := prepare(connection)):
            print(f"recuento: {warning}", file=sys.stderr)
        if parquet:
            print(f"{parquet}: {write_query(connection, query, parquet, _assignments(parameters or []))} rows")
            return
        connection.execute("set enable_external_access = false")  # or `copy … to` would write files
        result = run_query(connection, query, _assignments(parameters or []))
    if csv:
        show.as_csv(result.columns, result.rows)
    elif as_json:
        show.as_json(result.columns, result.rows)
    else:
        show.table(result.columns, result.rows)


def digest(
    since: Annotated[str | None, typer.Option(help="First day, as 2025-01-31; left out: of the last 7.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day; today when left out.")] = None,
    week: Annotated[str | None, typer.Option(help="An ISO week, as 2025-W03, instead of days.")] = None,
    last: Annotated[str | None, typer.Option(help="Days or weeks up to --until, as 30d or 2w.")] = None,
    out: Annotated[Path, typer.Option(help="Folder of digests; each period has its own in it.")] = Path("digests"),
    dialect: Annotated[
        str, typer.Option(help="csv, or excel-es: semicolons and decimal commas, for a spreadsheet in Spain.")
    ] = "csv",
    bom: Annotated[bool, typer.Option("--bom", help="Begin files with a byte order mark, for Excel.")] = False,
    language: Annotated[str, typer.Option(help="es or en: the language of the summary.")] = "es",
    config: Config = None,
) -> None:
    """Write the CSV digests of a period: new posts, who is mentioned, what is claimed, who rises and falls."""
    from pipeline.digest.archive import file_digest
    from pipeline.warehouse.read import open_published

    if dialect not in {"csv", "excel-es"}:
        raise ConfigError(f"--dialect {dialect}: there are csv and excel-es")
    check_language(language)
    first, final = _period(since, until, week, last)
    with open_published(_paths(config).warehouse) as connection:
        for path in file_digest(connection, first, final, out, dialect=dialect, bom=bom, language=language):
            print(path)


def report(
    out: Annotated[Path, typer.Option(help="The HTML file to write.")] = Path("report.html"),
    language: Annotated[str, typer.Option(help="es or en: the language of the page.")] = "es",
    title: Annotated[str, typer.Option(help="The page's title.")] = "Recuento",
    config: Config = None,
) -> None:
    """Write one self-contained HTML page with trends, figures and every claim with its sentence."""
    from pipeline.report import write_report
    from pipeline.warehouse.read import open_published

    check_language(language)
    with open_published(_paths(config).warehouse) as connection:
        write_report(connection, out, title=title, language=language)
    print(out)


def check_language(language: str) -> None:
    """Raises ConfigError for a language that is not read or written."""
    if language not in {"es", "en"}:
        raise ConfigError(f"--language {language}: there are es and en")


def _paths(config: Path | None) -> Any:
    from pipeline.config import load_config, resolve_paths

    return resolve_paths(load_config(config) if config else None)


def _period(since: str | None, until: str | None, week: str | None, last: str | None) -> tuple[date, date]:
    from pipeline.digest import period

    if week and (since or until or last):
        raise ConfigError("--week says the whole period: leave out --since, --until and --last")
    if since and last:
        raise ConfigError("--since and --last both say where the period begins: give one")
    if week:
        return period.week(week)
    final = _day(until, "--until") if until else date.today()  # noqa: DTZ011 -- the user's own today
    first = _day(since, "--since") if since else period.last_days(last or "7d", final)[0]
    if first > final:
        raise ConfigError(f"--since {first} is after --until {final}")
    return first, final


def _day(text: str, option: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 -- a day, not a moment
    except ValueError:
        raise ConfigError(f"{option} {text}: expected a day such as 2025-01-31") from None


def _assignments(parameters: list[str]) -> dict[str, str]:
    pairs = [parameter.partition("=") for parameter in parameters]
    for name, equals, _ in pairs:
        if not equals:
            raise ConfigError(f"{name}: parameters are given as name=value")
    return {name: value for name, _, value in pairs}
