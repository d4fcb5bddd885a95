"""Commands that work on posts and need no warehouse: extract, repair, explain."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.repair import Repaired


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(extract)
    app.command()(repair)
    app.command()(explain)


def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files or folders with posts; a zip works too.")],
) -> None:
    """Print what is said in posts: one JSON object a post and line. No warehouse is touched.

    Exit 0: all sources fine; 1: some could not be read (said on stderr), the rest is printed.
    """
    from pipeline.bulk import extract_all
    from pipeline.records import Reject

    broken = 0
    for result in extract_all(paths):
        if isinstance(result, Reject):
            broken += 1
            print(f"recuento: {result.message}", file=sys.stderr)
        else:
            print(json.dumps(result, ensure_ascii=False))
    raise typer.Exit(1 if broken else 0)


def repair(
    file: Annotated[Path | None, typer.Argument(help="A text file; without it, stdin is read.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say what was done, with examples, on stderr.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help='Take and give one {"id", "text"} a line.')] = False,
    restore_lost: Annotated[
        bool,
        typer.Option("--restore-lost", help="Restore letters that were lost where only one word is possible."),
    ] = False,
) -> None:
    """Repair broken encodings (mojibake): a file's or stdin's text, repaired, on stdout."""
    from pipeline.repair import decode
    from pipeline.repair import repair as repair_text

    data = file.read_bytes() if file else sys.stdin.buffer.read()
    out = sys.stdout.buffer
    if jsonl:
        for line in _repair_lines(data, restore_lost=restore_lost):
            out.write(line)
        return
    decoded = decode(data)
    repaired = repair_text(decoded.text, restore_lost=restore_lost)
    out.write(repaired.text.encode("utf-8", "surrogatepass"))
    if explain:
        out.flush()
        _explain_repair(repaired, decoded.encoding)


def _repair_lines(data: bytes, *, restore_lost: bool) -> Iterator[bytes]:
    from pipeline.errors import ConfigError
    from pipeline.repair import repair as repair_text

    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line.decode("utf-8", "surrogatepass"))
            text = case["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigError(f'line {number}: expected {{"id": …, "text": …}}, got {line[:60]!r} ({error})') from None
        repaired = repair_text(text, restore_lost=restore_lost)
        answer = {
            "id": case.get("id"), "text": repaired.text,
            "codec": repaired.report.codec, "changes": repaired.report.changes,
        }  # fmt: skip
        yield (json.dumps(answer, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def _explain_repair(repaired: Repaired, encoding: str) -> None:
    report = repaired.report
    print(f"decoded as {encoding}; ", end="", file=sys.stderr)
    if not report.codec:
        print("nothing to repair", file=sys.stderr)
    else:
        print(f"repaired {report.changes} places, broken by way of {report.codec}", file=sys.stderr)
    if report.lost:
        print(f"{report.lost} characters are lost (U+FFFD) and stay so", file=sys.stderr)
    for change in repaired.changes[:10]:
        print(f"  {change.start:>7}  {change.before!r} → {change.after!r}  {change.reason}", file=sys.stderr)
    if len(repaired.changes) > 10:
        print(f"  … and {len(repaired.changes) - 10} more", file=sys.stderr)


def explain(
    text: Annotated[str, typer.Argument(help="A sentence or paragraph, in Spanish or English.")],
    language: Annotated[str | None, typer.Option("--language", help="es or en; recognised when left out.")] = None,
) -> None:
    """Show what is extracted from a sentence, and why."""
    from pipeline.cli import show
    from pipeline.cli.query import check_language
    from pipeline.errors import ConfigError
    from pipeline.explain import read_text

    if language:
        check_language(language)
    if not text.strip():
        raise ConfigError("explain: the text is empty; give a sentence, in quotation marks")
    show.explanation(read_text(text, language))
