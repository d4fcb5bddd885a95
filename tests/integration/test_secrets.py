"""A private publication, read with a token in its address and one in a header: neither is found anywhere afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT
from tests.integration.server import Answer, Request, serving

TOKEN, COOKIE, HOOK = "feedtoken-51f0c2", "sid-9e77ab13", "hook-7c1f9a0d"
FEED = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Privado</title>
<link>{url}</link><atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="{url}/private/{token}.rss" rel="self"/>
<item><title>Hola</title><link>{url}/hola</link><guid>{url}/hola</guid>
<content:encoded><![CDATA[<p>{text}</p><a href="{url}/private/{token}.rss">feed</a>]]></content:encoded></item>
</channel></rss>"""


def kept(folder: Path) -> bytes:
    """All that lies in the folder, unpacked."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    packed = [zlib.decompress(path.read_bytes()) for path in files if path.suffix == ".z"]
    return b"\n".join([*(path.read_bytes() for path in files), *packed])


def cells(database: Path) -> str:
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        return "\n".join(str(connection.execute(f'from "{table}"').fetchall()) for table in tables)


@pytest.mark.parametrize("is_there", [True, False])
def test_secrets_leave_no_trace(tmp_path: Path, *, is_there: bool) -> None:
    """Read or refused, the tokens reach their server and no file, row, log or alert that stays here."""
    with serving() as server:
        seen: list[Request] = []

        def feed(request: Request) -> Answer:
            seen.append(request)
            if request.headers.get("cookie") != f"sid={COOKIE}" or not is_there:
                return Answer(b"no", 403)
            text = "GPT-4 tiene 1,8 billones de parámetros. " * 100
            body = FEED.format(url=server.url, token=TOKEN, text=text).encode()
            return Answer(body, 200, {"Content-Type": "application/rss+xml"})

        server.routes[f"/private/{TOKEN}.rss"] = feed
        server.routes["/robots.txt"] = Answer(b"", 404)
        config = tmp_path / "recuento.toml"
        config.write_text(f"""
[fetch]
delay = 0
allow_private = true
[alerts]
webhook = "${{HOOK}}"
command = "sh -c 'cat > {tmp_path}/told.json'"
[[sources]]
id = "privado"
kind = "feed"
location = "{server.url}/private/${{FEED_TOKEN}}.rss"
headers = {{ Cookie = "sid=${{FEED_COOKIE}}" }}
""")
        environment = os.environ | {
            "FEED_TOKEN": TOKEN, "FEED_COOKIE": COOKIE, "HOOK": f"http://127.0.0.1:1/{HOOK}"
        }  # fmt: skip
        command = [sys.executable, "-m", "pipeline.cli", "ingest", "--config", str(config)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert seen, done.stderr
    assert done.returncode == (0 if is_there else 1), done.stderr
    if not is_there:
        assert "403" in done.stderr
        assert "alert by webhook not delivered" in done.stderr
        assert "403" in (tmp_path / "told.json").read_text()
    everything = kept(tmp_path).decode("utf-8", "replace") + done.stdout + done.stderr
    everything += cells(tmp_path / "recuento.duckdb") + cells(tmp_path / ".recuento" / "warehouse.duckdb")
    assert ("parámetros" in everything) == is_there
    for secret in (TOKEN, COOKIE, HOOK):
        assert secret not in everything
