"""The report: one HTML file with charts and every number with its sentence. It needs no network and no other file.

Text of posts is untrusted: it is escaped wherever it goes, links lead only to http(s), and the page's content policy
lets nothing run but the one script of ours, known by its digest.
"""

from __future__ import annotations

import base64
import hashlib
import os
from html import escape
from typing import TYPE_CHECKING, Any

from pipeline.digest import as_csv
from pipeline.report import charts
from pipeline.report.charts import Mark
from pipeline.report.tables import claims_table, plain_table
from pipeline.report.words import words
from pipeline.resources import resource
from pipeline.warehouse.read import Result, run_query
from pipeline.warehouse.sqlfiles import read_sql

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipeline.report.words import Words

MOST_CLAIMS = 4000  # keeps the page under 5 MB
MONTHS = 24

Rows = list[dict[str, Any]]


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
    style = resource("data", "report", "page.css").read_text("utf-8")
    script = resource("data", "report", "page.js").read_text("utf-8")
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; form-action 'none'"
    sections = [
        ("mentions", _mentions(connection, w)), ("movers", _movers(connection, w)),
        ("clusters", _clusters(connection, w)), ("sizes", _sizes(connection, w)), ("prices", _prices(connection, w)),
        ("disputed", _disputed(connection, w)), ("claims", _claims(connection, w)),
    ]  # fmt: skip
    links = "".join(f'<a href="#s-{name}">{w[f"{name}_title"]}</a> ' for name, _ in sections)
    body = "".join(
        f'<section id="s-{name}"><h2>{w[f"{name}_title"]}</h2>'
        f'<p class="note">{w[f"{name}_note"]}</p>{content}</section>\n'
        for name, content in sections
    )
    return (
        f'<!doctype html>\n<html lang="{w.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{escape(title)}</h1>{_facts(connection, w)}<nav>{links}</nav></header>\n<main>\n{body}</main>\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _ask(connection: DuckDBPyConnection, query: str, **values: Any) -> tuple[Result, Rows]:
    """The answer to a named query, or to one of `sql/report`."""
    own = resource("sql", "report", f"{query}.sql")
    result = run_query(connection, read_sql(own).text if own.exists() else query, values)
    return result, [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def _facts(connection: DuckDBPyConnection, w: Words) -> str:
    _, rows = _ask(connection, "overview")
    everything = rows[-1]
    first, last = (everything[name] or "—" for name in ("first_day", "last_day"))
    lead = w.raw("lead").format(posts=w.number(everything["posts"]), first=first, last=last)
    numbers = {name: everything[name] for name in ("posts", "mentions", "claims")} | {"sources": len(rows) - 1}
    facts = "".join(f"<div><dt>{w[name]}</dt><dd>{w.number(value)}</dd></div>" for name, value in numbers.items())
    return f'<p class="note">{escape(lead)}</p><dl class="facts">{facts}</dl>'


def _mentions(connection: DuckDBPyConnection, w: Words) -> str:
    parts = []
    for kind, label in (("model", "models"), ("org", "orgs")):
        result, rows = _ask(connection, "mentions_by_month", kind=kind, top=8, months=MONTHS)
        top = max((row["share"] for row in rows), default=0)
        panels: dict[str, list[tuple[str, float, str]]] = {}
        for row in rows:
            month = f"{row['month']:%Y-%m}"
            tooltip = f"{row['name']}, {month}: {w.percent(row['share'])}, {row['posts']} {w.raw('posts')}"
            panels.setdefault(row["name"], []).append((month, row["share"], tooltip))
        drawn = "".join(
            f"<figure><figcaption>{escape(name)}</figcaption>{charts.months(name, shares, top)}</figure>"
            for name, shares in panels.items()
        )
        parts.append(f'<h3>{w[label]}</h3><div class="panels">{drawn or w["none"]}</div>{_data(result, kind, w)}')
    return "".join(parts)


def _movers(connection: DuckDBPyConnection, w: Words) -> str:
    result, rows = _ask(connection, "top_movers")
    rows.sort(key=lambda row: -row["change"])
    marks = [
        Mark(r["change"], r["name"], f"{r['name']}: {w.percent(r['change'], signed=True)}"
             f" ({r['posts_before']} → {r['posts_now']}; p = {w.number(r['chance'])})")
        for r in rows if r["change"] and r["chance"] is not None
    ]  # fmt: skip
    chart = charts.diverging(w.raw("movers_title"), marks) if marks else w["none"]
    return f"<figure>{chart}</figure>{_data(result, 'movers', w)}"


def _clusters(connection: DuckDBPyConnection, w: Words) -> str:
    result, rows = _ask(connection, "largest_clusters")
    marks = [
        Mark(r["accelerators"], r["subject"] or f"({r['source_id']})",
             f"{r['subject'] or r['title'] or ''}: «{r['quote']}», {w.raw(r['modality'])}, {r['published_on'] or '—'}",
             r["modality"])
        for r in rows if r["accelerators"] > 0
    ]  # fmt: skip
    chart = charts.log_rows(w.raw("clusters_title"), marks, w.short) if marks else w["none"]
    return f"<figure>{chart}</figure>{_legend(w)}{_data(result, 'clusters', w)}"


def _sizes(connection: DuckDBPyConnection, w: Words) -> str:
    result, rows = _ask(connection, "parameter_sizes", top=300)
    marks = [
        Mark(r["parameters"], r["name"], f"{r['name']}: {w.short(r['parameters'])}, {r['first_seen_on']}",
             "stated" if r["is_stated"] else "rumored", r["first_seen_on"])
        for r in rows if r["first_seen_on"] and r["parameters"] > 0
    ]  # fmt: skip
    chart = charts.log_days(w.raw("sizes_title"), marks, w.short) if marks else w["none"]
    return f"<figure>{chart}</figure>{_data(result, 'parameter-sizes', w)}"


def _prices(connection: DuckDBPyConnection, w: Words) -> str:
    result, rows = _ask(connection, "token_prices", top=500)
    marks = [
        Mark(r["price"], r["subject"] or "", f"{r['subject'] or r['title'] or ''}: «{r['quote']}», {r['published_on']}",
             r["modality"], r["published_on"])
        for r in rows if r["published_on"] and r["price"] > 0
    ]  # fmt: skip
    chart = charts.log_days(w.raw("prices_title"), marks, w.short) if marks else w["none"]
    return f"<figure>{chart}</figure>{_data(result, 'token-prices', w)}"


def _disputed(connection: DuckDBPyConnection, w: Words) -> str:
    result, rows = _ask(connection, "disputed_claims")
    if not rows:
        return f"<p>{w['none']}</p>"
    lines = [
        [escape(r["subject"]), w[r["metric"]], ("number", w.number(r["value"])), escape(f"«{r['quote']}»"),
         escape(f"{r['title'] or r['source_id']}, {r['first_claimed_on'] or '—'}")]
        for r in rows
    ]  # fmt: skip
    return plain_table(["subject", "metric", "value", "quote", "source"], lines, w) + _data(result, "disputed", w)


def _claims(connection: DuckDBPyConnection, w: Words) -> str:
    _, rows = _ask(connection, "claims", top=MOST_CLAIMS)
    total = connection.execute("select count(*) from claim_context").fetchone()
    return claims_table(rows, total[0] if total else len(rows), w)


def _legend(w: Words) -> str:
    shapes = "".join(
        f'<span><svg class="key" width="16" height="14" viewBox="0 0 16 14" aria-hidden="true">'
        f"{charts.point(8, 7, Mark(1, '', '', kind))}</svg> {w[kind]}</span> "
        for kind in ("stated", "planned", "rumored")
    )
    return f'<p class="note keys">{shapes}</p>'


def _data(result: Result, name: str, w: Words) -> str:
    """The rows behind a chart, as a file to download."""
    if not result.rows:
        return ""
    content = base64.b64encode(as_csv(result, "csv", bom=True)).decode()
    link = f'<a download="{name}.csv" href="data:text/csv;charset=utf-8;base64,{content}">{w["download"]}</a>'
    return f'<details class="data"><summary>{w["data"]}</summary>{link}</details>'
