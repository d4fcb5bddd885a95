"""The command line. Results go to stdout; progress and logs to stderr.

Commands import their stages when they run, so that `recuento --help` and `recuento repair` answer at once.
"""

from __future__ import annotations

import sys

import typer

from pipeline import __version__
from pipeline.cli import keep, operate, posts, query
from pipeline.errors import ConfigError, RecuentoError

app = typer.Typer(
    name="recuento",
    help=(
        "Reads newsletters and blogs about AI, and keeps count: who is mentioned, and which numbers are claimed,"
        " by whom, where, and how firmly."
    ),
    no_args_is_help=True,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for room in (posts, query, operate, keep):
    room.register(app)


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version", help="Print the version and leave.")) -> None:
    """The callback that takes the options before a command."""
    if version:
        print(f"recuento {__version__}")
        raise typer.Exit


def main() -> None:
    """Run a command. Exit 2 for a wrong call or configuration, 1 for anything else that went wrong."""
    try:
        app()
    except ConfigError as error:
        sys.exit(_complain(error, 2))
    except RecuentoError as error:
        sys.exit(_complain(error, 1))
    except BrokenPipeError:  # the reader of our output (head, say) has seen enough
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a path of the call that cannot be read or written
        if not error.filename:
            raise
        sys.exit(_complain(f"{error.filename2 or error.filename}: {error.strerror}", 1))  # the second: to be replaced


def _complain(error: RecuentoError | str, code: int) -> int:
    print(f"recuento: {error}", file=sys.stderr)
    return code
