"""A password before every page, for an app that other machines can reach.

It is compared in constant time, and wrong tries are slowed down: by the address that they come from, and all together.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from standoff.web.rendering import sign_in_response

COOKIE = "standoff-session"
MOST_SESSIONS = 1000
TRIES = 5
TRIES_OF_ALL = 50
PAUSE = 60.0
"""Within so many seconds, this many wrong tries of one address, and of all, are answered; others must wait."""
_OPEN = ("/static/", "/sign-in")


class Throttle:
    """Counts wrong tries; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def wait(self, who: str) -> float:
        """Return how many seconds an address must wait before its next try; 0 where it may try now."""
        with self._lock:
            now = self._clock()
            self._wrong = {
                name: left
                for name, times in self._wrong.items()
                if (left := [t for t in times if now - t < PAUSE])
            }
            own = self._wrong.get(who, [])
            everybody = sorted(t for times in self._wrong.values() for t in times)
            waits = [0.0]
            if len(own) >= TRIES:
                waits.append(PAUSE - (now - own[-TRIES]))
            if len(everybody) >= TRIES_OF_ALL:
                waits.append(PAUSE - (now - everybody[-TRIES_OF_ALL]))
            return max(waits)

    def wrong(self, who: str) -> None:
        """Note a wrong try."""
        with self._lock:
            self._wrong.setdefault(who, []).append(self._clock())


class SignIn:
    """Middleware: without a session of ours, every page leads to the form for the password."""

    def __init__(self, app: ASGIApp, password: str, throttle: Throttle | None = None) -> None:
        self.app = app
        self._digest = _digest(password)
        self._throttle = throttle or Throttle()
        self._sessions: dict[str, None] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on who has signed in; answer the others."""
        if scope["type"] != "http" or self._is_in(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        path = scope["path"]
        if path == "/sign-in" and scope["method"] == "POST":
            response = await self._try(request)
        elif path == "/sign-in":
            response = sign_in_response(request, "", 200)
        elif path.startswith(_OPEN):
            await self.app(scope, receive, send)
            return
        elif scope["method"] == "GET" and not path.endswith((".json", ".csv")):
            response = RedirectResponse("/sign-in", 303)
        else:
            response = PlainTextResponse("Sign in first.\n", 401)
        await response(scope, receive, send)

    def _is_in(self, headers: Headers) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and any(
            hmac.compare_digest(cookie.value, known) for known in self._sessions
        )

    async def _try(self, request: Request) -> Response:
        who = request.client.host if request.client else ""
        wait = self._throttle.wait(who)
        if wait > 0:
            response: Response = sign_in_response(request, "Too many wrong tries: wait a minute.", 429)
            response.headers["retry-after"] = str(int(wait) + 1)
            return response
        async with request.form(max_files=0, max_fields=4, max_part_size=4096) as form:
            given = form.get("password")
        if not isinstance(given, str) or not hmac.compare_digest(_digest(given), self._digest):
            self._throttle.wrong(who)
            return sign_in_response(request, "This is not the password.", 403)
        session = secrets.token_urlsafe(32)
        self._sessions[session] = None
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.pop(next(iter(self._sessions)))
        response = RedirectResponse("/", 303)
        response.set_cookie(COOKIE, session, httponly=True, samesite="strict")
        return response


def _digest(password: str) -> bytes:
    return hashlib.sha256(password.encode("utf-8", "replace")).digest()
