"""Commands of the operator: ingest, sources, doctor, prune, schedule."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import ConfigError

Config = Annotated[Path | None, typer.Option("--config", help="Configuration file (TOML).")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    for command in (ingest, sources, doctor, prune, schedule):
        app.command()(command)


def ingest(
    locations: Annotated[
        list[str] | None,
        typer.Argument(metavar="LOCATION", help="Folders, files or zips with posts; addresses of publications."),
    ] = None,
    config: Config = None,
    source: Annotated[str | None, typer.Option("--source", help="Only the source of this id.")] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="Processes; all cores if left out.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="From the web only what was published since, as 2025-01-31.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="From the web at most so many posts a source.")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Without the network: what earlier runs kept, read anew.")
    ] = False,
    wait: Annotated[
        float, typer.Option("--wait", min=0, help="Seconds to wait for another run that is under way.")
    ] = 0,
) -> None:
    """Read posts, extract who is mentioned and what is claimed, load them, publish the warehouse.

    Exit 0: all sources fine; 1: some failed, the rest is loaded; 2: the call or the config is wrong. Running again is
    free: posts that did not change are not touched. A source that keeps failing is tried less and less often; naming a
    location, or --source, tries it at once.
    """
    from pipeline.cli import show
    from pipeline.config import load_config, resolve_paths
    from pipeline.find import find_sources
    from pipeline.http.settings import FetchSettings
    from pipeline.ingest import Fetching, run
    from pipeline.operate.alerts import AlertSettings, of_summary, tell, watch

    settings = load_config(config) if config else None
    paths = resolve_paths(settings)
    found, failures = find_sources(locations or [], settings, source)
    fetching = Fetching(
        settings.fetch if settings else FetchSettings(), _moment(since), limit, offline,
        insist=bool(locations or source), wait=wait,
    )  # fmt: skip
    alerts = settings.alerts if settings else AlertSettings()
    with show.progress() as advance, watch(alerts):
        done = run(
            found, paths, workers=workers, failures=failures, on_progress=advance, fetching=fetching,
            retention=settings.retention if settings else None,
        )  # fmt: skip
    show.summary(done)
    tell(alerts, of_summary(done))
    if done.status != "failed":
        print(f"next: recuento sql, recuento digest, or open {paths.warehouse} in DuckDB", file=sys.stderr)
    raise typer.Exit(0 if done.status == "ok" else 1)


def sources(
    locations: Annotated[list[str] | None, typer.Argument(metavar="LOCATION", help="Places to look at.")] = None,
    config: Config = None,
) -> None:
    """List the sources at the locations (or of the configuration), and try them: kind, posts, what cannot be read.

    `recuento sources add ADDRESS… --config FILE` finds out what is at an address, says why, and writes the entry.
    """
    if locations and locations[0] == "add":
        _add(locations[1:], config)
        return
    from pipeline.cli import show
    from pipeline.config import load_config
    from pipeline.find import find_sources
    from pipeline.http.settings import FetchSettings
    from pipeline.records import Reject
    from pipeline.sources.live import LiveSource, where

    settings = load_config(config) if config else None
    found, failures = find_sources(locations or [], settings)
    fetching = settings.fetch if settings else FetchSettings()
    rows = []
    for each in found:
        items = each.tried(fetching) if isinstance(each, LiveSource) else list(each.posts())
        unreadable = sum(isinstance(item, Reject) for item in items)
        rows.append([each.id, each.kind, where(each), len(items) - unreadable, unreadable])
    show.table(["source", "kind", "location", "posts", "unreadable"], rows)
    for _, error in failures:
        print(f"recuento: {error}", file=sys.stderr)
    raise typer.Exit(1 if failures else 0)


def _add(addresses: list[str], config: Path | None) -> None:
    from pipeline.config import load_config
    from pipeline.sources.add import append, find_out

    if not addresses:
        raise ConfigError("sources add: name an address, such as https://example.substack.com")
    for address in addresses:
        text, plan = find_out(address, load_config(config) if config and config.exists() else None)
        print(f"{address}: {plan.kind}: {plan.why}", file=sys.stderr)
        print(text)
        if config:
            append(config, text)


def _moment(day: str | None) -> datetime | None:
    if day is None:
        return None
    try:
        return datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise ConfigError(f"--since {day}: expected a day such as 2025-01-31") from None


def doctor(config: Config = None) -> None:
    """Check the installation and the state of the warehouse. Exit 1 if something needs attention."""
    from pipeline.cli import show
    from pipeline.config import load_config, resolve_paths
    from pipeline.operate.doctor import examine

    findings = examine(resolve_paths(load_config(config) if config else None))
    show.table(["check", "state", "remark"], [[f.check, "ok" if f.ok else "look", f.remark] for f in findings])
    raise typer.Exit(0 if all(f.ok for f in findings) else 1)


def prune(config: Config = None) -> None:
    """Forget what the retention settings do not keep: old revisions, runs, rejects, raw bytes. Runs do so too."""
    from pipeline.config import load_config, resolve_paths
    from pipeline.operate.retention import forget

    if config is None:
        raise ConfigError("prune needs a configuration with [retention]: --config recuento.toml")
    settings = load_config(config)
    done = forget(resolve_paths(settings).home, settings.retention, datetime.now(UTC))
    raw = f"{done.raw_files} files of raw bytes ({done.raw_bytes / 1e6:.1f} MB)"
    print(f"forgotten: {done.revisions} revisions, {done.runs} runs, {done.rejects} rejects, {raw}", file=sys.stderr)


def schedule(
    config: Config = None,
    work_pool: Annotated[
        str | None, typer.Option("--work-pool", help="Register the deployments at this pool of the server, and leave.")
    ] = None,
) -> None:
    """Serve the Prefect deployments (ingest, digest) with the cron times of the configuration. Runs until stopped."""
    from pipeline.config import load_config

    if config is None:
        raise ConfigError("schedule needs a configuration with sources and times: --config recuento.toml")
    settings = load_config(config)
    from flows.deployments import deploy_all, serve_all

    if work_pool:
        names = deploy_all(config, settings, work_pool)
        print(f"registered at {work_pool}: {', '.join(names)}; start a worker: prefect worker start --pool {work_pool}")
        return
    serve_all(config, settings)
