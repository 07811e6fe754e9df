"""Files that never change while the program runs: style sheets, modules, what others wrote (`static/vendor`).

They are read once into a table of names, so that no address can name any other file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}
_FROM_BRIEF = ("tokens.css", "records.css", "settlement.css")


class Static(NamedTuple):
    """A file: its bytes, its type, and the first letters of its SHA-256."""

    body: bytes
    type: str
    digest: str


@cache
def statics() -> dict[str, Static]:
    """Return every static file by its name under /static/."""
    found = dict(_under(files("standoff.web").joinpath("static"), ""))
    assets = files("standoff.brief").joinpath("assets")
    found.update((name, _static(assets.joinpath(name))) for name in _FROM_BRIEF)
    return found


def _under(folder: Traversable, prefix: str) -> Iterator[tuple[str, Static]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _under(item, f"{prefix}{item.name}/")
        elif item.name.rpartition(".")[2] in _TYPES:
            yield f"{prefix}{item.name}", _static(item)


def _static(file: Traversable) -> Static:
    body = file.read_bytes()
    return Static(body, _TYPES[file.name.rpartition(".")[2]], hashlib.sha256(body).hexdigest()[:16])


def static_address(name: str) -> str:
    """Return the address of a static file, which changes when the file does."""
    return f"/static/{name}?v={statics()[name].digest}"


def _endpoint(request: Request) -> Response:
    found = statics().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such file.\n", 404)
    tag = f'"{found.digest}"'
    fixed = request.query_params.get("v") == found.digest
    headers = {"etag": tag, "cache-control": "public, max-age=31536000, immutable" if fixed else "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type=found.type, headers=headers)


ROUTES = [Route("/static/{name:path}", _endpoint)]
