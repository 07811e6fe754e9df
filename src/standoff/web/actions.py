"""Writes: a form or a JSON object posted to an address, with the token of our own pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from standoff.web.desk import Desk
from standoff.web.people import Person, person_of, set_cookie

MOST_FILES = 2000
MOST_FIELDS = 100
MOST_PART = 8 * 1024 * 1024
"""The longest field that is not a file, in bytes: a pasted report."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be written: the fields and files of the form, by whom, at which desk."""

    desk: Desk
    person: Person
    path: Mapping[str, str]
    form: FormData

    def text(self, name: str) -> str:
        """Return a field of the form, "" where it is not there."""
        value = self.form.get(name)
        return value if isinstance(value, str) else ""

    def files(self, name: str) -> list[UploadFile]:
        """Return the files of a field."""
        return [item for item in self.form.getlist(name) if isinstance(item, UploadFile)]


@dataclass(frozen=True, slots=True)
class Done:
    """What follows a write: the page to go to, and (for scripts, which ask for JSON) an object."""

    location: str
    record: Mapping[str, Any] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)


def action(path: str, function: Callable[[Deed], Done]) -> Route:
    """Return the route of a write.

    The token is in the header `x-standoff-token` or the form's field `token`; without it nothing is done. The
    answer is a redirect to `Done.location`, or for `accept: application/json` the object with `location` in it.
    """

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        by_header = request.headers.get("x-standoff-token")
        if by_header is not None and not desk.is_token(by_header):
            return _refused()
        async with request.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_PART
        ) as form:
            by_field = form.get("token")
            if by_header is None and not (isinstance(by_field, str) and desk.is_token(by_field)):
                return _refused()
            deed = Deed(desk, person_of(request), request.path_params, form)
            done = await run_in_threadpool(function, deed)
        response: Response
        if "application/json" in request.headers.get("accept", ""):
            response = JSONResponse({"location": done.location, **done.record})
        else:
            response = RedirectResponse(done.location, 303)
        for name, value in done.cookies.items():
            set_cookie(response, name, value)
        return response

    return Route(path, endpoint, methods=["POST"])


def _refused() -> Response:
    return PlainTextResponse(
        "This was not sent from a page of this program, or the program was started anew since: reload the page "
        "and try again.\n",
        403,
    )
