"""digest.md and digest.html: what an editor should know of a period, on one page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pipeline.warehouse.read import Result

MOST = 10  # lines of each list
WORDS = {
    "es": {
        "title": "Recuento del {since} al {until}", "posts": "Artículos: {0}. Cifras: {1}. Nombres nuevos: {2}.",
        "movers": "De quién se habla más y menos (en cuántos artículos)", "claims": "Cifras", "new": "Nombres nuevos",
        "disputed": "Cifras en disputa", "changed": "Cifras cambiadas por sus autores", "none": "Nada en este periodo.",
        "of": "en {now}, antes en {before}", "more": "y {0} más en {1}",
        "record": "récord", "changed claim": "cambia", "several sources": "varias fuentes",
        "first number": "primera cifra", "known": "conocida",
        "planned": "previsto", "rumored": "rumor", "hypothetical": "hipótesis", "negated": "desmentido",
    },
    "en": {
        "title": "Recuento, {since} to {until}", "posts": "Posts: {0}. Numbers claimed: {1}. New names: {2}.",
        "movers": "Who is talked about more, and less (in how many posts)", "claims": "Numbers", "new": "New names",
        "disputed": "Disputed numbers", "changed": "Numbers changed by their authors",
        "none": "Nothing in this period.",
        "of": "in {now}, {before} before", "more": "and {0} more in {1}",
    },
}  # fmt: skip
STYLE = (
    ":root { color-scheme: light dark } body { max-width: 46rem; margin: auto; padding: 1rem; "
    "font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }"
)
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")


def summary(results: Mapping[str, Result], since: date, until: date, language: str) -> str:
    """The page, in Markdown. Text of posts is escaped: none of it is markup."""
    words = WORDS[language]
    rows = {name: [dict(zip(r.columns, row, strict=True)) for row in r.rows[:MOST]] for name, r in results.items()}
    counts = {name: len(result.rows) for name, result in results.items()}
    counted = words["posts"].format(*(counts[name] for name in ("posts", "new_claims", "new_entities")))
    parts = [f"# {words['title'].format(since=since, until=until)}", counted]
    sections = (
        ("movers", "movers", _mover), ("claims", "new_claims", _claim), ("disputed", "disputed_claims", _disputed),
        ("changed", "changed_claims", _changed), ("new", "new_entities", _entity),
    )  # fmt: skip
    for title, name, line in sections:
        parts.append(f"## {words[title]}")
        lines = [f"- {line(row, words)}" for row in rows[name]]
        if counts[name] > MOST:
            lines.append(f"- {words['more'].format(counts[name] - MOST, f'{name}.csv')}")
        parts.append("\n".join(lines) or words["none"])
    return "\n\n".join(parts) + "\n"


def as_page(text: str, language: str) -> str:
    """The Markdown of a digest as a page to open, print or paste into an e-mail. Markup in it stays text."""
    body = MarkdownIt("commonmark", {"html": False}).render(text)
    title = text.partition("\n")[0].removeprefix("# ")
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )


def escape(text: Any) -> str:
    r"""Text that Markdown shows as it is, in one line.

    >>> escape("a*b\n<i>")
    'a\\*b \\<i\\>'
    """
    return _MARKUP.sub(r"\\\1", " ".join(str(text or "").split()))


def _mover(row: Mapping[str, Any], words: Mapping[str, str]) -> str:
    arrow = {"new": "▲", "up": "▲", "gone": "▼", "down": "▼"}[row["direction"]]
    return f"{arrow} **{escape(row['name'])}**: {words['of'].format(now=row['posts'], before=row['posts_before'])}"


def _claim(row: Mapping[str, Any], words: Mapping[str, str]) -> str:
    reason = "changed claim" if row["reason"] == "changed" else row["reason"]
    hedge = "" if row["modality"] == "stated" else row["modality"]
    notes = ", ".join(words.get(note, row["reason"] if note == reason else note) for note in (reason, hedge) if note)
    about = f"**{escape(row['subject'])}**: " if row["subject"] else ""
    return f"{about}«{escape(row['quote'])}»{f' ({notes})' if notes else ''} — {_source(row)}"


def _disputed(row: Mapping[str, Any], words: Mapping[str, str]) -> str:
    del words
    return f"**{escape(row['subject'])}**, {escape(row['metric'])}: «{escape(row['quote'])}» — {_source(row)}"


def _changed(row: Mapping[str, Any], words: Mapping[str, str]) -> str:
    del words
    about = f"**{escape(row['subject'])}**, " if row["subject"] else ""
    old, new = (f"«{escape(row[name])}»" if row[name] else "—" for name in ("old_quote", "new_quote"))
    return f"{about}{escape(row['metric'])}: {old} → {new} — {_source(row)}"


def _entity(row: Mapping[str, Any], words: Mapping[str, str]) -> str:
    del words
    return f"**{escape(row['name'])}** — {_source(row)}"


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
