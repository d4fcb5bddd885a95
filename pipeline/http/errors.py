"""Why something could not be fetched.

- RefusedError, a SourceError: it will not work. 4xx, robots.txt, a private address, too large, no such host.
- BusyError, a TransientError: it may work later. 429, 5xx, a cut connection, a timeout.
"""

from __future__ import annotations

from pipeline.errors import SourceError, TransientError


class RefusedError(SourceError):
    """It will not work next time either. `status` is the server's answer, 0 where it was not asked."""

    def __init__(self, message: str, *, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class BusyError(TransientError):
    """It may work later. `retry_after` is how many seconds the server asks for, None where it does not say."""

    def __init__(self, message: str, *, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
