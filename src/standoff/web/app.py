"""The app: every view's routes, behind the guard."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute

from standoff.errors import StandoffError, UsageError
from standoff.web import statics
from standoff.web.desk import Desk
from standoff.web.guard import Guard, TooLarge
from standoff.web.rendering import message_response, warm_first, warm_rest
from standoff.web.signing_in import SignIn
from standoff.web.view import NotFound
from standoff.web.views import (
    actors,
    acts,
    add,
    changes,
    conflict,
    conflict_changes,
    contradictions,
    decisions,
    events,
    evidence,
    issues,
    join,
    me,
    network,
    overview,
    positions,
    report,
    review,
    search,
    sources,
    statements,
    suggest,
    timeline,
)

VIEWS = (
    overview, timeline, positions, changes, contradictions, network, events, acts, statements, actors, issues, sources,
    search, suggest, evidence, report, review, join, decisions,
    add, me, conflict, conflict_changes,
)  # fmt: skip
"""The modules of the views; each has its `ROUTES`."""


WARMED_AFTER = 1.0
"""How many seconds after the start what later views need is made ready: before, it would hold up the first view."""


def create_app(
    path: Path | str,
    *,
    names: Iterable[str] = (),
    password: str | None = None,
    conflict_file: Path | None = None,
) -> Starlette:
    """Return the app over the dossier at a path.

    `names` are host names of ours besides the loopback's. With a password, every page asks for it once a
    browser, and the app may be open to other machines. `conflict_file` is the conflict model, beside the dossier
    where none is named. Raises InputError where there is no dossier.
    """
    desk = Desk(Path(path), conflict=conflict_file)
    desk.begin()
    table: list[BaseRoute] = [*statics.ROUTES]
    for module in VIEWS:
        table += module.ROUTES

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        threading.Thread(target=warm_first, daemon=True).start()
        later = threading.Timer(WARMED_AFTER, _warm_later, [desk])
        later.daemon = True
        later.start()
        yield
        later.cancel()
        desk.close()

    middleware = [Middleware(Guard, names, anywhere=password is not None)]
    if password is not None:
        middleware.append(Middleware(SignIn, password))
    app = Starlette(
        routes=table,
        middleware=middleware,
        exception_handlers={StandoffError: _problem, HTTPException: _unknown, TooLarge: _too_large},
        lifespan=lifespan,
    )
    app.state.desk = desk
    return app


def _warm_later(desk: Desk) -> None:
    """Make ready what the views after the first need: templates, and the engine where there is a conflict."""
    warm_rest()
    desk.warm_conflict()


def _problem(request: Request, problem: Exception) -> Response:
    """Say in one sentence what went wrong: 404 for what is not there, 400 for what cannot be meant, else 503."""
    status = 404 if isinstance(problem, NotFound) else 400 if isinstance(problem, UsageError) else 503
    is_form = request.method != "GET" and "text/html" in request.headers.get("accept", "")
    if (request.method != "GET" and not is_form) or request.scope["path"].endswith((".json", ".csv")):
        return JSONResponse({"problem": str(problem)}, status)
    titles = {404: "Not in this dossier", 400: "This cannot be asked", 503: "The dossier cannot be used"}
    return message_response(request, titles[status], str(problem), status)


def _unknown(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    if problem.status_code != 404 or request.method != "GET":
        return PlainTextResponse(f"{problem.detail}\n", problem.status_code, headers=problem.headers)
    return message_response(
        request, "No such page", "There is no page at this address: choose one on the left.", 404
    )


def _too_large(request: Request, problem: Exception) -> Response:
    return PlainTextResponse("This is too much at once: add fewer files.\n", 413)
