"""A process that adds is killed at random moments; what it reported as added is there, and nothing is half there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from dossier_texts import distinct

from standoff.dossier.dossier import Dossier

_ADDER = """
import sys
sys.path.insert(0, {folder!r})
from dossier_texts import distinct
from standoff.dossier.dossier import Dossier

with Dossier.create({path!r}) as dossier:
    print("open", flush=True)
    for coding in distinct({number}):
        if dossier.add(coding):
            print(coding.report.id, flush=True)
print("done", flush=True)
"""
_NUMBER = 150
_KILLS = 10


def test_killing_at_any_moment_loses_nothing_and_leaves_nothing_half_added(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    script = _ADDER.format(folder=str(Path(__file__).parent), path=str(path), number=_NUMBER)
    chance = random.Random(20310304)
    wanted = {coding.report.id: coding for coding in distinct(_NUMBER)}
    told: set[str] = set()
    for _ in range(_KILLS):
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        seen = [process.stdout.readline().strip() for _ in range(chance.randrange(6))]
        time.sleep(chance.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate(timeout=60)
        seen += rest.split()
        told.update(name for name in seen if name in wanted)
        with Dossier.open(path) as dossier:
            assert dossier.check() == ()
            there = {stored.report.id: stored.key for stored in dossier.reports()}
            assert told <= there.keys()
            acts = {stored.report: stored.act for stored in dossier.acts()}
            said = {stored.report: stored.statement for stored in dossier.statements()}
            for name, key in there.items():
                assert acts[key] == wanted[name].acts[0]
                assert said[key] == wanted[name].statements[0]
            assert len(acts) == len(said) == len(there)
    assert told
    with Dossier.create(path) as dossier:
        for coding in wanted.values():
            dossier.add(coding)
        assert dossier.count()["report"] == _NUMBER
        assert dossier.check() == ()


def test_killing_while_the_dossier_is_made_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    chance = random.Random(7)
    script = (
        "import sys; from standoff.dossier.dossier import Dossier; print('go', flush=True); "
        "Dossier.create(sys.argv[1])"
    )
    for number in range(8):
        path = tmp_path / f"{number}.standoff"
        process = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.02)
        process.kill()
        process.communicate(timeout=60)
        with Dossier.create(path) as dossier:
            assert dossier.add(distinct(1)[0])
            assert dossier.check() == ()
