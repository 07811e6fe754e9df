"""What a field of the filters may be set to: the values that begin with what was typed, most frequent first."""

from __future__ import annotations

from typing import cast

from standoff.brief.names import actor_name
from standoff.dossier.views.profile import FacetKind
from standoff.web.filtering import FIELD_WORDS
from standoff.web.naming import dyad_words
from standoff.web.view import Ask, NotFound, Shown, View, routes

MOST = 40
_KINDS = ("actor", "issue", "outlet", "dyad")


def suggest(ask: Ask) -> Shown:
    """Show the values of a field: /suggest/actor?starts=RU."""
    kind = ask.path["field"]
    if kind not in _KINDS:
        raise NotFound(f"{kind[:40]!r} is no field with a list: there are {', '.join(_KINDS)}.")
    found = [
        {"value": row[0], "label": _label(kind, row[0]), "events": row[1]}
        for row in ask.dossier.facets(cast(FacetKind, kind), limit=MOST, starts=ask.address.get("starts"))
    ]
    return Shown(FIELD_WORDS[kind], "suggest.html", {"found": found}, lambda: found)


def _label(kind: str, value: str) -> str:
    if kind == "actor":
        return actor_name(value)
    return dyad_words(value) if kind == "dyad" else value


ROUTES = routes(View("/suggest/{field}", suggest))
