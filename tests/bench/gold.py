"""Extract only the posts that have gold annotations: `python -m tests.bench.gold GOLD_DIR CORPORA > predictions.jsonl`.

Reading all of the corpora for the sake of a few posts would take a minute; this takes seconds.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline.extract import extract
from pipeline.process import read_post
from pipeline.records import RawPost
from pipeline.serialize import to_json
from pipeline.sources import recognise


def main() -> None:
    gold, corpora = (Path(argument).resolve() for argument in sys.argv[1:3])
    wanted = {json.loads(file.read_text(encoding="utf-8"))["path"] for file in gold.rglob("*.json")}
    for tree in sorted({path.split("/")[0] for path in wanted}):
        for source in recognise(corpora / tree):
            for raw in source.posts():
                if isinstance(raw, RawPost):
                    path = (source.root / raw.path).relative_to(corpora).as_posix()
                    if path in wanted:
                        post = read_post(raw)
                        print(json.dumps(to_json(post, extract(post), path), ensure_ascii=False))


if __name__ == "__main__":
    main()
