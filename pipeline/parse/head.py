"""A post's head: title, author, date, draft and address, from front matter and from what the source knows beside it.

The front matter has the last word: the author wrote it, the source only infers.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urljoin, urlsplit

from pipeline.parse.dates import parse_date
from pipeline.parse.writer import visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pipeline.records import PostKind

_DATE_KEYS: Final = ("date", "publishdate", "pubdate", "published", "published date", "created")
_YES: Final = frozenset({"true", "yes", "1", "on", "t"})
_NO: Final = frozenset({"false", "no", "0", "off", "f"})
_FILE_DATE: Final = re.compile(r"(?:^|/)(\d{4}-\d{2}-\d{2})(?=[-_ .]|/)")
# As Substack, Hugo themes and note keepers call them.
_KINDS: Final[dict[str, PostKind]] = {
    "podcast": "podcast", "episode": "podcast", "video": "video", "thread": "thread", "chat": "thread", "note": "note",
    "notes": "note", "comment": "note", "restack": "note", "status": "note", "page": "page", "about": "page",
    "list": "list",
}  # fmt: skip
_NAME_KEYS: Final = ("name", "display_name", "title", "nick")


def text_of(value: object) -> str | None:
    r"""The value as one line of text, None where it is empty.

    >>> text_of("  Uno\n dos "), text_of("~"), text_of(2024)
    ('Uno dos', None, '2024')
    """
    if value is None or isinstance(value, bool | dict | list):
        return None
    text = visible(str(value)).strip()
    return None if text in {"", "~", "null"} else text


def find_title(fields: Mapping[str, Any], metadata: Mapping[str, str | None]) -> str | None:
    """The title. An empty one in the front matter says that there is none."""
    return text_of(fields["title"]) if "title" in fields else text_of(metadata.get("title"))


def find_author(fields: Mapping[str, Any], metadata: Mapping[str, str | None]) -> str | None:
    """The authors, joined by commas.

    >>> find_author({"authors": [{"name": "Ana Ríos"}, "Leo Paz"]}, {})
    'Ana Ríos, Leo Paz'
    """
    for key in ("author", "authors", "creator", "by"):
        names = [name for name in _names(fields.get(key)) if not name.startswith("@")]
        if names:
            return ", ".join(dict.fromkeys(names))
    return text_of(metadata.get("author"))


def _names(value: object) -> list[str]:
    if isinstance(value, list):
        return [name for item in value[:50] for name in (_names(item) if not isinstance(item, list) else [])]
    if isinstance(value, dict):
        return next((_names(value[key]) for key in _NAME_KEYS if isinstance(value.get(key), str)), [])
    name = text_of(value)
    return [name] if name else []


def find_date(fields: Mapping[str, Any], metadata: Mapping[str, str | None], path: str) -> datetime | None:
    """The first readable date; that of the file name where no field gives one."""
    for key in _DATE_KEYS:
        if found := parse_date(fields.get(key)):
            return found
    if found := parse_date(metadata.get("published")):
        return found
    dated = _FILE_DATE.search(path)
    return parse_date(dated[1]) if dated else None


def find_kind(fields: Mapping[str, Any], metadata: Mapping[str, str | None]) -> PostKind:
    """What the post is among the things that publications put out. What is none of the known ones is a post.

    >>> find_kind({"type": "Podcast"}, {"kind": "post"}), find_kind({}, {"kind": "newsletter"})
    ('podcast', 'post')
    """
    for said in (fields.get("type"), metadata.get("kind")):
        if found := _KINDS.get((text_of(said) or "").lower()):
            return found
    return "post"


def is_draft(fields: Mapping[str, Any], metadata: Mapping[str, str | None]) -> bool:
    """Whether the post is a draft: by `draft`, or by a `published` or `publish` that says no."""
    said = _truth(fields.get("draft"))
    if said is None:
        public = [_truth(fields.get(key)) for key in ("published", "publish")]
        said = True if False in public else None
    return bool(_truth(metadata.get("draft")) if said is None else said)


def _truth(value: object) -> bool | None:
    """Yes or no in any spelling that YAML, TOML or a spreadsheet has for it."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    return True if word in _YES else False if word in _NO else None


def find_language(fields: Mapping[str, Any], metadata: Mapping[str, str | None]) -> str | None:
    """The declared language as two letters. `none` and the like declare nothing.

    >>> find_language({"lang": "es-ES"}, {}), find_language({"language": "Español"}, {"language": "en"})
    ('es', 'en')
    """
    for value in (fields.get("language"), fields.get("lang"), fields.get("locale"), metadata.get("language")):
        code = re.fullmatch(r"([a-z]{2})(?:[-_][a-z0-9-]+)?(?:\.utf-?8)?", (text_of(value) or "").lower())
        if code:
            return code[1]
    return None


def find_url(
    fields: Mapping[str, Any], metadata: Mapping[str, str | None], path: str, date: datetime | None
) -> str | None:
    """The post's address: `url` of the front matter, else what the source gives, with the post's own slug."""
    base, known = text_of(metadata.get("base_url")), text_of(metadata.get("url"))
    own = text_of(fields.get("url")) or text_of(fields.get("permalink"))
    if own and ":" not in own.split("://", 1)[-1]:
        return own if "://" in own else _join(base, own) if base else known
    slug = text_of(fields.get("slug"))
    pattern = text_of(metadata.get("permalink"))
    if pattern and base:
        return _join(base, _fill(pattern, fields, metadata, path, date) or "") or known
    if slug and known and urlsplit(known).path.strip("/"):
        head, _, _ = known.rstrip("/").rpartition("/")
        return f"{head}/{_urlize(slug)}" + ("/" if known.endswith("/") else "")
    return known


def _join(base: str, path: str) -> str | None:
    return urljoin(base.rstrip("/") + "/", path.lstrip("/")) if path else None


def _fill(
    pattern: str, fields: Mapping[str, Any], metadata: Mapping[str, str | None], path: str, date: datetime | None
) -> str | None:
    """Hugo's permalink pattern filled in; None where it needs a date and the post has none."""
    parts = path.split("content/", 1)[-1].split("/")
    stem = parts[-2] if re.match(r"_?index\b", parts[-1]) and len(parts) > 1 else parts[-1].rsplit(".", 1)[0]
    slug, title = text_of(fields.get("slug")), find_title(fields, metadata)
    values = {
        "slug": slug or title or stem, "title": title or stem, "filename": stem, "contentbasename": stem,
        "slugorfilename": slug or stem, "slugorcontentbasename": slug or stem, "section": parts[0] if parts[1:] else "",
        "sections": "/".join(parts[:-1]),
    }  # fmt: skip
    if date:
        values |= {
            "year": f"{date:%Y}", "month": f"{date:%m}", "day": f"{date:%d}", "yearday": str(int(f"{date:%j}")),
            "monthname": f"{date:%B}".lower(), "weekday": f"{date:%w}", "weekdayname": f"{date:%A}".lower(),
        }  # fmt: skip
    filled = re.sub(r":([a-z]+)", lambda name: _urlize(values[name[1]]) if name[1] in values else name[0], pattern)
    return None if re.search(r":[a-z]", filled) else filled


def _urlize(part: str) -> str:
    """A part of a path as Hugo writes it."""
    text = re.sub(r"[^\w.\-+~%/]+", "-", unicodedata.normalize("NFC", part).lower()).strip("-")
    return quote(re.sub(r"-{2,}", "-", text), safe="-._~+%/")
