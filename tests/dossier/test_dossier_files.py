from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from dossier_texts import distinct, strait_coding

from standoff.dossier import store
from standoff.dossier.dossier import Dossier
from standoff.dossier.tables.tables import VIEWS, table_of
from standoff.errors import InputError


def made(path: Path) -> Path:
    with Dossier.create(path) as dossier:
        dossier.add(strait_coding())
    return path


def test_a_dossier_opens_in_any_sqlite_tool(tmp_path: Path) -> None:
    rows = sqlite3.connect(made(tmp_path / "d.standoff"))
    try:
        assert rows.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert rows.execute("SELECT version FROM migration").fetchall() == [
            (n + 1,) for n in range(store.newest_version())
        ]
        found = rows.execute("SELECT rowid FROM evidence_search WHERE evidence_search MATCH 'tanker'")
        assert found.fetchall() == [(1,)]
    finally:
        rows.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"just a text, and no dossier at all, long enough to have a header " * 3, "this is not a dossier"),
        (b"SQLite format 3\0" + b"\x07" * 200, "not a dossier|damaged"),
    ],
)
@pytest.mark.parametrize("write", [True, False])
def test_a_file_that_is_no_dossier_is_left_as_it_was(
    tmp_path: Path, content: bytes, said: str, write: bool
) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        (Dossier.create(path) if write else Dossier.open(path)).close()
    assert path.read_bytes() == content


def test_another_programs_database_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE mine (x)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="an SQLite file but not a dossier"):
        Dossier.create(path)
    assert path.read_bytes() == before


def test_a_newer_dossier_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = made(tmp_path / "d.standoff")
    rows = sqlite3.connect(path)
    rows.execute("PRAGMA user_version = 99")
    rows.close()
    before = path.read_bytes()
    for open_it in (Dossier.create, Dossier.open):
        with pytest.raises(InputError, match=r"schema version 99 of a newer Standoff.*upgrade"):
            open_it(path)
    assert path.read_bytes() == before


def test_an_older_dossier_is_migrated_on_writing_and_named_on_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "d.standoff")
    steps = store.migrations()
    monkeypatch.setattr(store, "migrations", lambda: [*steps, "CREATE TABLE later (x INTEGER) STRICT;"])
    with pytest.raises(InputError, match="must be brought to"):
        Dossier.open(path)
    with Dossier.create(path) as dossier:
        assert dossier.count()["report"] == 1
        assert dossier.check() == ()
    rows = sqlite3.connect(path)
    try:
        assert rows.execute("SELECT count(*) FROM later").fetchone() == (0,)
        assert rows.execute("PRAGMA user_version").fetchone() == (len(steps) + 1,)
    finally:
        rows.close()


def test_a_dossier_of_the_first_version_shows_the_same_in_every_view(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first version kept records alone; what views look up is written when it is opened for writing."""
    new = tmp_path / "new.standoff"
    with Dossier.create(new) as dossier:
        dossier.add(strait_coding())
        shown = {view: table_of(dossier, view, {}) for view in VIEWS}
    steps = store.migrations()
    monkeypatch.setattr(store, "migrations", lambda: steps[:1])
    monkeypatch.setattr(store, "_fill_lookups", lambda connection: None)
    old = store.open_file(tmp_path / "old.standoff", write=True, create=True)
    old.execute("ATTACH ? AS new", (str(new),))
    for (table,) in old.execute(
        """SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'
           AND name NOT IN ('migration', 'decision', 'sqlite_sequence')"""
    ).fetchall():
        columns = ", ".join(f'"{row[1]}"' for row in old.execute(f"PRAGMA main.table_info({table})"))
        old.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
    old.close()
    monkeypatch.undo()
    with pytest.raises(InputError, match="must be brought to"):
        Dossier.open(tmp_path / "old.standoff")
    with Dossier.create(tmp_path / "old.standoff") as dossier:
        assert {view: table_of(dossier, view, {}) for view in VIEWS} == shown
        assert dossier.check() == ()


def test_a_migration_that_fails_leaves_the_dossier_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "d.standoff")
    steps = store.migrations()
    broken = "CREATE TABLE later (x INTEGER) STRICT;\nINSERT INTO nowhere VALUES (1);"
    monkeypatch.setattr(store, "migrations", lambda: [*steps, broken])
    with pytest.raises(InputError):
        Dossier.create(path)
    monkeypatch.setattr(store, "migrations", lambda: steps)
    with Dossier.open(path) as dossier:
        assert dossier.count()["report"] == 1
        assert dossier.check() == ()


def test_a_locked_dossier_is_said_to_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "d.standoff")
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with Dossier.create(path) as dossier, pytest.raises(InputError, match="another process is writing"):
            dossier.add(distinct(1)[0])
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    with Dossier.open(path) as dossier:
        assert dossier.count()["report"] == 1


def test_readers_see_a_whole_state_while_one_writes(tmp_path: Path) -> None:
    path = made(tmp_path / "d.standoff")
    with Dossier.create(path) as writer, Dossier.open(path) as reader:
        for number, coding in enumerate(distinct(5), start=1):
            writer.add(coding)
            assert reader.count()["report"] == number + 1
            assert len(reader.acts()) == 3 + number


def test_a_dossier_opened_for_reading_cannot_be_written(tmp_path: Path) -> None:
    path = made(tmp_path / "d.standoff")
    with Dossier.open(path) as dossier, pytest.raises(InputError, match="may only be read"):
        dossier.add(distinct(1)[0])


def test_what_is_not_there_is_said_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no dossier here; `standoff add"):
        Dossier.open(tmp_path / "nothing.standoff")
    with pytest.raises(InputError, match="this is a folder"):
        Dossier.create(tmp_path)
    with pytest.raises(InputError, match="cannot be opened"):
        Dossier.create(tmp_path / "no" / "such" / "folder.standoff")


def test_a_damaged_dossier_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    with Dossier.create(path) as dossier:
        for coding in distinct(30):
            dossier.add(coding)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 12] = b"\x5a" * (4096 * 9)
    path.write_bytes(bytes(content))
    try:
        with Dossier.open(path) as dossier:
            found = " ".join(dossier.check())
    except InputError as problem:
        found = str(problem)
    assert "damaged" in found


def test_an_empty_file_becomes_a_dossier(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    path.touch()
    with Dossier.create(path) as dossier:
        assert dossier.count()["report"] == 0
