"""Make a large dossier out of a small one in minutes: every report again and again, at other days, under other names.

usage: multiply.py SMALL LARGE TIMES

What is copied was written by the real way of adding; the copies are what it would write for reports of the same acts a
week, two weeks ... later whose issues partly have other names, and are checked by the tables' own triggers. Texts get a
last line of their own. To see that nothing is missed: `Dossier.check()` and, after `Dossier.rebuild()`, the same views.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from standoff.dossier import store
from standoff.dossier.lookups.postings import NO_DAY

ISSUES = 8
"""How many names an issue has in the copies."""


def later(value: str | None, days: int) -> str | None:
    """Return an ISO date so many days later; months and years stay."""
    if not value or len(value) != 10:
        return value
    return (date.fromisoformat(value) + timedelta(days=days)).isoformat()


def later_week(week: str, days: int) -> str:
    """Return an ISO week so many days later."""
    monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1) + timedelta(days=days)
    return "{:04d}-W{:02d}".format(*monday.isocalendar()[:2])


class Copy:
    """One copy: what is added to numbers and days."""

    def __init__(self, number: int, sizes: dict[str, int]) -> None:
        """Take the number of the copy, from 1 on, and the highest number in each table."""
        self.number, self.days = number, 7 * number
        self.by = {name: number * size for name, size in sizes.items()}
        self.issue_by = (number % ISSUES) * sizes["issue"]

    def day(self, day: int, first: int, last: int) -> int:
        """Return a day, as an ordinal, of what is told from a first to a last day; only single days move."""
        return day if day == NO_DAY or first != last else day + self.days

    def issue(self, issue: int | None) -> int | None:
        """Return an issue's number; 0 is none."""
        return issue + self.issue_by if issue else issue

    def versions(self, versions: str) -> str:
        """Return the versions of an event with the acts of the copy."""
        return json.dumps(
            [
                [
                    field,
                    later(value, self.days) if field == "date" else value,
                    [a + self.by["act"] for a in acts],
                    n,
                ]
                for field, value, acts, n in json.loads(versions)
            ]
        )

    def event_entry(self, entry: str) -> str:
        """Return how an event is listed."""
        first, last, type_, modality, contested, facets, ties, deeds = json.loads(entry)
        facets = sorted([kind, self.value(kind, value), *rest] for kind, value, *rest in facets)
        deeds = [[actor, self.issue(issue)] for actor, issue in deeds]
        made = [
            self.day(first, first, last),
            self.day(last, first, last),
            type_,
            modality,
            contested,
            facets,
            ties,
            deeds,
        ]
        return json.dumps(made, ensure_ascii=False, separators=(",", ":"))

    def report_entry(self, entry: str) -> str:
        """Return how a report and its statements are listed."""
        day, facets, statements = json.loads(entry)
        made = [
            self.day(day, day, day),
            sorted([kind, self.value(kind, value)] for kind, value in facets),
            [
                [key + self.by["statement"], sorted([kind, self.value(kind, value)] for kind, value in held)]
                for key, held in statements
            ],
        ]
        return json.dumps(made, ensure_ascii=False, separators=(",", ":"))

    def value(self, kind: str, value: str) -> str:
        """Return the value of a facet."""
        return str(self.issue(int(value))) if kind == "issue" else value

    def slice(self, slice_: str) -> str:
        """Return a slice of the network."""
        kind, _, rest = slice_.partition(" ")
        if kind == "day":
            return f"day {later(rest, self.days)}"
        if kind == "from":
            return slice_
        return f"issue {self.issue(int(rest))}" if kind == "issue" else slice_

    def text(self, text: str) -> str:
        """Return a text with a last line of its own."""
        return f"{text}\nThis is printing {self.number}."

    def functions(self, connection: sqlite3.Connection) -> None:
        """Let SQL use this copy."""
        for name, function, arguments in (
            ("day", self.day, 3), ("issue_of", self.issue, 1), ("versions_of", self.versions, 1),
            ("event_entry", self.event_entry, 1), ("report_entry", self.report_entry, 1),
            ("slice_of", self.slice, 1), ("text_of", self.text, 1), ("date_of", lambda d: later(d, self.days), 1),
            ("week_of", lambda w: later_week(w, self.days), 1),
            ("hash_of", lambda text: hashlib.sha256(text.encode()).hexdigest(), 1),
        ):  # fmt: skip
            connection.create_function(name, arguments, function, deterministic=True)


