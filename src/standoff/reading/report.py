"""From a text to a report: its hash, its regions, its day of publication."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from standoff.reading.addresses import canonical
from standoff.reading.publication import LINKED, publication_date
from standoff.reading.regions import lay_out
from standoff.reading.written_dates import as_published
from standoff.records import Report

_MAX_TITLE = 300


def make_report(
    text: str,
    *,
    id: str,
    title: str | None = None,
    published: str | None = None,
    published_how: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    url: str | None = None,
    format: str = "text",
    captions: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Report:
    """Return the report of a text, which is kept as it is.

    `published` is a date in any form that `as_published` reads; `published_how` says where it is from
    ("given" unless told). Without it the date is worked out from the text. Title, author and outlet are taken
    from the top of the text where they are not given; `captions` are paragraphs that are known to be
    captions. A web address is kept in its canonical form. Never raises for any text; what may pass as a report is
    `admission`'s matter.
    """
    known = as_published(published) if published is not None else None
    layout = lay_out(text, title=title, published=known, captions=captions)
    found, how = (known, published_how or "given") if known else publication_date(layout, url=url)
    notes = list(notes)
    if published is not None and known is None:
        notes.append(f"the publication date {str(published)[:40]!r} is no date that can be read")
    if found is None:
        notes.append(
            "no publication date is given and none could be worked out from the text, so that weekdays and "
            "other relative dates stay open"
        )
    if how == LINKED:
        notes.append(
            f"the publication date {found} is an estimate, from the newest story that the page links to and "
            "the weekday in the lead"
        )
    if title is None and layout.headline is not None:
        title = re.sub(r"\s+", " ", text[layout.headline.start : layout.headline.end])[:_MAX_TITLE]
    return Report(
        id=id,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=title,
        published=found,
        published_how=how,
        outlet=outlet or layout.outlet,
        author=author or layout.author,
        url=(canonical(url) or url) if url else None,
        format=format,
        regions=tuple(layout.regions),
        notes=tuple(notes),
    )


def with_unique_ids(reports: Iterable[Report]) -> Iterator[Report]:
    """Yield reports under ids that no report before them has: the second "geneva" becomes "geneva-2", with a note."""
    used: dict[str, int] = {}
    for report in reports:
        identifier, number = report.id, used.get(report.id, 0)
        while identifier in used:
            number += 1
            identifier = f"{report.id}-{number}"
        used[report.id] = max(number, 1)
        used.setdefault(identifier, 1)
        if identifier != report.id:
            note = (
                f"an earlier report has the id {report.id!r} too, so that this one is called {identifier!r}"
            )
            report = replace(report, id=identifier, notes=(*report.notes, note))
        yield report
