"""The lexicon: what the shipped one holds, and how the loader speaks of mistakes."""

from __future__ import annotations

import pytest

from pipeline.errors import ConfigError
from pipeline.extract.mentions.find import find_mentions
from pipeline.lexicon import load_lexicon
from pipeline.records import Document

ORGANIZATIONS = "name,aliases,kind,country,parent,ambiguous,source,note\n"
FAMILIES = "family,maker,aliases,modality,first_year,variants,versions,ambiguous,source,note\n"


def folder(tmp_path, organizations="", families="", **more):
    (tmp_path / "organizations.csv").write_text(ORGANIZATIONS + organizations, encoding="utf-8")
    (tmp_path / "families.csv").write_text(FAMILIES + families, encoding="utf-8")
    for name, text in more.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_shipped_lexicon_is_valid():
    """The lexicon that comes with the package passes its own validator, and every style names a spelling of a family."""
    lexicon = load_lexicon()
    assert {"OpenAI", "Anthropic", "Google"} <= {org.name for org in lexicon.organizations}
    assert {"GPT", "Claude", "Llama"} <= {family.name for family in lexicon.families}


def test_every_maker_of_a_family_is_an_organization_that_can_be_found():
    """`maker` joins mentions of families to organizations, so it must be a canonical name there."""
    lexicon = load_lexicon()
    assert {f.maker for f in lexicon.families if f.maker} <= {org.name for org in lexicon.organizations}


def test_every_name_is_found_where_it_is_called_what_it_is():
    """In a note that says nothing else, the words "modelo de lenguaje" and "la empresa" are enough for any name."""
    lexicon = load_lexicon()
    missed = []
    for frame, records in (
        ("El modelo de lenguaje {} se presentó ayer.", lexicon.families),
        ("En inteligencia artificial, la empresa {} anunció ayer un modelo de lenguaje.", lexicon.organizations),
    ):
        for name in (record.name for record in records):
            found = find_mentions(Document(frame.format(name)), "es")
            missed += [] if any(m.surface in name or name in m.surface for m in found) else [name]
    assert set(missed) == {"o-series", "X"}  # whose members have names; a letter means many things


def test_lists_and_comments(tmp_path):
    """Fields hold lists parted by `|`; lines that begin with # are comments."""
    lexicon = load_lexicon(
        folder(tmp_path, "# labs\nFoo Lab,Foo|FL,lab,ES,,Foo,x,\n", "Bar,Foo Lab,,code,2020,Max|mini,num,,,\n")
    )
    assert lexicon.organizations[0].forms == ("Foo Lab", "Foo", "FL")
    assert lexicon.families[0].variants == ("Max", "mini")
    assert lexicon.organization("Foo Lab") is lexicon.organizations[0]


def test_same_folder_is_read_once(tmp_path):
    """The lexicon is frozen and shared."""
    place = folder(tmp_path)
    assert load_lexicon(place) is load_lexicon(place)


def test_fingerprint_follows_the_data(tmp_path):
    """Any change of the data changes the fingerprint, so that the next run extracts again."""
    (one := tmp_path / "one").mkdir()
    (two := tmp_path / "two").mkdir()
    (same := tmp_path / "same").mkdir()
    first = load_lexicon(folder(one, "Foo,,lab,,,,,\n")).fingerprint
    assert load_lexicon(folder(two, "Foo,Fu,lab,,,,,\n")).fingerprint != first
    assert load_lexicon(folder(same, "Foo,,lab,,,,,\n")).fingerprint == first


@pytest.mark.parametrize(
    ("organizations", "families", "place", "says"),
    [
        ("Foo,,church,,,,,\n", "", "organizations.csv:2", "kind is 'church'"),
        ("# note\n\nFoo,,lab,Spain,,,,\n", "", "organizations.csv:4", "country is 'Spain'"),
        ("Foo,,lab,,Bar,,,\n", "", "organizations.csv:2", "parent 'Bar'"),
        ("Foo,,lab,,,Fo,,\n", "", "organizations.csv:2", "ambiguous Fo"),
        ("Foo,,lab,,,,,\nFoo,,lab,,,,,\n", "", "organizations.csv:3", "line 2 already"),
        ("Foo,F,lab,,,,,\nBar,F,lab,,,,,\n", "", "organizations.csv:3", "'F' is a name in line 2"),
        ("Foo,,lab,,,,\n", "", "organizations.csv:2", "7 fields"),
        (",,lab,,,,,\n", "", "organizations.csv:2", "name is empty"),
        ("", "Bar,,,smell,,,,,,\n", "families.csv:2", "modality is 'smell'"),
        ("", "Bar,,,code,20,,,,,\n", "families.csv:2", "first_year is '20'"),
        ("", "Bar,Nobody,,code,,,,,,\n", "families.csv:2", "maker 'Nobody'"),
    ],
)
def test_mistakes_name_file_and_line(tmp_path, organizations, families, place, says):
    """A mistake is an error of the configuration that says where it is and what is wrong."""
    with pytest.raises(ConfigError) as caught:
        load_lexicon(folder(tmp_path, organizations, families))
    assert isinstance(caught.value, ConfigError)
    assert place in str(caught.value)
    assert says in str(caught.value)


def test_wrong_header(tmp_path):
    """A header that is not the schema's is refused, with the one that was expected."""
    (tmp_path / "organizations.csv").write_text("name,kind\nFoo,lab\n", encoding="utf-8")
    (tmp_path / "families.csv").write_text(FAMILIES, encoding="utf-8")
    with pytest.raises(ConfigError, match="expected name,aliases"):
        load_lexicon(tmp_path)


def test_missing_file(tmp_path):
    """A folder without the two main files is no lexicon."""
    with pytest.raises(ConfigError, match=r"organizations\.csv: not found"):
        load_lexicon(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("renames", "old,new,kind,date,relation,source\nFoo,Bar,org,May,rename,\n", "date is 'May'"),
        ("renames", "old,new,kind,date,relation,source\nFoo,Bar,org,2021,divorce,\n", "relation is 'divorce'"),
        ("naming", "family,first,rest,order,note\nFoo,dash,space,,\n", "first is 'dash'"),
        ("naming", "family,first,rest,order,note\nFoo,space,space,up,\n", "order is 'up'"),
        ("words", "role,words,note\nsong,a|b,\n", "role is 'song'"),
        ("words", "role,words,note\n\nmonth,a|b,\nmonth,c|b,\n", "'b' stands in an earlier line of month"),
    ],
)
def test_mistakes_in_the_smaller_files(tmp_path, name, text, says):
    """Renames, styles and words are checked as well."""
    with pytest.raises(ConfigError, match=r":[24]: ") as caught:
        load_lexicon(folder(tmp_path, **{name: text}))
    assert says in str(caught.value)
