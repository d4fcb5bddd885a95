"""Recorded feeds: what is taken from an item, and what XML may not do."""

import pytest

from pipeline.errors import SourceError
from pipeline.sources import recognise
from tests.unit.test_sources import read, write

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
<channel><title><![CDATA[La carta]]></title><link>https://carta.test</link><language>es-ES</language>
<image><title>Logo</title><link>https://otra.test</link></image>
<item><title><![CDATA[Uno &amp; dos]]></title><description>Un subtítulo</description>
<link>https://carta.test/p/uno</link><guid isPermaLink="false">https://carta.test/p/uno</guid>
<dc:creator>Ana</dc:creator><pubDate>Wed, 14 Jan 2026 15:42:15 GMT</pubDate>
<content:encoded><![CDATA[<p>Hola&nbsp;<b>mundo</b></p>]]></content:encoded></item>
<item><title>Tres&nbsp;cuatro</title><description>&lt;p&gt;Solo resumen&lt;/p&gt;</description><guid>x-3</guid></item>
<item><title>Vacía</title><link>https://carta.test/p/vacia</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Site</title>
<link rel="self" href="https://s.test/feed"/><link href="https://s.test/"/><author><name>Bea</name></author>
<entry><title>One</title><id>tag:s.test,2025:1</id><link rel="enclosure" href="https://s.test/a.mp3"/>
<link href="https://s.test/one/"/><published>2025-03-01T00:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div></content></entry></feed>"""


def test_an_rss_item_gives_its_full_text_and_fields(tmp_path):
    """content:encoded is the post; a summary stands in where there is none, and no text at all is a reject."""
    root = write(tmp_path / "canal", {"public/feed.xml": RSS})
    (source,) = recognise(root)
    assert (source.kind, source.title, source.base_url) == ("feed", "La carta", "https://carta.test")
    assert source.root == root / "public"
    posts, rejects = read(root)
    first, second = posts.values()
    assert first.path == "feed.xml#uno"
    assert first.metadata == {
        "title": "Uno &amp; dos", "subtitle": "Un subtítulo", "author": "Ana", "published": "Wed, 14 Jan 2026 15:42:15 GMT",
        "url": "https://carta.test/p/uno", "base_url": "https://carta.test", "kind": "post", "language": "es",
    }  # fmt: skip
    assert first.content.decode().replace("&#160;", "\u00a0") == "<p>Hola\u00a0<b>mundo</b></p>"
    assert first.format == "html"
    assert (second.content, second.metadata["title"]) == (b"<p>Solo resumen</p>", "Tres cuatro")
    assert [r.location for r in rejects] == ["feed.xml#vacia"]


def test_an_atom_entry_gives_the_same(tmp_path):
    """Atom's links, authors and xhtml content are understood."""
    posts, _ = read(write(tmp_path / "canal", {"s.atom": ATOM}))
    (post,) = posts.values()
    assert post.path == "s.atom#one"
    assert b"<p>Text</p>" in post.content
    metadata = post.metadata
    assert (metadata["url"], metadata["author"], metadata["language"]) == ("https://s.test/one/", "Bea", "en")
    assert metadata["published"] == "2025-03-01T00:00:00Z"


def test_a_feed_beside_a_site_is_not_read_twice(tmp_path):
    """A site's own feed among its output is no source of its own."""
    root = write(tmp_path / "s", {"content/a.md": "x\n", "public/index.xml": RSS})
    assert [source.kind for source in recognise(root)] == ["hugo"]


def test_a_template_is_no_feed(tmp_path):
    """Front matter before the XML is a generator's template."""
    root = write(tmp_path / "s", {"feed.xml": "---\nlayout: null\n---\n" + RSS})
    with pytest.raises(SourceError, match="no posts found"):
        recognise(root)


def test_broken_xml_is_read_as_far_as_it_goes(tmp_path):
    """A feed cut short still gives the items before the cut."""
    posts, _ = read(write(tmp_path / "s", {"feed.xml": RSS[: RSS.index("<item><title>Tres")]}))
    assert list(posts) == ["feed.xml#uno"]


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;">', '<!ENTITY % p SYSTEM "http://127.0.0.1/">'],
)  # fmt: skip
def test_declared_entities_are_refused(tmp_path, entity):
    """Neither a file's content nor a flood of text gets in by way of an entity."""
    text = f"<!DOCTYPE rss [{entity}]><rss><channel><item><title>t</title><description>&x;</description></item></channel></rss>"
    root = write(tmp_path / "s", {"feed.xml": text})
    with pytest.raises(SourceError, match="declares XML entities"):
        read(root)


def test_a_prefix_without_declaration_is_understood(tmp_path):
    """Feeds that forget to declare `content` or `dc` still give their full text."""
    text = "<rss><channel><item><title>t</title><content:encoded>&lt;p&gt;x&lt;/p&gt;</content:encoded><li:/></item></channel></rss>"
    posts, _ = read(write(tmp_path / "s", {"feed.xml": text}))
    assert [post.content for post in posts.values()] == [b"<p>x</p>"]
