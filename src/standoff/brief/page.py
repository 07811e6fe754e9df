"""The page: what each section shows, put together, and written as one self-contained HTML file."""

from __future__ import annotations

import base64
import datetime
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from standoff.brief.glance import Glance, glance_of, headline_actors, summary_words
from standoff.brief.highlights import mark_markup
from standoff.brief.lines import line_of
from standoff.brief.marks import Shape, Tone
from standoff.brief.material import Material
from standoff.brief.matrix import Matrix, matrix_of
from standoff.brief.safety import plain, text_markup
from standoff.brief.sources import SourceView, sources_of
from standoff.brief.strip import Strip, strip_of
from standoff.brief.tables import ActTables, Moment, Speaker, act_tables, speakers_of, timeline_of
from standoff.brief.wording import date_words, joined, shortened, span_words


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the templates show. `events` is the number of acts."""

    title: str
    summary: str
    period: str
    written: str
    version: str
    events: int
    glance: Glance
    matrix: Matrix
    strip: Strip | None
    timeline: tuple[Moment, ...]
    acts: ActTables
    speakers: tuple[Speaker, ...]
    sources: tuple[SourceView, ...]


def page_of(material: Material, *, title: str | None = None, today: datetime.date | None = None) -> Page:
    """Prepare the page of a dossier's records. Without a title, the leading actors are the title."""
    lines = {event.key: line_of(material, event) for event in material.events}
    dates = sorted(stored.report.published for stored in material.reports if stored.report.published)
    actors = joined(headline_actors(material))
    return Page(
        title=shortened(plain(title), 200) or actors or "No actors found",
        summary=summary_words(material),
        period=span_words(dates[0], dates[-1]) if dates else "",
        written=date_words((today or datetime.date.today()).isoformat()),
        version=_version(),
        events=len(material.events),
        glance=glance_of(material, lines),
        matrix=matrix_of(material),
        strip=strip_of(material, lines),
        timeline=timeline_of(material, lines),
        acts=act_tables(material, lines),
        speakers=speakers_of(material),
        sources=sources_of(material, lines),
    )


def page_html(page: Page) -> str:
    """Write a page as one HTML file that needs nothing else and can reach nothing else."""
    style, script = _asset("brief.css"), _asset("brief.js")
    return (
        _environment()
        .get_template("page.html")
        .render(page=page, style=Markup(style), script=Markup(script), policy=_policy(style, script))
    )


def _policy(style: str, script: str) -> str:
    """Return a policy under which only this very style sheet and script act, and nothing is fetched."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _digest(source: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return files("standoff.brief").joinpath("assets", name).read_text(encoding="utf-8")


def _sign(shape: Shape, tone: Tone | str = "ink") -> Markup:
    """Return a sign for a legend or heading, in ink unless a tone is named."""
    return Markup('<svg class="mark {}" aria-hidden="true"><use href="#m-{}"/></svg>').format(tone, shape)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("standoff.brief"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals.update(mark=mark_markup, sign=_sign, text=text_markup)
    environment.filters["plain"] = plain
    return environment


def _version() -> str:
    try:
        return version("standoff")
    except PackageNotFoundError:
        return "unreleased"
