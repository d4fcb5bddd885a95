"""Alerts reach local receivers; what is secret stays out of everything that is kept."""

from __future__ import annotations

import json
import socketserver
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import load_config
from pipeline.errors import ConfigError, SourceError, TransientError, WarehouseError
from pipeline.operate.alerts import Alert, AlertSettings, of_summary, tell, watch
from pipeline.records import Reject
from pipeline.tally import Summary, Tally

SECRET = "hook-7c1f9a0d"
ALERT = Alert("partial", "run-1", "cannot be read: blog", ("blog: no answer in time",))


@contextmanager
def receiver(status: int = 200) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """A webhook's receiver: its address, and what it was sent."""
    got: list[tuple[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{SECRET}", got
        server.shutdown()


@contextmanager
def mail_server() -> Iterator[tuple[str, list[str]]]:
    """A stand-in for a mail server: host and port, and the lines it was sent."""
    lines: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            in_data = False
            for raw in self.rfile:
                line = raw.decode().rstrip("\r\n")
                lines.append(line)
                if in_data and line != ".":
                    continue
                verb = line.split(" ")[0].upper()
                in_data = verb == "DATA"
                answer = {"EHLO": b"250 here", "DATA": b"354 go on", "QUIT": b"221 bye"}.get(verb, b"250 ok")
                self.wfile.write(answer + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", lines
        server.shutdown()


def test_webhook(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address comes from the environment; the message is one that chats and programs read."""
    with receiver() as (address, got):
        monkeypatch.setenv("HOOK", address)
        assert tell(AlertSettings(webhook="${HOOK}"), ALERT) == []
    ((path, body),) = got
    assert path == f"/{SECRET}"
    assert body["text"] == body["content"] == "Recuento partial: cannot be read: blog\nblog: no answer in time"
    assert (body["event"], body["run_id"]) == ("partial", "run-1")


def test_email() -> None:
    """Subject, sender and text arrive."""
    with mail_server() as (place, lines):
        assert tell(AlertSettings(email="ops@example.org", sender="r@example.org", smtp=place), ALERT) == []
    assert "Subject: Recuento partial: cannot be read: blog" in lines
    assert "blog: no answer in time" in lines


def test_command(tmp_path: Path) -> None:
    """The command reads the alert as JSON."""
    script = tmp_path / "notify"
    script.write_text(f'#!/bin/sh\ncat > "{tmp_path}/$1"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    assert tell(AlertSettings(command=f"{script} told.json"), ALERT) == []
    assert json.loads((tmp_path / "told.json").read_text())["text"] == "cannot be read: blog"


def test_what_cannot_be_delivered_is_said_without_its_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A receiver that refuses, one that is not there, a command that is not: all said, none raised."""
    with receiver(500) as (address, _):
        monkeypatch.setenv("HOOK", address)
        said = tell(AlertSettings(webhook="${HOOK}"), ALERT)
    said += tell(AlertSettings(webhook="${HOOK}"), ALERT)
    said += tell(
        AlertSettings(webhook="${NOT_SET}", command="/no/such/command", email="a@b", smtp="127.0.0.1:1"), ALERT
    )
    assert len(said) == 5
    assert "answers 500" in said[0]
    assert "${NOT_SET}" in said[2]
    assert SECRET not in "".join(said) + "".join(capsys.readouterr())


def test_only_what_is_asked_for(tmp_path: Path) -> None:
    """Events that are not in `on` are not told; nor is nothing."""
    command = f"touch {tmp_path / 'told'}"
    tell(AlertSettings(on=("failed",), command=command), ALERT)
    tell(AlertSettings(command=command), None)
    assert not (tmp_path / "told").exists()


def test_the_end_of_a_run_by_an_error(tmp_path: Path) -> None:
    """Told, and raised on."""
    command = f"/bin/sh -c 'cat > {tmp_path / 'told'}'"
    with pytest.raises(WarehouseError), watch(AlertSettings(command=command)):
        raise WarehouseError("the disk is full")
    assert json.loads((tmp_path / "told").read_text())["details"] == ["the disk is full"]


REJECT = Reject("b", "x.md", "parse", "PostError", "b: x.md: no title")


@pytest.mark.parametrize(
    ("done", "event"),
    [
        (Summary("r", (Tally("a"),), published=True, seconds=1), None),
        (Summary("r", (Tally("a"), Tally("b", failed=TransientError("b: gone"))), published=True, seconds=1), None),
        (Summary("r", (Tally("a"), Tally("b", failed=SourceError("b: gone"))), published=True, seconds=1, failing=("b",)), "partial"),
        (Summary("r", (Tally("b", seen=1, rejects=[REJECT]),), published=True, seconds=1, failing=("b",)), "failed"),
        (Summary("r", (Tally("a"),), published=True, seconds=1, recovered=("a",)), "recovered"),
        (Summary("r", (Tally("a"),), published=True, seconds=1, after_failure="interrupted"), "recovered"),
        (Summary("r", (Tally("a", postponed=datetime(2026, 1, 1, tzinfo=UTC)),), published=True, seconds=1, after_failure="failed"), None),
    ],
)  # fmt: skip
def test_what_there_is_to_tell(done: Summary, event: str | None) -> None:
    """A source is told of when it begins to fail and when it is read again, not in every run between."""
    alert = of_summary(done)
    assert (alert.event if alert else None) == event


@pytest.mark.parametrize(
    "text",
    [
        '[alerts]\nwebhook = "https://hooks.example.org/s3cr3t"',
        '[alerts]\nsmtp_password = "s3cr3t"',
        '[[sources]]\nid = "a"\nlocation = "https://a.example"\nheaders = {Cookie = "s3cr3t"}',
    ],
)
def test_secrets_do_not_belong_in_the_file(tmp_path: Path, text: str) -> None:
    """The message says where they belong, and does not repeat them."""
    (tmp_path / "recuento.toml").write_text(text)
    with pytest.raises(ConfigError, match="environment variable") as caught:
        load_config(tmp_path / "recuento.toml")
    assert "s3cr3t" not in str(caught.value)


def test_settings(tmp_path: Path) -> None:
    """Alerts and retention as they stand in the file; an unknown event is named with what is allowed."""
    file = tmp_path / "recuento.toml"
    file.write_text('[alerts]\non = ["failed"]\nemail = "ops@example.org"\n[retention]\nruns = 10\nraw_days = 0\n')
    config = load_config(file)
    assert (config.alerts.on, config.alerts.email) == (("failed",), "ops@example.org")
    assert (config.retention.runs, config.retention.raw_days, config.retention.revisions) == (10, 0, None)
    file.write_text('[alerts]\non = ["fialed"]\n')
    with pytest.raises(ConfigError, match="did you mean 'failed'"):
        load_config(file)
