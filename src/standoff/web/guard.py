"""What stands before every request: who may ask, under which name, from where, and what a browser may do with
the answer.

A page of another site can make a browser send requests to 127.0.0.1. It cannot read our pages (same-origin policy),
unless its own name is made to point here (DNS rebinding): so the Host header must be a name of ours. It can post
forms: so every write must come from our own origin and carry the token of our pages (`actions`).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: frozenset[str] = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names under which this machine reaches itself."""

SAFE_METHODS: frozenset[str] = frozenset({"GET", "HEAD", "OPTIONS"})

MOST_BYTES = 256 * 1024 * 1024
"""The largest body of a request: a folder of saved pages dropped at once."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""Only files of our own; no inline script or style; no text is ever parsed as HTML by a script."""

HEADERS: dict[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """Middleware around the whole app.

    `names` are the host names that are ours besides those of the loopback; with `anywhere` (an app that is open
    to other machines, under a password) any IP address is one too: rebinding needs a name.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = (), *, anywhere: bool = False) -> None:
        self.app = app
        self.names = LOOPBACK | {name.lower() for name in names}
        self.anywhere = anywhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what may not ask; else pass on, and set the headers of the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer[name] = value
                answer.setdefault("cache-control", "private, no-cache")
            await send(message)

        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        await self.app(scope, _bounded(receive, headers), guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if not self._is_ours(host):
            return PlainTextResponse(
                "This address is not one of this program's: open the one that `standoff serve` printed.\n",
                421,
            )
        if scope["method"] in SAFE_METHODS:
            return None
        origin = headers.get("origin")
        other_origin = origin is not None and urlsplit(origin).netloc.lower() != host.lower()
        if other_origin or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse("A page of another site may not change this dossier.\n", 403)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return PlainTextResponse("This is too much at once: add fewer files.\n", 413)
        return None

    def _is_ours(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if name in self.names:
            return True
        if not self.anywhere:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


class TooLarge(Exception):
    """A body went on beyond `MOST_BYTES`."""


def _bounded(receive: Receive, headers: Headers) -> Receive:
    """Count a body that does not say its length."""
    if "content-length" in headers:
        return receive
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise TooLarge
        return message

    return counted
