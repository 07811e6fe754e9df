"""A process that decides and recodes is killed at random moments; what it reported as kept is kept, and nothing is half
done. Readers meanwhile see whole states.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from crisis_texts import crisis
from hand_views import everything

from standoff.dossier.adding import Coder
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.hand import Hand
from standoff.dossier.hand.recode import recode_report

_HERE = str(Path(__file__).parent)
_DECIDER = """
import random, sys
sys.path.insert(0, sys.argv[1])
from crisis_texts import crisis
from standoff.dossier.adding import Coder
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand.hand import Hand
from standoff.dossier.hand.recode import recode_report
from standoff.errors import UsageError

chance = random.Random(int(sys.argv[3]))
codings = {coding.report.id: coding for coding in crisis()}
with Dossier.create(sys.argv[2]) as dossier:
    hands = [Hand(dossier, "Anna"), Hand(dossier, "Bob")]
    reports = [(stored.key, stored.report.id) for stored in dossier.reports()]
    print("open", flush=True)
    for number in range(int(sys.argv[4])):
        hand, act = chance.choice(hands), chance.randrange(1, 20)
        events = [event for event in dossier.events()]
        event, other = chance.choice(events), chance.choice(events)
        ways = [
            lambda: hand.accept("act", act),
            lambda: hand.reject("act", act),
            lambda: hand.reject("statement", chance.randrange(1, 6)),
            lambda: hand.correct("act", act, {"type": chance.choice(["ASSAULT", "REQUEST"]), "place": str(number)}),
            lambda: hand.merge_events([event.key, other.key]),
            lambda: hand.split_event(event.key, event.acts[:1]),
            lambda: hand.merge_issues("tanker", ["ransom for the tanker"]),
            lambda: hand.rename_issue("the strait", f"strait {number}"),
            lambda: hand.rename_actor("ARD", "ARDEN"),
            lambda: hand.undo(),
            lambda: recode_report(dossier, *next((key, codings[name]) for key, name in [chance.choice(reports)]),
                                  Coder("standoff 2", str(number))),
        ]
        try:
            done = chance.choice(ways)()
        except UsageError:
            continue
        print(getattr(done, "key", "recoded"), flush=True)
print("done", flush=True)
"""
_KILLS = 8


def made(path: Path) -> Path:
    with Dossier.create(path) as dossier:
        for coding in crisis():
            dossier.add(coding, Coder("standoff 1", "{}"))
    return path


def deciding(path: Path, seed: int, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _DECIDER, _HERE, str(path), str(seed), str(number)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_killing_at_any_moment_loses_no_decision_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    path = made(tmp_path / "d.standoff")
    with Dossier.open(path) as dossier:
        original = everything(dossier)
    chance = random.Random(20310304)
    told: set[int] = set()
    for kill in range(_KILLS):
        process = deciding(path, kill, 400)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "open"
        lines = [process.stdout.readline() for _ in range(chance.randrange(1, 7))]
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate(timeout=60)
        told |= {int(word) for word in [*"".join(lines).split(), *rest.split()] if word.isdigit()}
        with Dossier.open(path) as dossier:
            assert dossier.check() == ()
            assert told <= {decision.key for decision in log.decisions_of(dossier)}
    assert len(told) > _KILLS
    with Dossier.create(path) as dossier:
        for name in ("Anna", "Bob"):
            hand = Hand(dossier, name)
            for _ in log.decisions_of(dossier, author=name, standing=True):
                hand.undo()
        for stored in dossier.reports():
            coding = next(coding for coding in crisis() if coding.report.id == stored.report.id)
            recode_report(dossier, stored.key, coding, Coder("standoff 1", "{}"))
        assert everything(dossier) == original
        assert dossier.check() == ()


_READER = """
import sys
from standoff.dossier.dossier import Dossier

seen = set()
with Dossier.open(sys.argv[1]) as dossier, dossier.use() as connection:
    print("open", flush=True)
    while not connection.execute("SELECT 1 FROM report WHERE id = 'the end'").fetchone():
        connection.execute("BEGIN")
        problems = dossier.check()
        assert problems == (), problems
        seen.add(connection.execute("SELECT count(*) FROM decision").fetchone()[0])
        connection.execute("COMMIT")
        for event in dossier.events():
            assert event.acts
print(len(seen), flush=True)
"""


def test_readers_see_whole_states_while_one_decides(tmp_path: Path) -> None:
    path = made(tmp_path / "d.standoff")
    readers = [
        subprocess.Popen([sys.executable, "-c", _READER, str(path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline().strip() == "open"
    writer = deciding(path, 7, 150)
    out, _ = writer.communicate(timeout=300)
    assert out.split()[-1] == "done"
    from dossier_texts import told

    with Dossier.create(path) as dossier:
        dossier.add(told("the end", "Arden accused Velmark of piracy.", published=None))
    for reader in readers:
        seen, _ = reader.communicate(timeout=300)
        assert reader.returncode == 0
        assert int(seen) > 1
