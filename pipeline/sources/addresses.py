"""Telling addresses from paths, and naming sources after their address. Pure, but for a look whether a path exists."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.sources.names import GENERIC, slug

_GIT_HOSTS = frozenset({"github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "git.sr.ht"})
_BARE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?::\d+)?(?:/\S*)?", re.IGNORECASE)


def as_address(location: str | Path) -> str | None:
    """The web or git address that a location is, None for a path. A bare host name is one, unless a file has its name.

    >>> as_address("https://ejemplo.org/"), as_address("nombre.substack.com"), as_address("notas/a.md")
    ('https://ejemplo.org/', 'https://nombre.substack.com', None)
    >>> as_address(Path("https://ejemplo.org/feed"))
    'https://ejemplo.org/feed'
    """
    text = str(location).strip()
    if isinstance(location, Path):
        text = re.sub(r"^(https?|ssh|git|git\+\w+|file):/(?=[^/])", r"\1://", text)
    if re.match(r"(?:https?|ssh|git|git\+https?|git\+ssh|git\+file)://", text, re.IGNORECASE):
        return text
    if re.fullmatch(r"[\w.-]+@[\w.-]+:[\w./~-]+", text):  # git@host:owner/name.git
        return text
    looks_like_host = _BARE.fullmatch(text) and not re.search(r"\.(?:md|markdown|html?|org|zip|xml|rss|txt|csv)$", text)
    return f"https://{text}" if looks_like_host and not Path(text).exists() else None


def is_git(address: str) -> bool:
    """True for an address that git reads.

    >>> is_git("https://github.com/ana/blog"), is_git("https://ejemplo.org/blog.git"), is_git("https://ejemplo.org")
    (True, True, False)
    """
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"}:
        names = [name for name in parts.path.split("/") if name]
        return parts.path.rstrip("/").endswith(".git") or (parts.hostname in _GIT_HOSTS and len(names) == 2)
    return True


def id_of(address: str) -> str:
    """An id from the address: of Substack the publication's name, else the host, with the path where it says more.

    >>> id_of("https://nombre.substack.com/archive"), id_of("https://www.ejemplo.org/blog/index.xml")
    ('nombre', 'ejemplo.org')
    >>> id_of("https://github.com/ana/cuaderno.git")
    'ana-cuaderno'
    """
    if is_git(address):
        path = re.split(r"[:/]", re.sub(r"^[\w+]+://[^/]*", "", address).removesuffix(".git"))
        return slug("-".join([part for part in path if part][-2:]))
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if host.endswith(".substack.com"):
        return slug(host.removesuffix(".substack.com"))
    names = [re.sub(r"\.(?:xml|rss|atom|json|html?)$", "", name) for name in parts.path.split("/") if name]
    telling = [name for name in names if name.lower() not in GENERIC | {"atom", "rss2", "p"}]
    return slug("-".join([host, *telling]))
