"""Telling the operator: a run or a source fails, or works again. By webhook, e-mail or a command of the operator's own.

An alert that cannot be delivered costs the run nothing; it is said on stderr. Each failing source is told of once, and
once more when it is read again.
"""

from __future__ import annotations

import json
import shlex
import smtplib
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING

import httpx

from pipeline.errors import ConfigError, RecuentoError
from pipeline.operate.secrets import expand, redact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.tally import Summary

EVENTS = ("failed", "partial", "recovered")
_PATIENCE = 20  # seconds that a delivery may take
_TLS_PORT = 465


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """Whom to tell of what. `webhook` and `smtp_password` are references to secrets, such as `${RECUENTO_WEBHOOK}`."""

    on: tuple[str, ...] = EVENTS
    webhook: str | None = None
    command: str | None = None
    email: str | None = None
    sender: str = "recuento@localhost"
    smtp: str = "localhost:25"
    smtp_user: str | None = None
    smtp_password: str | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told: `text` is one line, `details` a line each."""

    event: str
    run_id: str
    text: str
    details: tuple[str, ...] = ()


def of_summary(done: Summary) -> Alert | None:
    """What there is to tell of a run that came to its end: sources that begin to fail, or to work again."""
    reasons = {tally.source_id: tally.reason for tally in done.tallies}
    if done.failing:
        event = "failed" if done.status == "failed" else "partial"
        text = f"cannot be read: {', '.join(done.failing)}"
        return Alert(event, done.run_id, text, tuple(reasons[source_id] for source_id in done.failing))
    if done.recovered:
        return Alert("recovered", done.run_id, f"read again: {', '.join(done.recovered)}")
    if done.after_failure and done.status != "failed":
        return Alert("recovered", done.run_id, f"runs again; the run before this one {done.after_failure}")
    return None


def tell(settings: AlertSettings, alert: Alert | None) -> list[str]:
    """Deliver the alert in all ways that are set; what could not be delivered, and why (also said on stderr)."""
    if alert is None or alert.event not in settings.on:
        return []
    ways: dict[str, Callable[[AlertSettings, Alert], None]] = {
        "webhook": _post, "email": _mail, "command": _call
    }  # fmt: skip
    complaints = []
    for name, deliver in ways.items():
        if not getattr(settings, name):
            continue
        try:
            deliver(settings, alert)
        except (OSError, smtplib.SMTPException, httpx.HTTPError, subprocess.SubprocessError, ConfigError) as error:
            complaints.append(redact(f"alert by {name} not delivered: {error or type(error).__name__}"))
    for complaint in complaints:
        print(f"recuento: {complaint}", file=sys.stderr)  # noqa: T201 -- where operators look
    return complaints


@contextmanager
def watch(settings: AlertSettings) -> Iterator[None]:
    """Tell of an error that ends the run; it goes on to the caller."""
    try:
        yield
    except Exception as error:
        what = str(error) if isinstance(error, RecuentoError) else f"{type(error).__name__}: {error}"
        tell(settings, Alert("failed", "", "the run did not come to its end", (redact(what),)))
        raise


def _post(settings: AlertSettings, alert: Alert) -> None:
    said = "\n".join((_headline(alert), *alert.details))
    # Slack, Mattermost and Teams read `text`, Discord reads `content`; the rest is for programs
    body = {**asdict(alert), "text": said, "content": said}
    response = httpx.post(expand(settings.webhook or ""), json=body, timeout=_PATIENCE, trust_env=False)
    if not response.is_success:
        raise httpx.HTTPError(f"the receiver answers {response.status_code}")


def _mail(settings: AlertSettings, alert: Alert) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = _headline(alert), settings.sender, settings.email
    message.set_content("\n".join((alert.text, "", *alert.details, "", "recuento doctor says more.")))
    host, _, port = settings.smtp.partition(":")
    kind = smtplib.SMTP_SSL if port == str(_TLS_PORT) else smtplib.SMTP
    with kind(host, int(port or 25), timeout=_PATIENCE) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls()
        if settings.smtp_user:
            server.login(settings.smtp_user, expand(settings.smtp_password or ""))
        server.send_message(message)


def _call(settings: AlertSettings, alert: Alert) -> None:
    """The command, with the alert as JSON on its standard input."""
    subprocess.run(  # noqa: S603 -- the operator's own command, without a shell
        shlex.split(settings.command or ""), input=json.dumps(asdict(alert)), text=True, check=True,
        timeout=_PATIENCE, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _headline(alert: Alert) -> str:
    return f"Recuento {alert.event}: {alert.text}"
