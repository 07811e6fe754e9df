"""A newer coder comes: what people decided stays, the rest follows the coder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from crisis_texts import crisis
from dossier_texts import act, distinct, span_of
from hand_views import everything

from standoff.dossier.adding import Coder
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.hand import Hand
from standoff.dossier.hand.recode import recode_report, reports_to_recode
from standoff.errors import ReportError
from standoff.records import Coding

OLD, NEW = Coder("standoff 1", "{}"), Coder("standoff 2", "{}")


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    made = Dossier.create(tmp_path / "d.standoff")
    for coding in crisis():
        made.add(coding, OLD)
    return made


def gazette() -> Coding:
    return crisis()[1]


def key_of(dossier: Dossier, name: str) -> int:
    return next(stored.key for stored in dossier.reports() if stored.report.id == name)


def acts_of(dossier: Dossier, name: str) -> dict[str, int]:
    """The acts of a report by type; each type stands once in it."""
    report = key_of(dossier, name)
    return {stored.act.type: stored.key for stored in dossier.acts() if stored.report == report}


def with_acts(coding: Coding, **changes: object) -> Coding:
    """The coding with the act of a type changed, left out (None), or all others as they were."""
    acts = []
    for one in coding.acts:
        change = changes.get(one.type, {})
        if change is not None:
            acts.append(replace(one, **change))  # type: ignore[arg-type]
    return replace(coding, acts=tuple(acts))


def test_the_same_coding_changes_nothing(dossier: Dossier) -> None:
    before = everything(dossier)
    for coding in crisis():
        done = recode_report(dossier, key_of(dossier, coding.report.id), coding, NEW)
        assert (done.changed, done.new, done.gone, done.held, done.without) == (0, 0, 0, 0, 0)
        assert done.unchanged == len(coding.acts) + len(coding.statements)
    assert everything(dossier) == before
    assert reports_to_recode(dossier, NEW) == ()
    assert len(reports_to_recode(dossier, OLD)) == 5
    assert dossier.check() == ()


def test_records_follow_the_newer_coder_under_their_numbers(dossier: Dossier) -> None:
    before = acts_of(dossier, "gazette-4")
    text = gazette().report.text
    extra = act(
        text, "REQUEST", "ARD>VEL", "unless Velmark paid", trigger="paid", issue="ransom for the tanker"
    )
    newer = with_acts(gazette(), REJECT=None, REQUEST={"target": ("ARD", "ARD-OPP")})
    newer = replace(newer, acts=(extra, *newer.acts))
    done = recode_report(dossier, key_of(dossier, "gazette-4"), newer, NEW)
    assert (done.unchanged, done.changed, done.new, done.gone) == (3, 1, 1, 1)
    assert [stored.act for stored in dossier.acts() if stored.key == before["REQUEST"]] == [newer.acts[2]]
    report = key_of(dossier, "gazette-4")
    now = {stored.act: stored.key for stored in dossier.acts() if stored.report == report}
    assert set(now) == set(newer.acts)
    assert now[extra] > max(before.values())
    assert dossier.check() == ()


def test_an_accepted_record_stays_where_the_newer_coder_does_not_find_it(dossier: Dossier) -> None:
    hand = Hand(dossier, "Anna")
    acts = acts_of(dossier, "gazette-4")
    hand.accept("act", acts["REJECT"])
    hand.correct("act", acts["THREATEN"], {"target": ["VEL", "NATO"]})
    before = everything(dossier)
    newer = with_acts(gazette(), REJECT=None, THREATEN=None)
    done = recode_report(dossier, key_of(dossier, "gazette-4"), newer, NEW)
    assert (done.held, done.without, done.gone) == (2, 2, 0)
    assert everything(dossier)["acts"] == before["acts"]
    assert {(lost.kind, lost.target) for lost in log.without_record(dossier)} == {
        ("act", acts["REJECT"]),
        ("act", acts["THREATEN"]),
    }
    assert dossier.check() == ()
    hand.undo()
    assert "THREATEN" not in acts_of(dossier, "gazette-4")
    hand.undo()
    assert "REJECT" not in acts_of(dossier, "gazette-4")
    assert dossier.check() == ()


def test_an_accepted_record_stays_as_accepted_where_the_newer_coder_tells_it_otherwise(
    dossier: Dossier,
) -> None:
    hand = Hand(dossier, "Anna")
    acts = acts_of(dossier, "gazette-4")
    hand.accept("act", acts["REJECT"])
    newer = with_acts(gazette(), REJECT={"type": "ACCUSE", "target": ("NATO",)})
    done = recode_report(dossier, key_of(dossier, "gazette-4"), newer, NEW)
    assert done.held == 1
    assert dossier.acts_by_key([acts["REJECT"]])[acts["REJECT"]].act == gazette().acts[2]
    assert len(acts_of(dossier, "gazette-4")) == 4
    assert log.without_record(dossier) == ()
    hand.undo()
    now = dossier.acts_by_key([acts["REJECT"]])[acts["REJECT"]].act
    assert (now.type, now.target) == ("ACCUSE", ("NATO",))
    assert dossier.check() == ()


def test_a_correction_is_bound_again_to_the_record_that_overlaps_best(dossier: Dossier) -> None:
    hand = Hand(dossier, "Anna")
    acts = acts_of(dossier, "gazette-4")
    hand.correct("act", acts["COERCE"], {"type": "ASSAULT"})
    text = gazette().report.text
    shorter = span_of(text, "Patrol boats of Arden seized a Velmark tanker in the strait")
    newer = with_acts(gazette(), COERCE={"evidence": shorter, "type": "MOBILIZE"})
    done = recode_report(dossier, key_of(dossier, "gazette-4"), newer, NEW)
    assert (done.held, done.without, done.new, done.gone) == (1, 0, 0, 0)
    assert acts_of(dossier, "gazette-4")["ASSAULT"] == acts["COERCE"]


def test_a_rejected_record_stays_away_but_another_type_in_its_place_does_not(dossier: Dossier) -> None:
    hand = Hand(dossier, "Anna")
    acts = acts_of(dossier, "gazette-4")
    hand.reject("act", acts["REQUEST"])
    hand.reject("act", acts["THREATEN"])
    newer = with_acts(gazette(), REQUEST={"place": "Port Velm"}, THREATEN={"type": "REJECT"})
    done = recode_report(dossier, key_of(dossier, "gazette-4"), newer, NEW)
    assert (done.new, done.without) == (1, 1)
    assert acts["REQUEST"] not in acts_of(dossier, "gazette-4").values()
    report = key_of(dossier, "gazette-4")
    assert sum(stored.act.type == "REJECT" for stored in dossier.acts() if stored.report == report) == 2
    hand.undo()
    hand.undo()
    restored = dossier.acts_by_key(acts.values())
    assert acts["THREATEN"] not in restored
    assert restored[acts["REQUEST"]].act.place == "Port Velm"
    assert dossier.check() == ()


def test_merges_and_splits_hold_after_recoding(dossier: Dossier) -> None:
    hand = Hand(dossier, "Anna")
    event = next(event for event in dossier.events() if event.type == "COERCE")
    told = acts_of(dossier, "gazette-4")["COERCE"]
    split = hand.split_event(event.key, [told])
    newer = with_acts(gazette(), COERCE={"place": "Port Velm"})
    recode_report(dossier, key_of(dossier, "gazette-4"), newer, NEW)
    assert {found.key: found.acts for found in dossier.events()}[split.detail["event"]] == (told,)
    assert dossier.acts_by_key([told])[told].act.place == "Port Velm"
    assert dossier.check() == ()
    hand.undo()
    assert split.detail["event"] not in {found.key for found in dossier.events()}


def test_renamed_actors_and_issues_hold_after_recoding_and_adding(dossier: Dossier) -> None:
    hand = Hand(dossier, "Anna")
    hand.rename_actor("ARD", "ARDEN")
    hand.rename_issue("the strait", "Closing the strait")
    hand.merge_issues("tanker", ["ransom for the tanker"])
    recode_report(
        dossier, key_of(dossier, "gazette-4"), with_acts(gazette(), REJECT={"date": "2031-03-04"}), NEW
    )
    dossier.add(distinct(1)[0])
    assert not dossier.acts(actor="ARD")
    assert not dossier.statements(actor="ARD")
    assert {stored.issue for stored in dossier.acts()} == {"the tanker", "Closing the strait", ""}
    for _ in range(3):
        hand.undo()
    assert not dossier.acts(actor="ARDEN")
    report = key_of(dossier, "report-0")
    assert [stored.act for stored in dossier.acts() if stored.report == report] == list(distinct(1)[0].acts)
    assert "ransom for the tanker" in {stored.issue for stored in dossier.acts()}
    assert dossier.check() == ()


def test_decisions_on_statements_hold_after_recoding(dossier: Dossier) -> None:
    hand = Hand(dossier, "Anna")
    report = key_of(dossier, "gazette-4")
    (said,) = [stored for stored in dossier.statements() if stored.report == report]
    hand.correct("statement", said.key, {"actor": ["ARD", "NATO"]})
    newer = replace(gazette(), statements=())
    assert recode_report(dossier, report, newer, NEW).held == 1
    (still,) = [stored for stored in dossier.statements() if stored.report == report]
    assert still.statement.actor == ("ARD", "NATO")
    assert not still.statement.guess
    recode_report(dossier, report, gazette(), OLD)
    hand.undo()
    (back,) = [stored for stored in dossier.statements() if stored.report == report]
    assert back == said


def test_another_text_is_refused_and_changes_nothing(dossier: Dossier) -> None:
    before = everything(dossier)
    with pytest.raises(ReportError, match="not the text that the dossier has"):
        recode_report(dossier, key_of(dossier, "gazette-4"), distinct(1)[0], NEW)
    assert everything(dossier) == before


def test_recoding_and_undoing_gives_what_the_newer_coder_alone_would(
    dossier: Dossier, tmp_path: Path
) -> None:
    hand = Hand(dossier, "Anna")
    for kind, number in (("REJECT", 1), ("REQUEST", 2), ("COERCE", 3)):
        record = acts_of(dossier, "gazette-4")[kind]
        (hand.accept, hand.reject, lambda k, r: hand.correct(k, r, {"place": "Velm"}))[number % 3](
            "act", record
        )
    newer = with_acts(gazette(), REJECT=None, REQUEST={"date": "2031-03-02"})
    recode_report(dossier, key_of(dossier, "gazette-4"), newer, NEW)
    for _ in range(3):
        hand.undo()
    report = key_of(dossier, "gazette-4")
    assert sorted(map(str, newer.acts)) == sorted(str(s.act) for s in dossier.acts() if s.report == report)
    assert dossier.check() == ()


def test_what_one_rejected_and_no_coder_finds_waits_for_nobody(dossier: Dossier) -> None:
    anna, bob = Hand(dossier, "Anna"), Hand(dossier, "Bob")
    act = acts_of(dossier, "gazette-4")["REJECT"]
    anna.reject("act", act)
    assert act in {waiting.record for waiting in bob.queue(kinds=("act",), limit=100)}
    recode_report(dossier, key_of(dossier, "gazette-4"), with_acts(gazette(), REJECT=None), NEW)
    assert act not in {waiting.record for waiting in bob.queue(kinds=("act",), limit=100)}
    (progress,) = [one for one in log.progress(dossier, "Bob") if one.author == "Bob"]
    assert progress.left == len(bob.queue(limit=100))
