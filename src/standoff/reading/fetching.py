"""Fetching an address from the web: only when asked, only public machines, within limits of time and size.

The name is resolved once, its addresses are looked at, and the connection goes to one of those that were looked at:
a name that means another machine a moment later gains nothing. Every redirect is looked at anew. No proxy, no cookies,
no credentials are used. robots.txt is obeyed (RFC 9309).
"""

from __future__ import annotations

import contextlib
import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from urllib.parse import urljoin

from standoff.errors import ReportError
from standoff.reading.addresses import IPAddress, Target, is_public
from standoff.reading.gzip_files import inflated
from standoff.reading.limits import MAX_HTML_BYTES, readable
from standoff.reading.robots import EVERYTHING, MAX_ROBOTS_BYTES, NOTHING, Robots, robots_of

PROGRAM = "standoff"
"""The name by which a robots.txt may address this program."""

CONNECTING = 10.0
"""Seconds to wait for a connection, and for each piece of an answer."""
WHOLE = 60.0
"""Seconds for one request from beginning to end."""
MAX_REDIRECTS = 5
PAUSE = 1.0
"""Seconds between two requests to one site, if robots.txt asks for no more."""

_REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 64 * 1024

Allowed = Callable[[IPAddress], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the address after all redirects, the Content-Type header, the body without its packing."""

    url: str
    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    fields: http.client.HTTPMessage
    body: bytes


class Fetcher:
    """Fetches addresses one after the other, and keeps what sites say of programs while it does.

    `allowed` says which machines may be asked; anything but the public net is for tests.
    """

    def __init__(self, *, allowed: Allowed = is_public, whole: float = WHOLE, pause: float = PAUSE) -> None:
        self._allowed = allowed
        self._whole = whole
        self._pause = pause
        self._robots: dict[str, Robots] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str, *, most: int = MAX_HTML_BYTES) -> Answer:
        """Return the answer to a GET of an address; raises ReportError, which names the address and the remedy."""
        target = Target(url)
        for _ in range(MAX_REDIRECTS + 1):
            robots = self._robots_of(target)
            if not robots.allows(target.path):
                raise ReportError(
                    target.url,
                    "the site's robots.txt does not let programs fetch this page; save it from a browser",
                )
            self._wait(target, robots)
            response = self._get(target, most)
            if response.status not in _REDIRECTS:
                return _answer(target, response, most)
            target = _redirected(target, response)
        raise ReportError(
            url, f"the address leads on more than {MAX_REDIRECTS} times; give the one it ends at"
        )

    def _robots_of(self, target: Target) -> Robots:
        """Return a site's rules, fetched once: none where there is no such file, nothing allowed where the site fails."""
        if target.site not in self._robots:
            self._robots[target.site] = self._fetched_robots(Target(target.site + "/robots.txt"))
        return self._robots[target.site]

    def _fetched_robots(self, target: Target) -> Robots:
        for _ in range(MAX_REDIRECTS + 1):
            response = self._get(target, MAX_ROBOTS_BYTES, cut=True)
            if response.status in _REDIRECTS:
                target = _redirected(target, response)
            elif response.status == 200:
                body = _unpacked(response, target.url, MAX_ROBOTS_BYTES)
                return robots_of(body.decode("utf-8", "replace"), PROGRAM)
            else:
                return NOTHING if response.status >= 500 else EVERYTHING
        return EVERYTHING

    def _wait(self, target: Target, robots: Robots) -> None:
        """Let a site rest between two pages."""
        due = self._last.get(target.site, float("-inf")) + max(self._pause, robots.delay)
        time.sleep(max(0.0, due - time.monotonic()))
        self._last[target.site] = time.monotonic()

    def _get(self, target: Target, most: int, *, cut: bool = False) -> _Response:
        """Return the answer of one machine to one request, of at most `most` bytes; `cut` leaves the rest away."""
        with self._connected(target) as (connection, late):
            try:
                connection.request("GET", target.path, headers=_fields(target))
                with connection.getresponse() as answer:
                    body = bytearray()
                    while len(body) <= most and (piece := answer.read1(_PIECE)):
                        body += piece
                    short = len(body) <= most and bool(answer.length)
            except (OSError, http.client.HTTPException, ValueError) as problem:
                if late.is_set() or isinstance(problem, TimeoutError):
                    raise _too_late(target) from None
                raise ReportError(
                    target.url, f"the site broke off its answer ({_reason(problem)}); try again later"
                ) from None
            if late.is_set():
                raise _too_late(target)
        if short:
            raise ReportError(target.url, "the site broke off its answer; try again later")
        if len(body) > most and not cut:
            raise ReportError(
                target.url,
                f"the page is larger than {readable(most)}, more than a press report is; save its text",
            )
        return _Response(answer.status, answer.headers, bytes(body[:most]))

    @contextmanager
    def _connected(self, target: Target) -> Iterator[tuple[http.client.HTTPConnection, threading.Event]]:
        """Hold a connection that is cut when its time is over, however slowly the other side goes on."""
        held = self._socket(target)
        late = threading.Event()

        def cut() -> None:
            late.set()
            with contextlib.suppress(OSError):
                socket.socket.shutdown(held, socket.SHUT_RDWR)

        timer = threading.Timer(self._whole, cut)
        timer.daemon = True
        timer.start()
        try:
            if target.scheme == "https":
                held = _secured(held, target)
            connection = http.client.HTTPConnection(target.host, target.port, timeout=CONNECTING)
            connection.sock = held
            with contextlib.closing(connection):
                yield connection, late
        finally:
            timer.cancel()
            held.close()

    def _socket(self, target: Target) -> socket.socket:
        """Return a connection to a machine that may be asked."""
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise ReportError(
                target.url, f"the host {target.host} is not known; check the spelling and the network"
            ) from None
        trouble = ""
        for family, kind, protocol, _, address in found:
            if not self._allowed(ipaddress.ip_address(str(address[0]).partition("%")[0])):
                continue
            plain = socket.socket(family, kind, protocol)
            plain.settimeout(min(CONNECTING, self._whole))
            try:
                plain.connect(address)
                return plain
            except OSError as problem:
                plain.close()
                trouble = _reason(problem)
        if trouble:
            raise ReportError(
                target.url, f"the host {target.host} cannot be reached ({trouble}); try again later"
            )
        raise ReportError(
            target.url,
            f"the host {target.host} is in a private network or on this machine, and only public sites are "
            "fetched; save the page and give its file",
        )


def _too_late(target: Target) -> ReportError:
    return ReportError(target.url, "the site did not answer in time; try again later, or save the page")


def _secured(plain: socket.socket, target: Target) -> ssl.SSLSocket:
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
    except TimeoutError:
        raise _too_late(target) from None
    except (OSError, ValueError) as problem:
        raise ReportError(
            target.url,
            f"the site cannot show that it is the one named ({_reason(problem)}); open it in a browser and save the page",
        ) from None


def _fields(target: Target) -> dict[str, str]:
    return {
        "Host": target.host_field,
        "User-Agent": f"{PROGRAM}/{metadata.version('standoff')}",
        "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, "
        "text/plain;q=0.8, application/pdf;q=0.8, */*;q=0.1",
        "Accept-Language": "en",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _redirected(target: Target, response: _Response) -> Target:
    place = response.fields.get("Location")
    if not place:
        raise ReportError(
            target.url, "the site leads on to another page and does not say which; open it in a browser"
        )
    try:
        return Target(urljoin(target.url, place.strip()))
    except ValueError:
        raise ReportError(
            target.url, "the site leads on to an address that is none; open it in a browser"
        ) from None


def _answer(target: Target, response: _Response, most: int) -> Answer:
    if response.status != 200:
        remedy = (
            "check the address" if response.status in (404, 410) else "open it in a browser and save the page"
        )
        raise ReportError(target.url, f"the site answers with status {response.status}; {remedy}")
    return Answer(target.url, response.fields.get("Content-Type"), _unpacked(response, target.url, most))


def _unpacked(response: _Response, where: str, most: int) -> bytes:
    """Return a body without its packing; raises ReportError for one that inflates to more than `most` bytes."""
    packing = (response.fields.get("Content-Encoding") or "identity").strip().lower()
    if packing == "identity":
        return response.body
    if packing in ("gzip", "x-gzip"):
        body = inflated(io.BytesIO(response.body), where).read(most + 1)
    elif packing == "deflate":
        try:
            body = zlib.decompressobj().decompress(response.body, most + 1)
        except zlib.error:
            raise ReportError(where, "the answer is damaged; try again later") from None
    else:
        raise ReportError(
            where, f"the answer is packed as {packing[:20]!r}, which was not asked for; save the page"
        )
    if len(body) > most:
        raise ReportError(
            where,
            f"the page inflates to more than {readable(most)}, more than a press report is; save its text",
        )
    return body


def _reason(problem: BaseException) -> str:
    text = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
    return " ".join(str(text).split())[:120]
