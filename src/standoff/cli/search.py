"""standoff search and standoff query: find words, and ask a question again that was kept under a name."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standoff.cli.options import AS_TABLE, DOSSIER
from standoff.cli.views import FILTERS

if TYPE_CHECKING:
    from standoff.dossier.dossier import Dossier

_LIMIT = click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, metavar="N")


@click.command("search")
@DOSSIER
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--evidence", is_flag=True, help="In the evidence of acts, not in whole reports.")
@_LIMIT
@AS_TABLE
def search(dossier: Path, words: tuple[str, ...], evidence: bool, limit: int, form: str) -> None:
    """Find the reports that hold all WORDS, best first, with the passage that holds them.

    "words in quotation marks" are found as they stand; OR between two parts finds either; -word leaves out what holds
    it (write -- before the first WORD then); wor* finds what begins so.
    """
    from standoff.dossier.dossier import Dossier

    with Dossier.open(dossier) as opened:
        _show_search(opened, " ".join(words), evidence, limit, form)


def _show_search(dossier: Dossier, words: str, evidence: bool, limit: int, form: str) -> None:
    from standoff.cli.tables import show
    from standoff.dossier.tables.search_tables import search_table

    show(search_table(dossier, words, "evidence" if evidence else "reports", limit), form)


def _with_filters(function: Any) -> Any:
    for option in reversed(FILTERS):
        function = option(function)
    return function


@click.command("query")
@DOSSIER
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--save", "view", metavar="VIEW", help="Keep this view with the filters given here under NAME.")
@click.option("--delete", is_flag=True, help="Forget the query NAME.")
@_with_filters
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N lines.")
@AS_TABLE
def query(
    dossier: Path, name: str | None, view: str | None, delete: bool, limit: int | None, form: str,
    type_: tuple[str, ...], **filters: Any,
) -> None:  # fmt: skip
    """Ask the question that is kept under NAME; without NAME, list what is kept.

    VIEW is timeline, positions, acts, statements, reports, numbers, contradictions, changed, tension, network or
    search (with --search WORDS).
    """
    from standoff.cli.tables import show, show_pages
    from standoff.dossier.dossier import Dossier
    from standoff.dossier.search import saved_queries
    from standoff.dossier.tables.search_tables import queries_table
    from standoff.dossier.tables.tables import stream
    from standoff.errors import UsageError

    given = {key: value for key, value in {**filters, "type": type_}.items() if value}
    if name is None:
        if view or delete or given:
            raise UsageError("Give the query a NAME.")
        with Dossier.open(dossier) as opened:
            show(queries_table(opened), form)
    elif view or delete:
        with Dossier.open(dossier, write=True) as opened:
            if delete:
                saved_queries.delete_query(opened, name)
                sys.stderr.write(f"Forgot the query {name!r}.\n")
            else:
                saved = saved_queries.save_query(opened, name, str(view), given)
                sys.stderr.write(
                    f"Kept as {saved.name!r}; `standoff query {dossier} {saved.name!r}` asks it.\n"
                )
    else:
        if given:
            raise UsageError("A kept query has its filters; to change them, keep it again with --save VIEW.")
        with Dossier.open(dossier) as opened:
            kept = saved_queries.saved_query(opened, name)
            if kept.view in saved_queries.SEARCHES:
                _show_search(opened, str(kept.filters.get("search")), False, limit or 20, form)
                return
            asked = dict(kept.filters)
            since: Any = asked.pop("since", None) if kept.view == "changed" else None
            show_pages(stream(opened, kept.view, asked, since, limit), form)  # type: ignore[arg-type]
