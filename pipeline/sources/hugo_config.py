"""What a Hugo site's configuration says about its posts: where they lie, their languages, and their addresses.

Hugo reads `hugo.*` or `config.*` (TOML, YAML, JSON) beside `content/`, and a folder `config/_default/` in which a file
is named for the table it holds. Keys are compared without case, as Hugo does.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

EXTENSIONS = (".toml", ".yaml", ".yml", ".json")
_STEMS = ("hugo", "config")  # in this order: Hugo prefers the newer name
_MAX_CONFIG = 2_000_000
_ADDRESS = re.compile(r"https?://(?!(?:www\.)?(?:example\.(?:org|com|net)|localhost)\b)")  # Hugo's placeholder is none

# Codes that stand for a language in a file or folder name where no configuration says which languages there are ...
_PLAIN = frozenset({
    "ar", "ca", "de", "el", "en", "es", "eu", "fr", "gl", "hu", "ja", "ko", "nl", "pt", "ru", "sv", "tr", "uk", "zh",
})  # fmt: skip
# ... and those that are as likely something else (IT, machine learning, computer science): believed beside a plain one.
_DOUBTFUL = frozenset({
    "bg", "br", "cs", "da", "et", "fa", "fi", "he", "hi", "hr", "id", "is", "it", "lt", "lv", "ml", "ms", "nb", "nn",
    "no", "pl", "ro", "sk", "sl", "sr", "th", "vi",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What Hugo's configuration says. `contents` are content folders, each with its language where it has one."""

    title: str | None = None
    base_url: str | None = None
    default_language: str | None = None
    contents: tuple[tuple[str, str | None], ...] = (("content", None),)
    languages: frozenset[str] = frozenset()
    in_subdir: bool = False  # the default language has a folder of its own in addresses
    ugly_urls: bool = False
    permalinks: Mapping[str, str] = field(default_factory=dict)
    troubles: tuple[tuple[str, str], ...] = ()  # files that could not be read, and why


def config_files(root: Path) -> tuple[Path, ...]:
    """The files of a site's configuration, or none where there is no sign of Hugo."""
    files = [root / (stem + extension) for stem in _STEMS for extension in EXTENSIONS]
    single = tuple(file for file in files if file.is_file())[:1]
    folder = root / "config" / "_default"
    if not folder.is_dir():
        return single
    return single + tuple(sorted(file for file in folder.iterdir() if file.suffix in EXTENSIONS and file.is_file()))


def read_config(root: Path) -> SiteConfig:
    """The site's configuration; Hugo's defaults where it is silent. A broken file is passed over and told."""
    merged: dict[str, Any] = {}
    troubles: list[tuple[str, str]] = []
    for file in config_files(root):
        try:
            table = _load(file)
        except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
            troubles.append((file.relative_to(root).as_posix(), " ".join(str(error).split())[:200]))
            continue
        stem = file.name.split(".")[0].lower()
        for key, value in table.items() if stem in _STEMS else [(stem, table)]:
            merged.setdefault(str(key).lower(), value)
    return _site(merged, tuple(troubles))


def _load(file: Path) -> dict[str, Any]:
    if file.stat().st_size > _MAX_CONFIG:
        raise ValueError("too large for a configuration")
    text = file.read_text("utf-8-sig")
    if file.suffix == ".toml":
        table: Any = tomllib.loads(text)
    elif file.suffix == ".json":
        table = json.loads(text)
    else:
        table = yaml.safe_load(text)
    if table is None:
        return {}
    if not isinstance(table, dict):
        raise ValueError("not a table of settings")  # noqa: TRY004 -- the file's value is wrong, not a call's type
    return table


def _site(settings: Mapping[str, Any], troubles: tuple[tuple[str, str], ...]) -> SiteConfig:
    languages = {
        str(code).lower(): table for code, table in _table(settings, "languages").items() if isinstance(table, dict)
    }
    default = _text(settings, "defaultcontentlanguage") or (next(iter(languages)) if len(languages) == 1 else None)
    stated = default or _text(settings, "locale") or _text(settings, "languagecode")
    named = languages.get((default or "").lower(), {})
    base_url = _text(settings, "baseurl") or _text(named, "baseurl")
    return SiteConfig(
        title=_text(settings, "title") or _text(named, "title"),
        base_url=base_url if base_url and _ADDRESS.match(base_url) else None,
        default_language=iso_code(stated) if stated else None,
        contents=tuple(_contents(settings, languages)),
        languages=frozenset(languages) | (frozenset({default.lower()}) if default and languages else frozenset()),
        in_subdir=_get(settings, "defaultcontentlanguageinsubdir") is True,
        ugly_urls=_get(settings, "uglyurls") is True,
        permalinks=dict(_permalinks(settings)),
        troubles=troubles,
    )


def _contents(settings: Mapping[str, Any], languages: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The content folders: one for each language that names one, Hugo's mounts, and the site's own."""
    found: dict[str, str | None] = {}
    for code, table in languages.items():
        if folder := _text(table, "contentdir"):
            found.setdefault(_folder(folder), code)
    mounts = _get(_table(settings, "module"), "mounts")
    for mount in mounts if isinstance(mounts, list) else []:
        target = (_text(mount, "target") or "") if isinstance(mount, dict) else ""
        if target.split("/")[0] == "content" and (folder := _text(mount, "source")):
            found.setdefault(_folder(folder), _text(mount, "lang"))
    found.setdefault(_folder(_text(settings, "contentdir") or "content"), None)
    for path, language in found.items():
        yield path, language.lower() if language else None


def _folder(path: str) -> str:
    return path.removeprefix("./").strip("/") or "."


def _permalinks(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Section and pattern; newer sites keep the patterns of pages in a table `page`."""
    for section, pattern in _table(settings, "permalinks").items():
        if isinstance(pattern, str):
            yield str(section).lower(), pattern
        elif isinstance(pattern, dict) and str(section).lower() == "page":
            yield from ((str(key).lower(), value) for key, value in pattern.items() if isinstance(value, str))


def _get(table: Mapping[str, Any], key: str) -> Any:
    return next((value for name, value in table.items() if str(name).lower() == key), None)


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = _get(table, key)
    return value if isinstance(value, dict) else {}


def _text(table: Mapping[str, Any], key: str) -> str | None:
    value = _get(table, key)
    return value.strip() or None if isinstance(value, str) else None


def iso_code(code: str) -> str | None:
    """The two-letter code of a language tag, or None where it is no tag.

    >>> iso_code("es-ES"), iso_code("zh_Hans"), iso_code("posts")
    ('es', 'zh', None)
    """
    match = re.fullmatch(r"([a-z]{2})(?:[-_][a-z0-9]+)*", code.strip().lower())
    return match[1] if match else None


def is_language(code: str, config: SiteConfig, *, doubtful: bool = False) -> bool:
    """True where a part of a name says the language: one of the site's, or of a site that lists none, a plain code.

    >>> is_language("es", SiteConfig()), is_language("it", SiteConfig()), is_language("v2", SiteConfig())
    (True, False, False)
    """
    if config.languages:
        return code.lower() in config.languages
    base = iso_code(code)
    return base is not None and (base in _PLAIN or (doubtful and base in _DOUBTFUL))
