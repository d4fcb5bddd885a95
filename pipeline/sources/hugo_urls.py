"""Where Hugo publishes a post, as far as its path tells; `url` and `slug` in the front matter have the last word."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import quote

_FROM_PATH = re.compile(r":(filename|contentbasename|slugorcontentbasename|slugorfilename|sections|section)\b")


def post_url(
    base_url: str, place: str, *, pattern: str | None = None, prefix: str = "", ugly: bool = False
) -> str | None:
    """The address of the post at `place` (its path below the content folder, without language and extension).

    None where the pattern needs the date or the title, which the path does not tell.

    >>> post_url("https://ejemplo.org/", "posts/Hola Mundo")
    'https://ejemplo.org/posts/hola-mundo/'
    >>> post_url("https://ejemplo.org", "post/hola/index", pattern="/:filename/")
    'https://ejemplo.org/hola/'
    >>> post_url("https://ejemplo.org", "post/hola", pattern="/:year/:slug/") is None
    True
    """
    place = re.sub(r"(?:^|/)_?index$", "", place)
    if pattern and (filled := _fill(pattern, PurePosixPath(place))) is None:
        return None
    path = filled if pattern and filled else place
    parts = [_urlize(part) for part in (prefix, *path.split("/")) if part]
    tail = ".html" if ugly and place and not pattern else "/"
    return base_url.rstrip("/") + "/" + ("/".join(parts) + tail if parts else "")


def _fill(pattern: str, place: PurePosixPath) -> str | None:
    folders = place.parts[:-1]
    values = {"section": folders[0] if folders else "", "sections": "/".join(folders)}
    filled = _FROM_PATH.sub(lambda match: values.get(match[1], place.name), pattern)
    return None if ":" in filled else filled


def _urlize(part: str) -> str:
    """A part of a path as Hugo writes it: lower case, blanks become hyphens, other signs go."""
    kept = re.sub(r"[^\w.\-+~%]+", "-", part.lower()).strip("-")
    return quote(re.sub(r"-{2,}", "-", kept), safe="-._~+%")
