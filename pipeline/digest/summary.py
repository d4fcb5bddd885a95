"""digest.md and digest.html: what an editor should know of a period, on one page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from pipeline.labels import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pipeline.labels import Words
    from pipeline.warehouse.read import Result

MOST = 10  # lines of each list
SECTIONS = ("movers", "new_claims", "disputed_claims", "changed_claims", "new_entities")
STYLE = (
    ":root { color-scheme: light dark } body { max-width: 46rem; margin: auto; padding: 1rem; "
    "font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }"
)
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")


def summary(results: Mapping[str, Result], since: date, until: date, language: str) -> str:
    """The page, in Markdown. Text of posts is escaped: none of it is markup."""
    w = words(language)
    counts = {name: len(result.rows) for name, result in results.items()}
    parts = [f"# {w.raw('digest_title').format(since=since, until=until)}", w.raw("digest_counts").format(**counts)]
    write = dict(zip(SECTIONS, (_mover, _claim, _disputed, _changed, _entity), strict=True))
    for name in SECTIONS:
        lines = [f"- {write[name](row, w)}" for row in first_rows(results[name])]
        if counts[name] > len(lines):
            lines.append(f"- {w.raw('digest_more').format(n=counts[name] - len(lines), file=f'{name}.csv')}")
        parts += [f"## {w.raw(f'digest_{name}')}", "\n".join(lines) or w.raw("digest_none")]
    return "\n\n".join(parts) + "\n"


def first_rows(result: Result) -> list[dict[str, Any]]:
    """The first rows by the names of their columns; a claim that many make, once."""
    seen: dict[Any, dict[str, Any]] = {}
    for values in result.rows:
        row = dict(zip(result.columns, values, strict=True))
        once = (row["subject"], row["metric"], row["value"]) if row.get("reason") else len(seen)
        seen.setdefault(once, row)
        if len(seen) == MOST:
            break
    return list(seen.values())


def as_page(text: str, language: str) -> str:
    """The Markdown of a digest as a page to open, print or paste into an e-mail. Markup in it stays text."""
    body = MarkdownIt("commonmark", {"html": False}).render(text)
    title = text.partition("\n")[0].removeprefix("# ")
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="Recuento">\n'  # by which sources know their own output
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )


def escape(text: Any) -> str:
    r"""Text that Markdown shows as it is, in one line.

    >>> escape("a*b\n<i>")
    'a\\*b \\<i\\>'
    """
    return _MARKUP.sub(r"\\\1", " ".join(str(text or "").split()))


def _mover(row: Mapping[str, Any], w: Words) -> str:
    arrow = {"new": "▲", "up": "▲", "gone": "▼", "down": "▼"}[row["direction"]]
    return f"{arrow} **{escape(row['name'])}**: {w.raw('digest_of').format(**row)}"


def _claim(row: Mapping[str, Any], w: Words) -> str:
    notes = [w.raw(row["reason"].replace(" ", "_"))] if row["reason"] else []
    if row["reason"] == "changed":
        notes.append(w.raw("digest_before").format(value=w.number(row["value_before"])))
    notes += [] if row["modality"] == "stated" else [w.raw(row["modality"])]
    told = f" ({', '.join(notes)})" if notes else ""
    return f"{_about(row, w)}«{escape(row['quote'])}»{told} — {_source(row)}"


def _disputed(row: Mapping[str, Any], w: Words) -> str:
    return f"{_about(row, w)}«{escape(row['quote'])}» — {_source(row)}"


def _changed(row: Mapping[str, Any], w: Words) -> str:
    old, new = (f"«{escape(row[name])}»" if row[name] else "—" for name in ("old_quote", "new_quote"))
    return f"{_about(row, w)}{old} → {new} — {_source(row)}"


def _entity(row: Mapping[str, Any], w: Words) -> str:
    del w
    return f"**{escape(row['name'])}** — {_source(row)}"


def _about(row: Mapping[str, Any], w: Words) -> str:
    subject = f"**{escape(row['subject'])}**, " if row["subject"] else ""
    return f"{subject}{escape(w.raw(row['metric']))}: "


def _source(row: Mapping[str, Any]) -> str:
    """Where it was read: the title, linked where there is an address that a browser may open."""
    title, link = escape(row["title"] or row["source"]), web_link(row.get("link") or row.get("url"))
    return f"[{title}](<{link}>)" if link else title


def web_link(address: str | None) -> str | None:
    """The address if a browser may be sent there, else None: posts are full of other things, harmful ones too.

    >>> web_link("https://a.example/p"), web_link("javascript:alert(1)")
    ('https://a.example/p', None)
    """
    return address if address and re.fullmatch(r"https?://[^\s<>]+", address) else None
