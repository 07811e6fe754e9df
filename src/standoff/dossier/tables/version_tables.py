"""The versions of pages as tables: which pages changed, and what became of one page's paragraphs."""

from __future__ import annotations

from itertools import pairwise

from standoff.dossier.days import for_people
from standoff.dossier.dossier import Dossier
from standoff.dossier.tables.tables import Row, Table, counted, plain
from standoff.dossier.versions import Passage, difference
from standoff.records import StoredReport

_SIGNS = {"removed": "−", "added": "+", "reworded": "±"}


def changed_pages(dossier: Dossier) -> Table:
    """Return the pages that the dossier holds in several versions, the latest changed first, with what the newest
    version changed.
    """
    rows = []
    for page in dossier.pages_with_versions():
        older, newest = dossier.versions_of(page.url)[-2:]
        passages = difference(older.report, newest.report)
        numbers = {kind: sum(passage.kind == kind for passage in passages) for kind in _SIGNS}
        rows.append(
            Row(
                (
                    for_people(newest.added[:10]),
                    plain(page.url),
                    plain(newest.report.title or ""),
                    str(len(page.reports)),
                    " ".join(f"{_SIGNS[kind]}{number}" for kind, number in numbers.items() if number),
                ),
                {"url": page.url, "versions": list(page.reports), "added": newest.added, **numbers},
            )
        )
    headers = ("Added", "Address", "Title", "Versions", "Paragraphs")
    base = f"{counted(len(rows), 'page')} in several versions"
    empty = (
        "No page is there in several versions; adding a changed text under the same web address makes one."
    )
    return Table(headers, tuple(rows), base, empty)


def page_history(dossier: Dossier, url: str) -> Table:
    """Return what became of a page's paragraphs from version to version, oldest first."""
    versions = dossier.versions_of(url)
    rows = tuple(
        _row(older, newer, passage)
        for older, newer in pairwise(versions)
        for passage in difference(older.report, newer.report)
    )
    base = f"{counted(len(versions), 'version')} of {plain(url)}"
    if not versions:
        empty = f"No report has the address {plain(url)}; `standoff reports {dossier.path} --format csv` lists addresses."
    else:
        empty = f"There is {counted(len(versions), 'version')} of {plain(url)}, and nothing of it changed."
    return Table(("Added", "Version", "", "Before", "Now"), rows, base, empty)


def _row(older: StoredReport, newer: StoredReport, passage: Passage) -> Row:
    return Row(
        (
            for_people(newer.added[:10]),
            f"{older.report.id} ({older.key}) → {newer.report.id} ({newer.key})",
            _SIGNS[passage.kind],
            plain(passage.old_text),
            plain(passage.new_text),
        ),
        {
            "kind": passage.kind,
            "added": newer.added,
            "old": {"report": older.report.id, "key": older.key, "span": passage.old and list(passage.old)},
            "new": {"report": newer.report.id, "key": newer.key, "span": passage.new and list(passage.new)},
            "before": passage.old_text,
            "now": passage.new_text,
        },
    )
