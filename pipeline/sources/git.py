"""Sites whose files are in a git repository: a copy is kept, and read as a folder is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import SourceError, TransientError
from pipeline.http.guard import resolve
from pipeline.records import RawPost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.records import Reject
    from pipeline.sources.live import Run

_TIMEOUT = 1800  # seconds for one command
_ASK_AGAIN = re.compile(r"timed out|could not resolve|connection|early EOF|RPC failed|50[0-9]|429", re.IGNORECASE)
# Nothing of the repository is run, nothing is asked, and nothing but the named protocols is spoken.
_CONFIG = (
    "-c", "core.hooksPath=/dev/null", "-c", "core.symlinks=false", "-c", "credential.helper=", "-c", "core.fsmonitor=",
    "-c", "protocol.allow=never", "-c", "protocol.https.allow=always", "-c", "protocol.http.allow=always",
    "-c", "protocol.ssh.allow=always", "-c", "protocol.git.allow=always", "-c", "submodule.recurse=false",
    "-c", "http.followRedirects=false", "-c", "gc.auto=0",
)  # fmt: skip


def read_git(run: Run) -> Iterator[RawPost | Reject]:
    """The posts of the newest version of the repository. Deleted files are marked as gone."""
    from pipeline.sources.recognise import recognise  # noqa: PLC0415 -- it knows live sources, of which this is one

    address = re.sub(r"^git\+", "", run.address)
    head = _update(address, run)
    if head == run.pages.get("head") and not run.is_due():
        return
    listed: set[str] = set()
    for source in recognise(run.folder, language=run.language):
        for item in source.posts():
            if not isinstance(item, RawPost):
                yield item
                continue
            path = (source.root / item.path).relative_to(run.folder).as_posix()
            listed.add(path)
            post = run.take_file(RawPost(run.source_id, path, item.format, item.content, item.metadata), address)
            if post is not None:
                yield post
            if run.stopped:
                return
    run.mark_gone(listed)
    run.pages.set("head", head)
    run.listed()


def _update(address: str, run: Run) -> str:
    """Bring the copy to the newest version; its commit. One request where there is nothing new."""
    folder = run.folder
    local = _check(address, allow_private=run.client.settings.allow_private)
    config = (*_CONFIG, *(("-c", "protocol.file.allow=always") if local else ()))
    if not (folder / ".git").is_dir():
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _git(run, config, "clone", "-q", "--depth=1", "--no-tags", "--single-branch", "--no-recurse-submodules",
             "--", address, str(folder))  # fmt: skip
        return _git(run, config, "-C", str(folder), "rev-parse", "HEAD")
    run.client.count(address)
    newest = _git(run, config, "ls-remote", "--", address, "HEAD").split("\t")[0]
    if newest != _git(run, config, "-C", str(folder), "rev-parse", "HEAD"):
        _git(run, config, "-C", str(folder), "fetch", "-q", "--depth=1", "--no-tags", "--", address, "HEAD")
        _git(run, config, "-C", str(folder), "reset", "-q", "--hard", "FETCH_HEAD")
        _git(run, config, "-C", str(folder), "clean", "-qfdx")
    return newest


def _check(address: str, *, allow_private: bool) -> bool:
    """True for a repository on this machine, which only the operator can have named. Private hosts are refused."""
    if address.startswith("file://"):
        return True
    scp = re.match(r"[\w.-]+@([\w.-]+):", address)
    host = scp[1] if scp else urlsplit(address).hostname
    if not host or host.startswith("-"):
        raise SourceError(f"{address}: not an address of a repository; check it")
    resolve(host, 443, allow_private=allow_private)
    return False


def _git(run: Run, config: tuple[str, ...], *arguments: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": "ssh -oBatchMode=yes", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 -- a list, no shell; addresses stand behind --
            ["git", *config, *arguments],  # noqa: S607 -- whichever git is installed
            capture_output=True, text=True, errors="replace", timeout=_TIMEOUT,
            env=environment, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except FileNotFoundError:
        raise SourceError(f"{run.address}: git is not installed; install it, or name a folder") from None
    except subprocess.TimeoutExpired:
        raise TransientError(f"{run.address}: git took more than {_TIMEOUT} seconds; try again later") from None
    if done.returncode:
        said = " ".join(done.stderr.split())[:300]
        kind = TransientError if _ASK_AGAIN.search(said) else SourceError
        raise kind(f"{run.address}: git {arguments[0]} failed ({said}); check the address")
    return done.stdout.strip()
