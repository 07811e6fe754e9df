"""One coded report into the dossier, in one transaction: all of it, or nothing.

Every span is checked against the report's text before anything is written, and the tables check again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standoff.dossier import versions
from standoff.dossier.events import events, voices
from standoff.dossier.events.issues import issue_key
from standoff.dossier.events.merging import Telling
from standoff.dossier.events.numbers import numbers_in
from standoff.dossier.hand.actor_names import roles_of, shown_act, write_actors
from standoff.dossier.lookups import summaries
from standoff.dossier.store import new_number, now, transaction
from standoff.errors import ReportError
from standoff.records import Act, Coding, Report, Span, Statement, Time


@dataclass(frozen=True, slots=True)
class Coder:
    """Who coded a report: program and version, and its resolved configuration as text."""

    name: str = "unknown"
    config: str = ""

    @property
    def config_hash(self) -> str:
        """SHA-256 of the configuration, as hex."""
        return hashlib.sha256(self.config.encode("utf-8")).hexdigest()


def check_spans(coding: Coding) -> None:
    """Raise ReportError where a span does not lie in the report's text, or the text is not what its hash
    says.
    """
    report = coding.report
    try:
        digest = hashlib.sha256(report.text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError as problem:
        raise ReportError(
            report.id, f"the text holds half a character at {problem.start}; read the file again as UTF-8."
        ) from problem
    if digest != report.sha256:
        raise ReportError(report.id, "the text is not the one its SHA-256 names; read the report again.")
    nul = report.text.find("\0")
    if nul >= 0:
        raise ReportError(report.id, f"there is a NUL character at {nul}; this is not the text of a report.")
    for kind, span in _spans(coding):
        if not 0 <= span.start < span.end <= len(report.text):
            raise ReportError(
                report.id,
                f"the {kind} at {span.start} to {span.end} does not lie in the text of {len(report.text)} "
                f"characters; code the report again.",
            )


def _spans(coding: Coding) -> Iterator[tuple[str, Span]]:
    for region in coding.report.regions:
        yield "region", region.span
    for time in coding.times:
        yield "time", time.span
    for span in coding.passed_over:
        yield "passed-over sentence", span
    for statement in coding.statements:
        yield "cue of a statement", statement.cue
        if statement.source is not None:
            yield "source of a statement", statement.source
        for span in statement.content:
            yield "content of a statement", span
    for act in coding.acts:
        yield f"trigger of an act ({act.type})", act.trigger
        yield f"evidence of an act ({act.type})", act.evidence
        if act.content is not None:
            yield f"content of an act ({act.type})", act.content
        if act.condition is not None:
            yield f"condition of an act ({act.type})", act.condition


def add_coding(connection: sqlite3.Connection, coding: Coding, coder: Coder) -> bool:
    """Add a report with all its records; return False where it is there already: see `known`.

    One transaction: when this returns, the report is on the disk; when the process dies before, there is no
    trace of it. Raises ReportError where a span does not fit the text.
    """
    report = coding.report
    if known(connection, report):
        return False
    check_spans(coding)
    own = voices.shingles(report.text)
    with transaction(connection):
        if known(connection, report):
            return False
        key = _add_report(connection, coding, own, coder_key(connection, coder))
        _add_layers(connection, key, coding)
        add_acts(connection, key, report, coding.acts)
        summaries.freshen(connection)
    return True


def known(connection: sqlite3.Connection, report: Report) -> bool:
    """Return True where a report with this text is there under the same id or the same web address.

    Of a page fetched from the web the newest version must have the text: one that went back to what it said before has
    changed. A file does not tell when a page said so.
    """
    page = versions.page_of(report.url) if report.format == "web" else None
    newest = connection.execute(
        "SELECT sha256 FROM report WHERE url = ? ORDER BY key DESC LIMIT 1", (page,)
    ).fetchone()
    if newest:
        return bool(newest[0] == report.sha256)
    found = connection.execute(
        "SELECT 1 FROM report WHERE sha256 = ? AND (id = ? OR url = ?)",
        (report.sha256, report.id, report.url),
    )
    return found.fetchone() is not None


def coder_key(connection: sqlite3.Connection, coder: Coder) -> int:
    """Return the key of a coder, kept now if need be; part of the caller's transaction."""
    connection.execute(
        "INSERT OR IGNORE INTO coder (name, config_hash, config) VALUES (?, ?, ?)",
        (coder.name, coder.config_hash, coder.config),
    )
    found = connection.execute(
        "SELECT key FROM coder WHERE name = ? AND config_hash = ?", (coder.name, coder.config_hash)
    )
    return int(found.fetchone()[0])


