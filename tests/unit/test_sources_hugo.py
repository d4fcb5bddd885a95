"""Hugo sites: which files are pages, their language and their address."""

import pytest

from pipeline.errors import SourceError
from pipeline.sources import recognise
from tests.unit.test_sources import NOTE, read, write


def languages(root):
    return {path: post.metadata["language"] for path, post in read(root)[0].items()}


def test_pages_of_all_formats_and_nothing_else(tmp_path):
    """Pages are what lies in content/; bundles' resources, headless bundles, data and output are none."""
    root = write(tmp_path / "sitio", {
        "config.yml": "title: Sitio\nbaseURL: https://sitio.test/\n", "README.md": NOTE, "data/x.md": NOTE,
        "public/y.html": "<p>", "themes/z/content/a.md": NOTE, "archetypes/default.md": NOTE,
        "content/a.md": NOTE, "content/b.markdown": NOTE, "content/c.html": "<p>c</p>", "content/d.org": NOTE,
        "content/e.json": "{}", "content/.oculto.md": NOTE, "content/index.md": NOTE,
        "content/p/bundle/index.md": NOTE, "content/p/bundle/recurso.md": NOTE, "content/p/bundle/mas/otro.md": NOTE,
        "content/p/headless/index.md": "---\nheadless: true\n---\nx\n", "content/p/suelta.md": NOTE,
    })  # fmt: skip
    posts, rejects = read(root)
    assert sorted(posts) == [
        "content/a.md", "content/b.markdown", "content/c.html", "content/d.org", "content/index.md",
        "content/p/bundle/index.md", "content/p/suelta.md",
    ]  # fmt: skip
    assert [posts[f"content/{name}"].format for name in ("b.markdown", "c.html", "d.org")] == [
        "markdown",
        "html",
        "org",
    ]
    assert not rejects


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("---\ntitle: Lista\n---\n", False),
        ("\ufeff+++\r\ntitle = 'Lista'\r\n+++\r\n<!-- nada -->\r\n{{< lista >}}\r\n", False),
        ("#+title: Lista\n", False),
        ("---\ntitle: Lista\n---\nUn texto propio.\n", True),
    ],
)
def test_the_head_of_a_section_is_a_post_when_it_has_a_text(tmp_path, text, kept):
    """_index.md counts only with a text of its own, and is marked as a list."""
    posts, _ = read(write(tmp_path / "s", {"content/post/_index.md": text, "content/post/a.md": NOTE}))
    assert ("content/post/_index.md" in posts) is kept
    if kept:
        assert posts["content/post/_index.md"].metadata["kind"] == "list"


def test_language_from_content_folders_of_the_configuration(tmp_path):
    """languages.*.contentDir says the language, in a folder of any name."""
    config = 'defaultContentLanguage = "es"\n[Languages.es]\ncontentDir = "castellano"\n[Languages.ca]\ncontentDir="./catala/"\n'
    root = write(tmp_path / "s", {"hugo.toml": config, "castellano/a.md": NOTE, "catala/a.md": NOTE})
    assert languages(root) == {"castellano/a.md": "es", "catala/a.md": "ca"}


def test_language_from_suffix_and_folder_as_configured(tmp_path):
    """Suffixes and folders count where the site has that language; the rest is in the default one."""
    config = '{"defaultContentLanguage": "en", "languages": {"en": {}, "zh": {}}}'
    root = write(tmp_path / "s", {
        "config/_default/config.json": config, "content/p/index.md": NOTE, "content/p/index.zh.md": NOTE,
        "content/v1.es.md": NOTE, "content/zh/b.md": NOTE,
    })  # fmt: skip
    assert languages(root) == {
        "content/p/index.md": "en", "content/p/index.zh.md": "zh", "content/v1.es.md": "en", "content/zh/b.md": "zh",
    }  # fmt: skip


