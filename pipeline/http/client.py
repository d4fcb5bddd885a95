"""The HTTP client: one request at a time and host, with a pause; robots.txt; retries; limits; redirects by hand.

Everything that comes back is either a `Reply` or an error that says whether trying again may help.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

import httpx
import tenacity

from pipeline import __version__
from pipeline.errors import TransientError
from pipeline.http.body import ACCEPTED, read_body, too_long
from pipeline.http.errors import BusyError, RefusedError
from pipeline.http.guard import GuardedTransport
from pipeline.http.private import Private
from pipeline.http.robots import AGENT, Robots
from pipeline.http.settings import FetchSettings
from pipeline.http.urls import is_web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_NOTHING = Private()
logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, and some hold a token
_REDIRECTS = 10
_LONGEST_URL = 4000
_TRANSIENT = frozenset({408, 421, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server said of a version of a page, for asking whether there is a newer one."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The request headers that ask for a newer version only."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: the bytes unpacked, where they came from in the end, and the redirects on the way (status, target).

    `fresh` is False where the server says that nothing changed since the validators; then there are no bytes.
    """

    url: str
    content: bytes
    media_type: str = ""
    charset: str | None = None
    validators: Validators = Validators()
    redirects: tuple[tuple[int, str], ...] = ()
    fresh: bool = True


