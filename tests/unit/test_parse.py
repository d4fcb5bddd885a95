"""Posts come out as plain text in blocks, whatever they were written in."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from pipeline.errors import PostError
from pipeline.parse import parse_post
from pipeline.parse.dates import parse_date
from pipeline.records import Post, RawPost, RepairReport
from tests.conftest import ROOT

CASES = [json.loads(line) for line in (ROOT / "tests/golden/parse.jsonl").read_text(encoding="utf-8").splitlines()]


def parse(text: str, kind: Any = "markdown", path: str = "posts/uno.md", **metadata: str) -> Post:
    return parse_post(RawPost("fuente", path, kind, b"", metadata), text, metadata, RepairReport())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_golden(case: dict[str, Any]) -> None:
    """Each shape gives exactly these blocks and inlines."""
    document = parse(case["input"]["text"], case["input"]["format"], title="T").document
    blocks: list[list[Any]] = []
    for block in document.blocks:
        extra = [block.row, block.column, block.header] if block.kind == "cell" else [block.level] * bool(block.level)
        blocks.append([block.kind, document.text[block.start : block.end], *extra])
    assert blocks == case["expected"]["blocks"]
    inlines = [[i.kind, document.text[i.start : i.end], i.href] for i in document.inlines]
    assert inlines == case["expected"]["inlines"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_blocks_tile_the_text(case: dict[str, Any]) -> None:
    """Blocks are sorted and apart, nothing but line breaks stands between them, and inlines lie within the text."""
    document = parse(case["input"]["text"], case["input"]["format"], title="T").document
    assert all(b.start < b.end for b in document.blocks)
    assert all(document.text[a.end : b.start] in {"\n", "\n\n"} for a, b in pairwise(document.blocks))
    assert document.blocks[0].start == 0
    assert document.blocks[-1].end == len(document.text)
    assert all(0 <= i.start < i.end <= len(document.text) for i in document.inlines)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("---\ntitle: Uno\n---\n", "Uno"),
        ("\ufeff---\ntitle: Uno\n---\n", "Uno"),
        ("\ufeff\n\n---\r\ntitle: Uno\r\n---\r\n", "Uno"),
        ('\n+++\ntitle = "Uno"\n+++\n', "Uno"),
        ('{"title": "Uno", "tags": []}\n', "Uno"),
        ("---\n# draft: true\ntitle: otra\ntitle: Uno\n\netiquetas:\n---\n", "Uno"),
        ("---\ntitle: 2024-01-02\n---\n", "2024-01-02"),
        ("---\ntitle: 2024\n---\n", "2024"),
        ("---\ntitle:\n---\n", None),
    ],
)
def test_front_matter(head: str, title: str | None) -> None:
    """Every kind of front matter is read and leaves nothing in the text; a title stays as it was written."""
    post = parse(head + "\nHola.")
    assert (post.title, post.document.text, post.draft) == (title, "Hola.", False)


@pytest.mark.parametrize(
    "text", ["\n---\n\nHola.\n\n---\n\nAdiós.", "---\n\nHola.", "---\nUna frase: no es campo\n---\nAdiós."]
)
def test_rule_is_no_front_matter(text: str) -> None:
    """A rule at the top of a note starts no front matter, with or without a second one."""
    assert "Hola." in parse(text).document.text or "Una frase" in parse(text).document.text


def test_org_head() -> None:
    """An org post has its head in keywords, or in TOML as other posts."""
    post = parse("#+title: Uno\n#+date: <2024-03-02 Sat>\n#+hugo_draft: true\n\nHola.", "org")
    assert (post.title, post.draft, post.document.text) == ("Uno", True, "Hola.")
    assert post.published == parse_date("2024-03-02")
    assert parse('+++\ntitle = "Dos"\n+++\n* Uno\nHola.', "org").title == "Dos"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\ntitle: Uno\nauthor: [a\n---\n", "line 4: the YAML"),
        ("---\ntitle: a: b\n---\n", "line 2: the YAML"),
        ('+++\ntitle = "a\n+++\n', "line 2: the TOML"),
        ('{"title": }\n', "line 1: the JSON"),
        ("---\ntitle: Uno\ndate: 2024-01-01\n\nHola.", "never closed"),
        ("---\ntitle: Uno\na: &a [1]\nb: [" + "*a, " * 30 + "]\n---\n", "aliases"),
        ("---\ntitle: Uno\nb:\n  " + "- " * 90_000 + "x\n---\n", "size"),
    ],
)
def test_broken_front_matter(text: str, said: str) -> None:
    """Front matter that cannot be read is refused with source, post and line."""
    with pytest.raises(PostError, match=said) as error:
        parse(text)
    assert "fuente: posts/uno.md, line" in str(error.value)
    assert error.value.stage == "parse"


def test_deep_html() -> None:
    """HTML nested beyond all reason is refused; in Markdown it is text all the same."""
    with pytest.raises(PostError, match="nested"):
        parse("<div>" * 50_000 + "hola", "html")
    assert parse("<div>" * 5_000 + "\n\nhola").document.text == "hola"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("0001-01-01", None),  # what programs write where there is no date
        ("1970-01-01T00:00:00Z", None),
        ("2024-01-21", "2024-01-21T00:00:00+00:00"),
        ("2024-01-21 10:00", "2024-01-21T10:00:00+00:00"),
        ("2024-01-21T9:05:00+01:00", "2024-01-21T09:05:00+01:00"),
        ("2024-01-21T09:05:00.123456-00:00", "2024-01-21T09:05:00+00:00"),
        ("2024-01-21 09:05:00 -0700", "2024-01-21T09:05:00-07:00"),
        ("Sun, 21 Jan 2024 09:05:00 GMT", "2024-01-21T09:05:00+00:00"),
        ("21 de enero de 2024", "2024-01-21T00:00:00+00:00"),
        ("January 21st, 2024", "2024-01-21T00:00:00+00:00"),
        ("[2024-01-21 Sun 10:00]", "2024-01-21T10:00:00+00:00"),
        ("2024-13-45", None),
        ("pronto", None),
    ],
)
def test_dates(written: str, iso: str | None) -> None:
    """The shapes that dates take; the zone is the author's, UTC where there is none."""
    found = parse_date(written)
    assert (found.isoformat() if found else None) == iso