def test_language_without_configuration_needs_certainty(tmp_path):
    """Plain codes count; a section called `ml` or `it` is no language, unless one beyond doubt stands beside it."""
    root = write(
        tmp_path / "s",
        {"content/it/a.md": NOTE, "content/ml/b.md": NOTE, "content/c.en.md": NOTE, "content/d.v2.md": NOTE},
    )
    assert languages(root) == {
        "content/it/a.md": None, "content/ml/b.md": None, "content/c.en.md": "en", "content/d.v2.md": None,
    }  # fmt: skip
    root = write(tmp_path / "t", {"content/it/a.md": NOTE, "content/es/a.md": NOTE, "content/blog/a.md": NOTE})
    assert languages(root) == {"content/it/a.md": "it", "content/es/a.md": "es", "content/blog/a.md": None}


def test_split_configuration_and_languagecode(tmp_path):
    """config/_default/languages.toml is the table of that name; a regional code is cut to the language."""
    root = write(tmp_path / "s", {
        "config/_default/hugo.toml": 'languageCode = "es-ES"\nbaseURL = "https://s.test"\n',
        "config/_default/languages.toml": "[en]\ntitle='x'\n[es]\ntitle='y'\n",
        "content/a.md": NOTE, "content/a.en.md": NOTE,
    })  # fmt: skip
    assert languages(root) == {"content/a.md": "es", "content/a.en.md": "en"}


def test_addresses_from_the_path(tmp_path):
    """url follows Hugo's default or a pattern that the path fills; other patterns are handed on for the parser."""
    config = """
baseURL: https://s.test/blog/
defaultContentLanguage: es
languages: {es: {}, en: {}}
permalinks: {nota: "/:filename/", p: "/:year/:slug/"}
"""
    root = write(tmp_path / "s", {
        "hugo.yaml": config, "content/post/Hola Mundo.md": NOTE, "content/post/hola.en.md": NOTE,
        "content/nota/x/index.md": NOTE, "content/p/a.md": NOTE, "content/post/_index.md": NOTE,
    })  # fmt: skip
    posts, _ = read(root)
    assert {path: post.metadata["url"] for path, post in posts.items()} == {
        "content/post/Hola Mundo.md": "https://s.test/blog/post/hola-mundo/",
        "content/post/hola.en.md": "https://s.test/blog/en/post/hola/",
        "content/nota/x/index.md": "https://s.test/blog/x/",
        "content/p/a.md": None,
        "content/post/_index.md": "https://s.test/blog/post/",
    }
    assert posts["content/p/a.md"].metadata["permalink"] == "/:year/:slug/"
    assert posts["content/p/a.md"].metadata["base_url"] == "https://s.test/blog/"


def test_a_placeholder_address_is_none(tmp_path):
    """The baseURL that Hugo writes into a new site is not the site's."""
    (source,) = recognise(
        write(tmp_path / "s", {"hugo.toml": 'baseURL = "https://example.org/"', "content/a.md": NOTE})
    )
    assert source.base_url is None


@pytest.mark.parametrize(("name", "text"), [("hugo.toml", "x = = 1"), ("config.yaml", "a: [1"), ("hugo.json", "[]")])
def test_a_broken_configuration_is_told_and_costs_no_post(tmp_path, name, text):
    """The pages come with Hugo's defaults, and a reject names the file."""
    posts, rejects = read(write(tmp_path / "s", {name: text, "content/a.md": NOTE}))
    assert list(posts) == ["content/a.md"]
    assert [(r.location, r.error) for r in rejects] == [(name, "ConfigError")]
    assert "\n" not in rejects[0].message


def test_content_outside_the_site_is_not_read(tmp_path):
    """A contentDir that climbs out is rejected with what to do."""
    write(tmp_path, {"s/hugo.toml": 'contentDir = "../otro"\n', "otro/a.md": NOTE})
    posts, rejects = read(tmp_path / "s")
    assert not posts
    assert "lies outside the site; name that folder" in rejects[0].message


def test_a_site_without_pages_is_an_error(tmp_path):
    """An empty content folder is no success with nothing."""
    root = write(tmp_path / "s", {"hugo.toml": "", "content/.keep": ""})
    with pytest.raises(SourceError, match="a Hugo site without pages in content; check contentDir"):
        read(root)
