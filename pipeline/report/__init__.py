"""The report: one HTML file with charts and every number with its sentence. It needs no network and no other file.

Text of posts is untrusted: it is escaped wherever it goes, links lead only to http(s), and the page's content policy
lets nothing run but the one script of ours, known by its digest.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from html import escape
from typing import TYPE_CHECKING

from pipeline.labels import Words, words
from pipeline.report.payload import pack
from pipeline.report.sections import Section, all_sections, ask, records
from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipeline.report.sections import Row

MOST_CLAIMS = 25_000  # keeps the page under 5 MB
COLUMNS = ("subject", "metric", "value", "modality", "quote", "source")


def write_report(connection: DuckDBPyConnection, out: Path, *, title: str = "Recuento", language: str = "es") -> None:
    """Write the page to `out`, whole or not at all. The same warehouse gives the same bytes."""
    page = render(connection, title, words(language))
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        temporary.write_text(page, encoding="utf-8")
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)


def render(connection: DuckDBPyConnection, title: str, w: Words) -> str:
    """The page as text."""
    style, script = (resource("data", "report", f"page.{kind}").read_text("utf-8") for kind in ("css", "js"))
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; form-action 'none'"
    sections = all_sections(connection, w)
    every = records(ask(connection, "claims"))
    claims = _kept(every, sections)
    sections = [*sections, Section("claims", _claims(claims, len(every), w))]
    tables = {name: table for section in sections for name, table in section.tables.items()}
    links = "".join(f'<a href="#s-{each.name}">{w[f"{each.name}_title"]}</a> ' for each in sections)
    body = "\n".join(_section(each, w) for each in sections)
    return (
        f'<!doctype html>\n<html lang="{w.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="Recuento">\n'  # by which sources know their own output
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{w["skip"]}</a>\n<header><h1>{escape(title)}</h1>{_facts(connection, w)}'
        f'<nav>{links}</nav></header>\n<main id="main">\n{body}\n</main>\n<div id="tip" role="tooltip" hidden></div>\n'
        f'<script type="application/json" id="labels">{_said(w)}</script>\n'
        f'<script type="application/octet-stream" id="packed">{pack(claims, tables, w)}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _section(section: Section, w: Words) -> str:
    name = section.name
    note = w[f"{name}_note"] if section.note is None else escape(section.note)
    head = f'<h2 id="h-{name}">{w[f"{name}_title"]}</h2><p class="note">{note}</p>'
    return f'<section id="s-{name}" aria-labelledby="h-{name}">{head}{section.html}</section>'


def _said(w: Words) -> str:
    """The labels for the script, as JSON without a sign that markup could begin with."""
    return json.dumps(dict(w.labels), ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


def _facts(connection: DuckDBPyConnection, w: Words) -> str:
    (facts,) = records(ask(connection, "facts"))
    first, last = (facts[name] or "—" for name in ("first_day", "last_day"))
    lead = w.raw("lead").format(posts=w.number(facts["posts"]), first=first, last=last)
    shown = "".join(
        f"<div><dt>{w[name]}</dt><dd>{w.number(facts[name])}</dd></div>"
        for name in ("posts", "mentions", "claims", "sources")
    )
    return f'<p class="note">{escape(lead)}</p><dl class="facts">{shown}</dl>'


def _kept(claims: Sequence[Row], sections: Iterable[Section]) -> list[Row]:
    """The claims of the page: the latest, and those that its charts lead to."""
    linked = {found for section in sections for found in re.findall(r'href="#([0-9a-f]+)"', section.html)}
    return [claim for at, claim in enumerate(claims) if at < MOST_CLAIMS or claim["claim_id"] in linked]


def _claims(claims: Sequence[Row], total: int, w: Words) -> str:
    """The form that filters the claims and the table that the script fills; `total` counts those left out, too."""
    cut = w.raw("claims_cut").format(shown=w.number(len(claims)), all=w.number(total)) if total > len(claims) else ""
    present = {name: sorted({row[name] for row in claims}) for name in ("metric", "modality")}
    selects = "".join(_select(name, values, w, w["any"]) for name, values in present.items())
    order = _select("sort", ("newest", "largest"), w)
    search = f'<div><label for="words">{w["search"]}</label><input id="words" name="words" type="search"></div>'
    reset = f'<button type="button" id="clear">{w["clear"]}</button>'
    head = "".join(f'<th scope="col">{w[name]}</th>' for name in COLUMNS)
    return (
        f'<p class="note">{escape(cut)}</p><noscript><p>{w["no_script"]}</p></noscript>'
        f'<form id="filter" hidden>{search}{selects}{order}{reset}</form>'
        f'<p class="note" role="status"><span id="count">{w["loading"]}</span> '
        f'<button type="button" id="save" hidden>{w["save_shown"]}</button></p>'
        f'<table id="claims"><thead><tr>{head}</tr></thead><tbody></tbody></table>'
        f'<p><button type="button" id="more" hidden>{w["more"]}</button></p>'
    )


def _select(name: str, values: Sequence[str], w: Words, every: str | None = None) -> str:
    options = f'<option value="">{every}</option>' if every else ""
    options += "".join(f'<option value="{escape(value)}">{w[value]}</option>' for value in values)
    return f'<div><label for="{name}">{w[name]}</label><select id="{name}" name="{name}">{options}</select></div>'
