"""Adding a source to a configuration: find out what is at an address, and write the entry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline.config import load_config
from pipeline.errors import ConfigError
from pipeline.http.client import Client
from pipeline.http.settings import FetchSettings
from pipeline.sources.addresses import as_address, id_of
from pipeline.sources.discover import Plan, examine
from pipeline.sources.live import Run

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.config import Config


def find_out(location: str, config: Config | None) -> tuple[str, Plan]:
    """The configuration entry for an address, and why it reads so.

    Raises ConfigError for what is no address or is there already, SourceError where there is nothing to read.
    """
    address = as_address(location)
    if address is None:
        raise ConfigError(f"{location}: not an address; a folder or file goes into the configuration as it is")
    if config and any(entry.location == address for entry in config.sources):
        raise ConfigError(f"{config.path}: {address} is there already")
    with Client(config.fetch if config else FetchSettings()) as client:
        plan = examine(Run("new", address, client))
    taken = {entry.id for entry in config.sources} if config else set()
    return entry(_free(id_of(address), taken), address, plan), plan


def entry(source_id: str, address: str, plan: Plan) -> str:
    r"""The entry, with the reason as a comment.

    >>> print(entry("ana", "https://ana.substack.com", Plan("substack", "a subdomain of substack.com")))
    [[sources]]                      # a subdomain of substack.com
    id = "ana"
    kind = "substack"
    location = "https://ana.substack.com"
    """
    why = " ".join(plan.why.split())
    values = {"id": source_id, "kind": plan.kind, "location": address}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join([f"[[sources]]                      # {why}", *lines])


def append(file: Path, text: str) -> None:
    """Add the entry to a configuration; the file is made if it is not there. What cannot be read back is not kept."""
    before = file.read_text("utf-8") if file.exists() else ""
    file.write_text(f"{before.rstrip()}\n\n{text}\n".lstrip("\n"), "utf-8")
    try:
        load_config(file)
    except ConfigError:
        file.write_text(before, "utf-8")
        raise


def _free(name: str, taken: set[str | None]) -> str:
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free
