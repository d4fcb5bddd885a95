"""Imported by the process that workers are forked from: each of them finds rules and words loaded.

Loading takes three seconds; this way it happens once, while the first posts are still being fetched.
"""

from __future__ import annotations

import pipeline.process  # noqa: F401 -- what workers run
from pipeline.extract import extract
from pipeline.records import Document, Post

_SENTENCES = {  # a number of every dimension: its words are loaded when one is read
    "es": "OpenAI pagó 5 $ por 80 GB, 3 h, 2 MW y 9.000 tokens de GPT-4, con 7B parámetros y 50 usuarios: 80 % MMLU.",
    "en": "OpenAI paid $5 for 80 GB, 3 h, 2 MW and 9,000 tokens of GPT-4, with 7B parameters and 50 users: 80% MMLU.",
}
for _language, _sentence in _SENTENCES.items():
    extract(Post("", "", Document(_sentence), language=_language))
