"""The text decides the language, where it says enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.language import detect, load_words, spanish_or_english

TEXTS = {
    "es": "No sabemos cuándo va a salir el próximo modelo, pero todos los rumores dicen que será más grande que este.",
    "en": "Nobody knows when the next model will be out, but all of the rumors say that it is going to be bigger.",
    "ca": "No sabem quan sortirà el proper model, però tots els rumors diuen que serà més gran que aquest i amb més dades.",
    "gl": "Non sabemos cando vai saír o próximo modelo, pero todos os rumores din que será máis grande ca este e cunha rede nova.",
    "pt": "Não sabemos quando vai sair o próximo modelo, mas todos os rumores dizem que será maior do que este e com uma rede.",
    "fr": "On ne sait pas quand le prochain modèle va sortir, mais toutes les rumeurs disent qu'il sera plus grand que le nôtre.",
    "de": "Niemand weiß, wann das nächste Modell kommt, aber alle sagen, dass es noch größer wird und nicht mehr so viel kostet.",
    "it": "Non sappiamo quando uscirà il prossimo modello, ma tutte le voci dicono che sarà più grande di questo e anche molto caro.",
    "pl": "Nikt nie wie, kiedy pojawi się następny model, ale wszyscy mówią, że będzie większy niż ten i że nie jest tani.",
    "zh": "没有人知道下一个模型什么时候发布，但是所有人都说 GPT-5 会更大。",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_detect(language: str, text: str) -> None:
    """One sentence is enough, and it overrules what the site says of itself."""
    assert detect(text) == language
    assert detect(text, "en") == language
    assert detect(text, "es") == language


@pytest.mark.parametrize("text", ["", "GPT-4, Llama 3, Qwen", "12.000 H100", "a a a a a a"])
def test_little_evidence(text: str) -> None:
    """Names and numbers have no language: the declared one stands."""
    assert detect(text) == "und"
    assert detect(text, "ca") == "ca"


def test_sentence() -> None:
    """Single sentences are told apart by few words."""
    assert spanish_or_english("tiene 1.800 expertos, según ellos", "en") == "es"
    assert spanish_or_english("it has 1,800 experts", "es") == "en"
    assert spanish_or_english("1.800", "en") == "en"


def test_word_table_names_its_mistakes(tmp_path: Path) -> None:
    """A wrong line is named with file and number."""
    table = tmp_path / "words.csv"
    table.write_text("language,words\nes,el la\nspanish,los\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"words\.csv:3"):
        load_words(table)
