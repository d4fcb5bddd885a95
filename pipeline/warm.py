"""Imported by the process that workers are forked from: each of them finds rules, words and tokenizers loaded.

Loading takes three seconds; this way it happens once, while the first posts are still being fetched.
"""

from __future__ import annotations

import pipeline.process  # noqa: F401 -- what workers run
from pipeline.extract import extract
from pipeline.records import Document, Post

for _language in ("es", "en"):
    extract(Post("", "", Document(""), language=_language))