def _add_report(connection: sqlite3.Connection, coding: Coding, own: frozenset[int], coder: int) -> int:
    report = coding.report
    (key,) = connection.execute("SELECT coalesce(max(key), 0) + 1 FROM report").fetchone()
    earlier = versions.earlier_version(connection, report.url)
    voice = earlier.voice if earlier else voices.find_voice(connection, own)
    connection.execute(
        """INSERT INTO report (key, id, sha256, text, title, published, published_how, outlet, author, url,
           format, notes, added, coder, voice, earlier, shingles)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            key,
            _free_id(connection, report),
            report.sha256,
            report.text,
            report.title,
            report.published,
            report.published_how,
            report.outlet,
            report.author,
            report.url,
            report.format,
            json.dumps(list(dict.fromkeys((*report.notes, *coding.notes))), ensure_ascii=False),
            now(),
            coder,
            key if voice is None else voice,
            earlier.key if earlier else None,
            len(own),
        ),
    )
    voices.remember(connection, key, own)
    return int(key)


def _free_id(connection: sqlite3.Connection, report: Report) -> str:
    """The report's id; with a number where its text is there under it, as of a page that went back to it."""
    found, number = report.id, 1
    while connection.execute(
        "SELECT 1 FROM report WHERE sha256 = ? AND id = ?", (report.sha256, found)
    ).fetchone():
        number += 1
        found = f"{report.id}-{number}"
    return found


def _add_layers(connection: sqlite3.Connection, key: int, coding: Coding) -> None:
    text = coding.report.text
    connection.executemany(
        'INSERT INTO region (report, start, "end", kind) VALUES (?, ?, ?, ?)',
        [(key, region.span.start, region.span.end, region.kind) for region in coding.report.regions],
    )
    add_times_and_gaps(connection, key, coding)
    for statement in coding.statements:
        insert_statement(connection, key, text, statement)


def add_times_and_gaps(connection: sqlite3.Connection, key: int, coding: Coding) -> None:
    """Write a report's times and passed-over sentences; part of the caller's transaction."""
    text = coding.report.text
    connection.executemany(
        'INSERT OR IGNORE INTO passed_over (report, start, "end") VALUES (?, ?, ?)',
        [(key, span.start, span.end) for span in coding.passed_over],
    )
    connection.executemany(
        """INSERT INTO time (report, start, "end", quote, value, first, last, rule)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [_time_row(key, text, time) for time in coding.times],
    )


def _time_row(report: int, text: str, time: Time) -> tuple[object, ...]:
    span = time.span
    return (report, *span, text[span.start : span.end], time.value, time.start, time.end, time.rule)


def insert_statement(
    connection: sqlite3.Connection, report: int, text: str, statement: Statement, key: int | None = None
) -> None:
    """Write a statement under a number of its own, or under a new one; part of the caller's transaction."""
    key = new_number(connection, "statement") if key is None else key
    connection.execute(
        "INSERT INTO statement (key, report, form, confidence, rule, guess) VALUES (?, ?, ?, ?, ?, ?)",
        (key, report, statement.form, statement.confidence, statement.rule, statement.guess),
    )
    write_actors(connection, "statement", key, roles_of(statement))
    spans = [("cue", 0, statement.cue)]
    if statement.source is not None:
        spans.append(("source", 0, statement.source))
    spans += [("content", ordinal, span) for ordinal, span in enumerate(statement.content)]
    connection.executemany(
        """INSERT INTO statement_span (statement, role, ordinal, start, "end", quote)
           VALUES (?, ?, ?, ?, ?, ?)""",
        [(key, role, ordinal, *span, text[span.start : span.end]) for role, ordinal, span in spans],
    )


def add_acts(connection: sqlite3.Connection, key: int, report: Report, acts: Sequence[Act]) -> None:
    """Add a report's acts and let each join its event; part of the caller's transaction."""
    changed: set[int] = set()
    for ordinal, act in enumerate(acts):
        issue = issue_key(connection, act.issue)
        telling = Telling.of(shown_act(connection, act), report.text, report.published, str(issue or ""), key)
        found = events.find_events(connection, telling)
        event = events.unite(connection, found) if found else events.new_event(connection, act)
        insert_act(connection, key, ordinal, event, issue, act, report.text)
        events.remember_keys(connection, event, telling)
        changed.add(event)
    for event in sorted(changed):
        events.redraw(connection, event)


def insert_act(
    connection: sqlite3.Connection,
    report: int,
    ordinal: int,
    event: int,
    issue: int | None,
    act: Act,
    text: str,
    key: int | None = None,
) -> None:
    """Write an act under a number of its own, or under a new one; part of the caller's transaction."""
    key = new_number(connection, "act") if key is None else key
    connection.execute(
        """INSERT INTO act (key, report, ordinal, event, type, modality, start, "end", quote, trigger_start,
           trigger_end, content_start, content_end, condition_start, condition_end, date, place, issue,
           issue_label, confidence, rule)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            key,
            report,
            ordinal,
            event,
            act.type,
            act.modality,
            *act.evidence,
            text[act.evidence.start : act.evidence.end],
            *act.trigger,
            *(act.content or (None, None)),
            *(act.condition or (None, None)),
            act.date,
            act.place,
            issue,
            act.issue,
            act.confidence,
            act.rule,
        ),
    )
    write_actors(connection, "act", key, roles_of(act))
    connection.executemany(
        'INSERT INTO act_number (act, unit, low, high, start, "end") VALUES (?, ?, ?, ?, ?, ?)',
        [(key, told.unit, told.low, told.high, *told.span) for told in numbers_in(text, act.evidence)],
    )
