"""From bytes to text: which encoding were they written in?

UTF-8 proves itself. Everything else is a choice between readings, made by how natural each looks; what the sender or
the file declares counts as evidence, not as truth.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from encodings.aliases import aliases

from charset_normalizer import from_bytes

from pipeline.repair.plausible import kind_of, naturalness

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
# what a label means in practice, as browsers read it
_LABELS = {
    "iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
# of Python's codecs those that are charsets of text, for UTF-8 and UTF-16 are proved or disproved by themselves
_CHARSETS = (
    frozenset(aliases.values())
    - {"utf_8", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_7"}
    - frozenset(
        {
            "base64_codec",
            "hex_codec",
            "bz2_codec",
            "zlib_codec",
            "quopri_codec",
            "uu_codec",
            "rot_13",
            "punycode",
            "idna",
        }
    )
)
_WESTERN = ("cp1252", "mac_roman", "cp850", "cp437")
_FURTHER = ("cp1250", "cp1251", "koi8-r", "cp1253", "cp1254", "cp932", "euc_jp", "gb18030", "big5", "cp949")
_WESTERN_LANGUAGES = frozenset({None, "und", "es", "en", "ca", "pt", "fr", "it", "gl", "eu", "de"})
_DECLARED_BONUS = 6.0
_USUAL_BONUS = 2.5
_STRANGERS = re.compile(r"[^\x00-\x7f]+")
_SAMPLE_OF_RUN = 60
_SAMPLE_BYTES = 20_000  # as the detector takes seconds for a long file
_SAMPLE = 3000  # runs beyond ASCII are enough to tell
_POOR = -6.5  # natural logarithm for a character; Western text read right is above
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes, read: the text, the encoding by which it was read, how many pieces could not be, and why this encoding."""

    text: str
    encoding: str
    lost: int = 0
    explanation: str = ""


