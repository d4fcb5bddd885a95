"""The configuration file (TOML), and where the warehouse and everything private lie.

    [recuento]            home, warehouse, timezone, contact
    [fetch]               delay, hosts, timeout, max_megabytes, relist_days, allow_private
    [publish]             search
    [schedule]            ingest, digest (cron), timezone
    [alerts]              on, webhook, command, email, sender, smtp, smtp_user, smtp_password
    [retention]           raw_days, revisions, runs, rejects
    [[sources]]           id, location, and if needed kind, language, title, enabled, headers

Secrets are named, never written: `${NAME}` of an environment variable, `${block:name}` of a Prefect block.

Relative paths are relative to the configuration's folder. `data/recuento.toml` is an example.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipeline.errors import ConfigError
from pipeline.http.private import Private
from pipeline.http.settings import FetchSettings
from pipeline.operate.alerts import EVENTS, AlertSettings
from pipeline.operate.cron import cron_complaint
from pipeline.operate.retention import Retention
from pipeline.operate.secrets import references
from pipeline.sources.addresses import as_address
from pipeline.sources.base import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SCHEMA: dict[str, dict[str, type]] = {
    "recuento": {"home": str, "warehouse": str, "timezone": str, "contact": str},
    "fetch": {
        "delay": float, "hosts": int, "timeout": float, "max_megabytes": float, "relist_days": int,
        "allow_private": bool,
    },
    "publish": {"search": bool},
    "schedule": {"ingest": str, "digest": str, "timezone": str},
    "alerts": {
        "on": list, "webhook": str, "command": str, "email": str, "sender": str, "smtp": str, "smtp_user": str,
        "smtp_password": str,
    },
    "retention": {"raw_days": int, "revisions": int, "runs": int, "rejects": int},
    "sources": {
        "id": str, "kind": str, "location": str, "language": str, "title": str, "enabled": bool, "headers": dict,
    },
}  # fmt: skip
_TYPE_NAMES = {
    str: "text", bool: "true or false", float: "a number, 0 or more", int: "a whole number, 0 or more",
    list: "a list in brackets", dict: "names and texts in braces",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A place to read: a path, or (text) an address. What is None is recognised; in a configuration a path is absolute
    and the id given.
    """

    id: str | None
    location: Path | str
    kind: Kind | None = None
    language: str | None = None
    title: str | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Schedule:
    """When `recuento schedule` runs what, as cron expressions in one time zone."""

    ingest: str = "0 6 * * *"
    digest: str = "0 7 * * 1"
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration file, read and checked. `home` and `warehouse` are None where it leaves them to the default."""

    path: Path
    home: Path | None = None
    warehouse: Path | None = None
    timezone: str = "UTC"
    contact: str | None = None
    schedule: Schedule = Schedule()
    sources: tuple[SourceEntry, ...] = ()
    fetch: FetchSettings = field(default_factory=FetchSettings)
    search: bool = True
    alerts: AlertSettings = field(default_factory=AlertSettings)
    retention: Retention = field(default_factory=Retention)


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things lie: `home` is private (raw bytes, the writer's database, locks), `warehouse` is published, with an
    index for full-text search if `search`.
    """

    home: Path
    warehouse: Path
    search: bool = True


def load_config(path: Path) -> Config:
    """The configuration in a file. Raises ConfigError naming file, table and key, with what is allowed there."""
    try:
        settings = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); data/recuento.toml is an example") from None
    except ValueError as error:  # TOML, or no UTF-8
        raise ConfigError(f"{path}: not valid TOML ({error})") from None
    return _config(path.absolute(), settings)