_FIRST = "(SELECT l.first FROM listed_event AS l WHERE l.event = {}.event + :event)"
ROWS = {
    "report": """key + :report, id || '-' || :copy, hash_of(text_of(text)), text_of(text), title, date_of(published),
        published_how, outlet, author, url || '/' || :copy, format, notes, added, coder, voice + :report,
        earlier + :report, shingles""",
    "shingle": "(hash | (:copy << 20)) - (hash & (:copy << 20)), report + :report",
    "region": 'report + :report, start, "end", kind',
    "passed_over": 'report + :report, start, "end"',
    "time": 'key + :time, report + :report, start, "end", quote, value, date_of(first), date_of(last), rule',
    "statement": "key + :statement, report + :report, form, confidence, rule, guess",
    "statement_actor": "statement + :statement, ordinal, actor",
    "statement_span": 'statement + :statement, role, ordinal, start, "end", quote',
    "event": """key + :event, type, modality, date_of(date), date_known, date_of(first_day), date_of(last_day), place,
        issue_of(issue), voices, contested, versions_of(versions), quote""",
    "event_actor": "event + :event, role, ordinal, actor",
    "event_key": "hash, min(3652059, first + :days), event + :event, min(3652059, last + :days)",
    "act": """key + :act, report + :report, ordinal, event + :event, type, modality, start, "end", quote, trigger_start,
        trigger_end, content_start, content_end, condition_start, condition_end, date_of(date), place,
        issue_of(issue), issue_label, confidence, rule""",
    "act_actor": "act + :act, role, ordinal, actor",
    "act_number": 'act + :act, unit, low, high, start, "end"',
    "telling": "act + :act, words, trigger",
    "event_posting": "f.new, day(first, first, last), day(last, first, last), event + :event, type, modality, contested, way",
    "listed_event": "event + :event, day(first, first, last), day(last, first, last), event_entry(entry)",
    "statement_posting": "f.new, day(day, day, day), statement + :statement",
    "report_posting": "f.new, day(day, day, day), report + :report",
    "listed_report": "report + :report, day(day, day, day), report_entry(entry)",
    "statement_act": "statement + :statement, act + :act",
    "strand": "key + :strand, actor, issue_of(issue), kind, entry + :strand, target, first_words, last_words",
    "strand_word": "issue_of(issue), kind, stem, actor, strand + :strand",
    "strand_act": f"strand + :strand, {_FIRST.format('strand_act')}, act + :act, event + :event, voice + :report, "
    "red, conditional, size",
    "deed": f"{_FIRST.format('deed')}, event + :event, actor, issue_of(issue)",
}
"""What the row of a copy is made of, by table; rows are chosen by their number where the small dossier ends."""
_OWN = {"report": "key", "event": "key", "act": "key", "statement": "key", "time": "key", "strand": "key",
        "event_actor": "event", "event_key": "event", "event_posting": "event", "listed_event": "event",
        "deed": "event", "act_actor": "act", "act_number": "act", "telling": "act", "strand_act": "strand",
        "strand_word": "strand", "statement_actor": "statement", "statement_span": "statement",
        "statement_posting": "statement", "statement_act": "statement", "shingle": "report", "region": "report",
        "passed_over": "report", "report_posting": "report", "listed_report": "report"}  # fmt: skip
_NUMBER_OF = {"key": None, "event": "event", "act": "act", "strand": "strand", "statement": "statement",
              "report": "report"}  # fmt: skip


