"""Connections to public addresses only: the name is resolved here, checked, and the checked address is connected to.

A check before the connection would not do: between the two a name may be made to point elsewhere.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from pipeline.http.errors import BusyError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """False for addresses of this machine, its network, and all that is set aside; also in their IPv6 disguises.

    >>> is_public("93.184.215.14"), is_public("10.1.2.3"), is_public("::ffff:127.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    found = ip_address(address.partition("%")[0])
    inner = _disguised(found) if isinstance(found, IPv6Address) else None
    return found.is_global and not found.is_multicast if inner is None else is_public(str(inner))


def _disguised(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host. Raises RefusedError where one of them is private or the host does not exist."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        message = f"{host}: the name cannot be resolved ({error.strerror}); check its spelling and the connection"
        raise (BusyError if error.errno == socket.EAI_AGAIN else RefusedError)(message) from None
    except (UnicodeError, ValueError, OSError) as error:
        raise RefusedError(f"{host}: not a name of a host ({error}); check its spelling") from None
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    private = [address for address in addresses if not is_public(address)]
    if private and not allow_private:
        raise RefusedError(
            f"{host}: stands for {private[0]}, an address of a private network, which is never fetched from;"
            " for a site of your own set allow_private in [fetch]"
        )
    return addresses


class GuardedBackend(httpcore.NetworkBackend):
    """httpcore's network, less what is private."""

    def __init__(self, *, allow_private: bool) -> None:
        self._network = httpcore.SyncBackend()
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses that answers."""
        failure: Exception | None = None
        for address in resolve(host, port, allow_private=self._allow_private):
            try:
                return self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host}: no address")

    def connect_unix_socket(self, path: str, *_args: Any, **_options: Any) -> httpcore.NetworkStream:
        """Never: sockets are on this machine."""
        raise RefusedError(f"{path}: a socket of this machine, which is never fetched from; name a web address")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._network.sleep(seconds)


class GuardedTransport(httpx.HTTPTransport):
    """httpx over the guarded network. Proxies of the environment are not used: they would resolve names unchecked."""

    def __init__(self, *, allow_private: bool, hosts: int) -> None:
        super().__init__(trust_env=False)
        connections = 4 * max(1, hosts)  # redirects lead to others
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=30,
            network_backend=GuardedBackend(allow_private=allow_private),
        )
