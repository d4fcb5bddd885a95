"""Raw posts that are none."""

from __future__ import annotations

import random

import pytest

from pipeline.process import process_batch
from pipeline.records import RawPost

PICTURE = b"\x89PNG\r\n\x1a\n" + random.Random(7).randbytes(5000)


@pytest.mark.parametrize("content", [PICTURE, bytes(5000), b"PK\x03\x04" + random.Random(9).randbytes(300)])
def test_a_binary_file_is_rejected(content: bytes) -> None:
    """A picture or an archive under the name of a post is not read as letters."""
    (reject,) = process_batch([RawPost("blog", "foto.md", "markdown", content)]).rejects
    assert reject.stage == "decode"
    assert "blog: foto.md: not a text but a binary file" in reject.message


@pytest.mark.parametrize("content", [b"", b"\0", b"Un \x1fresto, dos\0 restos.", "GPT-4 \0".encode("utf-16")])
def test_strays_do_not_make_a_post_binary(content: bytes) -> None:
    """Nor does an empty file, or a wide encoding, whose letters are half zeros."""
    assert process_batch([RawPost("blog", "a.md", "markdown", content)]).rejects == ()