def test_head_fields() -> None:
    """Authors in lists, draft in capitals, and the address with the post's own slug."""
    head = "---\ntitle: Uno\nauthors:\n- name: Ana Ríos\n- Leo Paz\ndraft: True\nslug: otro\npubDate: 2024-05-06\n---\nHola."
    post = parse(head, url="https://ejemplo.org/posts/uno/", base_url="https://ejemplo.org/")
    assert (post.author, post.draft, post.url) == ("Ana Ríos, Leo Paz", True, "https://ejemplo.org/posts/otro/")
    assert post.published == parse_date("2024-05-06")


def test_permalink() -> None:
    """The site's pattern is filled from date and slug."""
    head = "---\ntitle: Qué Día\ndate: 2024-05-06\n---\n"
    url = parse(head, base_url="https://ejemplo.org/", permalink="/:year/:month/:slug/").url
    assert url == "https://ejemplo.org/2024/05/qu%C3%A9-d%C3%ADa/"


def test_metadata_of_an_export() -> None:
    """A Substack post has its head outside the file."""
    post = parse(
        "<p>Hola.</p>", "html", title="Uno", published="2024-05-06T08:00:00.000Z", draft="true", audience="only_paid"
    )
    assert (post.title, post.draft, post.audience) == ("Uno", True, "only_paid")
    assert post.published == parse_date("2024-05-06T08:00:00Z")


def test_title_of_a_note() -> None:
    """A note without a head is named by its first heading, else by its file."""
    assert parse("# Uno\n\nHola.").title == "Uno"
    assert parse("Hola.", path="notas/Mi nota.md").title == "Mi nota"


def test_unclosed_element_swallows_nothing() -> None:
    """A frame that is opened in Markdown and never closed does not cost the rest of the post."""
    assert parse('Hola.\n\n<iframe src="x">\n\nAdiós.').document.text.endswith("Adiós.")
