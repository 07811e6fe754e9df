"""Reports from the web: single pages, and feeds with or without the pages that their entries link to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from standoff.errors import ReportError
from standoff.reading.addresses import canonical
from standoff.reading.feeds import is_feed, read_feed
from standoff.reading.fetching import Fetcher
from standoff.reading.limits import MAX_FEED_BYTES
from standoff.reading.report import with_unique_ids
from standoff.reading.responses import report_of_response
from standoff.records import Report

OnProblem = Callable[[ReportError], None]

MAX_ENTRIES = 500
"""Pages of one feed that are fetched."""


def fetch_reports(
    urls: Sequence[str] = (),
    feeds: Sequence[str] = (),
    *,
    follow: bool = False,
    published: str | None = None,
    on_problem: OnProblem,
    fetcher: Fetcher | None = None,
) -> Iterator[Report]:
    """Yield the reports at web addresses, then those of feeds; `on_problem` gets a ReportError for each that fails.

    A feed gives the text that it holds; with `follow`, the pages that its entries link to are fetched, and where one
    cannot be, the feed's own text serves. Ids are unique within the call. Each address is fetched once, by a `Fetcher`
    of the usual kind unless one is given.
    """
    get = fetcher or Fetcher()
    return with_unique_ids(_fetched(get, urls, feeds, follow, published, on_problem))


def _fetched(
    get: Fetcher,
    urls: Sequence[str],
    feeds: Sequence[str],
    follow: bool,
    published: str | None,
    on_problem: OnProblem,
) -> Iterator[Report]:
    seen: set[str | None] = set()
    for url in urls:
        try:
            yield _page(get, url, published, seen)
        except _Seen:
            continue
        except ReportError as problem:
            on_problem(problem)
    for url in feeds:
        try:
            yield from _entries(get, url, follow, published, on_problem, seen)
        except ReportError as problem:
            on_problem(problem)


class _Seen(Exception):
    """An address was fetched already."""


def _page(
    get: Fetcher, url: str, published: str | None, seen: set[str | None], own_date: str | None = None
) -> Report:
    """Return the report at an address; raises _Seen for one that was fetched already."""
    if canonical(url) in seen:
        raise _Seen
    seen.add(canonical(url))
    answer = get.fetch(url)
    if is_feed(answer.body):
        raise ReportError(url, "this is a feed and no page; ask for it with --feed")
    address = canonical(answer.url) or answer.url
    seen.add(address)
    return report_of_response(
        answer.body,
        answer.content_type,
        address=address,
        where=url,
        id=identifier(address),
        published=published,
        own_date=own_date,
        format="web",
    )


def _entries(
    get: Fetcher,
    url: str,
    follow: bool,
    published: str | None,
    on_problem: OnProblem,
    seen: set[str | None],
) -> Iterator[Report]:
    answer = get.fetch(url, most=MAX_FEED_BYTES)
    if not is_feed(answer.body):
        raise ReportError(url, "this is no RSS or Atom feed; ask for a page with --url")
    name = identifier(answer.url)
    fetched = 0
    for entry in read_feed(answer.body, where=url, stem=name, published=published, on_problem=on_problem):
        own = replace(entry, id=identifier(entry.url)) if entry.url else entry
        if not follow or not entry.url or fetched >= MAX_ENTRIES:
            yield own
            continue
        fetched += 1
        try:
            own_date = entry.published if entry.published_how == "file" else None
            page = _page(get, entry.url, published, seen, own_date)
        except _Seen:
            continue
        except ReportError as problem:
            on_problem(ReportError(problem.where, f"{problem.problem}; the feed's own text was taken"))
            yield own
        else:
            yield replace(page, outlet=page.outlet or entry.outlet, author=page.author or entry.author)


def identifier(url: str) -> str:
    """Return an id for the report at an address: host and path in letters, digits, dots and hyphens."""
    parts = urlsplit(url)
    words = f"{(parts.hostname or '').removeprefix('www.')}{parts.path}"
    words = re.sub(r"\.(?:html?|php|aspx?)$", "", words.rstrip("/")) + (
        f"-{parts.query}" if parts.query else ""
    )
    return re.sub(r"[^\w.]+", "-", words).strip("-")[-200:] or "page"
