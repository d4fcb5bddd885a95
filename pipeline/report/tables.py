"""The report's tables as HTML text. Pure; text of posts is escaped here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.report.words import Words

COLUMNS = ("subject", "metric", "value", "modality", "quote", "source")


def claims_table(rows: Sequence[Mapping[str, Any]], total: int, w: Words) -> str:
    """All claims with the form that filters them; `total` is how many there are where not all are shown."""
    cut = ""
    if total > len(rows):
        cut = f'<p class="note">{escape(w.raw("claims_cut").format(shown=len(rows), all=total))}</p>'
    head = "".join(f'<th scope="col">{w[name]}</th>' for name in COLUMNS)
    body = "\n".join(claim_row(row, w) for row in rows)
    table = f'<table id="claims"><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>'
    return f'{cut}{_filter(rows, w)}<div class="wide">{table}</div>'


def _filter(rows: Sequence[Mapping[str, Any]], w: Words) -> str:
    selects = "".join(_select(name, sorted({row[name] for row in rows}), w) for name in ("metric", "modality"))
    field = f'<div><label for="words">{w["search"]}</label><input id="words" name="words" type="search"></div>'
    count = f'<p class="note" aria-live="polite"><span id="count">{len(rows)}</span> {w["shown"]}</p>'
    return f'<form id="filter" hidden>{field}{selects}</form>{count}'


def _select(name: str, values: Sequence[str], w: Words) -> str:
    options = "".join(f'<option value="{escape(value)}">{w[value]}</option>' for value in values)
    every = f'<option value="">{w["any"]}</option>'
    label = f'<label for="{name}">{w[name]}</label>'
    return f'<div>{label}<select id="{name}" name="{name}">{every}{options}</select></div>'


def claim_row(row: Mapping[str, Any], w: Words) -> str:
    """A claim; its quote opens the sentence, with the number marked."""
    before, quote, after = (escape(row[name]) for name in ("before", "quote", "after"))
    where = escape(f"{row['title'] or row['source_id']}, {row['published_on'] or '—'}")
    link = row["link"] or ""
    if link.startswith(("https://", "http://")):
        where = f'<a href="{escape(link)}" rel="noopener noreferrer">{where}</a>'
    return (
        f'<tr data-metric="{escape(row["metric"])}" data-modality="{escape(row["modality"])}">'
        f'<td>{escape(row["subject"] or "")}</td><td>{w[row["metric"]]}</td>'
        f'<td class="number">{escape(w.money(row))}</td><td><span class="tag">{w[row["modality"]]}</span></td>'
        f"<td><details><summary>{quote}</summary>…{before}<mark>{quote}</mark>{after}…</details></td><td>{where}</td></tr>"
    )


def plain_table(head: Sequence[str], lines: Sequence[Sequence[Any]], w: Words) -> str:
    """A table without a form; cells are HTML, a pair is (class, HTML)."""
    tops = "".join(f'<th scope="col">{w[name]}</th>' for name in head)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in lines)
    return f'<div class="wide"><table><thead><tr>{tops}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(cell: str | tuple[str, str]) -> str:
    return f'<td class="{cell[0]}">{cell[1]}</td>' if isinstance(cell, tuple) else f"<td>{cell}</td>"