@dataclass(slots=True)
class _Host:
    """Whose turn it is, when the last request ended, and how many there were."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    last: float | None = None
    requests: int = 0


@dataclass(slots=True)
class Client:
    """Fetches. Use as a context manager. `sleep` and `clock` are for tests. Threads may share it: a host sees one
    request at a time, whoever asks.
    """

    settings: FetchSettings = field(default_factory=FetchSettings)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _http: httpx.Client = field(init=False)
    robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        self._http = httpx.Client(
            transport=GuardedTransport(allow_private=self.settings.allow_private, hosts=self.settings.hosts),
            timeout=self.settings.timeout,
            headers={"User-Agent": user_agent(self.settings.contact), "Accept-Encoding": ACCEPTED},
            follow_redirects=False,
            trust_env=False,
        )
        self.robots = Robots(lambda url: self._follow(url, {}, ask_robots=False).content)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._http.close()

    @property
    def requests(self) -> int:
        """How many were sent."""
        return sum(host.requests for host in list(self._hosts.values()))

    def count(self, host: str) -> None:
        """Count a request that somebody else sends."""
        self._host(host).requests += 1

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())

    def get(self, url: str, known: Validators | None = None, accept: str = "*/*") -> Reply:
        """The answer; with `known`, one that is not `fresh` where nothing changed.

        Raises RefusedError where it will not work, BusyError (a TransientError) where several attempts did not.
        """
        return self._follow(url, {"Accept": accept} | (known or Validators()).headers(), ask_robots=True)

    def _follow(self, url: str, headers: Mapping[str, str], *, ask_robots: bool) -> Reply:
        hops: list[tuple[int, str]] = []
        while True:
            _check_url(url)
            if ask_robots:
                self.robots.check(url)
            answer = self._insist(url, headers)
            if isinstance(answer, Reply):
                return Reply(
                    answer.url, answer.content, answer.media_type, answer.charset, answer.validators, tuple(hops),
                    answer.fresh,
                )  # fmt: skip
            status, target = answer
            hops.append((status, target))
            if len(hops) > _REDIRECTS:
                raise RefusedError(f"{hops[0][1]}: more than {_REDIRECTS} redirects; open it in a browser to see why")
            url = target

    def _insist(self, url: str, headers: Mapping[str, str]) -> Reply | tuple[int, str]:
        """One hop, tried again as long as that may help."""
        first = self.settings.first_wait
        wait = tenacity.wait_exponential(multiplier=first, max=60) + tenacity.wait_random(0, first)
        attempts = tenacity.Retrying(
            retry=tenacity.retry_if_exception(self._is_worth_it),
            stop=tenacity.stop_after_attempt(self.settings.attempts),
            wait=lambda state: max(wait(state), _asked_for(state)),
            sleep=self.sleep,
            reraise=True,
        )
        return attempts(self._once, url, headers)

    def _is_worth_it(self, error: BaseException) -> bool:
        return isinstance(error, TransientError) and (_retry_after(error) or 0) <= self.settings.longest_wait

    def _once(self, url: str, headers: Mapping[str, str]) -> Reply | tuple[int, str]:
        name = urlsplit(url).netloc
        private = self.settings.private.get(name, _NOTHING)
        asked, sent = private.address(url), private.sent(headers)
        host = self._host(name)
        with host.turn:
            self._pause(url, host)
            host.requests += 1
            try:
                with _as_ours(url), self._http.stream("GET", asked, headers=sent) as response:
                    return private.told(self._answer(url, response))
            finally:
                host.last = self.clock()

    def _pause(self, url: str, host: _Host) -> None:
        """Wait until the host may be asked again."""
        delay = max(self.settings.delay, self.robots.delay(url))
        if delay and host.last is not None and (left := host.last + delay - self.clock()) > 0:
            self.sleep(left)

    def _answer(self, url: str, response: httpx.Response) -> Reply | tuple[int, str]:
        status = response.status_code
        validators = Validators(response.headers.get("etag"), response.headers.get("last-modified"))
        if status == HTTPStatus.NOT_MODIFIED:
            return Reply(url, b"", validators=validators, fresh=False)
        if response.has_redirect_location:
            return status, urljoin(url, response.headers["location"])
        if status in _TRANSIENT:
            wait = _seconds(response.headers.get("retry-after"))
            message = f"{url}: the server answers {_named(status)}; try again later"
            raise BusyError(message, status=status, retry_after=wait)
        if status != HTTPStatus.OK:
            raise RefusedError(f"{url}: the server answers {_named(status)}; check the address", status=status)
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Reply(url, self._body(url, response), media_type, response.charset_encoding, validators)

    def _body(self, url: str, response: httpx.Response) -> bytes:
        length = response.headers.get("content-length", "")
        if length.isdecimal() and int(length) > self.settings.max_bytes:
            raise too_long(url, self.settings.max_bytes)
        end = self.clock() + self.settings.deadline

        def check_time() -> None:
            if self.clock() > end:
                raise BusyError(f"{url}: not whole after {self.settings.deadline:g} seconds; try again later")

        return read_body(
            response.iter_raw(65536), response.headers.get("content-encoding", ""),
            limit=self.settings.max_bytes, url=url, check_time=check_time,
        )  # fmt: skip


def user_agent(contact: str | None) -> str:
    """How we present ourselves.

    >>> user_agent("ana@ejemplo.org").endswith(" (+ana@ejemplo.org)")
    True
    """
    told = "".join(c for c in contact or "" if " " <= c <= "~" and c not in "()")
    return f"{AGENT}/{__version__}" + (f" (+{told})" if told else "")


@contextmanager
def _as_ours(url: str) -> Iterator[None]:
    """Errors of httpx as errors of ours: one that may pass, or one that will not."""
    try:
        yield
    except httpx.TimeoutException:
        raise BusyError(f"{url}: no answer in time; try again later") from None
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            message = f"{url}: its certificate is not valid ({error}); open it in a browser to see why"
            raise RefusedError(message) from None
        if "location header" in str(error):
            raise RefusedError(f"{url}: redirects to no address ({error}); tell the site") from None
        raise BusyError(f"{url}: the connection failed ({error or type(error).__name__}); try again later") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise RefusedError(f"{url}: cannot be fetched ({error}); check the address") from None


def _check_url(url: str) -> None:
    if not is_web(url) or len(url) > _LONGEST_URL:
        raise RefusedError(f"{url[:200]}: only http and https addresses are fetched; check it")
    if urlsplit(url).username is not None:
        raise RefusedError(f"{urlsplit(url).hostname}: an address with a user name in it is never fetched; check it")


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After in seconds: it comes as a number or as a date."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _retry_after(error: BaseException | None) -> float | None:
    return error.retry_after if isinstance(error, BusyError) else None


def _asked_for(state: tenacity.RetryCallState) -> float:
    return _retry_after(state.outcome.exception() if state.outcome else None) or 0.0
