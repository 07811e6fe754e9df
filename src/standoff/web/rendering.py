"""Pages: the templates of this room and of the brief, and what every page has around its content."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse

from standoff.brief.environment import environment_of
from standoff.brief.names import actor_name, actor_names
from standoff.brief.wording import MODALITY_WORDS, counted, date_words, iso_date, joined, phrases
from standoff.web.address import Address, actor_path, event_path, report_path
from standoff.web.navigation import NAVIGATION
from standoff.web.people import person_of, set_cookie
from standoff.web.statics import static_address

if TYPE_CHECKING:
    from standoff.web.view import Shown

_FIRST = (
    "base.html", "brief/marks.html", "overview.html", "brief/macros.html", "charts.html", "changing.html",
)  # fmt: skip
"""The templates of the overview."""
_compiling = threading.Lock()
PAUSE = 0.02
"""Seconds between two templates that are compiled ahead."""


@cache
def environment() -> Environment:
    """Return the templates: those of this room, and those of the brief as "brief/NAME" (or NAME, if not here)."""
    brief = PackageLoader("standoff.brief")
    made = environment_of(
        ChoiceLoader([PackageLoader("standoff.web"), PrefixLoader({"brief": brief}), brief])
    )
    made.globals.update(
        static=static_address,
        actor_path=actor_path,
        event_path=event_path,
        report_path=report_path,
        actor_name=actor_name,
        phrases=phrases(),
        modality_words=MODALITY_WORDS,
        navigation=NAVIGATION,
    )
    made.filters.update(
        day=date_words,
        iso=iso_date,
        counted=counted,
        joined=joined,
        actors=lambda codes: actor_names(tuple(codes)),
    )
    return made


def warm_first() -> None:
    """Compile what the overview needs and load the names of actors: most readers look at it first."""
    actor_name("")
    with _compiling:
        for name in _FIRST:
            environment().get_template(name)


def warm_rest() -> None:
    """Compile every template, so that no reader waits for it; between two, those who read now have their turn."""
    for name in environment().list_templates(filter_func=lambda name: not name.startswith("brief/")):
        template_of(name)
        time.sleep(PAUSE)


def template_of(name: str) -> Template:
    """Return a template. While one is compiled others wait: two at once would compile the same, each half as fast."""
    with _compiling:
        return environment().get_template(name)


def fill(request: Request, template: str, values: Mapping[str, Any]) -> str:
    """Return a template filled with values and with what every page knows."""
    desk = request.app.state.desk
    own = {"dossier_name": desk.name, "token": desk.token, "person": person_of(request)}
    return template_of(template).render(own, **values)


def page_response(request: Request, place: str, address: Address, shown: Shown) -> HTMLResponse:
    """Return a view's page; `place` is the view's name in the navigation."""
    values = {"title": shown.title, "place": place, "address": address, "more": shown.more, **shown.values}
    response = HTMLResponse(fill(request, shown.template, values))
    for name, value in shown.cookies.items():
        set_cookie(response, name, value)
    return response


def message_response(request: Request, title: str, sentence: str, status: int) -> HTMLResponse:
    """Return a page that says one thing: what went wrong and what to do."""
    address = Address(request.scope["path"])
    values = {"title": title, "place": "", "address": address, "more": None, "sentence": sentence}
    return HTMLResponse(fill(request, "message.html", values), status)


def sign_in_response(request: Request, problem: str, status: int) -> HTMLResponse:
    """Return the form for the password; it tells nothing of the dossier."""
    return HTMLResponse(template_of("sign_in.html").render(problem=problem), status)
