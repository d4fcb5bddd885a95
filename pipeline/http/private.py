"""What a private publication wants to see: a token in its address or its headers. Known by name only (`${NAME}`), put
in when a request is sent, and taken out of what comes back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.http.errors import RefusedError
from pipeline.operate.secrets import expand, redact, redact_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.http.client import Reply


@dataclass(frozen=True, slots=True)
class Private:
    """The secrets that one host may see: those whose references its configured addresses hold, and headers."""

    references: frozenset[str] = frozenset()
    headers: Mapping[str, str] = field(default_factory=dict)

    def address(self, url: str) -> str:
        """The address to ask. A reference that is none of this host's stays: a page may not ask for our secrets."""
        for reference in self.references:
            if reference in url:
                url = url.replace(reference, _value(reference))
        return url

    def sent(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers to send."""
        return {**headers, **{name: _value(text) for name, text in self.headers.items()}}

    def told(self, answer: Reply | tuple[int, str]) -> Reply | tuple[int, str]:
        """The answer without the secrets that it repeats."""
        if isinstance(answer, tuple):
            return answer[0], redact(answer[1])
        return replace(answer, content=redact_bytes(answer.content))


def _value(text: str) -> str:
    try:
        return expand(text)
    except ConfigError as error:
        raise RefusedError(str(error)) from None
