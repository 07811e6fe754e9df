"""The page: what each section shows, put together, and written as one self-contained HTML file."""

from __future__ import annotations

import base64
import datetime
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from standoff.brief.environment import environment_of
from standoff.brief.glance import Glance, glance_of, headline_actors, summary_words
from standoff.brief.lines import line_of
from standoff.brief.material import Material
from standoff.brief.matrix import Matrix, matrix_of
from standoff.brief.safety import plain
from standoff.brief.sources import SourceView, sources_of
from standoff.brief.strip import Strip, strip_of
from standoff.brief.tables import ActTables, Moment, Speaker, act_tables, speakers_of, timeline_of
from standoff.brief.wording import date_words, joined, shortened, span_words

if TYPE_CHECKING:
    from standoff.brief.settlement import SettlementView

STYLES = ("tokens.css", "records.css", "settlement.css", "brief.css")
"""The style sheets of a brief, in their order; the first two are the web app's as well."""


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
    settlement: SettlementView | None = None


def page_of(
    material: Material,
    *,
    title: str | None = None,
    today: datetime.date | None = None,
    settlement: SettlementView | None = None,
) -> Page:
    """Prepare the page of a dossier's records, with the answer to a conflict where there is one.

    Without a title, the leading actors are the title.
    """
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
        settlement=settlement,
    )


def page_html(page: Page) -> str:
    """Write a page as one HTML file that needs nothing else and can reach nothing else."""
    style, script = "".join(map(_asset, STYLES)), _asset("brief.js")
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


@cache
def _environment() -> Environment:
    return environment_of(PackageLoader("standoff.brief"))


def _version() -> str:
    try:
        return version("standoff")
    except PackageNotFoundError:
        return "unreleased"
