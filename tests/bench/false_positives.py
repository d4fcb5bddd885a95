"""What is found in posts that are about other things: names of models and claims, each of which is false or beside the
point.

`python -m tests.bench.false_positives YEAR TREE…` reads the posts of the trees that were published before YEAR (2018:
before there were language models to write about), prints each find with the words around it, and counts.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.extract import extract
from pipeline.process import read_post
from pipeline.records import Post, RawPost
from pipeline.sources import recognise

_CORE = {"hardware_quantity", "parameters"}
_AROUND = 50  # characters


def posts(tree: Path, year: int) -> Iterator[Post]:
    """The tree's posts that have a date, and one before the year."""
    for source in recognise(tree):
        for raw in source.posts():
            if isinstance(raw, RawPost):
                post = read_post(raw)
                if post.published is not None and post.published.year < year:
                    yield post


def main() -> None:
    year, trees = int(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]]
    read, models, claims = 0, 0, Counter[str]()
    for tree in trees:
        for post in posts(tree, year):
            read += 1
            found = extract(post)
            names = [mention for mention in found.mentions if mention.kind == "model"]
            models += len(names)
            claims.update(claim.metric for claim in found.claims)
            finds = [("model", name.start, name.end) for name in names]
            for what, start, end in [*finds, *((claim.metric, claim.start, claim.end) for claim in found.claims)]:
                words = " ".join(post.document.text[max(0, start - _AROUND) : end + _AROUND].split())
                print(f"{what:18} {post.path[-40:]:40} {words}")
    core = sum(claims[metric] for metric in _CORE)
    print(f"{read} posts before {year}: {models} names of models, {core} core claims, claims {dict(claims)}")


if __name__ == "__main__":
    main()
