"""What is to be reviewed: the least certain records first, for each person their own queue.

What one person decided does not take a record from another's queue, not even a rejection, which takes it from the views.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from standoff.dossier import loading
from standoff.dossier.events.issues import canon_of
from standoff.dossier.hand.decision import verdicts_on
from standoff.dossier.hand.form import Record, RecordKind, extent
from standoff.dossier.hand.judged import judged_or_coded, load, shown
from standoff.dossier.hand.verdicts import REJECTED, Word, fingerprint, words_on
from standoff.dossier.views.filters import Filters, clause, several
from standoff.dossier.views.sought import issue_values
from standoff.records import Act, Span

Cursor = tuple[float, RecordKind, int]
"""Confidence, kind and number of a record: where a page of the queue ends."""


_MANY = 5_000
"""From how many records on it is cheaper to try them by confidence than to sort them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that waits for a person's word.

    `record` is its number, `report` the key of its report and `report_id` that report's id; `coded` the act or
    statement as it stands (as it would, where `present` is False because somebody rejected it); `extent` and `quote` its
    span and words; `issue` the dossier's own label. `words` are what others have said of it; `seen` is what to give
    back to `Hand` with the decision; `cursor` what to ask the next page with.
    """

    kind: RecordKind
    record: int
    report: int
    report_id: str
    coded: Record
    extent: Span
    quote: str
    issue: str
    confidence: float
    event: int | None
    present: bool
    words: tuple[Word, ...]
    seen: str
    cursor: Cursor


def queue(
    connection: sqlite3.Connection,
    author: str,
    *,
    kinds: Sequence[RecordKind] = ("act", "statement"),
    limit: int = 20,
    after: Cursor | None = None,
    filters: Filters | None = None,
) -> tuple[Waiting, ...]:
    """Return the records on which a person has not given a word yet, least certain first.

    `after` is the cursor of the last one of the page before; what is decided meanwhile shifts nothing.
    """
    found: list[tuple[Cursor, bool]] = []
    for kind in kinds:
        found += [
            ((c, kind, key), True)
            for c, key in _present(connection, author, kind, limit, after, filters or {})
        ]
        away = _absent(connection, author, kind, after, filters or {})
        found += [(place, False) for place in itertools.islice(away, limit)]
    found.sort()
    return tuple(_waiting(connection, place, there) for place, there in found[:limit])


def waiting_record(connection: sqlite3.Connection, kind: RecordKind, record: int) -> Waiting:
    """Return one record as the queue shows it, whoever has decided on it; raises UsageError where there is none."""
    judged = judged_or_coded(connection, kind, record)
    there = connection.execute(f"SELECT confidence FROM {kind} WHERE key = ?", (record,)).fetchone()
    confidence = float(there[0]) if there else (judged.latest or judged.told).confidence
    return _waiting(connection, (confidence, kind, record), there is not None)


def _present(
    connection: sqlite3.Connection,
    author: str,
    kind: RecordKind,
    limit: int,
    after: Cursor | None,
    filters: Filters,
) -> list[tuple[float, int]]:
    conditions, values, table = _conditions(connection, kind, filters)
    conditions.append(
        f"NOT EXISTS (SELECT 1 FROM verdict WHERE kind = '{kind}' AND record = {kind}.key AND author = ?)"
    )
    values.append(author)
    if after is not None:
        # Of one confidence, acts come before statements and lower numbers before higher ones.
        last = after[2] if kind == after[1] else (-1 if kind > after[1] else 2**62)
        conditions.append(f"({kind}.confidence, {kind}.key) > (?, ?)")
        values += [after[0], last]
    rows = connection.execute(
        f"""SELECT {kind}.confidence, {kind}.key FROM {table} WHERE {" AND ".join(conditions)}
            ORDER BY {kind}.confidence, {kind}.key LIMIT ?""",
        [*values, limit],
    )
    return rows.fetchall()


def _conditions(
    connection: sqlite3.Connection, kind: RecordKind, filters: Filters
) -> tuple[list[str], list[Any], str]:
    """The filters as conditions with their values, and the tables to look in.

    Where every filter lets many records through, they are tried on the least certain records one by one; where one
    lets few through, those few are sorted.
    """
    few = _fewest(connection, kind, filters) < _MANY
    actors = [] if few else [actor.upper() for actor in several(filters.get("actor"))]
    outlets = several(filters.get("outlet"))
    own = {"outlet"} | ({"actor"} if actors else set())
    rest = cast(Filters, {name: value for name, value in filters.items() if name not in own})
    sql, values = clause(kind, rest)
    conditions = [sql.removeprefix("WHERE ")] if sql else []
    if actors:
        roles = " AND role IN ('source', 'target')" if kind == "act" else ""
        conditions.append(
            f"""EXISTS (SELECT 1 FROM {kind}_actor AS named WHERE named.{kind} = {kind}.key
                AND actor IN ({", ".join("?" * len(actors))}){roles})"""
        )
        values = [*values, *actors]
    if outlets:
        marks = ", ".join("?" * len(outlets))
        reports = f"SELECT report FROM label WHERE outlet COLLATE NOCASE IN ({marks})"
        conditions.append(f"{kind}.report IN ({reports})")
        values = [*values, *outlets]
    table = kind if few else f"{kind} INDEXED BY {kind}_by_confidence"
    if sql:
        table += f" CROSS JOIN report ON report.key = {kind}.report"
        table += " CROSS JOIN event ON event.key = act.event" if kind == "act" else ""
    return conditions, list(values), table


def _fewest(connection: sqlite3.Connection, kind: RecordKind, filters: Filters) -> int:
    """How many records the rarest actor, type, outlet or issue of the filters has."""
    wanted = {
        "actor": [actor.upper() for actor in several(filters.get("actor"))],
        "type": [type_.upper() for type_ in several(filters.get("type"))],
        "outlet": [outlet.casefold() for outlet in several(filters.get("outlet"))],
        "issue": list(issue_values(connection, several(filters.get("issue")))),
    }
    found = [_MANY]
    for name, values in wanted.items():
        if values and not (kind == "statement" and name in ("type", "issue")):
            marks = ", ".join("?" * len(values))
            row = connection.execute(
                f"SELECT coalesce(sum({kind}s), 0) FROM facet WHERE kind = ? AND value IN ({marks})",
                [name, *values],
            ).fetchone()
            found.append(int(row[0]))
    return min(found)


def _absent(
    connection: sqlite3.Connection, author: str, kind: RecordKind, after: Cursor | None, filters: Filters
) -> Iterator[Cursor]:
    """Records that somebody else rejected, least certain first; the filters are tried on one after the other."""
    rows = connection.execute(
        f"""SELECT json_extract(coalesce(latest, told), '$.confidence') AS confidence, record FROM judged
            WHERE kind = ? AND {REJECTED} AND NOT EXISTS (
                SELECT 1 FROM verdict WHERE verdict.kind = judged.kind AND verdict.record = judged.record
                AND author = ?)
            ORDER BY confidence, record""",
        (kind, author),
    ).fetchall()
    for confidence, record in rows:
        place = (float(confidence), kind, record)
        if after is not None and place <= after:
            continue
        judged = load(connection, kind, record)
        assert judged is not None
        would_be = shown(judged, verdicts_on(connection, kind, record))
        if _lets_through(connection, filters, would_be, judged.report):
            yield place


def _lets_through(connection: sqlite3.Connection, filters: Filters, record: Record, report: int) -> bool:
    """The filters by actor, type, modality, outlet and issue, on a record that is in no table."""
    wanted_values = {
        "actor": filters.get("actor"),
        "type": filters.get("type"),
        "modality": filters.get("modality"),
        "outlet": filters.get("outlet"),
    }
    given = {name: {value.casefold() for value in several(told)} for name, told in wanted_values.items()}
    (outlet,) = connection.execute("SELECT outlet FROM report WHERE key = ?", (report,)).fetchone()
    has: dict[str, set[str]]
    if isinstance(record, Act):
        has = {
            "actor": {*record.source, *record.target},
            "type": {record.type},
            "modality": {record.modality},
        }
    else:
        has = {"actor": set(record.actor), "type": set(), "modality": set()}
    has["outlet"] = {outlet or ""}
    named = all(
        not wanted or wanted & {value.casefold() for value in has[name]} for name, wanted in given.items()
    )
    return named and _is_of_issue(connection, several(filters.get("issue")), record, report)


def _is_of_issue(connection: sqlite3.Connection, labels: Sequence[str], record: Record, report: int) -> bool:
    """Whether an act would be of one of these issues; for a statement, whether its report tells of one."""
    if not labels:
        return True
    wanted = {int(value) for value in issue_values(connection, labels)}
    if isinstance(record, Act):
        rows = connection.execute(
            "SELECT issue FROM issue_name WHERE canon = ?", (canon_of(record.issue),)
        ).fetchall()
    else:
        rows = connection.execute("SELECT DISTINCT issue FROM act WHERE report = ?", (report,)).fetchall()
    return any(issue in wanted for (issue,) in rows)


def _waiting(connection: sqlite3.Connection, place: Cursor, there: bool) -> Waiting:
    _, kind, record = place
    event: int | None = None
    issue = ""
    coded: Record
    if kind == "act" and there:
        act = loading.acts_by_key(connection, [record])[record]
        report, coded, event, issue = act.report, act.act, act.event, act.issue
    elif there:
        (said,) = loading.stored_statements(connection, "WHERE statement.key = ?", [record])
        report, coded = said.report, said.statement
    else:
        judged = load(connection, kind, record)
        assert judged is not None
        report, coded = judged.report, shown(judged, verdicts_on(connection, kind, record))
        issue = coded.issue if isinstance(coded, Act) else ""
    span = extent(coded)
    name, quote = connection.execute(
        "SELECT id, substr(text, ?, ?) FROM report WHERE key = ?",
        (span.start + 1, span.end - span.start, report),
    ).fetchone()
    return Waiting(
        kind, record, report, name, coded, span, quote, issue, place[0], event, there,
        words_on(connection, kind, record), fingerprint(connection, kind, record), place,
    )  # fmt: skip
