"""One process adds, several read meanwhile: each reader sees whole states, and the lookups always fit the records."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dossier_texts import distinct, told

from standoff.dossier.dossier import Dossier

_READER = """
import sys
from standoff.dossier.dossier import Dossier

seen = set()
with Dossier.open(sys.argv[1]) as dossier, dossier.use() as connection:
    print("open", flush=True)
    while dossier.report_by_id("the end") is None:
        connection.execute("BEGIN")
        reports = connection.execute("SELECT count(*) FROM report").fetchone()[0]
        counted = dossier.count()
        acts, statements = dossier.acts(), dossier.statements()
        assert counted["report"] == reports == len(dossier.reports())
        assert counted["act"] == len(acts) == connection.execute("SELECT count(*) FROM act").fetchone()[0]
        assert counted["statement"] == len(statements)
        assert len({stored.report for stored in acts}) == reports
        assert sum(len(event.acts) for event in dossier.events()) == len(acts)
        assert connection.execute("SELECT count(*) FROM stale").fetchone()[0] == 0
        connection.execute("COMMIT")
        seen.add(reports)
print(len(seen), flush=True)
"""
_READERS = 3


def test_readers_see_whole_states_while_one_adds(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    codings = distinct(40)
    with Dossier.create(path) as dossier:
        dossier.add(codings[0])
        readers = [
            subprocess.Popen([sys.executable, "-c", _READER, str(path)], stdout=subprocess.PIPE, text=True)
            for _ in range(_READERS)
        ]
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline().strip() == "open"
        for coding in codings[1:]:
            assert dossier.add(coding)
        dossier.add(
            told(
                "the end", "Arden accused Velmark of piracy.", ("ACCUSE", "ARD>VEL", "Arden accused Velmark")
            )
        )
    for reader in readers:
        seen, _ = reader.communicate(timeout=300)
        assert reader.returncode == 0
        assert int(seen) > 1
    with Dossier.open(path) as dossier:
        assert dossier.check() == ()


_FILLER = """
import resource, sys
sys.path.insert(0, sys.argv[2])
from dossier_texts import distinct
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand.hand import Hand
from standoff.errors import InputError

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    with Dossier.open(sys.argv[1], write=True) as dossier:
        for coding in distinct(400):
            if dossier.add(coding):
                print(coding.report.id, flush=True)
except InputError as problem:
    print(problem, file=sys.stderr, flush=True)
    sys.exit(3)
"""


def test_a_full_disk_is_said_in_one_sentence_and_what_was_added_stays(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    with Dossier.create(path) as dossier:
        dossier.add(distinct(1)[0])
    most = path.stat().st_size + 200_000
    filler = subprocess.run(
        [sys.executable, "-c", _FILLER, str(path), str(Path(__file__).parent), str(most)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert filler.returncode == 3, filler.stderr
    assert len(filler.stderr.strip().splitlines()) == 1
    assert "disk" in filler.stderr
    assert "make room" in filler.stderr
    added = filler.stdout.split()
    assert added
    with Dossier.create(path) as dossier:
        assert dossier.check() == ()
        there = {stored.report.id for stored in dossier.reports()}
        assert {*added} <= there
        assert len(there) <= len(added) + 2
        for coding in distinct(len(there) + 5):
            dossier.add(coding)
        assert dossier.count()["report"] == len(there) + 5
        assert dossier.check() == ()
