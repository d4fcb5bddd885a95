"""Text as names are compared in: lower case, without accents, one kind of space and hyphen. Lengths never change."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLAIN = {
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\t", " "),
    **dict.fromkeys("\u2010\u2011\u00ad\u2212·•", "-"),
    "’": "'",
}
_LETTERS = {
    chr(code): base[0]
    for code in range(0xC0, 0x250)
    if len(base := unicodedata.normalize("NFKD", chr(code))) > 1 and unicodedata.combining(base[1])
}
_SPANISH = (("á", "a"), ("é", "e"), ("í", "i"), ("ó", "o"), ("ú", "u"), ("ü", "u"))
_ACCENTED = re.compile(f"[{''.join(_LETTERS)}]")  # a pattern finds the few; str.translate would look at every character


def plain(text: str) -> str:
    r"""The text with ordinary spaces, hyphens and apostrophes.

    >>> plain("DALL·E\u00a03")
    'DALL-E 3'
    """
    if text.isascii() and "\t" not in text:  # most names
        return text
    for sign, ordinary in _PLAIN.items():
        text = text.replace(sign, ordinary)
    return text


def folded(text: str) -> str:
    """The text in lower case without accents, as long as before.

    >>> folded("Telefónica"), len(folded("İstanbul"))
    ('telefonica', 8)
    """
    if text.isascii():
        return lowered(text)
    bare = plain(text)
    for letter in set(_ACCENTED.findall(bare)):
        bare = bare.replace(letter, _LETTERS[letter])
    return lowered(bare)


def lowered(text: str) -> str:
    """The text in lower case, as long as before: the capital of a Turkish dotted i stays.

    >>> lowered("¿Dónde está Íñigo?"), len(lowered("İstanbul"))
    ('¿dónde está íñigo?', 8)
    """
    low = text.lower()
    return low if len(low) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)


def without_accents(text: str) -> str:
    """The text in lower case and without Spanish accents (ñ stays), as long as before.

    >>> without_accents("Un Millón de PARÁMETROS")
    'un millon de parametros'
    """
    low = lowered(text)
    for accented, bare in _SPANISH:
        low = low.replace(accented, bare)
    return low


def spellings(form: str) -> set[str]:
    """The folded spellings a name is met in: its parts apart, hyphened, or written together.

    >>> sorted(spellings("Hugging Face"))
    ['hugging face', 'hugging-face', 'huggingface']
    >>> sorted(spellings("Big Science of X"))
    ['big science of x']
    """
    base = folded(form)
    parts = re.split(r"[ -]", base)
    if len(parts) == 1 or not all(parts):
        return {base}
    if len(parts) > 3:
        return {base}
    together = {"".join(parts)} if sum(map(len, parts)) > 4 else set()
    return {base, " ".join(parts), "-".join(parts)} | together


@lru_cache(maxsize=4096)  # a post names the same again and again
def slug(name: str) -> str:
    """The part of an entity's id after its kind.

    >>> slug("Qwen2.5-72B Instruct"), slug("Universidad de Jaén"), slug("Command R+")
    ('qwen2.5-72b-instruct', 'universidad-de-jaen', 'command-r+')
    """
    return re.sub(r"[^a-z0-9.+\u0250-\uffff]+", "-", folded(name)).strip("-.") or "unnamed"
