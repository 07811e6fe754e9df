"""Opening a dossier file: what kind of file it is, which version, who may write, and what goes wrong in
one sentence.

A dossier is one SQLite file. Its `application_id` says that it is a dossier and its `user_version` which
schema it has; the steps between versions are the SQL files in `schema/`, each applied in one transaction.
The journal is a write-ahead log: one writer and many readers at once, and a killed process leaves either
all of a transaction or nothing of it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata, resources
from pathlib import Path
from typing import Literal

from standoff.errors import InputError

APPLICATION_ID = 0x53444F46
"""What SQLite's header calls the file: "SDOF"."""
PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""


def migrations() -> list[str]:
    """Return the SQL that leads from each schema version to the next, from version 0 (an empty file) on."""
    folder = resources.files(__package__).joinpath("schema")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return [folder.joinpath(name).read_text(encoding="utf-8") for name in names]


def newest_version() -> int:
    """Return the schema version that this program writes."""
    return len(migrations())


def now() -> str:
    """Return the current date and time as stored: ISO, UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@contextmanager
def in_one_sentence(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about a file into an InputError that names the file and the remedy."""
    try:
        yield
    except sqlite3.DatabaseError as problem:
        raise InputError(_sentence(path, problem)) from problem


_PROBLEMS = {
    ("SQLITE_BUSY", "SQLITE_LOCKED"): (
        "another process is writing to this dossier; try again when it has finished."
    ),
    ("SQLITE_READONLY",): (
        "this dossier may only be read; copy it to a place where you may write, or change its rights."
    ),
    ("SQLITE_FULL",): (
        "the disk is full and nothing of this report was added; make room and run the command again."
    ),
    ("SQLITE_CANTOPEN",): (
        "the file cannot be opened; see whether its folder exists and you may read and write there."
    ),
    ("SQLITE_NOTADB",): "this is not a dossier; name a file that `standoff add` made, or a new one.",
    ("SQLITE_IOERR",): (
        "the disk did not read or write what it should, as a full or a failing one does, and nothing of this report was "
        "added; make room or move the dossier, and run the command again."
    ),
    ("SQLITE_CORRUPT",): "the dossier is damaged; restore it from a copy, or add the reports to a new one.",
}


def _sentence(path: Path, problem: sqlite3.DatabaseError) -> str:
    code = getattr(problem, "sqlite_errorname", "") or ""
    for codes, sentence in _PROBLEMS.items():
        if code.startswith(codes):
            return f"{path}: {sentence}"
    return f"{path}: the dossier cannot be used ({problem}); run `standoff check` on it."


def open_file(path: Path, *, write: bool, create: bool = False) -> sqlite3.Connection:
    """Return a connection to the dossier at a path, at this program's schema version.

    With `create`, a file that does not exist or is empty becomes a dossier. Nothing is changed in a file
    that is not a dossier, or is one of a newer version. Raises InputError with the reason.
    """
    blank = not path.exists() or path.stat().st_size == 0
    if path.is_dir():
        raise InputError(f"{path}: this is a folder; name the dossier's file.")
    if blank and not create:
        raise InputError(f"{path}: there is no dossier here; `standoff add {path} REPORT...` makes one.")
    with in_one_sentence(path):
        version = 0 if blank else _version_of(path, write=write)
    if version > newest_version():
        raise InputError(
            f"{path}: this dossier has schema version {version} of a newer Standoff, and this one knows "
            f"versions up to {newest_version()}; upgrade Standoff to open it."
        )
    if version < newest_version() and not write:
        raise InputError(
            f"{path}: this dossier has schema version {version} and must be brought to {newest_version()} "
            f"before it is read; `standoff add {path}` without reports does that."
        )
    with in_one_sentence(path):
        connection = _connect(path, write=write)
        try:
            if write:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                if version < newest_version():
                    _migrate(connection)
                _fill_lookups(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    mode = "rwc" if write else "ro"
    address = f"{path.resolve().as_uri()}?mode={mode}"
    log = path.with_name(path.name + "-wal")
    if not write and not log.exists() and not _may_write(path.parent):
        # Without a log nobody is writing; a reader that may not make one reads the file as it lies.
        address += "&immutable=1"
    connection = sqlite3.connect(
        address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
    except BaseException:
        connection.close()
        raise
    return connection


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _version_of(path: Path, *, write: bool) -> int:
    """Return the schema version of an existing file; raises InputError where it is no dossier.

    With `write` the file is opened for writing, so that SQLite can roll back what a killed process left half done:
    a reader may not.
    """
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(b"SQLite format 3\0"):
        raise InputError(
            f"{path}: this is not a dossier; name a file that `standoff add` made, or a new one."
        )
    connection = _connect(path, write=write and os.access(path, os.W_OK))
    try:
        (identity,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        connection.close()
    if identity == 0 and version == 0 and tables == 0:
        return 0
    if identity != APPLICATION_ID:
        raise InputError(f"{path}: this is an SQLite file but not a dossier; name another file.")
    return int(version)


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the newest version, one transaction a step."""
    program = metadata.version("standoff")
    for step, script in enumerate(migrations(), start=1):
        with transaction(connection):
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version >= step:
                continue
            for statement in statements_of(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {step}")
            connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (step, now(), program))


def _fill_lookups(connection: sqlite3.Connection) -> None:
    """Write what views look records up by, where an older version left none."""
    from standoff.dossier.lookups import summaries  # it needs this module

    if summaries.is_blank(connection):
        with transaction(connection):
            summaries.freshen(connection)


def statements_of(script: str) -> Iterator[str]:
    """Yield the statements of an SQL script; a trigger with its body is one."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            if held.strip():
                yield held
            held = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in held.splitlines()):
        yield held


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock; everything in the block is done, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def new_number(connection: sqlite3.Connection, table: Literal["act", "statement", "event"]) -> int:
    """Return a number for a new row that none ever had, so that what a person decided on never changes its number.

    Part of the caller's transaction.
    """
    (key,) = connection.execute(
        f"""SELECT max(coalesce((SELECT max(key) FROM {table}), 0), key) + 1
            FROM last_number WHERE name = ?""",
        (table,),
    ).fetchone()
    return int(key)
