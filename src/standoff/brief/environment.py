"""How templates are filled: everything is escaped, and what every template may use of the visual language."""

from __future__ import annotations

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

from standoff.brief.highlights import mark_markup
from standoff.brief.marks import Shape, Tone
from standoff.brief.safety import plain, text_markup


def environment_of(loader: BaseLoader) -> Environment:
    """Return an environment over a loader: `mark`, `sign`, `text` and the filter `plain` are there for every
    template, and a name that is not given is an error.
    """
    environment = Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.globals.update(mark=mark_markup, sign=sign_markup, text=text_markup)
    environment.filters["plain"] = plain
    return environment


def sign_markup(shape: Shape, tone: Tone | str = "ink") -> Markup:
    """Return a sign for a legend or heading, in ink unless a tone is named."""
    return Markup('<svg class="mark {}" aria-hidden="true"><use href="#m-{}"/></svg>').format(tone, shape)
