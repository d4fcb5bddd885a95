"""What stands in each section of the report: a question to the warehouse, and its answer as HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.digest import query_digest
from pipeline.digest.summary import first_rows
from pipeline.report.charts import HEDGES, ROW, draw, log_axis
from pipeline.resources import resource
from pipeline.warehouse.read import Result, run_query
from pipeline.warehouse.sqlfiles import read_sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from duckdb import DuckDBPyConnection

    from pipeline.labels import Words

Row = dict[str, Any]

ENOUGH_POSTS = 100  # of a period, for its shares to say something
MONEY = {"training_cost", "funding", "valuation", "revenue"}
REASONS = ("record", "changed", "several sources")
FEWEST_POINTS = 3  # in a panel of values over time
COLOURS = ("one", "two", "three", "four", "five")  # for as many families whose prices get a curve


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its name among the labels, its content, and the data behind its charts."""

    name: str
    html: str
    tables: Mapping[str, Result] = field(default_factory=dict)
    note: str | None = None  # instead of the label's


def ask(connection: DuckDBPyConnection, name: str, **values: Any) -> Result:
    """The answer to a question of `sql/report`."""
    return run_query(connection, read_sql(resource("sql", "report", f"{name}.sql")).text, values)


def records(result: Result) -> list[Row]:
    """Rows by the names of their columns."""
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def lately(connection: DuckDBPyConnection) -> tuple[date, date] | None:
    """First and last of the days that the report calls lately; None in an empty warehouse."""
    found = ask(connection, "lately", enough=ENOUGH_POSTS).rows
    return (found[0][0], found[0][1]) if found else None


def highlights(connection: DuckDBPyConnection, w: Words) -> Section:
    """The numbers an editor should see first, each with its reason and a way to its sentence."""
    period = lately(connection)
    rows = first_rows(query_digest(connection, "new_claims", *period)) if period else []
    first = [row for row in rows if row["reason"] in REASONS]
    if not period or not first:
        return Section("highlights", f"<p>{w['none']}</p>", note="")
    lines = "".join(
        f'<li><span class="tag">{w[row["reason"].replace(" ", "_")]}</span> <b>{escape(row["subject"] or "")}</b> '
        f'<a href="#{row["claim_id"]}">{escape(w.money(row))}</a> {w[row["metric"]]} '
        f"<small>{escape(_where(row))}</small></li>"
        for row in first
    )
    note = w.raw("highlights_note").format(since=period[0], until=period[1])
    return Section("highlights", f'<ul class="first">{lines}</ul>', note=note)


def mentions(connection: DuckDBPyConnection, w: Words) -> Section:
    """Small charts of a name each, on the same scale: its share of the posts of each month."""
    tables, html = {}, ""
    for kind, label in (("model", "models"), ("org", "orgs")):
        result = tables[label] = ask(connection, "mentions_by_month", kind=kind, top=8, months=24)
        rows = records(result)
        top = max((row["share"] for row in rows), default=0)
        panels = [_panel(name, list(group), top, w) for name, group in groupby(rows, key=lambda row: row["name"])]
        html += f'<h3>{w[label]}</h3><div class="panels small">{"".join(panels) or w["none"]}</div>{_data(label, w)}'
    return Section("mentions", html, tables)


def _panel(name: str, rows: list[Row], top: float, w: Words) -> str:
    drawn = [
        {"month": f"{r['month']:%Y-%m-%d}", "share": r["share"],
         "tooltip": f"{name}, {r['month']:%Y-%m}: {w.percent(r['share'])}, {r['posts']} {w.raw('posts')}"}
        for r in rows
    ]  # fmt: skip
    peak = max(rows, key=lambda r: r["share"])
    alt = w.raw("mentions_alt").format(name=name, month=f"{peak['month']:%Y-%m}", share=w.percent(peak["share"]))
    return _figure(draw("mentions", alt, drawn, w, top=top), name)


