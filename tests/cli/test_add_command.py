"""standoff add as other programs call it: what it adds, how it is stopped and goes on, what it says of what it cannot use."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from standoff.cli.progress import state
from standoff.dossier.dossier import Dossier

PROGRAM = Path(__file__).with_name("add_without_coder.py")


def report_text(number: int) -> str:
    chance = random.Random(number)
    words = "harbour minister frontier tanker envoy barracks treaty gas winter bridge council island".split()
    return f"Report {number} of the day.\n\n" + " ".join(chance.choice(words) for _ in range(150)) + ".\n"


def lines(path: Path, number: int) -> Path:
    rows = [
        json.dumps({"id": f"r{n}", "text": report_text(n), "published": "2031-03-04"}) for n in range(number)
    ]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


class Adding:
    """A place to call `standoff add` in."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "coded.log"
        self.dossier = folder / "d.standoff"
        self.log.touch()

    def command(
        self, *words: str | Path, pause: float = 0, largest: int = 0, patience: float = 0.2
    ) -> list[str]:
        mine = (PROGRAM, self.log, pause, largest, patience)
        return [sys.executable, *map(str, mine), "add", str(self.dossier), *map(str, words)]

    def __call__(self, *words: str | Path, **options: float) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.command(*words, **options),
            capture_output=True,
            text=True,
            timeout=120,  # type: ignore[arg-type]
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def coded(self) -> list[str]:
        return self.log.read_text("utf-8").split()

    def there(self) -> list[str]:
        with Dossier.open(self.dossier) as dossier:
            assert dossier.check() == ()
            return [stored.report.id for stored in dossier.reports()]


@pytest.fixture
def add(tmp_path: Path) -> Adding:
    return Adding(tmp_path)


def test_what_is_there_is_not_coded_again(tmp_path: Path, add: Adding) -> None:
    path = lines(tmp_path / "reports.jsonl", 5)
    done = add(path)
    assert done.returncode == 0
    assert "Added 5 reports" in done.stderr
    done = add(path)
    assert done.returncode == 0
    assert "Added 0 reports" in done.stderr
    assert "5 were there already" in done.stderr
    assert len(add.coded()) == 5