def multiply(small: Path, large: Path, times: int) -> None:
    """Write the large dossier, or go on with it where a run was stopped."""
    new = not large.exists()
    if new:
        shutil.copyfile(small, large)
    connection = store.open_file(large, write=True)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("ATTACH ? AS small", (str(small),))
    sizes = {
        name: connection.execute(f"SELECT coalesce(max(key), 0) FROM small.{name}").fetchone()[0]
        for name in ("report", "statement", "act", "event", "time", "strand", "issue")
    }
    if new:
        _issues(connection, sizes["issue"])
    for name in ("facet", "week", "tie"):
        connection.execute(f"CREATE TEMP TABLE old_{name} AS SELECT * FROM small.{name}")
    connection.execute("DETACH small")
    (there,) = connection.execute("SELECT max(key) FROM report").fetchone()
    for number in range(there // sizes["report"], times):
        begun = time.perf_counter()
        with store.transaction(connection):
            _copy(connection, Copy(number, sizes), sizes)
        print(f"{number + 1} of {times}: {time.perf_counter() - begun:.1f} s", flush=True)
    with store.transaction(connection):
        for name, digits in (("month", 7), ("year", 4)):
            connection.execute("DELETE FROM tie WHERE slice LIKE ?", (f"{name} %",))
            connection.execute(
                """INSERT INTO tie SELECT ? || ' ' || substr(slice, 5, ?), source, target, type, sum(events) FROM tie
                   WHERE slice LIKE 'day %' GROUP BY 1, 2, 3, 4""",
                (name, digits),
            )
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _issues(connection: sqlite3.Connection, number: int) -> None:
    for name in range(1, ISSUES):
        word = f"part{'abcdefgh'[name]}"
        connection.execute(
            "INSERT INTO issue (key, label, by_hand) SELECT key + ?, label || ' ' || ?, 0 FROM issue WHERE key <= ?",
            (name * number, word, number),
        )
        connection.execute(
            "INSERT INTO issue_name (canon, issue) SELECT canon || ' ' || ?, issue + ? FROM issue_name WHERE issue <= ?",
            (word, name * number, number),
        )


def _copy(connection: sqlite3.Connection, copy: Copy, sizes: dict[str, int]) -> None:
    copy.functions(connection)
    connection.create_function("value_of", 2, copy.value, deterministic=True)
    connection.execute(
        """INSERT INTO facet (kind, value, events, acts, statements, reports)
           SELECT kind, value_of(kind, value), events, acts, statements, reports FROM temp.old_facet WHERE true
           ON CONFLICT (kind, value) DO UPDATE SET events = events + excluded.events, acts = acts + excluded.acts,
           statements = statements + excluded.statements, reports = reports + excluded.reports"""
    )
    connection.execute("DROP TABLE IF EXISTS temp.facet_map")
    connection.execute(
        """CREATE TEMP TABLE facet_map AS SELECT o.key AS old, n.key AS new FROM temp.old_facet AS o
           JOIN facet AS n ON n.kind = o.kind AND n.value = value_of(o.kind, o.value)"""
    )
    connection.execute("CREATE UNIQUE INDEX temp.facet_map_old ON facet_map (old)")
    values = {**copy.by, "copy": copy.number, "days": copy.days}
    for table, columns in ROWS.items():
        own = _OWN[table]
        size = sizes[_NUMBER_OF[own] or table]
        mapped = " JOIN temp.facet_map AS f ON f.old = facet" if columns.startswith("f.new") else ""
        connection.execute(
            f"INSERT INTO {table} SELECT {columns} FROM {table}{mapped} WHERE {table}.{own} <= :size",
            {**values, "size": size},
        )
    connection.execute(
        """INSERT INTO week SELECT f.new, week_of(week), conflict, cooperation, weight FROM temp.old_week
           JOIN temp.facet_map AS f ON f.old = facet WHERE true ON CONFLICT DO UPDATE SET
           conflict = conflict + excluded.conflict, cooperation = cooperation + excluded.cooperation,
           weight = weight + excluded.weight"""
    )
    connection.execute(
        """INSERT INTO tie SELECT slice_of(slice), source, target, type, events FROM temp.old_tie
           WHERE slice NOT LIKE 'month %' AND slice NOT LIKE 'year %'
           ON CONFLICT DO UPDATE SET events = events + excluded.events"""
    )
    connection.execute("DELETE FROM stale")


def main(small: str, large: str, times: str) -> None:
    """Multiply, and say how long it took."""
    begun = time.perf_counter()
    multiply(Path(small), Path(large), int(times))
    print(f"{Path(large).stat().st_size / 1e6:,.0f} MB in {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
