"""From a raw post to a processed one: decode, repair, parse, extract. Pure; this is what the worker processes run."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError, PostError
from pipeline.extract import extract
from pipeline.identity import content_hash, post_id
from pipeline.parse import parse_post
from pipeline.rawstore import raw_key
from pipeline.records import Processed, Reject
from pipeline.repair import decode, repair, repair_fields
from pipeline.version import extractor_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Post, RawPost


_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of some raw posts: each is in one of the two."""

    posts: tuple[Processed, ...] = ()
    rejects: tuple[Reject, ...] = ()


def read_post(raw: RawPost, *, restore_lost: bool = False) -> Post:
    """The post behind the bytes. Raises PostError where it cannot be read.

    The file is repaired whole and before it is parsed: front matter, markup and text are one body of evidence, and
    YAML refuses the control characters that damage leaves.
    """
    decoded = decode(raw.content, declared=raw.metadata.get("charset"), language=raw.metadata.get("language"))
    if _is_binary(decoded.text):
        raise PostError(
            f"{raw.source_id}: {raw.path}: not a text but a binary file (an image, an archive?); rename it",
            stage="decode",
        )
    body = repair(decoded.text, restore_lost=restore_lost)
    fields, in_fields = repair_fields(raw.metadata, body)
    report = body.report if body.report.codec else replace(body.report, codec=in_fields.codec)
    report = replace(report, changes=report.changes + in_fields.changes, lost=report.lost)
    return parse_post(raw, body.text, fields, report)


def _is_binary(text: str) -> bool:
    r"""True if control characters are not a few strays: one in fifty. Of random bytes they are every tenth.

    >>> _is_binary("\0\x01\x02\x03" * 5), _is_binary("Un\0 post con \x1frestos.")
    (True, False)
    """
    found = len(_CONTROLS.findall(text))
    return found > 8 and found * 50 > len(text)


def process(raw: RawPost) -> Processed:
    """The post and what is said in it. Raises PostError."""
    post = read_post(raw)
    identity = post_id(raw.source_id, raw.path)
    key = raw.raw_key or raw_key(raw.content)
    return Processed(identity, content_hash(raw), extractor_version(), post, extract(post), key)


def process_batch(raws: Sequence[RawPost]) -> Batch:
    """All that could be processed, and a reject for each post that could not: none is lost, none stops the others."""
    posts: list[Processed] = []
    rejects: list[Reject] = []
    for raw in raws:
        try:
            posts.append(process(raw))
        except PostError as error:
            rejects.append(Reject(raw.source_id, raw.path, error.stage, type(error).__name__, str(error)))
        except ConfigError:  # of the lexicon, say: no post can be read
            raise
        except Exception as error:  # noqa: BLE001 -- a defect of ours must cost one post, and be seen, not the run
            message = f"{raw.source_id}: {raw.path}: {error or 'no message'} (a defect in Recuento: please report it)"
            rejects.append(Reject(raw.source_id, raw.path, "process", type(error).__name__, message))
    return Batch(tuple(posts), tuple(rejects))
