"""How fast mentions and claims are found, beside spaCy's blank tokenizer on the same text in the same run.

`python tests/bench/bench_extract.py [FOLDER]`; without a folder the sample posts are read, repeated.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from pipeline.extract.claims import find_claims
from pipeline.extract.mentions.find import find_mentions
from pipeline.process import read_post
from pipeline.records import Post, RawPost
from pipeline.resources import resource
from pipeline.sources import recognise

ENOUGH = 2_000_000  # characters


def posts(folder: Path) -> list[Post]:
    """Posts of the folder, repeated until there is enough text to measure."""
    raws = [raw for source in recognise(folder) for raw in source.posts() if isinstance(raw, RawPost)]
    once = [post for post in map(read_post, raws) if post.document.text]
    size = sum(len(post.document.text) for post in once)
    return once * max(1, ENOUGH // size)


def clock(work: Callable[[Post], object], texts: list[Post]) -> float:
    """CPU seconds that the work takes over all posts, after one warm-up; what else runs on the machine does not count."""
    work(texts[0])
    start = time.process_time()
    for post in texts:
        work(post)
    return time.process_time() - start


def main() -> None:
    """Print one line a stage: megabytes and words a second on one core."""
    texts = posts(Path(sys.argv[1]) if len(sys.argv) > 1 else resource("data", "sample"))
    megabytes = sum(len(post.document.text.encode()) for post in texts) / 1e6
    words = sum(len(post.document.text.split()) for post in texts)
    blank = {language: spacy.blank(language) for language in ("es", "en")}
    stages: dict[str, Callable[[Post], object]] = {
        "spaCy blank tokenizer": lambda p: blank.get(p.language, blank["en"])(p.document.text),
        "mentions": lambda p: find_mentions(p.document, p.language, p.title),
        "mentions and claims": lambda p: find_claims(
            p.document, p.language, find_mentions(p.document, p.language, p.title), p.title
        ),
    }
    print(f"{megabytes:.1f} MB, {words} words")
    for name, work in stages.items():
        seconds = clock(work, texts)
        print(f"{name:24} {megabytes / seconds:6.2f} MB/s {words / seconds:10.0f} words/s")


if __name__ == "__main__":
    main()
