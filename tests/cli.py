"""The command line, called within this process: what a user would be given, without the second that a start takes."""

from __future__ import annotations

import io
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

from pipeline.cli import main
from tests.conftest import ROOT


@dataclass(frozen=True)
class Done:
    """What `subprocess.run` would tell."""

    returncode: int
    stdout: str
    stderr: str


def recuento(*arguments: object, stdin: str = "") -> Done:
    """A command with its arguments, in the folder of the project."""
    given, out, err = (io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline="") for text in (stdin, "", ""))
    code: object = 0
    with (
        patch.multiple(sys, argv=["recuento", *map(str, arguments)], stdin=given),
        chdir(ROOT),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as left:
            code = left.code
    return Done(int(code or 0), *(_written(stream) for stream in (out, err)))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
