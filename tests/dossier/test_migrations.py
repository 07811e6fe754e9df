"""Dossiers of every earlier schema open and show what they showed; a newer one is left as it was."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from crisis_texts import crisis
from hand_views import everything

from standoff.dossier import store
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.hand import Hand
from standoff.errors import InputError

_TABLES = (
    "coder", "report", "shingle", "region", "passed_over", "time", "statement", "statement_actor", "statement_span",
    "issue", "issue_name", "event", "event_actor", "event_key", "act", "act_actor", "act_number",
)  # fmt: skip
_LOOKUPS = (
    "label", "telling", "facet", "event_posting", "listed_event", "statement_posting", "report_posting", "listed_report",
    "statement_act", "week", "strand", "strand_word", "strand_act", "deed", "stale",
)  # fmt: skip


def of_version(path: Path, version: int, fresh: Path) -> Path:
    """A dossier as a program of that schema left it, with the records of a fresh one."""
    rows = sqlite3.connect(path, isolation_level=None)
    for step, script in enumerate(store.migrations()[:version], start=1):
        for statement in store.statements_of(script):
            rows.execute(statement)
        rows.execute("INSERT INTO migration VALUES (?, '2030-01-01T00:00:00+00:00', '0.0')", (step,))
    rows.execute(f"PRAGMA application_id = {store.APPLICATION_ID}")
    rows.execute(f"PRAGMA user_version = {version}")
    rows.execute("PRAGMA journal_mode = WAL")
    rows.execute("ATTACH ? AS fresh", (str(fresh),))
    rows.execute("BEGIN")
    for table in _TABLES:
        names = ", ".join(f'"{row[1]}"' for row in rows.execute(f"PRAGMA table_info({table})"))
        rows.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM fresh.{table}")
    if version >= 3:
        for table in _LOOKUPS:
            rows.execute(f"DELETE FROM {table}")
            rows.execute(f"INSERT INTO {table} SELECT * FROM fresh.{table}")
        rows.execute("INSERT INTO tie SELECT * FROM fresh.tie WHERE slice NOT LIKE 'year %'")
    rows.execute("COMMIT")
    rows.close()
    return path


def sums(dossier: Dossier) -> list[list[tuple[object, ...]]]:
    """What is added up in the tables of the fourth schema."""
    with dossier.use() as connection:
        return [
            sorted(connection.execute(f"SELECT * FROM {table}").fetchall())
            for table in ("cell", "strand_day", "tie")
        ]


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    path = tmp_path / "fresh.standoff"
    with Dossier.create(path) as dossier:
        for coding in crisis():
            dossier.add(coding)
    return path


EARLIER = range(1, store.newest_version())


@pytest.mark.parametrize("version", EARLIER)
def test_an_older_dossier_is_migrated_and_shows_the_same(tmp_path: Path, fresh: Path, version: int) -> None:
    path = of_version(tmp_path / "old.standoff", version, fresh)
    with pytest.raises(InputError, match=f"schema version {version} and must be brought to"):
        Dossier.open(path)
    with Dossier.create(path) as old, Dossier.open(fresh) as new:
        assert old.check() == ()
        assert everything(old) == everything(new)
        assert sums(old) == sums(new)
        hand = Hand(old, "Anna")
        hand.reject("act", 1)
        hand.rename_actor("ARD", "ARDEN")
        hand.undo()
        hand.undo()
        assert everything(old) == everything(new)
        assert old.check() == ()
    rows = sqlite3.connect(path)
    assert [v for (v,) in rows.execute("SELECT version FROM migration")] == list(
        range(1, store.newest_version() + 1)
    )
    rows.close()


def test_decisions_of_the_first_schema_are_kept(tmp_path: Path, fresh: Path) -> None:
    path = of_version(tmp_path / "old.standoff", 1, fresh)
    rows = sqlite3.connect(path, isolation_level=None)
    rows.execute(
        """INSERT INTO decision (author, made, verb, kind, target, detail, note) VALUES
           ('Anna', '2030-01-01T00:00:00+00:00', 'annotate', 'issue', 1, '{}', 'an old note'),
           ('Anna', '2030-01-02T00:00:00+00:00', 'annotate', 'event', 2, '{}', 'another')"""
    )
    rows.close()
    with Dossier.create(path) as dossier:
        assert [(d.key, d.author, d.note) for d in log.decisions_of(dossier)] == [
            (2, "Anna", "another"),
            (1, "Anna", "an old note"),
        ]
        assert dossier.check() == ()
        assert Hand(dossier, "Anna").undo().key == 3


@pytest.mark.parametrize("version", EARLIER)
def test_a_migration_that_is_killed_is_done_by_the_next_opening(
    tmp_path: Path, fresh: Path, version: int
) -> None:
    old = of_version(tmp_path / "old.standoff", version, fresh)
    script = "import sys; from standoff.dossier.dossier import Dossier; print(1, flush=True); Dossier.create(sys.argv[1])"
    for number in range(3):
        path = tmp_path / f"{number}.standoff"
        shutil.copy(old, path)
        process = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.004 * (number + 1))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        with Dossier.create(path) as dossier, Dossier.open(fresh) as new:
            assert everything(dossier) == everything(new)
            assert dossier.check() == ()


@pytest.mark.parametrize("open_it", [Dossier.create, Dossier.open])
def test_a_newer_dossier_with_decisions_is_left_as_it_was(fresh: Path, open_it: object) -> None:
    with Dossier.create(fresh) as dossier:
        Hand(dossier, "Anna").reject("act", 1)
    newer = store.newest_version() + 1
    rows = sqlite3.connect(fresh)
    rows.execute("PRAGMA journal_mode = DELETE")
    rows.execute(f"PRAGMA user_version = {newer}")
    rows.close()
    before = fresh.read_bytes()
    with pytest.raises(InputError, match=f"schema version {newer} of a newer Standoff.*upgrade Standoff"):
        open_it(fresh)  # type: ignore[operator]
    assert fresh.read_bytes() == before
