"""Live sources from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.config import Paths, load_config
from tests.cli import recuento
from tests.integration.server import Publication, Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


def test_add_then_ingest_then_offline(paths: Paths, server: Server, tmp_path: Path) -> None:
    """An address is found to be a publication and written down with the reason; ingest reads it, and once more offline."""
    publication = Publication(server)
    for number in range(5):
        publication.add(f"entrega-{number}", f"<p>Entrega {number}.</p>")
    server.text("/", "<html><script src='https://substackcdn.com/x.js'></script></html>")
    config = tmp_path / "recuento.toml"
    config.write_text("[fetch]\nallow_private = true\ndelay = 0\n")
    added = recuento("sources", "add", server.url, "--config", config)
    assert added.returncode == 0, added.stderr
    assert "substack" in added.stderr
    (source,) = load_config(config).sources
    assert (source.kind, source.location) == ("substack", server.url)
    assert recuento("sources", "add", server.url, "--config", config).returncode == 2
    done = recuento("ingest", "--config", config, "--limit", "3", "--since", "2010-01-01")
    assert done.returncode == 0, done.stderr
    server.asked.clear()
    assert recuento("ingest", "--config", config, "--offline").returncode == 0
    assert server.asked == []
    assert recuento("ingest", "--config", config, "--since", "ayer").returncode == 2


def test_private_by_default(paths: Paths, server: Server) -> None:
    """Without allow_private an address of this machine is refused, with the remedy."""
    done = recuento("ingest", f"{server.url}/feed")
    assert done.returncode == 1
    assert "allow_private" in done.stderr
    assert server.asked == []