def resolve_paths(config: Config | None, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Paths:
    """Where home and warehouse lie: as the configuration says, else in `RECUENTO_HOME`, else beside the configuration
    or (without one) in the working directory.

    >>> paths = resolve_paths(None, {}, Path("/srv"))
    >>> paths.home.as_posix(), paths.warehouse.as_posix()
    ('/srv/.recuento', '/srv/recuento.duckdb')
    >>> paths = resolve_paths(None, {"RECUENTO_HOME": "/var/recuento"}, Path("/srv"))
    >>> paths.home.as_posix(), paths.warehouse.as_posix()
    ('/var/recuento', '/var/recuento/recuento.duckdb')
    """
    cwd = cwd or Path.cwd()
    given = (os.environ if env is None else env).get("RECUENTO_HOME", "").strip()
    base = cwd / Path(given).expanduser() if given else (config.path.parent if config else cwd)
    home = (config and config.home) or (base if given else base / ".recuento")
    warehouse = (config and config.warehouse) or base / "recuento.duckdb"
    if warehouse == home / "warehouse.duckdb":
        message = f"{warehouse} is the writer's own file; publish to another name ([recuento] warehouse)"
        raise ConfigError(f"{config.path if config else 'RECUENTO_HOME'}: {message}")
    return Paths(home, warehouse, config.search if config else True)


def _config(path: Path, settings: Mapping[str, Any]) -> Config:
    for name in settings:
        if name not in _SCHEMA:
            raise ConfigError(f"{path}: [{name}]: unknown table; {_allowed(name, _SCHEMA)}")
    main = _checked(path, "recuento", settings.get("recuento", {}))
    timezone = _timezone(path, "[recuento]", main.get("timezone", "UTC"))
    return Config(
        path=path,
        home=_path(path, main["home"]) if "home" in main else None,
        warehouse=_path(path, main["warehouse"]) if "warehouse" in main else None,
        timezone=timezone,
        contact=main.get("contact"),
        schedule=_schedule(path, settings.get("schedule", {}), timezone),
        sources=_sources(path, settings.get("sources", [])),
        fetch=_fetch(path, settings, main.get("contact")),
        search=_checked(path, "publish", settings.get("publish", {})).get("search", True),
        alerts=_alerts(path, settings.get("alerts", {})),
        retention=Retention(**_checked(path, "retention", settings.get("retention", {}))),
    )


def _schedule(path: Path, table: Any, timezone: str) -> Schedule:
    values = {"timezone": timezone} | _checked(path, "schedule", table)
    _timezone(path, "[schedule]", values["timezone"])
    for key in ("ingest", "digest"):
        if key in values and (complaint := cron_complaint(values[key])):
            raise ConfigError(f"{path}: [schedule] {key} = {values[key]!r}: {complaint}")
    return Schedule(**values)


def _fetch(path: Path, settings: Mapping[str, Any], contact: str | None) -> FetchSettings:
    values = dict(_checked(path, "fetch", settings.get("fetch", {})))
    if "max_megabytes" in values:
        values["max_bytes"] = int(values.pop("max_megabytes") * 1_000_000)
    return replace(FetchSettings(contact=contact), **values, private=_private(path, settings.get("sources", [])))


def _private(path: Path, sources: Any) -> dict[str, Private]:
    """By host the secrets that its private publications want to see."""
    found: dict[str, Private] = {}
    for table in sources if isinstance(sources, list) else ():
        if not isinstance(table, dict) or not isinstance(location := table.get("location"), str):
            continue  # `_sources` says what is wrong with it
        headers = table.get("headers", {})
        for name, text in headers.items() if isinstance(headers, dict) else ():
            _secret(path, f"[[sources]] headers {name}", text)
        if headers or references(location):
            host = urlsplit(location).netloc
            before = found.get(host, Private())
            found[host] = Private(before.references | references(location), {**before.headers, **headers})
    return found


def _alerts(path: Path, table: Any) -> AlertSettings:
    values = dict(_checked(path, "alerts", table))
    for event in values.get("on", ()):
        if event not in EVENTS:
            raise ConfigError(f"{path}: [alerts] on = {event!r}: unknown; {_allowed(str(event), EVENTS)}")
    for name in ("webhook", "smtp_password"):
        if name in values:
            _secret(path, f"[alerts] {name}", values[name])
    return AlertSettings(**values | ({"on": tuple(values["on"])} if "on" in values else {}))


def _secret(path: Path, label: str, text: Any) -> None:
    """Raises ConfigError for a secret that stands in the file itself; its message does not repeat it."""
    if not isinstance(text, str) or not references(text):
        remedy = 'put it into an environment variable and name that: "${NAME}", or "${block:name}" of Prefect'
        raise ConfigError(f"{path}: {label}: a secret, which does not belong in a file; {remedy}")


def _sources(path: Path, tables: Any) -> tuple[SourceEntry, ...]:
    if not isinstance(tables, list):
        raise ConfigError(f"{path}: [sources]: write [[sources]], with two brackets, once for each source")
    entries: list[SourceEntry] = []
    for number, table in enumerate(tables, 1):
        entry = _source(path, number, table)
        if any(entry.id == other.id for other in entries):
            raise ConfigError(f"{path}: [[sources]] number {number}: id = {entry.id!r} is taken; give it another")
        entries.append(entry)
    return tuple(entries)


def _source(path: Path, number: int, table: Any) -> SourceEntry:
    label = f"[[sources]] number {number}"
    values = _checked(path, "sources", table, label)
    for key in ("id", "location"):
        if not values.get(key, "").strip():
            raise ConfigError(f"{path}: {label}: {key} is missing; every source needs an id and a location")
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?", values["id"]):
        allowed = "allowed are lower case letters, digits and . _ - between them"
        raise ConfigError(f"{path}: {label}: id = {values['id']!r}: {allowed}")
    if (kind := values.get("kind")) is not None and kind not in KINDS:
        raise ConfigError(f"{path}: {label}: kind = {kind!r}: unknown; {_allowed(kind, KINDS)}")
    if (language := values.get("language")) is not None and not re.fullmatch(r"[a-z]{2}", language):
        raise ConfigError(f"{path}: {label}: language = {language!r}: expected a two-letter code such as es or en")
    address = as_address(values["location"])
    if address is None and re.match(r"\w+://", values["location"]):
        message = f"location = {values['location']!r}: expected a folder, a file, or an address with http or https"
        raise ConfigError(f"{path}: {label}: {message}")
    return SourceEntry(
        id=values["id"],
        location=address or _path(path, values["location"]),
        kind=cast("Kind | None", kind),
        language=language,
        title=values.get("title"),
        enabled=values.get("enabled", True),
    )


def _checked(path: Path, name: str, table: Any, label: str | None = None) -> dict[str, Any]:
    """The table, when each of its keys is known and holds a value of its type."""
    label = label or f"[{name}]"
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: {label}: expected a table of settings, found {table!r}")
    for key, value in table.items():
        expected = _SCHEMA[name].get(key)
        if expected is None:
            raise ConfigError(f"{path}: {label}: unknown key {key!r}; {_allowed(key, _SCHEMA[name])}")
        if not _is_of(value, expected):
            raise ConfigError(f"{path}: {label}: {key} = {value!r}: expected {_TYPE_NAMES[expected]}")
        if value == "" and key in {"home", "warehouse"}:
            raise ConfigError(f"{path}: {label}: {key} is empty; give a path, or leave the key out")
    return table


def _is_of(value: Any, expected: type) -> bool:
    if expected in {int, float}:
        return isinstance(value, (int, expected)) and not isinstance(value, bool) and value >= 0
    return isinstance(value, expected)


def _allowed(seen: str, allowed: Iterable[str]) -> str:
    """What may stand there, the nearest spelling first.

    >>> _allowed("digset", ["ingest", "digest"])
    "did you mean 'digest'? Allowed are ingest, digest"
    """
    names = list(allowed)
    near = difflib.get_close_matches(seen.lower(), names, n=1)
    return (f"did you mean {near[0]!r}? Allowed" if near else "allowed") + f" are {', '.join(names)}"


def _path(config: Path, value: str) -> Path:
    return Path(os.path.normpath(config.parent / Path(value).expanduser()))


def _timezone(path: Path, label: str, name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # unknown names are KeyErrors, folders of names OSErrors
        message = f"{path}: {label}: timezone = {name!r}: unknown; expected a name such as Europe/Madrid or UTC"
        raise ConfigError(message) from None
    return name
