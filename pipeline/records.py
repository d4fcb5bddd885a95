"""The values that the stages hand to each other. All are frozen; none knows where it came from or where it goes.

    RawPost  --repair, parse-->  Post (with its Document)  --extract-->  Extraction (mentions, claims)

Offsets are characters into `Document.text`, end exclusive: `text[start:end]` is the surface, always.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

BlockKind = Literal["heading", "paragraph", "item", "cell", "quote", "caption", "footnote"]
InlineKind = Literal["link", "code", "math", "lead"]
PostKind = Literal["post", "podcast", "video", "thread", "note", "page", "list"]
MentionKind = Literal["model", "org"]
Metric = Literal[
    "hardware_quantity", "parameters", "experts", "training_dataset_size", "context_length", "training_compute",
    "hardware_hours", "training_time", "training_cost", "price", "funding", "valuation", "revenue", "power", "energy",
    "memory", "throughput", "users", "benchmark_score",
]  # fmt: skip
Bound = Literal["exact", "approx", "min", "max", "range"]
Modality = Literal["stated", "planned", "rumored", "hypothetical", "negated"]
Scope = Literal["total", "active", "per_expert"]
Relation = Literal["product", "sum"]


@dataclass(frozen=True, slots=True)
class RawPost:
    """A post as its source holds it: bytes, and what the source knows about them beside the bytes.

    `path` is relative to the source's root, with `/`; it is the post's identity there. `format` says how to parse:
    `markdown`, `html`, `org`. `metadata` holds fields from outside the bytes (a row of posts.csv, a feed's item), under
    the names title, subtitle, author, published, url, language, audience, draft, kind, preview; values are text or
    None.
    """

    source_id: str
    path: str
    format: Literal["markdown", "html", "org"]
    content: bytes
    metadata: Mapping[str, str | None] = field(default_factory=dict)
    raw_key: str | None = None  # of what was fetched, where `content` is only a part of it


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the plain text with one function.

    `level`: of a heading 1-6, of a list item its depth from 1, else 0. Of a cell: `table` counts the tables of the
    document from 0, `row` and `column` count from 0, `header` marks column heads.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    table: int = -1
    row: int = -1
    column: int = -1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Inline:
    """A stretch inside a block: a link's text (`href` is its target), inline code, a LaTeX formula, or the bold words
    that a block begins with, its lead.
    """

    kind: InlineKind
    start: int
    end: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Plain text in reading order. Blocks are sorted, do not overlap, and are separated by newlines in the text."""

    text: str
    blocks: tuple[Block, ...] = ()
    inlines: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What repair did to a post. `codec` is None when nothing was done, else the chain, e.g. `macroman` or
    `cp1252+cp1252` for text that was broken twice; `changes` counts the places that changed.
    """

    codec: str | None = None
    changes: int = 0
    lost: int = 0  # characters beyond repair: U+FFFD left in the text


@dataclass(frozen=True, slots=True)
class Post:
    """A post, read: who, when, which language, and its plain text. `published` is None where no date is given."""

    source_id: str
    path: str
    document: Document
    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: datetime | None = None
    language: str = "und"  # ISO 639-1, or und
    draft: bool = False
    audience: str | None = None  # of Substack: everyone, only_paid, only_free, founding
    repair: RepairReport = RepairReport()
    kind: PostKind = "post"
    preview: bool = False  # only the beginning is known: cut off for those who do not pay, or a feed's summary


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name. `entity_id` is stable: `model:gpt-4-turbo`, `org:openai`."""

    kind: MentionKind
    name: str
    surface: str
    start: int
    end: int
    entity_id: str
    family: str | None = None
    maker: str | None = None
    emerging: bool = False  # not of a known family: found by its shape and context
    rule: str = ""  # which rule decided


@dataclass(frozen=True, slots=True)
class Claim:
    """One number claimed for one property. Values are in the metric's base unit (see the table in the README)."""

    metric: Metric
    value: float
    quote: str
    start: int
    end: int
    lower: float | None = None
    upper: float | None = None
    bound: Bound = "exact"
    modality: Modality = "stated"
    subject: str | None = None
    subject_id: str | None = None
    scope: Scope | None = None
    origin: Literal["text", "name"] = "text"
    hardware: str | None = None
    currency: str | None = None
    per: str | None = None
    benchmark: str | None = None
    rule: str = ""  # which rule tied the number to its subject
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Check:
    """Arithmetic that a post states, at `text[start:end]`: what its numbers give, and what it says that they give.

    `claims` are places in `Extraction.claims`: that of the result first, if it is a claim, then those of the parts.
    """

    relation: Relation
    start: int
    end: int
    expected: float
    found: float
    agrees: bool
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What is said in one post, each list in the order of the text."""

    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that could not be read: where, in which stage, and a message a person understands."""

    source_id: str
    location: str
    stage: str
    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Processed:
    """A post with all that was found in it, ready to load.

    `content_hash` is of the raw bytes and metadata; `extractor` names the rules and data that made the rest; `raw_key`
    finds the raw bytes in the raw store.
    """

    post_id: str
    content_hash: str
    extractor: str
    post: Post
    extraction: Extraction
    raw_key: str | None = None
