"""Looking at decisions: all of them, those on one thing, and what people disagree on."""

from __future__ import annotations

import re
from typing import Any

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import decision as decisions
from standoff.dossier.hand import verdicts
from standoff.dossier.hand.decision import Decision, Kind, Verb, author_of
from standoff.dossier.hand.form import RecordKind, extent
from standoff.dossier.hand.issue_names import find_issue
from standoff.dossier.hand.judged import judged_or_coded, standing
from standoff.dossier.hand.verdicts import Disagreement, Progress, Word
from standoff.errors import UsageError
from standoff.records import Span


def decisions_of(
    dossier: Dossier,
    *,
    author: str | None = None,
    verb: Verb | None = None,
    kind: Kind | None = None,
    target: int | str | None = None,
    standing: bool = False,
    before: int | None = None,
    limit: int | None = None,
) -> tuple[Decision, ...]:
    """Return decisions, the latest first; `target` is a number, or the code of an actor.

    `standing` leaves out what was undone and the undoing itself; `before` is the key of the last decision of the page
    before.
    """
    parts: list[str] = []
    values: list[Any] = []
    if author is not None:
        parts.append("author = ?")
        values.append(author_of(author))
    for column, value in (("verb", verb), ("kind", kind)):
        if value is not None:
            parts.append(f"{column} = ?")
            values.append(value)
    if target is not None:
        parts.append("code = ?" if isinstance(target, str) else "target = ?")
        values.append(target)
    if standing:
        parts.append("undone IS NULL AND verb <> 'undo'")
    if before is not None:
        parts.append("key < ?")
        values.append(before)
    order = "key DESC" if limit is None else f"key DESC LIMIT {int(limit)}"
    with dossier.use() as connection:
        return tuple(decisions.where(connection, " AND ".join(parts) or "1", values, order))


def notes_on(dossier: Dossier, kind: Kind, target: int | str) -> tuple[Decision, ...]:
    """Return the notes that stand on a record, event, issue, report, decision or actor, oldest first."""
    found = decisions_of(dossier, verb="annotate", kind=kind, target=target, standing=True)
    return tuple(reversed(found))


def words_on(dossier: Dossier, kind: Kind, record: int) -> tuple[Word, ...]:
    """Return each person's last standing word on a record, the earliest first."""
    with dossier.use() as connection:
        return verdicts.words_on(connection, kind, record)


def progress(dossier: Dossier, *authors: str) -> tuple[Progress, ...]:
    """Return how far each person has come who ever decided on a record, and each of `authors`, by name."""
    with dossier.use() as connection:
        return verdicts.progress(connection, [author_of(author) for author in authors])


def progress_by_kind(dossier: Dossier, author: str) -> dict[RecordKind, Progress]:
    """Return how far a person has come with acts, and with statements."""
    with dossier.use() as connection:
        return verdicts.progress_by_kind(connection, author_of(author))


def disagreements(dossier: Dossier) -> tuple[Disagreement, ...]:
    """Return the records on which people's last words differ; the views show the latest word."""
    with dossier.use() as connection:
        return verdicts.disagreements(connection)


def without_record(dossier: Dossier) -> tuple[Decision, ...]:
    """Return the standing decisions on records that the present coder does not find, the latest first.

    An accepted or corrected record stands all the same.
    """
    with dossier.use() as connection:
        return tuple(
            decisions.where(
                connection,
                """undone IS NULL AND kind IN ('act', 'statement') AND EXISTS (
                   SELECT 1 FROM judged WHERE judged.kind = decision.kind AND record = target
                   AND latest IS NULL)""",
                [],
                "key DESC",
            )
        )


def issue_number(dossier: Dossier, issue: int | str) -> int:
    """Return the number of an issue, given by it or by any way of naming the issue."""
    with dossier.use() as connection:
        return find_issue(connection, issue)[0]


def report_number(dossier: Dossier, name: str) -> int:
    """Return the number of the latest report with an id; raises UsageError where there is none."""
    with dossier.use() as connection:
        (found,) = connection.execute("SELECT max(key) FROM report WHERE id = ?", (name,)).fetchone()
    if found is None:
        raise UsageError(f"There is no report {name!r}; `standoff reports` shows their ids.")
    return int(found)


def words_near(dossier: Dossier, kind: RecordKind, record: int, words: str) -> Span:
    """Return where words stand in a record's report, nearest to the record; raises UsageError where they do not."""
    with dossier.use() as connection:
        judged = judged_or_coded(connection, kind, record)
        (text,) = connection.execute("SELECT text FROM report WHERE key = ?", (judged.report,)).fetchone()
        where = extent(standing(connection, judged)[0])
    starts = [found.start() for found in re.finditer(re.escape(words), text)] if words else []
    if not starts:
        raise UsageError(f"The report of {kind} {record} does not hold the words {words!r}.")
    start = min(starts, key=lambda at: max(where.start - at, at + len(words) - where.end, 0))
    return Span(start, start + len(words))