def test_folders_patterns_archives_and_standard_input(tmp_path: Path, add: Adding) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(4):
        (folder / f"r{n}.txt").write_text(report_text(n), "utf-8")
    assert "Added 2 reports" in add(folder / "r0.txt", str(folder / "r[01].txt")).stderr
    assert "Added 2 reports" in add(folder).stderr
    done = subprocess.run(
        add.command("-"),
        input=json.dumps({"text": report_text(9)}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Added 1 report to" in done.stderr
    assert sorted(add.there()) == ["r0", "r1", "r2", "r3", "stdin-1"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_call_that_is_stopped_says_so_and_the_same_call_goes_on(
    tmp_path: Path, add: Adding, how: signal.Signals
) -> None:
    path = lines(tmp_path / "reports.jsonl", 30)
    process = subprocess.Popen(
        add.command(path, pause=0.3),
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background may have inherited a deaf ear for Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    wait_for(lambda: len(add.coded()) >= 5)
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.endswith("standoff: Stopped; what was added stays, and the same command goes on from here.\n")
    assert "Traceback" not in said
    before = add.there()
    assert 0 < len(before) < 30
    coded = len(add.coded())
    assert add(path).returncode == 0
    assert add.coded()[coded:] == [f"r{n}" for n in range(30) if f"r{n}" not in before]
    assert sorted(add.there()) == sorted(f"r{n}" for n in range(30))


def wait_for(happened: object, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.005)


def test_a_call_that_is_killed_at_any_moment_goes_on_with_what_is_left(tmp_path: Path, add: Adding) -> None:
    number, chance = 60, random.Random(1912)
    path = lines(tmp_path / "reports.jsonl", number)
    there: list[str] = []
    for _ in range(8):
        begun = len(add.coded())
        more = chance.randrange(1, 8)
        process = subprocess.Popen(add.command(path, pause=0.002), stderr=subprocess.DEVNULL)
        enough = begun + min(more, number - len(there))
        wait_for(lambda enough=enough: len(add.coded()) >= enough)
        time.sleep(chance.random() * 0.02)
        process.kill()
        process.wait(timeout=60)
        coded = add.coded()[begun:]
        assert not set(coded) & set(there)  # nothing that was there is done again
        before, there = there, add.there()
        assert set(before) <= set(there)
        assert set(coded[:-1]) <= set(there)  # each was on the disk before the next was begun
        if len(there) == number:
            break
    assert len(there) > 10
    assert add(path).returncode == 0
    assert sorted(add.there()) == sorted(f"r{n}" for n in range(number))


def test_a_full_disk_costs_nothing_that_was_there(tmp_path: Path, add: Adding) -> None:
    assert add(lines(tmp_path / "few.jsonl", 3)).returncode == 0
    size = add.dossier.stat().st_size
    done = add(lines(tmp_path / "many.jsonl", 400), largest=size + 300_000)
    assert done.returncode == 1
    assert said_in_one_sentence(done)
    assert "as a full or a failing one does" in done.stderr or "the disk is full" in done.stderr
    there = add.there()
    assert 3 <= len(there) < 400
    assert add(tmp_path / "many.jsonl").returncode == 0
    assert len(add.there()) == 400


def test_a_disk_that_is_full_from_the_start(tmp_path: Path, add: Adding) -> None:
    done = add(lines(tmp_path / "few.jsonl", 3), largest=8_192)
    assert done.returncode == 1
    assert said_in_one_sentence(done)
    assert add(tmp_path / "few.jsonl").returncode == 0
    assert len(add.there()) == 3


def said_in_one_sentence(done: subprocess.CompletedProcess[str]) -> bool:
    said = [line for line in done.stderr.splitlines() if not line.startswith("Added ")]
    return len(said) == 1 and said[0].startswith("standoff: ")


def test_a_locked_dossier_is_left_as_it_was(tmp_path: Path, add: Adding) -> None:
    path = lines(tmp_path / "reports.jsonl", 5)
    add(lines(tmp_path / "few.jsonl", 2))
    holder = sqlite3.connect(add.dossier, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        done = add(path)
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert done.returncode == 1
    assert said_in_one_sentence(done)
    assert "another process is writing to this dossier" in done.stderr
    assert len(add.there()) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="to root nothing is read-only")
def test_a_read_only_dossier_is_left_as_it_was(tmp_path: Path, add: Adding) -> None:
    add(lines(tmp_path / "few.jsonl", 2))
    before = add.dossier.read_bytes()
    add.dossier.chmod(0o444)
    done = add(lines(tmp_path / "more.jsonl", 5))
    assert done.returncode == 1
    assert said_in_one_sentence(done)
    assert "may only be read" in done.stderr
    assert add.dossier.read_bytes() == before


def newer(path: Path) -> None:
    rows = sqlite3.connect(path)
    rows.execute("PRAGMA user_version = 99")
    rows.close()


def no_dossier(path: Path) -> None:
    path.write_text("These are my notes, and no dossier at all.\n" * 20, "utf-8")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5_000])


def scribbled(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[:4096] = b"SQLite format 3\0" + b"\x5a" * 4080
    path.write_bytes(bytes(content))


def another_database(path: Path) -> None:
    path.unlink()
    rows = sqlite3.connect(path)
    rows.execute("CREATE TABLE mine (x)")
    rows.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (newer, "of a newer Standoff"),
        (no_dossier, "this is not a dossier"),
        (cut, "damaged"),
        (scribbled, "not a dossier|damaged"),
        (another_database, "an SQLite file but not a dossier"),
    ],
)
def test_what_is_no_sound_dossier_is_left_as_it_was(
    tmp_path: Path, add: Adding, spoil: object, said: str
) -> None:
    path = lines(tmp_path / "reports.jsonl", 20)
    add(path)
    spoil(add.dossier)  # type: ignore[operator]
    before = add.dossier.read_bytes()
    done = add(lines(tmp_path / "more.jsonl", 25))
    assert done.returncode == 1, done.stderr
    assert said_in_one_sentence(done), done.stderr
    assert any(words in done.stderr for words in said.split("|")), done.stderr
    assert add.dossier.read_bytes() == before
    assert len(add.coded()) == 20


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--follow"], 2, "--follow goes with --feed"),
        (["--precise", "--fast"], 2, "do not go together"),
        (["https://courier.example/1"], 1, "ask for it with --url"),
        (["--url", "http://127.0.0.1:9/x"], 1, "in a private network or on this machine"),
        (["--feed", "file:///etc/passwd"], 1, "only addresses with http"),
        (["nowhere.txt"], 1, "there is no such file"),
        (["*.nothing"], 1, "no file fits this pattern"),
    ],
)
def test_what_cannot_be_added_is_told(add: Adding, words: list[str], status: int, said: str) -> None:
    done = add(*words)
    assert done.returncode == status
    assert said in done.stderr


def test_an_estimate_is_told_in_words() -> None:
    assert state(10, None, 5) == "10 done"
    assert state(5, 1_000, 5) == "5 of 1,000 done"
    assert state(100, 1_025, 60) == "100 of 1,025 done, about 9 minutes left"
    assert state(1_000, 1_025, 600) == "1,000 of 1,025 done, about 15 seconds left"
    assert state(100, 100_000, 60) == "100 of 100,000 done, about 16.6 hours left"
    assert state(30, 20, 60) == "30 done"
