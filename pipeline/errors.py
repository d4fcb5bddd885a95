"""The errors of Recuento.

    RecuentoError
    ├── ConfigError        the call or the configuration is wrong: stop, exit code 2
    ├── SourceError        one source cannot be read: report it, go on with the others
    │   └── TransientError     may succeed later: worth a retry
    ├── PostError          one post cannot be read: it lands in `rejects`, the rest of the source goes on
    └── WarehouseError     the database is locked, broken or of another version

Every message is one line that says what was seen, where, and what to do about it.
"""

import errno


class RecuentoError(Exception):
    """Base of all errors raised on purpose."""


class ConfigError(RecuentoError):
    """The call or the configuration is wrong; nothing was done."""


class SourceError(RecuentoError):
    """A source as a whole cannot be read."""


class TransientError(SourceError):
    """A source cannot be read now, but may be later (network, server load)."""


class PostError(RecuentoError):
    """One post cannot be read. `stage` is the room that gave up: fetch, decode, parse, repair, extract, load."""

    def __init__(self, message: str, *, stage: str) -> None:
        super().__init__(message)
        self.stage = stage


class WarehouseError(RecuentoError):
    """The warehouse cannot be opened, written or published."""


def is_of_disk(error: BaseException | None) -> bool:
    """Whether an error says that a disk is full, broken, read-only or not ours, rather than that a network is."""
    return isinstance(error, OSError) and error.errno in _OF_DISK


_OF_DISK = {errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EPERM, errno.EROFS}
