"""Which posts are read again though they are the same: by other rules, or because a name of the lexicon changed.

Rules and data that bear on every text are in the extractor's version: with another version all posts are read again.
For the names of the lexicon the warehouse remembers what each spelling meant; the posts that hold one that means
something else are marked, and the run finds them as not current. A mark outlives a run that is killed, or that does not
come to the post's source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.reach import differing, finder, searched, spellings
from pipeline.lexicon import load_lexicon
from pipeline.version import extractor_version
from pipeline.warehouse import lexicon as known

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_TOLD = 5  # names


@dataclass(frozen=True, slots=True)
class Rereading:
    """How many of the known posts are to be read again: by other rules, or because they hold a name that changed in the
    lexicon; `names` are those that changed since the last run.
    """

    by_rules: int = 0
    by_names: int = 0
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Why posts are read again; empty where none are.

        >>> print(Rereading(by_names=12, names=("opus", "sonnet")))
        12 posts that hold a name changed in the lexicon (opus, sonnet)
        """
        told = ", ".join(self.names[:_MOST_TOLD]) + (" …" if len(self.names) > _MOST_TOLD else "")
        reasons = (
            (self.by_rules, "by other rules"),
            (self.by_names, "that hold a name changed in the lexicon" + (f" ({told})" if told else "")),
        )
        return "; ".join(f"{count} post{'s' * (count != 1)} {reason}" for count, reason in reasons if count)


def find_out(connection: DuckDBPyConnection) -> Rereading:
    """What of the known posts is to be read again. Those that hold a changed name are marked, and what the names mean
    now is remembered, both or neither.
    """
    lexicon = load_lexicon()
    names: frozenset[str] = frozenset()
    if known.fingerprint(connection) != lexicon.fingerprint:
        meant, means = known.spellings(connection), spellings(lexicon)
        # an empty warehouse, or one of a time before spellings were kept: its posts were read by other rules
        names = differing(meant, means) if meant else names
        found = finder(names)
        known.follow(connection, lexicon.fingerprint, means, lambda text: bool(names and found.search(searched(text))))
    by_rules, by_names = known.outdated(connection, extractor_version())
    return Rereading(by_rules, by_names, tuple(sorted(names)))
