"""What a search finds, and which questions are kept, as tables."""

from __future__ import annotations

from standoff.dossier.days import for_people
from standoff.dossier.dossier import Dossier
from standoff.dossier.search.saved_queries import saved_queries
from standoff.dossier.search.searching import Found, Where, search
from standoff.dossier.tables.rows import Row, Table, counted, plain


def search_table(
    dossier: Dossier, words: str, where: Where = "reports", limit: int = 20, after: str | None = None
) -> Table:
    """Return a page of what a search finds; what was found stands between ‹ and › in the passage."""
    page = search(dossier, words, where, limit, after)
    rows = tuple(Row(_cells(hit), _record(hit)) for hit in page.items)
    noun = "report" if where == "reports" else "act"
    base = f"{len(rows):,} of {counted(page.total, noun)} found"
    empty = (
        f"No {'report' if where == 'reports' else 'evidence'} holds {plain(words)!r}; fewer words find more."
    )
    headers = ("Published", "Report", "Title" if where == "reports" else "Type", "Evidence")
    return Table(headers, rows, base, empty, total=page.total, exact=page.exact, next=page.next)


def marked(hit: Found) -> str:
    """Return a passage with what was found between ‹ and ›."""
    passage, parts, at = hit.passage, [], 0
    for mark in passage.marks:
        start, end = mark.start - passage.span.start, mark.end - passage.span.start
        parts += [passage.text[at:start], "‹", passage.text[start:end], "›"]
        at = end
    return "".join([*parts, passage.text[at:]])


def _cells(hit: Found) -> tuple[str, ...]:
    what = hit.act.act.type if hit.act else plain(hit.label.title or "")
    return (for_people(hit.label.published), hit.label.id, what, plain(marked(hit)))


def _record(hit: Found) -> dict[str, object]:
    return {
        "act": hit.act.key if hit.act else None,
        "marks": [list(mark) for mark in hit.passage.marks],
        "evidence": [
            {
                "report": hit.label.id,
                "title": hit.label.title,
                "outlet": hit.label.outlet,
                "published": hit.label.published,
                "start": hit.passage.span.start,
                "end": hit.passage.span.end,
                "quote": hit.passage.text,
            }
        ],
    }


def queries_table(dossier: Dossier) -> Table:
    """Return the questions that are kept, by name."""
    rows = tuple(
        Row(
            (
                query.name,
                query.view,
                " ".join(f"--{name} {_value(value)}" for name, value in query.filters.items()),
                query.made[:10],
            ),
            {"name": query.name, "view": query.view, "filters": dict(query.filters), "made": query.made},
        )
        for query in saved_queries(dossier)
    )
    empty = "No query is kept yet; `standoff query DOSSIER NAME --save VIEW` with filters keeps one."
    return Table(
        ("Name", "View", "Filters", "Kept"), rows, counted(len(rows), "saved query", "saved queries"), empty
    )


def _value(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, list) else str(value)
