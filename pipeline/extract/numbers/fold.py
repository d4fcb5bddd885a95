"""Lower case without accents, letter for letter: offsets stay what they are."""

from __future__ import annotations

_ACCENTS = (("á", "a"), ("é", "e"), ("í", "i"), ("ó", "o"), ("ú", "u"), ("ü", "u"))


def fold(text: str) -> str:
    """The text in lower case and without Spanish accents (ñ stays), of the same length.

    >>> fold("Un Millón de PARÁMETROS")
    'un millon de parametros'
    """
    low = text.lower()
    if len(low) != len(text):  # İ becomes two characters
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    for accented, plain in _ACCENTS:
        low = low.replace(accented, plain)
    return low
