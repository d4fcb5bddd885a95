"""How many numbers are read at their true value: Recuento beside two quantity libraries, and how fast.

Run by `make bench`. The sentences are those of `tests/golden/numbers.jsonl`: written for this project, so they are hard
where its readers' posts are hard; a library is not blamed for what else it reads, only asked whether the true value is
among what it found. The libraries are no dependencies: where one is not installed, that is said, with the way to have it.
"""

from __future__ import annotations

import json
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.extract.numbers import read_numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[str, str], list[float]]

GOLDEN = Path(__file__).parents[1] / "golden" / "numbers.jsonl"


def recuento() -> Reader:
    """Values by Recuento's own grammar."""
    return lambda text, language: [float(number.value) for number in read_numbers(text, language)]


def quantulum() -> Reader:
    """Values by quantulum3, which knows English only: a Spanish sentence is read as English."""
    from quantulum3 import parser

    def read(text: str, language: str) -> list[float]:
        del language
        return [float(quantity.value) for quantity in parser.parse(text)]

    return read


def recognizers() -> Reader:
    """Values by Microsoft's recognizers-text, told the language."""
    from recognizers_number import recognize_number

    def read(text: str, language: str) -> list[float]:
        found = recognize_number(text, {"es": "es-es", "en": "en-us"}[language])
        values = [one.resolution["value"] for one in found if one.resolution and one.resolution["value"]]
        return [float(value.replace(",", ".")) for value in values]

    return read


def cases() -> list[tuple[str, str, list[float]]]:
    """Text, language and the values that are in it; sentences without a number are left out."""
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    return [
        (row["input"]["text"], row["input"]["language"], [number["value"] for number in row["expected"]])
        for row in rows
        if row["expected"]
    ]


def score(read: Reader, language: str) -> tuple[int, int, float]:
    """Numbers read right, numbers there are, and characters a second."""
    right = total = characters = 0
    start = time.perf_counter()
    for text, spoken, expected in cases():
        if spoken == language:
            found = read(text, language)
            right += sum(any(abs(have - want) <= 1e-9 * abs(want) for have in found) for want in expected)
            total += len(expected)
            characters += len(text)
    return right, total, characters / (time.perf_counter() - start)


def main() -> None:
    """Print one line a reader and language."""
    warnings.simplefilter("ignore")
    readers = {
        "recuento": (recuento, ""),
        "quantulum3": (quantulum, "pip install quantulum3"),
        "recognizers-text": (recognizers, "pip install recognizers-text-number 'emoji<2'"),
    }
    for name, (make, remedy) in readers.items():
        try:
            read = make()
        except ImportError:
            print(f"{name:18} not installed, not compared ({remedy})")
            continue
        for language in ("es", "en"):
            right, total, speed = score(read, language)
            print(f"{name:18} {language}  {right:3} of {total} numbers right  {speed / 1e6:6.2f} MB/s")


if __name__ == "__main__":
    main()
