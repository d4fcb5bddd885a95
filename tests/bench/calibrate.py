"""Count how often each rule about subjects is right, and write `data/cues/subject_rules.csv`: the claims' confidence.

    python -m tests.bench.calibrate [GOLD_DIR POSTS_DIR]...

Counted are the sample posts and, where they are at hand, other annotated posts: a folder of gold files and the folder
that their paths start from (`../shared/gold/dev ../shared/corpora ../shared/gold/seeds ../shared/seeds`). Only numbers
that are found and that the annotation knows are counted; whether a number is a claim at all is another matter. The cases
of `tests/golden/subjects.jsonl` are not counted: they are written for the rules, and all but the marked ones are right.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.extract import extract
from pipeline.extract.claims.confidence import rule_of
from pipeline.process import read_post
from pipeline.records import RawPost
from pipeline.resources import resource
from pipeline.sources import recognise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.records import Claim

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Count and write."""
    places = [Path(argument).resolve() for argument in sys.argv[1:]]
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for claims, wanted in (*sample(), *gold(places)):
        for claim, is_right in matched(claims, wanted):
            rule = rule_of(claim.rule)
            seen[rule] += 1
            right[rule] += is_right
    write(resource("data", "cues", "subject_rules.csv"), right, seen)
    print(f"{sum(seen.values())} claims by {len(seen)} rules, {sum(right.values())} right")


def sample() -> Iterator[tuple[Sequence[Claim], list[dict[str, Any]]]]:
    """The claims found in the sample posts, and those that are expected."""
    cases = [json.loads(file.read_text("utf-8")) for file in sorted((ROOT / "tests/golden/sample").glob("*.json"))]
    yield from posts({case["path"]: case["claims"] for file in cases for case in file}, ROOT / "data" / "sample")


def gold(places: Sequence[Path]) -> Iterator[tuple[Sequence[Claim], list[dict[str, Any]]]]:
    """The same of other annotated posts."""
    for folder, corpora in zip(places[::2], places[1::2], strict=True):
        cases = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.json"))]
        yield from posts({case["path"]: case["claims"] for case in cases}, corpora)


def posts(wanted: dict[str, Any], folder: Path) -> Iterator[tuple[Sequence[Claim], list[dict[str, Any]]]]:
    """The claims found in the posts of a folder that the annotation names."""
    roots = {folder / path.split("/")[0] for path in wanted} if any("__" in path for path in wanted) else {folder}
    for source in (source for root in sorted(roots) if root.exists() for source in recognise(root)):
        for raw in source.posts():
            path = (source.root / raw.path).relative_to(folder).as_posix() if isinstance(raw, RawPost) else ""
            if isinstance(raw, RawPost) and path in wanted:
                yield extract(read_post(raw)).claims, wanted[path]


def matched(claims: Sequence[Claim], wanted: list[dict[str, Any]]) -> Iterator[tuple[Claim, bool]]:
    """The claims that the annotation knows, each with whether its subject is right; the right ones are paired first."""
    free = [want for want in wanted if "subject" in want and not want.get("optional")]
    for is_right in (True, False):
        for claim in claims:
            want = next((w for w in free if _is_same(claim, w) and (not is_right or _has_subject(claim, w))), None)
            if want is not None:
                free.remove(want)
                yield claim, is_right


def _is_same(claim: Claim, want: dict[str, Any]) -> bool:
    values = [want["value"], *want.get("values", [])]
    quote = want.get("quote")
    return (
        claim.metric in _list(want["metric"])
        and any(abs(claim.value - float(value)) <= 0.005 * abs(float(value)) for value in values)
        and (not quote or quote in claim.quote or claim.quote in quote)
    )


def _has_subject(claim: Claim, want: dict[str, Any]) -> bool:
    return _plain(claim.subject) in {_plain(name) for name in _list(want["subject"])}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(name: str | None) -> str | None:
    return None if name is None else name.replace(" ", "").replace("-", "").replace("_", "").lower()


def write(path: Path, right: Counter[str], seen: Counter[str]) -> None:
    """The file anew: its comments, its rules in their order, with the counts."""
    lines = path.read_text(encoding="utf-8").splitlines()
    done = [line for line in lines if line.startswith(("#", "rule,"))]
    rules = [line.rsplit(",", 2)[0] for line in lines if line not in done]
    if unknown := set(seen) - {rule.strip('"') for rule in rules}:
        sys.exit(f"{path} lacks the rules: {', '.join(sorted(unknown))}")
    counted = [f"{rule},{right[rule.strip(chr(34))]},{seen[rule.strip(chr(34))]}" for rule in rules]
    path.write_text("\n".join([*done, *counted]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
