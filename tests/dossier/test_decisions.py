"""One decision at a time: what it does, what it refuses, and what it leaves in the file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from crisis_texts import crisis
from dossier_texts import told
from hand_views import everything

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.hand import Hand
from standoff.errors import InputError, UsageError


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    made = Dossier.create(tmp_path / "d.standoff")
    for coding in crisis():
        made.add(coding)
    return made


@pytest.fixture
def anna(dossier: Dossier) -> Hand:
    return Hand(dossier, "Anna")


@pytest.fixture
def bob(dossier: Dossier) -> Hand:
    return Hand(dossier, "Bob")


def test_a_decision_is_kept_with_author_time_text_and_span(dossier: Dossier, anna: Hand) -> None:
    made = anna.accept("act", 2, note=" right ")
    assert (made.author, made.verb, made.kind, made.target, made.note) == (
        "Anna",
        "accept",
        "act",
        2,
        "right",
    )
    assert made.made.endswith("+00:00")
    act = dossier.acts_by_key([2])[2].act
    report = next(stored.report for stored in dossier.reports() if stored.report.id == "strait")
    assert (made.sha256, made.start, made.end, made.type) == (report.sha256, *act.evidence, "REQUEST")
    assert log.decisions_of(dossier) == (made,)


def test_a_rejected_act_vanishes_from_every_view_and_its_event_is_drawn_anew(
    dossier: Dossier, anna: Hand
) -> None:
    (event,) = [event for event in dossier.events() if event.type == "COERCE"]
    for act in event.acts[:-1]:
        anna.reject("act", act)
    (drawn,) = [event for event in dossier.events() if event.type == "COERCE"]
    assert (drawn.key, drawn.acts, drawn.voices) == (event.key, event.acts[-1:], 1)
    anna.reject("act", event.acts[-1])
    assert not [event for event in dossier.events() if event.type == "COERCE"]
    assert not [
        position for position in dossier.positions() for e in position.entries if event.acts[0] in e.acts
    ]
    for _ in event.acts:
        anna.undo()
    assert event in dossier.events()


def test_the_later_word_counts_and_undoing_it_brings_back_the_earlier(
    dossier: Dossier, anna: Hand, bob: Hand
) -> None:
    anna.correct("act", 2, {"target": ["NATO"]})
    bob.correct("act", 2, {"target": ["UN"], "place": "Port Velm"})
    assert dossier.acts_by_key([2])[2].act.target == ("UN",)
    (differ,) = log.disagreements(dossier)
    assert (differ.record, differ.fields) == (2, ("target", "place"))
    assert [word.author for word in differ.words] == ["Anna", "Bob"]
    anna.undo()
    assert dossier.acts_by_key([2])[2].act.target == ("UN",)
    bob.undo()
    assert dossier.acts_by_key([2])[2].act == crisis()[0].acts[1]
    assert log.disagreements(dossier) == ()


def test_an_acceptance_holds_the_record_as_it_then_stood(dossier: Dossier, anna: Hand, bob: Hand) -> None:
    anna.correct("act", 2, {"target": ["NATO"]})
    bob.accept("act", 2)
    anna.undo()
    assert dossier.acts_by_key([2])[2].act.target == ("NATO",)
    bob.undo()
    assert dossier.acts_by_key([2])[2].act.target == ("ARD",)


def test_corrections_of_different_fields_add_up_and_come_off_one_by_one(dossier: Dossier, anna: Hand) -> None:
    first = anna.correct("act", 2, {"type": "REJECT"})
    anna.correct("act", 2, {"place": "Port Velm"})
    anna.undo(first.key)
    act = dossier.acts_by_key([2])[2].act
    assert (act.type, act.place) == ("REQUEST", "Port Velm")


def test_what_was_seen_is_what_is_decided_on(dossier: Dossier, anna: Hand, bob: Hand) -> None:
    seen = {waiting.record: waiting.seen for waiting in anna.queue(kinds=("act",), limit=100)}
    bob.correct("act", 2, {"place": "Port Velm"})
    with pytest.raises(UsageError, match="Somebody has changed act 2"):
        anna.accept("act", 2, seen=seen[2])
    anna.accept("act", 3, seen=seen[3])
    assert [decision.target for decision in log.decisions_of(dossier, author="Anna")] == [3]


def test_nobody_undoes_what_is_anothers(dossier: Dossier, anna: Hand, bob: Hand) -> None:
    made = anna.reject("act", 1)
    with pytest.raises(UsageError, match="Anna's, who alone can undo it"):
        bob.undo(made.key)
    with pytest.raises(UsageError, match="Bob has no decision"):
        bob.undo()
    undo = anna.undo()
    with pytest.raises(UsageError, match=f"undone already; undo decision {undo.key}"):
        anna.undo(made.key)
    again = anna.undo(undo.key)
    assert 1 not in dossier.acts_by_key([1])
    with pytest.raises(UsageError, match="brought an earlier one back"):
        anna.undo(again.key)
    anna.undo(made.key)
    assert 1 in dossier.acts_by_key([1])


def test_the_program_never_unites_what_a_person_split(dossier: Dossier, anna: Hand) -> None:
    (event,) = [event for event in dossier.events() if event.type == "COERCE"]
    split = anna.split_event(event.key, event.acts[:2])
    for number, name in enumerate(("Star", "Globe", "Post")):
        text = (
            f"{name}\n\nPatrol boats of Arden seized a Velmark tanker in the strait on Monday, and {number + 3} sailors "
            f"were killed, {name} learned."
        )
        dossier.add(
            told(
                name, text,
                ("COERCE", "ARD>VEL", text.split("\n\n")[1].rstrip("."),
                 {"trigger": "seized", "date": "2031-03-03", "place": "the strait", "issue": "the tanker"}),
                outlet=name,
            )
        )  # fmt: skip
    now = {event.key: event.acts for event in dossier.events() if event.type == "COERCE"}
    assert set(event.acts[:2]) <= set(now[split.detail["event"]])
    assert set(event.acts[2:]) <= set(now[event.key])
    assert dossier.check() == ()


def test_a_merge_holds_when_reports_come_in_and_undoing_it_restores(dossier: Dossier, anna: Hand) -> None:
    before = everything(dossier)
    demands = [event for event in dossier.events() if event.type == "REQUEST"]
    other = anna.correct("act", 3, {"type": "REQUEST", "source": ["VEL"], "target": ["ARD"]})
    away = dossier.acts_by_key([3])[3].event
    if away == demands[0].key:
        away = anna.split_event(away, [3]).detail["event"]
    anna.merge_events([demands[0].key, away])
    assert dossier.acts_by_key([3])[3].event == demands[0].key
    for decision in log.decisions_of(dossier, standing=True):
        anna.undo(decision.key)
    assert other.key
    assert everything(dossier) == before


def test_where_an_act_is_follows_from_the_decisions_on_it_alone(dossier: Dossier, anna: Hand) -> None:
    """An act that got another type leaves its event for good, also where the others leave it later."""
    before = everything(dossier)
    (event,) = [event for event in dossier.events() if event.type == "COERCE"]
    split = anna.split_event(event.key, event.acts[:2])
    first, second = event.acts[:2]
    anna.correct("act", first, {"type": "ASSAULT"})
    anna.correct("act", second, {"type": "MOBILIZE"})
    where = {key: stored.event for key, stored in dossier.acts_by_key([first, second]).items()}
    assert split.detail["event"] not in where.values()
    anna.reject("act", first)
    anna.undo()
    assert dossier.acts_by_key([first])[first].event == where[first]
    assert dossier.check() == ()
    anna.undo()
    anna.undo()
    assert dossier.acts_by_key([second])[second].event == split.detail["event"]
    anna.undo()
    assert everything(dossier) == before


def test_numbers_are_never_given_twice(dossier: Dossier, anna: Hand) -> None:
    last = max(stored.key for stored in dossier.acts())
    said = max(stored.key for stored in dossier.statements())
    anna.reject("act", last)
    anna.reject("statement", said)
    dossier.add(
        told("new", "Arden accused Velmark of piracy.", ("ACCUSE", "ARD>VEL", "Arden accused Velmark"))
    )
    assert max(stored.key for stored in dossier.acts()) == last + 1
    anna.undo()
    anna.undo()
    assert {last, last + 1} <= {stored.key for stored in dossier.acts()}
    assert dossier.check() == ()


def test_white_space_at_the_borders_of_a_span_is_left_out(dossier: Dossier, anna: Hand) -> None:
    text = crisis()[0].report.text
    start = text.index(" free the ship")
    anna.correct("act", 2, {"content": [start, start + len(" free the ship")]})
    span = dossier.acts_by_key([2])[2].act.content
    assert span is not None
    assert text[slice(*span)] == "free the ship"


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        ("act", {"confidence": 1}, "cannot be corrected"),
        ("act", {"source": "RUS"}, "takes a list"),
        ("act", {"trigger": None}, "takes two numbers"),
        ("act", {"content": [3, "x"]}, "takes two numbers"),
        ("act", {"content": [9, 3]}, "does not lie"),
        ("act", {"content": [-4, 3]}, "does not lie"),
        ("act", {"content": [94, 96]}, "white space"),
        ("act", {"issue": "()"}, "holds a word"),
        ("act", {"place": "x" * 300}, "at most"),
        ("statement", {"cue": None}, "takes two numbers"),
        ("statement", {"form": "shouted"}, "is no form"),
        ("statement", {"content": [[100, 110], [105, 120]]}, "do not overlap"),
        ("statement", {"content": 7}, "takes a list"),
    ],
)
def test_a_correction_that_cannot_be_meant_changes_nothing(
    dossier: Dossier, anna: Hand, kind: str, changes: dict[str, object], said: str
) -> None:
    before = everything(dossier)
    with pytest.raises(UsageError, match=said):
        anna.correct(kind, 1, changes)  # type: ignore[arg-type]
    assert everything(dossier) == before
    assert log.decisions_of(dossier) == ()


def test_a_dossier_opened_for_reading_cannot_be_decided_on(dossier: Dossier) -> None:
    with Dossier.open(dossier.path) as reading:
        hand = Hand(reading, "Anna")
        assert hand.queue(limit=3)
        with pytest.raises(InputError, match="may only be read"):
            hand.accept("act", 1)


def test_decisions_can_be_neither_changed_nor_deleted(dossier: Dossier, anna: Hand) -> None:
    anna.reject("act", 1)
    with dossier.use() as connection:
        for sql, said in (
            ("DELETE FROM decision", "never deleted"),
            ("UPDATE decision SET author = 'Eve'", "never changed"),
            ("UPDATE decision SET detail = '{}'", "never changed"),
        ):
            with pytest.raises(sqlite3.IntegrityError, match=said):
                connection.execute(sql)


_TAMPERING = {
    "a rejected act put back": (
        "INSERT INTO act SELECT 1, report, 99, event, type, modality, start, \"end\", quote, trigger_start, trigger_end, "
        "content_start, content_end, condition_start, condition_end, date, place, issue, issue_label, confidence, rule "
        "FROM act WHERE key = 2",
        "Act 1 is shown against",
    ),
    "a corrected act changed back": ("UPDATE act SET place = 'x' WHERE key = 2", "does not read as people decided"),
    "an accepted statement gone": ("DELETE FROM statement WHERE key = 1", "Statement 1 is away against"),
    "an undo forgotten": ("UPDATE decision SET undone = NULL", "undone otherwise"),
    "a word forgotten": ("DELETE FROM verdict WHERE author = 'Bob'", "last word of Bob"),
    "an act moved": ("UPDATE act SET event = 1 WHERE key = 4", "in event 1 against"),
    "an actor called back": ("UPDATE act_actor SET actor = 'ARD' WHERE actor = 'ARDEN'", "ARD was renamed, but"),
    "a rename forgotten": ("DELETE FROM actor_name", "not called as the standing decisions"),
    "an issue called back": ("UPDATE issue SET label = 'x' WHERE label = 'The ship'", "is not called as"),
    "an issue name moved": ("UPDATE issue_name SET issue = 1, home = NULL", "does not belong|is not of the issue"),
    "a record forgotten": ("DELETE FROM judged WHERE record = 2", "about a record that is not kept"),
}  # fmt: skip


@pytest.mark.parametrize("name", _TAMPERING)
def test_check_finds_what_goes_against_decisions(dossier: Dossier, anna: Hand, bob: Hand, name: str) -> None:
    anna.reject("act", 1)
    anna.correct("act", 2, {"place": "Port Velm"})
    bob.accept("statement", 1)
    (event,) = [event for event in dossier.events() if event.type == "COERCE"]
    anna.split_event(event.key, [4])
    anna.rename_issue("tanker", "The ship")
    anna.merge_issues("ransom for the tanker", ["the strait"])
    anna.rename_actor("ARD", "ARDEN")
    bob.reject("act", 3)
    bob.undo()
    assert dossier.check() == ()
    change, said = _TAMPERING[name]
    with dossier.use() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(change)
        found = dossier.check()
    assert any(part in sentence for sentence in found for part in said.split("|")), found