def decode(data: bytes, *, declared: str | None = None, language: str | None = None) -> Decoded:
    """The text behind the bytes, without a byte order mark. Never fails: what cannot be read becomes U+FFFD.

    `declared` is what stands outside of the bytes, as in an HTTP header; a meta element or an XML declaration is found.
    `language` (ISO 639-1) breaks ties.

    >>> decode("señal".encode("cp1252")).text
    'señal'
    >>> decode("señal".encode(), declared="iso-8859-1").encoding
    'utf-8'
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], encoding, "byte order mark")
    wide = _wide(data)
    if wide:
        return _lenient(data, wide, "every other byte is zero")
    labels = _labels(data, declared)
    if b"\x1b$" in data and "iso2022_jp" in labels:
        return _lenient(data, "iso2022_jp", "declared")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0, "valid UTF-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return _lenient(data, "utf-8", "mostly valid UTF-8")
    return _best(data, labels, language)


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by the zero bytes of its ASCII characters."""
    head = data[:4096]
    if len(head) < 4 or b"\0" not in head:
        return None
    zeros = [head[i::4].count(0) / max(1, len(head[i::4])) for i in range(4)]
    if min(zeros[1:]) > 0.9 and zeros[0] < 0.1:
        return "utf-32-le"
    if min(zeros[:3]) > 0.9 and zeros[3] < 0.1:
        return "utf-32-be"
    # even a Chinese text has spaces and digits; but some of its characters, too, have a zero byte, in the other place
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) > 0.04 and max(even, odd) > 8 * min(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _labels(data: bytes, declared: str | None) -> list[str]:
    """The declared encodings that Python knows, as codec names, the outer declaration first."""
    found = [declared or ""]
    match = _DECLARATION.search(data[:4096])
    if match:
        found.append((match[1] or match[2]).decode("ascii"))
    names = []
    for label in found:
        try:
            name = codecs.lookup({"macintosh": "mac_roman", "x-mac-roman": "mac_roman"}.get(label.lower(), label)).name
        except (LookupError, ValueError):
            continue
        names.append(_LABELS.get(name, name).replace("-", "_"))
    return [name for name in names if name in _CHARSETS]


def _lenient(data: bytes, encoding: str, why: str) -> Decoded:
    """Read in the encoding; what is not valid in it is read as Windows-1252 where that makes a word, else lost."""
    if encoding != "utf-8":
        text = data.decode(encoding, "replace")
        return _noted(text, encoding, text.count("�"), 0, why)
    pieces: list[str] = []
    lost = letters = 0
    for line in data.splitlines(keepends=True):
        at = 0
        while at < len(line):
            try:
                pieces.append(line[at:].decode())
                break
            except UnicodeDecodeError as error:
                pieces.append(line[at : at + error.start].decode())
                letter = _stray_letter(line, at + error.start, at + error.end, pieces[-1][-2:], error.reason)
                pieces.append(letter or "�")
                lost, letters = lost + (letter is None), letters + (letter is not None)
                at += error.end
    return _noted("".join(pieces), encoding, lost, letters, why)


def _noted(text: str, encoding: str, lost: int, letters: int, why: str) -> Decoded:
    notes = [why, *([f"{letters} letters in Windows-1252"] if letters else []), *([f"{lost} lost"] if lost else [])]
    return Decoded(text, encoding, lost, ", ".join(notes))


def _stray_letter(line: bytes, start: int, end: int, before: str, reason: str) -> str | None:
    """A letter of Windows-1252 amid UTF-8, where a word goes on around it."""
    bad = line[start:end]
    if len(bad) != 1 or bad in {b"\xc2", b"\xc3"} or reason == "unexpected end of data":
        return None  # the beginning of a UTF-8 letter whose end is gone
    char = bad.decode("cp1252", "ignore")
    if not char or kind_of(char).name not in {"spanish", "latin", "capital", "quote"}:
        return None
    after = line[end : end + 1].decode("ascii", "ignore")
    return char if before[-1:].isalpha() or after.isalpha() else None


def _mostly_utf8(data: bytes) -> bool:
    valid = len(_MULTIBYTE.findall(data))
    rest = _MULTIBYTE.sub(b"", data)
    invalid = sum(len(run) for run in re.findall(rb"[\x80-\xff]+", rest))
    return valid >= 2 and valid >= invalid


def _best(data: bytes, labels: list[str], language: str | None) -> Decoded:
    candidates = dict.fromkeys([*labels, *_WESTERN])
    # a file is Western until it reads badly that way: long runs beyond ASCII, or unlikely letters
    scored = [_scored(data, encoding, labels) for encoding in candidates]
    western = max(scored)
    runs = re.findall(rb"[\x80-\xff]+", data)
    dense = sum(map(len, runs)) > 2.5 * len(runs)
    if dense or western[1] < _POOR or language not in _WESTERN_LANGUAGES:
        guess = from_bytes(data[:_SAMPLE_BYTES]).best()
        more = dict.fromkeys([*_FURTHER, *([_LABELS.get(guess.encoding, guess.encoding)] if guess else [])])
        scored += [_scored(data, encoding, labels) for encoding in more if encoding not in candidates]
    _, _, encoding = max(scored)
    text = data.decode(encoding, "replace")
    why = "declared and plausible" if encoding in labels else "reads most naturally"
    return Decoded(text, encoding, text.count("�"), why)


def _scored(data: bytes, encoding: str, labels: list[str]) -> tuple[float, float, str]:
    """How natural the bytes read in an encoding: in all, and for a character."""
    text = data.decode(encoding, "replace")
    total, count = 0.0, 0
    for number, run in enumerate(_STRANGERS.finditer(text)):
        if number == _SAMPLE:
            break
        part = run[0][:_SAMPLE_OF_RUN]
        start, end = run.start(), run.start() + len(part)
        total += naturalness(text[max(0, start - 2) : start], part, text[end : end + 2])
        count += len(part)
    bonus = _DECLARED_BONUS * (encoding in labels) + _USUAL_BONUS * (encoding == "cp1252")
    return total + bonus, total / max(1, count), encoding
