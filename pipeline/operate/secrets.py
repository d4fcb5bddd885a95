"""Secrets stay outside: a setting names the environment variable, `${NAME}`, or the Prefect block, `${block:name}`,
that holds one. The value is put in where it is sent, nowhere else; what comes back is searched for it.
"""

from __future__ import annotations

import os
import re
from typing import cast

from pipeline.errors import ConfigError

REFERENCE = re.compile(r"\$\{(block:)?([\w-]+)\}")
_SHORTEST = 4  # characters; less would be found in any text
_met: dict[str, str] = {}  # value -> reference


def expand(text: str) -> str:
    """The text with its references replaced by what they name. Raises ConfigError where that is not set.

    >>> os.environ["FEED_TOKEN"] = "s3cr3t"
    >>> expand("Bearer ${FEED_TOKEN}"), redact("tried s3cr3t")
    ('Bearer s3cr3t', 'tried ${FEED_TOKEN}')
    """
    return REFERENCE.sub(lambda found: _value(found[0], found[2], in_block=bool(found[1])), text)


def references(text: str) -> frozenset[str]:
    """The references in a text.

    >>> sorted(references("https://a.example/${A}?k=${block:b}"))
    ['${A}', '${block:b}']
    """
    return frozenset(found[0] for found in REFERENCE.finditer(text))


def redact(text: str) -> str:
    """The text with each secret that was used so far replaced by its reference."""
    for value, reference in _met.items():
        text = text.replace(value, reference)
    return text


def redact_bytes(data: bytes) -> bytes:
    """As `redact`, of bytes."""
    for value, reference in _met.items():
        data = data.replace(value.encode(), reference.encode())
    return data


def _value(reference: str, name: str, *, in_block: bool) -> str:
    value = _of_block(name) if in_block else os.environ.get(name, "")
    if len(value) < _SHORTEST:
        what = "the Prefect block holds" if in_block else "the environment variable holds"
        raise ConfigError(f"{reference}: {what} no secret (at least {_SHORTEST} characters); set it, and run again")
    _met[value] = reference
    return value


def _of_block(name: str) -> str:
    from prefect.blocks.system import Secret  # noqa: PLC0415 -- prefect takes a second, and few keep secrets there

    try:
        return str(cast("Secret[str]", Secret.load(name)).get())
    except ValueError as error:
        raise ConfigError(f"${{block:{name}}}: no such Secret block in Prefect ({type(error).__name__})") from None
