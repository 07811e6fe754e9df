"""Web addresses: their canonical form, and which machines may be asked for anything.

A dossier must not become a way into the network that it is made in: only public addresses are asked, and the
address that is looked at is the one that is connected to (`fetching`), so that a name cannot mean one machine when it
is checked and another when it is used.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from standoff.errors import ReportError

MAX_ADDRESS = 2_000

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref_src|cmpid", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}(?:%[\w.]{1,20})?", re.ASCII)
_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def canonical(url: str) -> str | None:
    """Return a web address as it is compared: without fragment, tracking parameters and default port, scheme and host in
    small letters; None for what is none.
    """
    try:
        parts = urlsplit(re.sub(r"\s", "%20", url.strip()[:MAX_ADDRESS]))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        return None
    shown = f"[{host}]" if ":" in host else host
    place = shown if port in (None, _PORTS[scheme]) else f"{shown}:{port}"
    query = parts.query
    if _TRACKING.search(query):
        kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
        query = urlencode(kept)
    return urlunsplit((scheme, place, parts.path, query, ""))


class Target:
    """An address that may be asked for: `scheme`, `host` (ASCII), `port`, and `path` with its query."""

    __slots__ = ("host", "path", "port", "scheme", "url")

    def __init__(self, url: str) -> None:
        """Take an address apart; raises ReportError for one that is not http or https, or that cannot be meant."""
        shown = url.strip()
        if len(shown) > MAX_ADDRESS:
            raise ReportError(shown[:100] + "…", f"the web address has more than {MAX_ADDRESS:,} characters")
        if any(ord(c) < 32 or c == "\x7f" for c in shown):
            raise ReportError(repr(shown[:100]), "the web address holds a control character; correct it")
        try:
            parts = urlsplit(shown)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise ReportError(
                shown, "this is no web address; give one like https://example.org/page"
            ) from None
        self.scheme = parts.scheme.lower()
        if self.scheme not in _PORTS:
            raise ReportError(
                shown, "only addresses with http:// or https:// are fetched; save other files first"
            )
        if not host:
            raise ReportError(shown, "this web address names no host; give one like https://example.org/page")
        if parts.username is not None or parts.password is not None:
            raise ReportError(
                f"{self.scheme}://…@{host}",
                "the web address holds a user name; give it without, or save the page",
            )
        self.host = _ascii(host, shown)
        self.port = port or _PORTS[self.scheme]
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        self.path = path + ("?" + query if query else "")
        self.url = f"{self.site}{self.path}"

    @property
    def site(self) -> str:
        """The part that robots.txt holds for: scheme, host, and a port that is not the usual one."""
        return f"{self.scheme}://{self.host_field}"

    @property
    def host_field(self) -> str:
        """The host as the request's Host header gives it."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == _PORTS[self.scheme] else f"{shown}:{self.port}"


def _ascii(host: str, shown: str) -> str:
    """Return a host's name as it is looked up: in ASCII (IDNA), or the digits of an IPv6 address."""
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise ReportError(shown, "the host's name in this web address is none; correct it")
    return name


def is_public(address: IPAddress) -> bool:
    """Return whether an address is one of the public net: not loopback, private, link-local, shared, reserved or
    multicast, nor an IPv6 form that leads to such an IPv4 address.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_loopback or address.is_unspecified
    )
