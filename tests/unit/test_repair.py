import re

import ftfy
import pytest

from pipeline.records import RepairReport
from pipeline.repair import Repaired, repair, repair_fields, replay
from pipeline.repair.edits import Change, Edit, Trail
from pipeline.repair.swap import language_of
from tests.cases import cases

CASES = cases("repair.jsonl")
ORIGINS = {"wild", "synthetic", "negative", "known failure"}

SPANISH = (
    '---\ntitle: "¿Cuánto consume un modelo?"\n---\n\n'
    "El año pasado costó más: según «la compañía», 3 M€…\n\n"
    "| país | días |\n|---|---|\n| España | 2,5 ± 0,1 |\n\n“Así es”, añadió — y se fue. 👋🏽\n"
)


def sloppy(text, codec):
    """Read UTF-8 in another encoding as browsers do: an undefined byte becomes its C1 control."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("case", [c for c in CASES if c["origin"] != "known failure"], ids=lambda case: case["label"])
def test_golden(case):
    """Each golden case comes back as expected, can be replayed, and is not repaired any further."""
    found = repair(case["input"])
    assert found.text == case["expected"]
    assert replay(case["input"], found.changes) == found.text
    assert repair(found.text).text == found.text


@pytest.mark.parametrize("case", [c for c in CASES if c["origin"] == "known failure"], ids=lambda case: case["label"])
def test_known_failures_still_fail(case):
    """A known failure that comes out right is no longer one: move it."""
    assert repair(case["input"]).text != case["expected"]


def test_golden_cases_are_well_formed():
    """Labels are unique, origins are of the four kinds, and negatives expect what they give."""
    assert len({case["label"] for case in CASES}) == len(CASES)
    assert {case["origin"] for case in CASES} == ORIGINS
    assert all(case["input"] == case["expected"] for case in CASES if case["origin"] == "negative")


@pytest.mark.parametrize("codec", ["mac_roman", "cp1252", "latin-1", "cp1254", "cp437", "cp850", "cp1250", "iso8859-2"])
def test_whole_document_comes_back(codec):
    """A document broken as a whole comes back to the letter, and names what broke it."""
    found = repair(sloppy(SPANISH, codec))
    assert found.text == SPANISH
    assert found.report.codec == {"mac_roman": "macroman", "iso8859-2": "iso-8859-2"}.get(codec, codec)


@pytest.mark.parametrize(("codec", "chain"), [("mac_roman", "macroman+macroman"), ("cp1252", "cp1252+cp1252")])
def test_broken_twice(codec, chain):
    """The chain of a text that was broken twice has both links, and each place is one change of the original."""
    broken = sloppy(sloppy(SPANISH, codec), codec)
    found = repair(broken)
    assert found.text == SPANISH
    assert found.report.codec == chain
    assert all(broken[change.start : change.end] == change.before for change in found.changes)


def test_more_than_ftfy_repairs():
    """What ftfy leaves in single words is repaired: á and ú by way of Mac Roman, ¿ by way of cp437."""
    for broken, whole in {"m√°s": "más", "p√∫blico": "público", "┬┐Pasa algo?": "¿Pasa algo?"}.items():
        assert ftfy.fix_encoding(broken) == broken
        assert repair(broken).text == whole


def test_report_counts_places_and_losses():
    """The report has the chains, the number of changed places, and the number of U+FFFD that remain."""
    found = repair("Dijo: â€œasÃ­ esâ€� y el a√±o acab√≥")
    assert found.report == RepairReport("cp1252, macroman", 5, 1)
    assert [change.after for change in found.changes] == ["“", "í", "�", "ñ", "ó"]
    assert all(change.reason for change in found.changes)


def test_clean_text_is_the_same_object():
    """ASCII is handed back at once, clean text without changes."""
    text = "plain &amp; simple"
    assert repair(text).text is text
    assert repair(SPANISH) == Repaired(SPANISH)


def test_lost_letters_stay_visible():
    """U+FFFD stays and is counted, and so do question marks, unless restoring is asked for."""
    text = "los dem��s, la configuraci??n y la secci?n"
    assert repair(text) == Repaired(text, RepairReport(None, 0, 2))


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("los dem��s", "los demás"),
        ("la configuraci??n", "la configuración"),
        ("LA CONFIGURACI�N", "LA CONFIGURACIÓN"),
        ("una secci?n, ma��ana", "una sección, mañana"),
        ("la clavícula, o sea, la clav��cula", "la clavícula, o sea, la clavícula"),
        ("Vino de �frica", "Vino de África"),
        ("est� aqu�", "est� aquí"),  # esté, está
        ("¿qué??no", "¿qué??no"),
        ("http://a.example/x?y=1&z??n", "http://a.example/x?y=1&z??n"),
        ("a �b�", "a �b�"),
        ("REPLACE(s, '�', '')", "REPLACE(s, '�', '')"),
    ],
)
def test_lost_letters_restored_where_certain(text, restored):
    """On request a gap is filled when only one known word fits it."""
    assert repair(text, restore_lost=True).text == restored


def test_fields_use_the_evidence_of_the_text():
    """A title too short to be certain is repaired where the text was broken the same way, else left."""
    body = repair("Sarà più caro: perché? Così è.".encode().decode("mac_roman"))
    fields, report = repair_fields({"title": "pi√π", "x": "√π", "author": None}, body)
    assert fields == {"title": "più", "x": "ù", "author": None}
    assert report == RepairReport("macroman", 2, 0)
    alone, none = repair_fields({"x": "√π"}, Repaired("nada"))
    assert alone == {"x": "√π"}
    assert none == RepairReport()


def test_field_broken_while_text_is_fine():
    """A title broken in the feed is repaired whatever the text is like."""
    fields, report = repair_fields({"title": "QuÃ© pasÃ³"}, repair("Todo está bien aquí."))
    assert fields["title"] == "Qué pasó"
    assert report.changes == 2


def test_replay_refuses_another_text():
    """Changes of one text are not applied to another."""
    with pytest.raises(ValueError, match=re.escape("offset 0: expected '√°'")):
        replay("otro", [Change(0, 2, "√°", "á", "macroman", "")])


def test_trail_joins_rounds():
    """An edit within, across and beside what an earlier round wrote is one change of the original."""
    trail = Trail("ab-cd-ef", "ab-cd-ef")
    trail.apply([Edit(0, 2, "XYZ", "one", ""), Edit(3, 5, "V", "one", "")])
    assert trail.text == "XYZ-V-ef"
    trail.apply([Edit(2, 5, "--", "two", ""), Edit(6, 8, "E", "two", "")])
    assert trail.text == "XY---E"
    assert [(c.start, c.end, c.after, c.codec) for c in trail.changes()] == [
        (0, 5, "XY--", "one+two"),
        (6, 8, "E", "two"),
    ]
    assert replay("ab-cd-ef", trail.changes()) == trail.text


def test_swapped_letters_need_a_language():
    """Mac Roman read as Windows-1252 is repaired in a text of a known language only, and not for its dashes."""
    swapped = "Los vecinos de la ciudad que no tienen más ni están aquí".encode("mac_roman").decode("cp1252")
    assert repair(swapped).text == "Los vecinos de la ciudad que no tienen más ni están aquí"
    assert repair("m‡s").text == "m‡s"
    assert repair("m‡s est‡n", language="es").text == "más están"
    dashes = "The model—large as it is—was trained by the lab—that’s all"
    assert repair(dashes).text == dashes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("la casa de los que no están", "es"),
        ("the house of the people", None),
        ("les données de la ville et du port", "fr"),
    ],
)
def test_language_by_function_words(text, language):
    """Function words tell the language, where its accented letters are known."""
    assert language_of(text) == language
