"""Reading an answer's body without trusting it: unpacked piece by piece, never beyond the limit."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from pipeline.http.errors import BusyError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ACCEPTED = "gzip, deflate"
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


def read_body(
    pieces: Iterable[bytes], encoding: str, *, limit: int, url: str, check_time: Callable[[], None] = lambda: None
) -> bytes:
    """The unpacked bytes. Raises RefusedError beyond the limit or for a packing that was not asked for, BusyError where
    the packed data break off. `check_time` is called between pieces and raises when the time is up.
    """
    names = [name.strip().lower() for name in encoding.split(",") if name.strip().lower() not in {"", "identity"}]
    if len(names) > 1 or any(name not in {"gzip", "x-gzip", "deflate"} for name in names):
        raise RefusedError(f"{url}: packed as {encoding!r}, which was not asked for; nothing to do but tell the site")
    unpack = _Unpacker(limit, names[0], url) if names else None
    out = bytearray()
    for piece in pieces:
        check_time()
        out += unpack.feed(piece) if unpack else piece
        if len(out) > limit:
            raise too_long(url, limit)
    if unpack and not unpack.whole:
        raise BusyError(f"{url}: the packed answer breaks off; try again")
    return bytes(out)


def too_long(url: str, limit: int) -> RefusedError:
    """The error of an answer beyond the limit."""
    return RefusedError(f"{url}: more than {limit / 1e6:g} MB, the limit for an answer; raise max_megabytes in [fetch]")


class _Unpacker:
    """gzip or deflate, with the output bounded at every step: a bomb grows a thousandfold."""

    def __init__(self, limit: int, name: str, url: str) -> None:
        self._limit, self._name, self._url = limit, name, url
        self._left = limit
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._begun = False

    @property
    def whole(self) -> bool:
        """True when the data ended where they should, or there were none."""
        return self._inflate.eof or not self._begun

    def feed(self, data: bytes) -> bytes:
        out = b""
        while data and not self._inflate.eof:
            try:
                part = self._inflate.decompress(data, self._left + 1)
            except zlib.error as error:
                if self._begun or self._name != "deflate":
                    raise BusyError(f"{self._url}: the packed answer is damaged ({error}); try again") from None
                self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers send deflate without its head
                self._begun = True
                continue
            self._begun = True
            self._left -= len(part)
            out += part
            if self._left < 0:
                raise too_long(self._url, self._limit)
            data = self._inflate.unconsumed_tail
        return out
