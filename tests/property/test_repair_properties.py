from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.repair import decode, repair, replay
from pipeline.repair.tables import DAMAGES

LETTERS = "abcdeghilmnoprstuvz    \n\n.,áéíóúñ¿¡ÁÉ«»“”—…üçàè€°😀👋🏽√π×≤─│中文Яя\xa0&;<>\"'"
ODD = "\x93Сѓ‡Ž—à\u0301\udc00Ã  el la de que �√±°©≠≥∫ÃÂâ€™œ\x9d\x81‚Äú├┬│íñ¬ø�?  í½¸Р°\ud83d\ude00&Atilde;"
clean = st.text(LETTERS, max_size=200)
odd = st.text(LETTERS + ODD, max_size=60)
SENTENCE = "El año pasado costó más, ¿no? Según la compañía, así será también aquí. "
TABLES = {name: {byte: chars[0] for byte, chars in enumerate(damage.table)} for name, damage in DAMAGES.items()}


def broken(text, damage):
    return "".join(TABLES[damage][byte] for byte in text.encode())


@settings(max_examples=300, deadline=None)
@given(st.one_of(odd, st.text(max_size=60)))
def test_repairing_the_repaired_changes_nothing(text):
    """Repair is idempotent, on text of any characters."""
    once = repair(text).text
    assert repair(once).text == once


@settings(max_examples=300, deadline=None)
@given(st.one_of(odd, st.text(max_size=60)))
def test_changes_replay(text):
    """The changes are of the original, in order, apart from each other, and give the repaired text."""
    found = repair(text, restore_lost=True)
    assert replay(text, found.changes) == found.text
    ends = [0, *(change.end for change in found.changes)]
    assert all(end <= change.start for end, change in zip(ends, found.changes, strict=False))
    assert found.report.changes == len(found.changes)


@settings(max_examples=200, deadline=None)
@given(clean, st.sampled_from(["macroman", "cp1252", "cp437", "cp850"]))
def test_what_was_broken_as_a_whole_comes_back(text, damage):
    """Any clean Spanish text that is broken as a whole comes back to the letter."""
    whole = SENTENCE + text
    assert repair(broken(whole, damage)).text == repair(whole).text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80))
def test_decode_never_fails(data):
    """Bytes of any kind give a text; UTF-8 gives its own."""
    found = decode(data)
    assert found.lost >= 0
    assert repair(found.text).text is not None


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1b\ufeff"), max_size=80))
def test_utf8_is_always_utf8(text):
    """Valid UTF-8 is read as such, whatever is declared."""
    assert decode(text.encode(), declared="cp1252").text == text
