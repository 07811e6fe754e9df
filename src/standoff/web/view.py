"""How a view is declared: one function, from what is asked to what is shown, gives the page and its twins.

`routes(View(...))` makes three addresses of it: PATH for people, PATH.json and PATH.csv for programs, with the same
parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standoff.dossier.dossier import Dossier
from standoff.errors import StandoffError
from standoff.web.address import Address, address_of
from standoff.web.desk import Desk
from standoff.web.people import Person, person_of, visited
from standoff.web.rendering import page_response
from standoff.web.twins import twin_response

Record = Mapping[str, Any]


class NotFound(StandoffError):
    """An address names a record that is not in the dossier; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a view is asked: the dossier, open for reading; the address; the values in its path; by whom.

    `visited` are the cookies that note this visit, for a view that counts as one.
    """

    dossier: Dossier
    desk: Desk
    address: Address
    path: Mapping[str, str]
    person: Person
    visited: Mapping[str, str]

    def key(self, name: str = "key") -> int:
        """Return a key that the path names; NotFound where it is no number."""
        value = self.path.get(name, "")
        if not (value.isascii() and value.isdigit() and len(value) < 16):
            raise NotFound(f"{value[:40]!r} is no number of a record.")
        return int(value)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a view shows.

    `template` is filled with `values`; `records` are called for the twins only. `more` leads to the records
    after these, where there are more than one page. `cookies` are set with the page.
    """

    title: str
    template: str
    values: Mapping[str, Any]
    records: Callable[[], Iterable[Record]]
    more: Address | None = None
    cookies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """A view: its address (a path, with {names} in it), and its function."""

    path: str
    function: Callable[[Ask], Shown]

    @property
    def name(self) -> str:
        """The name of the view's file for download, and of its place in the navigation."""
        return self.path.strip("/").split("/")[0] or "overview"


def routes(*views: View) -> list[Route]:
    """Return the routes of some views, each with its twins."""
    made = []
    for view in views:
        base = "/overview" if view.path == "/" else view.path
        made += [
            Route(f"{base}.json", _endpoint(view, "json")),
            Route(f"{base}.csv", _endpoint(view, "csv")),
            Route(view.path, _endpoint(view, "html")),
        ]
    return made


def data_route(path: str, function: Callable[[Ask], object]) -> Route:
    """Return a route that gives a view's module something else than its records, as JSON."""

    def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        with desk.reading() as dossier:
            address = address_of(request.scope["path"], request.query_params)
            ask = Ask(dossier, desk, address, request.path_params, person_of(request), {})
            return JSONResponse(function(ask))

    return Route(path, endpoint)


def _endpoint(view: View, form: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        path = request.scope["path"]
        if form != "html":
            path = path.removesuffix(f".{form}")
            path = "/" if path == "/overview" and view.path == "/" else path
        address = address_of(path, request.query_params)
        with desk.reading() as dossier:
            ask = Ask(dossier, desk, address, request.path_params, person_of(request), visited(request))
            shown = view.function(ask)
            if form == "html":
                return page_response(request, view.name, ask.address, shown)
            return twin_response(form, view.name, shown)

    return endpoint
