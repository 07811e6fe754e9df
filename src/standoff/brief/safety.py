"""Borders between hostile text and the page: what may be shown, linked, or put into an attribute.

Everything that comes from a report (its text, and its id, title, outlet, author and URL too) is written by
strangers. Templates escape by themselves; this module does what escaping alone does not: characters that HTML
cannot hold, characters that reorder their surroundings, and URLs that are more than an address.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

REPLACEMENT = "\ufffd"
_UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
_REORDERING = re.compile("[\u202a-\u202e]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_CARRIAGE = re.compile("\r")


def text_markup(text: str) -> Markup:
    """Return text as HTML that a browser reads back as exactly this text, and that changes nothing around it.

    A carriage return is written as a reference (a parser would make it a line feed). NUL and lone surrogates,
    which HTML cannot hold, become U+FFFD, one for one. A bidi embedding or override is shut into an element
    of its own (`bdi.ctl`), where it can reorder nothing; isolates and marks, which right-to-left texts need,
    stay.
    """
    safe = str(escape(_UNHOLDABLE.sub(REPLACEMENT, text)))
    safe = _CARRIAGE.sub("&#13;", safe)
    safe = _REORDERING.sub(
        lambda found: f'<bdi class="ctl" data-u="U+{ord(found[0]):04X}">{found[0]}</bdi>', safe
    )
    return Markup(safe)


def plain(text: str | None) -> str:
    """Return metadata as one line without control characters, for titles, labels and attributes."""
    return " ".join(_CONTROL.sub("", text or "").split())


def web_address(url: str | None) -> str | None:
    """Return the URL if it is an http or https address of a host, without credentials; else None."""
    candidate = (url or "").strip()
    if not candidate or _CONTROL.search(candidate) or re.search(r"[\s\\<>\"]", candidate):
        return None
    try:
        parts = urlsplit(candidate)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return candidate if usable else None
