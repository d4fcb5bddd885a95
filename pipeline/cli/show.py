"""How results look: tables in a terminal, CSV and JSON for other programs."""

from __future__ import annotations

import csv
import json
import sys
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.config import Paths
    from pipeline.explain import Reading
    from pipeline.tally import Summary
    from pipeline.warehouse.read import NamedQuery

MOST_REJECTS = 20  # shown one by one; the rest is counted, and all are in the table `rejects`


def _console() -> Console:
    """Stdout, as wide as the terminal; wide enough for any row where nobody reads along."""
    return Console(width=None if sys.stdout.isatty() else 200, highlight=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """Rows as a table, numbers to the right."""
    rows = [list(row) for row in rows]
    grid = Table(title=title, title_justify="left", header_style="bold")
    for index, name in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[index], int | float | Decimal | None) for row in rows)
        grid.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell(value)) for value in row))
    _console().print(grid)
    if not rows:
        print("no rows")


def cell(value: Any) -> str:
    r"""A value as a reader of tables expects it, on one line.

    >>> cell(None), cell(685e9), cell(0.5), cell(25000), cell("Uno.\n\nDos.")
    ('', '685e9', '0.5', '25000', 'Uno. Dos.')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return engineering(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return " ".join(filter(None, str(value).splitlines()))


def engineering(value: float) -> str:
    """A number in few digits: plain up to a million, then with an exponent that is a multiple of three.

    >>> engineering(1.8e12), engineering(88.5), engineering(2788000.0)
    ('1.8e12', '88.5', '2.788e6')
    """
    if value == 0 or 1e-3 <= abs(value) < 1e6:
        return f"{value:.6g}"
    exponent = int(f"{abs(value):e}".split("e")[1]) // 3 * 3
    return f"{value / 10**exponent:.6g}e{exponent}"


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as CSV with a header."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def as_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """One JSON object a row and line."""
    for row in rows:
        print(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, default=_jsonable))


def _jsonable(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else str(value)


def queries(found: Iterable[NamedQuery]) -> None:
    """The named queries with what they answer."""
    table(["name", "answers", "parameters"], [[q.name, q.purpose, ", ".join(q.parameters)] for q in found])


def query(wanted: NamedQuery) -> None:
    """What a named query answers, what a row is, and what it can be asked with."""
    print(f"{wanted.purpose}\n{wanted.grain[:1].upper()}{wanted.grain[1:]}.")
    table(["parameter", "type"], [[each.name, each.described()] for each in wanted.parameters.values()])


def summary(done: Summary) -> None:
    """What a run did, on stderr; the first rejects with their reasons."""
    console = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 200)
    rows = done.table()
    if len(rows) > 1:
        rows.append({name: sum(int(row[name]) for row in rows) if name != "source" else "all" for name in rows[0]})
    grid = Table(header_style="bold")
    for name in rows[0] if rows else ["source"]:
        grid.add_column(name, justify="left" if name == "source" else "right")
    for row in rows:
        grid.add_row(*(Text(cell(value)) for value in row.values()))
    console.print(grid)
    for reject in done.rejects[:MOST_REJECTS]:
        console.print(Text(f"rejected in {reject.stage}: {reject.message}"), soft_wrap=True)
    if len(done.rejects) > MOST_REJECTS:
        console.print(f"… and {len(done.rejects) - MOST_REJECTS} more: recuento sql rejects")
    if done.because:
        console.print(Text(f"read again: {done.because}"), soft_wrap=True)
    news = "published" if done.published else "nothing new to publish"
    console.print(f"run {done.run_id}: {done.status}, {news}, {done.seconds:.1f} s")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int | None], None]]:
    """Posts, posts a second and time left, source by source, on stderr; nothing when stderr is not a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _source, _posts, _expected: None
        return
    texts = (TextColumn("{task.description}"), TextColumn("{task.completed} posts"), TextColumn("{task.fields[rate]}"))
    lines: dict[str, TaskID] = {}
    with Progress(SpinnerColumn(), *texts, TimeRemainingColumn(), console=console, transient=True) as bar:

        def advance(source: str, posts: int, expected: int | None) -> None:
            if source not in lines:
                lines[source] = bar.add_task(source, total=expected, rate="")
            line = lines[source]
            bar.update(line, advance=posts, total=expected)
            bar.update(line, rate=f"{bar.tasks[bar.task_ids.index(line)].speed or 0:.0f} posts/s")

        yield advance


def sample_run(done: Summary, paths: Paths, digests: Path = Path("digests")) -> None:
    """What `make run` ends with: what was read, what stands out, where it lies, what to type next."""
    from pipeline.digest.archive import file_digest
    from pipeline.warehouse.read import open_published, run_query

    summary(done)
    with open_published(paths.warehouse) as connection:
        newest = "select max(published_at)::date from posts where not is_draft and published_at <= now()"
        ((last,),) = run_query(connection, newest).rows
        for title, query, values in (
            ("In the warehouse", "overview", {}),
            ("Who is talked about more, or less, in half a year", "top_movers", {"since": last - timedelta(days=181)}),
            ("The largest numbers of accelerators, and how firm they are", "largest_clusters", {}),
        ):
            result = run_query(connection, query, values)
            call = " ".join((query, *(f"{name}={value}" for name, value in values.items())))
            table(result.columns, result.rows[:8], title=f"\n{title}  (recuento sql {call})")
        files = file_digest(connection, last - timedelta(days=29), last, digests)
    print(f"\nwarehouse  {paths.warehouse}\ndigests    {files[0].parent}/  ({len(files)} files)")
    print(
        "\nNext:\n"
        "  .venv/bin/recuento sql                        the questions that have a name\n"
        "  .venv/bin/recuento sql 'from claims limit 5'  any SQL\n"
        '  .venv/bin/recuento explain "GPT-4 se entrenó con 25k GPUs"\n'
        "  .venv/bin/recuento report --out report.html   a page with charts\n"
        "  .venv/bin/recuento ingest PATH…               your own posts"
    )


def explanation(reading: Reading) -> None:
    """What is said in a text and why: a block a claim with the rules that decided, then the mentions."""
    print(f"language {reading.language}; {len(reading.claims)} claims, {len(reading.mentions)} mentions")
    for explained in reading.claims:
        claim = explained.claim
        print(f"\n«{claim.quote}»  {claim.metric} = {cell(claim.value)} {claim.currency or ''}".rstrip())
        fields = {
            "range": f"{cell(claim.lower)} to {cell(claim.upper)}" if claim.lower is not None else None,
            "subject": f"{claim.subject or 'none named'} (confidence {claim.confidence:.2f})",
            "bound": claim.bound, "modality": claim.modality, "scope": claim.scope, "hardware": claim.hardware,
            "per": claim.per, "benchmark": claim.benchmark, "origin": claim.origin,
        }  # fmt: skip
        for name, value in fields.items():
            if value is not None:
                print(f"    {name:9} {value}")
        for reason in explained.trace:
            print(f"    because   {reason}")
    for check in reading.checks:
        verdict = "agrees" if check.agrees else f"does not agree: the numbers give {cell(check.expected)}"
        print(f"\n«{reading.text[check.start : check.end]}»  {check.relation} = {cell(check.found)} {verdict}")
    if reading.mentions:
        rows = [[m.kind, m.name, m.surface, m.family, m.maker, m.rule] for m in reading.mentions]
        table(["kind", "name", "surface", "family", "maker", "rule"], rows, title="\nmentions")
