"""Hugo's shortcodes: `{{< name … >}}` and `{{% name … %}}` go, what stands between a pair of them stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING: Final = re.compile(r"\{\{([<%])")
_NAME: Final = re.compile(r"(?:/\*)?\s*([\w.:-][\w.:/-]*)")
# between a pair of these stands code, a drawing or a formula, not text
_CODE: Final = frozenset(
    "highlight code codeblock code-block mermaid gist katex math latex tex chart charts plotly echarts graphviz "
    "dot goat diagram plantuml kroki svg css style script js jsfiddle codepen terminal console cmd command shell "
    "bash prompt asciinema asciicast term output stdout sourcecode prettify include-code readfile file-content "
    "youtube vimeo tweet x twitter instagram bsky mastodon youtubeshorts video audio map leaflet geojson abc "
    "music graph pikchr drawio excalidraw csv json yaml toml r python rhtml comment hidden todo".split()
)
_JEKYLL: Final = re.compile(
    r"\{%-?\s*(highlight|raw|comment)\b[^%]{0,200}%\}(?:(?!\{%).)*?\{%-?\s*end\1\s*-?%\}|"
    r"\{%-?\s*(?:include|link|post_url|endraw|raw|assign|youtube|gist|img|image|figure|asset_path)\b[^%{}]{0,500}%\}",
    re.DOTALL,
)


def strip_shortcodes(text: str) -> str:
    """The text without shortcodes. An unclosed one is text.

    >>> strip_shortcodes('A {{< details "Title" >}}B{{< /details >}} {{< highlight r >}}x <- 1{{< /highlight >}}C')
    'A B C'
    """
    if "{%" in text and "{{%" not in text:
        text = _JEKYLL.sub("", text)
    if "{{<" not in text and "{{%" not in text:
        return text
    kept: list[str] = []
    at = 0
    alone: set[str] = set()  # names that nothing closes from here on
    for start, end, name in _tags(text):
        if start < at:
            continue
        kept.append(text[at:start])
        at = end
        if name in _CODE and name not in alone:
            stop = _closing(text, end, name)
            at = stop or end
            if not stop:
                alone.add(name)
    kept.append(text[at:])
    return "".join(kept)


def _tags(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each tag, and its name in lower case if it may open a pair."""
    end = 0
    missing: set[str] = set()
    for opening in _OPENING.finditer(text):
        start, mark = opening.start(), ">}}" if opening[1] == "<" else "%}}"
        if start < end or mark in missing:
            continue
        stop = text.find(mark, start + 3)
        if stop < 0:
            missing.add(mark)
            continue
        end = stop + 3
        inner = text[start + 3 : stop].strip()
        name = _NAME.match(inner)
        yield start, end, "" if name is None or inner.endswith("/") else name[1].lower()


def _closing(text: str, at: int, name: str) -> int:
    """The end of the tag that closes `name`, 0 where the shortcode stands alone."""
    name = re.escape(name)
    closing = re.compile(rf"\{{\{{[<%]\s*(?:/\*)?\s*/\s*{name}\s*(?:\*/)?\s*[>%]\}}\}}", re.IGNORECASE)
    found = closing.search(text, at)
    return found.end() if found else 0
