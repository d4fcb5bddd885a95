"""Speed of repair beside `ftfy.fix_text`, on the same texts in one run, and how memory grows with one post.

Run by `make bench`. Each figure is the best of several rounds; the aims are ten times ftfy's speed on clean text and
twice on broken text.
"""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import ftfy

from pipeline.repair import repair

if TYPE_CHECKING:
    from collections.abc import Callable

_ES = (
    "## Cuánto consume un modelo\n\n"
    "El año pasado entrenaron un modelo de 70.000 millones de parámetros en un clúster de 16.000 GPU — según la "
    "compañía, “sin contratiempos”. ¿Es mucho? Depende: la energía costó 3 M€, y el agua…\n\n"
    "- Más parámetros no siempre es mejor: la razón está en los datos.\n- Nadie más lo ha comprobado todavía 🚀.\n\n"
)
_EN = (
    "## What a model uses\n\nLast year they trained a 70B model on 16,000 GPUs — “without a hitch”, says the company. "
    "It’s a lot? It depends: the energy was €3M, and the water… Nobody’s naïve about it.\n\n"
)
_KEEP = ftfy.TextFixerConfig(
    unescape_html=False, uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False,
    normalization=None, fix_line_breaks=False, remove_terminal_escapes=False, explain=False,
)  # fmt: skip


def texts() -> dict[str, str]:
    """What is measured: about 40,000 characters each, the size of a long post."""
    spanish, english = _ES * 100, _EN * 130
    data = spanish.encode()
    return {
        "clean, Spanish": spanish,
        "clean, English": english,
        "clean, ASCII": english.encode("ascii", "ignore").decode(),
        "broken, Mac Roman": data.decode("mac_roman"),
        "broken, cp1252": data.decode("sloppy-windows-1252"),
        "broken, cp1252 twice": data.decode("sloppy-windows-1252").encode().decode("sloppy-windows-1252"),
        "broken, one block": _ES * 99 + _ES.encode().decode("mac_roman"),
    }


def seconds(call: Callable[[str], object], text: str, rounds: int = 7) -> float:
    """The shortest time of some calls."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        call(text)
        best = min(best, time.perf_counter() - start)
    return best


def peak_bytes(text: str) -> int:
    """The most memory that repairing the text takes beyond the text itself."""
    tracemalloc.start()
    repair(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def main() -> None:
    """Print the tables."""
    print(f"{'text':22} {'MB/s':>8} {'ftfy':>8} {'times':>7}")
    for name, text in texts().items():
        size = len(text.encode()) / 1e6
        ours = seconds(repair, text)
        theirs = seconds(lambda t: ftfy.fix_text(t, _KEEP), text, rounds=3)
        print(f"{name:22} {size / ours:8.1f} {size / theirs:8.1f} {theirs / ours:7.1f}")
    print("\nmemory, Mac Roman, bytes for a character of the post")
    for times in (10, 100, 1000):
        broken = (_ES * times).encode().decode("mac_roman")
        print(f"{len(broken):>10} characters {peak_bytes(broken) / len(broken):8.1f}")


if __name__ == "__main__":
    main()
