"""Ids for sources: made from the names of folders, so that they are the same however the source was reached."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Names that say what a folder holds, not whose it is: these take the parent's name too.
GENERIC = frozenset({
    "archive", "articles", "blog", "blogs", "content", "content-org", "data", "docs", "export", "exports", "feed",
    "fixtures", "html", "hugo", "index", "markdown", "md", "newsletter", "newsletters", "notas", "notes",
    "obsidian", "pages", "post", "posts", "public", "repo", "rss", "sample", "site", "source", "sources", "src",
    "static", "substack", "substack-archive", "substack-export", "substack_archive", "substack_export", "test",
    "tests", "tree", "vault", "web", "website", "www",
})  # fmt: skip


def slug(name: str) -> str:
    """Lower case letters, digits and `._-`; accents go.

    >>> slug("Café & Código"), slug("owner__name.github.io")
    ('cafe-codigo', 'owner__name.github.io')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._") or "source"


def name_parts(path: Path) -> tuple[str, ...]:
    """The parts of an id: the last name, and what stands above it as long as names are generic.

    >>> from pathlib import Path
    >>> name_parts(Path("/home/ana/quincenal/content/posts"))
    ('quincenal', 'content', 'posts')
    """
    names = [part for part in path.parts if part != path.anchor] or ["source"]
    first = len(names) - 1
    while first > 0 and names[first].lower() in GENERIC:
        first -= 1
    return tuple(names[first:])


def source_ids(paths: Sequence[Path]) -> list[str]:
    """An id for each path, unique among them: those that would be the same take in more of what stands above.

    >>> from pathlib import Path
    >>> source_ids([Path("/a/uno"), Path("/b/dos"), Path("/c/dos"), Path("/x/blog")])
    ['uno', 'b-dos', 'c-dos', 'x-blog']
    """
    lengths = [len(name_parts(path)) for path in paths]
    while True:
        ids = [_join(path, length) for path, length in zip(paths, lengths, strict=True)]
        counts = Counter(ids)
        longer = [
            length + (counts[name] > 1 and length < len(path.parts) - 1)
            for name, path, length in zip(ids, paths, lengths, strict=True)
        ]
        if longer == lengths:
            return _numbered(ids)
        lengths = longer


def _join(path: Path, length: int) -> str:
    return slug("-".join(path.parts[-length:]))


def _numbered(ids: Sequence[str]) -> list[str]:
    """Where names alone do not tell sources apart (`Uno`, `uno`), a number does."""
    seen: Counter[str] = Counter()
    result = []
    for name in ids:
        seen[name] += 1
        result.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return result