def movers(connection: DuckDBPyConnection, w: Words) -> Section:
    """Two charts: who is named in more posts than before, and who in fewer."""
    period = lately(connection)
    if not period:
        return Section("movers", f"<p>{w['none']}</p>", note="")
    since, until = period
    result = query_digest(connection, "movers", since, until)
    rows = [row for row in records(result) if row["change"]]
    panels = [
        _movers(found[:12], label, colour, w)
        for label, colour, found in (
            ("rising", "var(--one)", [row for row in rows if row["change"] > 0]),
            ("falling", "var(--two)", [row for row in rows if row["change"] < 0]),
        )
        if found
    ]
    note = w.raw("movers_note").format(days=(until - since).days + 1, since=since, until=until)
    html = f'<div class="panels">{"".join(panels)}</div>{_data("movers", w)}' if panels else f"<p>{w['none']}</p>"
    return Section("movers", html, {"movers": result}, note)


def _movers(rows: list[Row], label: str, colour: str, w: Words) -> str:
    drawn = [
        {"name": r["name"], "points": 100 * r["change"],
         "tooltip": f"{r['name']}: {w.percent(r['share_before'] or 0)} → {w.percent(r['share'] or 0)} "
                    f"({r['posts_before']} → {r['posts']} {w.raw('posts')}; p = {w.number(r['chance'] or 0)})"}
        for r in rows
    ]  # fmt: skip
    chart = draw("movers", w.raw(label), drawn, w, height=ROW * len(drawn) + 50, colour=colour)
    return _figure(chart, w.raw(label))


def clusters(connection: DuckDBPyConnection, w: Words) -> Section:
    """The largest numbers of accelerators: a line a name, a point a firmness."""
    result = ask(connection, "clusters", top=25)
    rows = records(result)
    if not rows:
        return Section("clusters", f"<p>{w['none']}</p>")
    drawn = _points(rows, w, lambda row: {"label": row["subject"] or f"({_where(row)})"})
    height = ROW * len({r["label"] for r in drawn}) + 90
    alt = w.raw("clusters_alt").format(n=len(rows), largest=_tooltip(rows[0], w))
    chart = draw("clusters", alt, drawn, w, height=height, **log_axis([r["value"] for r in rows]))
    return Section("clusters", _wide(chart) + _data("clusters", w), {"clusters": result})


def values(connection: DuckDBPyConnection, w: Words) -> Section:
    """A chart a metric: what was claimed of named subjects, by day, on a logarithmic axis."""
    result = ask(connection, "values_over_time", top=250)
    by_metric = [(metric, list(group)) for metric, group in groupby(records(result), key=lambda row: row["metric"])]
    panels = [_values(metric, rows, w) for metric, rows in by_metric if len(rows) >= FEWEST_POINTS]
    html = f'<div class="panels">{"".join(panels)}</div>{_data("values", w)}' if panels else f"<p>{w['none']}</p>"
    return Section("values", html, {"values": result})


def _values(metric: str, rows: list[Row], w: Words) -> str:
    unit = f"{w.raw(metric)} (USD)" if metric in MONEY else w.raw(metric)
    largest = max(rows, key=lambda row: row["value"])
    alt = w.raw("values_alt").format(metric=unit, n=len(rows), largest=_tooltip(largest, w))
    axis = log_axis([row["value"] for row in rows], metric)
    return _figure(draw("values", alt, _points(rows, w), w, **axis), unit)


def prices(connection: DuckDBPyConnection, w: Words) -> Section:
    """Dollars for a million tokens: a point a price; a family's curve goes through the lowest of each day."""
    result = ask(connection, "prices", top=600)
    rows = [row for row in records(result) if row["currency"] == "USD"]
    if not rows:
        return Section("prices", f"<p>{w['none']}</p>")
    days: dict[str, set[date]] = {}
    for row in rows:
        days.setdefault(row["family"], set()).add(row["published_on"])
    often = sorted((name for name in days if len(days[name]) > 1), key=lambda name: (-len(days[name]), name))
    lines = often[: len(COLOURS)]
    others = w.raw("others")

    def line(row: Row) -> Row:
        return {"curve": row["family"] in lines, "line": row["family"] if row["family"] in lines else others}

    alt = w.raw("prices_alt").format(n=len(rows), low=w.number(min(r["value"] for r in rows)),
                                     high=w.number(max(r["value"] for r in rows)))  # fmt: skip
    axis = log_axis([row["value"] for row in rows])
    colours = [f"var(--{name})" for name in (*COLOURS[: len(lines)], "soft")]
    chart = draw("prices", alt, _points(rows, w, line), w, lines=[*lines, others], colours=colours, **axis)
    return Section("prices", _wide(chart) + _data("prices", w), {"prices": result})


