"""Addresses: one form for all the ways to write the same one. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

# Parameters that say where a reader came from, not what is read.
_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|mc_[ce]id|fbclid|gclid|gbraid|wbraid|dclid|yclid|msclkid|twclid|igshid|igsh"
    r"|ref|ref_src|ref_url|referrer|source|cmpid|ck_subscriber_id|publication_id|post_id|isfreemail|r|s|share"
    r"|showwelcome|triedredirect|token|open",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "/-._~!$&'()*+,;=:@"


def canonical(url: str, base: str = "") -> str:
    """The address without what does not tell posts apart: tracking parameters, fragment, `www.`, default port, the
    slash at the end, http against https. For comparing; what is shown and fetched keeps its own form.

    >>> canonical("HTTP://www.Ejemplo.org:80/p/hola/?utm_source=x&a=1#nota")
    'https://ejemplo.org/p/hola?a=1'
    >>> canonical("../p/adi%C3%B3s/index.html", "https://ejemplo.org/es/")
    'https://ejemplo.org/p/adi%C3%B3s'
    """
    parts = urlsplit(urljoin(base, url.strip()))
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    port = _port(parts.netloc, parts.scheme)
    path = re.sub(r"/(?:index\.html?)?$", "", re.sub("/{2,}", "/", quote(unquote(parts.path), safe=_SAFE)))
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    scheme = "https" if parts.scheme == "http" else parts.scheme
    return urlunsplit((scheme, f"{host}{port}", path, urlencode(sorted(query)), ""))


def place_of(url: str, site: str) -> str:
    """A post's path in its source, from its address: the same wherever the address was met.

    >>> place_of("http://ejemplo.org/p/hola/?utm_medium=email", "https://www.ejemplo.org")
    'p/hola'
    >>> place_of("https://otro.net/x", "https://ejemplo.org")
    'otro.net/x'
    """
    own, home = urlsplit(canonical(url)), urlsplit(canonical(site))
    path = unquote(own.path).strip("/") + (f"?{own.query}" if own.query else "")
    return path or "index" if own.netloc == home.netloc else f"{own.netloc}/{path}".rstrip("/")


def shown(url: str) -> str:
    """The address as people should see it: its own scheme and host, without tracking and fragment.

    >>> shown("https://www.ejemplo.org/p/hola/?utm_source=feed#arriba")
    'https://www.ejemplo.org/p/hola/'
    """
    parts = urlsplit(url.strip())
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


def origin(url: str) -> str:
    """Scheme and host: `https://ejemplo.org`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_web(url: str) -> bool:
    """True for an http(s) address with a host.

    >>> is_web("https://a.org/x"), is_web("file:///etc/passwd"), is_web("http:///x"), is_web("http://[x")
    (True, False, False, False)
    """
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _port(netloc: str, scheme: str) -> str:
    found = re.search(r":(\d+)$", netloc)
    return f":{found[1]}" if found and int(found[1]) != _DEFAULT_PORTS.get(scheme) else ""
