"""The reader's own name, which keeps several people's visits and decisions apart."""

from __future__ import annotations

import re

from standoff.web.actions import Deed, Done, action
from standoff.web.people import NAME_COOKIE, clean_name
from standoff.web.view import Ask, Shown, View, routes


def me(ask: Ask) -> Shown:
    """Show the form for the name."""
    name = ask.person.name
    return Shown("Your name", "me.html", {"name": name}, lambda: [{"name": name}])


def rename(deed: Deed) -> Done:
    """Keep the name in a cookie of this browser, and go on where it was asked for."""
    name = clean_name(deed.text("name"))
    to = deed.text("to")
    own = re.fullmatch(r"/[a-z]+(/[a-z0-9]+)?(\?[\w%=&+.~-]*)?", to, re.ASCII)
    return Done(to if own else "/", {"name": name}, {NAME_COOKIE: name})


ROUTES = [*routes(View("/me", me)), action("/me", rename)]