def disputed(connection: DuckDBPyConnection, w: Words) -> Section:
    """The values of a thing on which posts disagree, side by side."""
    result = ask(connection, "disputed", top=40)
    groups = [list(group) for _, group in groupby(records(result), key=lambda row: row["place"])]
    if not groups:
        return Section("disputed", f"<p>{w['none']}</p>")
    cards = "".join(_card(group, w) for group in groups)
    return Section("disputed", f'<div class="cards">{cards}</div>{_data("disputed", w)}', {"disputed": result})


def _card(group: list[Row], w: Words) -> str:
    first = group[0]
    about = " · ".join(str(first[name]) for name in ("hardware", "currency", "per") if first[name])
    scope = "" if first["scope"] == "total" else f" ({escape(first['scope'])})"
    columns = "".join(
        f'<li><a class="value" href="#{r["claim_id"]}">{escape(w.short(r["value"]))}</a> '
        f"<span>{escape(_said_by(r, w))}</span> <q>{escape(r['quote'])}</q> <small>{escape(_where(r))}</small></li>"
        for r in group
    )
    note = f'<p class="note">{w["denied"]}</p>' if len(group) == 1 else ""
    plan = f", {w['planned']}" if first["is_planned"] else ""
    head = f"{escape(first['subject'])}: {w[first['metric']]}{scope}{plan}{' · ' + escape(about) if about else ''}"
    return f"<article><h3>{head}</h3><ul>{columns}</ul>{note}</article>"


def _said_by(row: Row, w: Words) -> str:
    counted = f"{row['sources']} {w.raw('source' if row['sources'] == 1 else 'sources')}"
    return counted if row["stated"] else f"{counted}, {w.raw('rumored')}"


def _points(rows: list[Row], w: Words, more: Callable[[Row], Row] = lambda _: {}) -> list[Row]:
    """Claims as points of a chart that lead to the table of claims; the less firm, the later drawn, to be seen."""
    return [
        {"value": row["value"], "day": row["published_on"] and row["published_on"].isoformat(),
         "hedge": w.raw(row["modality"]), "tooltip": _tooltip(row, w), "href": f"#{row['claim_id']}", **more(row)}
        for row in sorted(rows, key=lambda row: HEDGES.index(row["modality"]))
    ]  # fmt: skip


def _tooltip(row: Row, w: Words) -> str:
    about, day = row["subject"] or row["title"] or "", row["published_on"] or "—"
    return f"{about}: {w.number(row['value'])}, «{row['quote']}», {w.raw(row['modality'])}, {day}"


def _where(row: Mapping[str, Any]) -> str:
    day = row.get("published_on") or row.get("first_claimed_on") or "—"
    return f"{row['title'] or row['source']}, {day}"


def _figure(chart: str, caption: str = "") -> str:
    return f"<figure>{f'<figcaption>{escape(caption)}</figcaption>' if caption else ''}{chart}</figure>"


def _wide(chart: str) -> str:
    """A chart that needs the width of a screen: on a phone it is scrolled, by finger or keyboard."""
    return f'<div class="scroll" tabindex="0">{_figure(chart)}</div>'


def _data(name: str, w: Words) -> str:
    """Where the script puts the rows behind a chart, and the button that saves them."""
    return f'<details class="data" data-table="{name}"><summary>{w["data"]}</summary></details>'


def all_sections(connection: DuckDBPyConnection, w: Words) -> Iterable[Section]:
    """The sections with charts, in the order of the page."""
    return [make(connection, w) for make in (highlights, mentions, movers, values, clusters, prices, disputed)]
