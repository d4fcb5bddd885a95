"""Front matter: what stands before the text, between `---` (YAML), `+++` (TOML), or in braces (JSON).

A leading `---` may as well be a rule between paragraphs. It is front matter only if a second one follows and
what stands between is a mapping.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn

import yaml

from pipeline.errors import PostError

if TYPE_CHECKING:
    from collections.abc import Mapping

_FENCE: Final = re.compile(r"(?:[ \t\ufeff]*\n)*\ufeff*(---|\+\+\+)[ \t]*\n")
_JSON: Final = re.compile(r"[\s\ufeff]*(?=\{\s*\")")
_KEY: Final = re.compile(r"[\"']?[^\W\d][\w.\-]*[\"']?[ \t]*:(?:[ \t]|$)")
_ALIAS: Final = re.compile(r"(?:^|[\s\[,:-])\*[\w-]+", re.MULTILINE)
_DASHES: Final = re.compile(r"(?:[-?][ \t]+){50}")  # lists in lists in one line: libyaml recurses till it crashes
_MAX_ALIASES: Final = 20
_MAX_SIZE: Final = 200_000
_MAX_BRACKETS: Final = 2_000
_KNOWN: Final = frozenset(
    "title date draft author authors slug url tags categories description language lang layout aliases type weight "
    "publishdate pubdate lastmod subtitle summary".split()
)

try:
    _Loader: Any = yaml.CBaseLoader
except AttributeError:  # PyYAML built without libyaml
    _Loader = yaml.BaseLoader


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields (keys in lower case, YAML's scalars as written) and the text behind them.

    `present` tells an empty front matter from none.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""
    present: bool = False


def split_front_matter(text: str, place: str) -> FrontMatter:
    r"""The front matter and the body. `text` has plain line ends. Raises PostError naming line and remedy.

    >>> split_front_matter("---\ntitle: Uno\n---\nHola", "a.md")
    FrontMatter(fields={'title': 'Uno'}, body='Hola', present=True)
    >>> split_front_matter("---\n\nHola.\n\n---\n", "a.md").present
    False
    """
    if opening := _FENCE.match(text):
        fence = opening[1]
        closing = re.compile(rf"^{re.escape(fence)}[ \t]*$\n?", re.MULTILINE).search(text, opening.end())
        if closing is None:
            return _unclosed(text, opening, place)
        block = text[opening.end() : closing.start()]
        first_line = text.count("\n", 0, opening.end()) + 1
        found = _toml(block, first_line, place) if fence == "+++" else _yaml(block, first_line, place)
        if found is not None:
            return FrontMatter(_lower(found), text[closing.end() :], present=True)
        return FrontMatter(body=text)
    if start := _JSON.match(text):
        return _json(text, start.end(), place)
    return FrontMatter(body=text)


def _unclosed(text: str, opening: re.Match[str], place: str) -> FrontMatter:
    """A rule, unless what follows can only be front matter that somebody forgot to close."""
    head = text[opening.end() :].split("\n\n", 1)[0].split("\n")
    keys = [line.split(":")[0].strip().lower() for line in head if _KEY.match(line)]
    if opening[1] == "---" and keys and keys[0] in _KNOWN and len(keys) > 1:
        line = text.count("\n", 0, opening.end())
        _refuse(place, line, "front matter opens here and is never closed", "add a line with --- behind its last field")
    return FrontMatter(body=text)


def _yaml(block: str, first_line: int, place: str) -> dict[str, Any] | None:
    lines = [line for line in block.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        return {}
    if not _KEY.match(lines[0]) and not lines[0].startswith(("{", "?")):
        return None  # prose between two rules
    _check_bounds(block, first_line, place)
    try:
        found = yaml.load(block, Loader=_Loader)  # noqa: S506 -- BaseLoader makes text, lists and mappings only
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        seen = f"{error.problem or 'a mistake'}, at «{_line(block, line - first_line)}»"
        _refuse(place, line, f"the YAML front matter cannot be read: {seen}", "quote the value or mend the indentation")
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        what = " ".join(str(error).split())[:120]
        _refuse(place, first_line, f"the YAML front matter cannot be read: {what}", "remove what is no plain text")
    if not isinstance(found, dict):
        return None
    keys = {str(key).lower() for key in found}
    if block[:1] == "\n" and not block.rstrip("\n").count("\n") and not keys & _KNOWN:
        return None
    return found if keys & _KNOWN or len(keys) > 1 or block[:1] != "\n" else None


def _check_bounds(block: str, first_line: int, place: str) -> None:
    """Refuses what only an attack has: aliases by the dozen, brackets by the thousand."""
    if len(_ALIAS.findall(block)) > _MAX_ALIASES and "&" in block:
        _refuse(place, first_line, f"more than {_MAX_ALIASES} YAML aliases", "write the values out")
    too_deep = block.count("[") + block.count("{") > _MAX_BRACKETS or _DASHES.search(block)
    if len(block) > _MAX_SIZE or too_deep:
        _refuse(place, first_line, "front matter of unreasonable size", "keep titles, dates and tags in it only")


def _toml(block: str, first_line: int, place: str) -> dict[str, Any]:
    _check_bounds(block, first_line, place)
    try:
        return tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"\(at line (\d+)", str(error))
        line = first_line + (int(at[1]) - 1 if at else 0)
        seen = f"{str(error).split(' (at ')[0].lower()}, at «{_line(block, line - first_line)}»"
        _refuse(place, line, f"the TOML front matter cannot be read: {seen}", "mend that line")


def _json(text: str, start: int, place: str) -> FrontMatter:
    line = text.count("\n", 0, start) + 1
    try:
        found, end = json.JSONDecoder().raw_decode(text, start)
    except json.JSONDecodeError as error:
        _refuse(place, error.lineno, f"the JSON front matter cannot be read: {error.msg.lower()}", "mend that line")
    except (RecursionError, ValueError) as error:
        _refuse(place, line, f"the JSON front matter cannot be read: {error}", "nest less deeply")
    if not isinstance(found, dict):
        return FrontMatter(body=text)
    return FrontMatter(_lower(found), text[end:], present=True)


def _lower(found: dict[Any, Any]) -> dict[str, Any]:
    """Keys in lower case: Hugo does not tell publishDate from publishdate."""
    return {str(key).lower(): value for key, value in found.items()}


def _line(block: str, number: int) -> str:
    lines = block.split("\n")
    return lines[number].strip()[:60] if 0 <= number < len(lines) else ""


def _refuse(place: str, line: int, what: str, remedy: str) -> NoReturn:
    raise PostError(f"{place}, line {line}: {what}; {remedy}", stage="parse") from None
