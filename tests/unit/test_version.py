"""The version of what texts are read with."""

from __future__ import annotations

from pathlib import Path

from pipeline.resources import resource
from pipeline.version import DATA, RULES, extractor_version, fingerprint


def test_version_names_package_rules_and_data() -> None:
    """The version has three parts, so that a change of rules is told from one of data."""
    package, rest = extractor_version().split("+")
    rules, data = rest.split(".")
    assert package[0].isdigit()
    assert len(rules) == len(data) == 8


def test_changes_with_a_file_its_place_and_nothing_else(tmp_path: Path) -> None:
    """Nobody has to remember to raise it: a changed rule is another version; what is no part of it is not."""
    rule, other = tmp_path / "rules" / "one.py", tmp_path / "labels.toml"
    rule.parent.mkdir()
    rule.write_text("x = 1", encoding="utf-8")
    before = fingerprint(tmp_path, ["rules"])
    other.write_text("a = 1", encoding="utf-8")
    assert fingerprint(tmp_path, ["rules"]) == before
    rule.write_text("x = 2", encoding="utf-8")
    changed = fingerprint(tmp_path, ["rules"])
    (tmp_path / "rules" / "below").mkdir()
    rule.rename(tmp_path / "rules" / "below" / "one.py")
    assert len({before, changed, fingerprint(tmp_path, ["rules"])}) == 3


def test_all_that_reads_texts_counts() -> None:
    """Each room that a text goes through, and each table they read, is part of it; the files are there."""
    assert {"extract", "lexicon", "parse", "repair", "language.py", "process.py"} <= set(RULES)
    assert set(DATA) == {"cues", "language", "repair", "units"}
    code, data = Path(fingerprint.__code__.co_filename).parent, resource("data")
    for folder, parts in ((code, RULES), (data, DATA)):
        for part in parts:
            assert fingerprint(folder, [part]) != fingerprint(folder, [])
