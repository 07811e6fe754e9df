"""The review queue: least certain first, each person's own, however the filters are tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from crisis_texts import crisis

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log, queue
from standoff.dossier.hand.hand import Hand
from standoff.errors import UsageError


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    with Dossier.create(tmp_path / "d.standoff") as made:
        for coding in crisis():
            made.add(coding)
        yield made


def places(hand: Hand, **asked: Any) -> list[tuple[str, int]]:
    return [(waiting.kind, waiting.record) for waiting in hand.queue(**asked)]


def test_the_least_certain_comes_first_and_all_come(dossier: Dossier) -> None:
    waiting = Hand(dossier, "Anna").queue(limit=1000)
    confidence = {("act", s.key): s.act.confidence for s in dossier.acts()}
    confidence |= {("statement", s.key): s.statement.confidence for s in dossier.statements()}
    assert {(one.kind, one.record): one.confidence for one in waiting} == confidence
    assert [one.cursor for one in waiting] == sorted(one.cursor for one in waiting)


def test_a_record_waits_with_its_text(dossier: Dossier) -> None:
    texts = {stored.key: stored.report for stored in dossier.reports()}
    for one in Hand(dossier, "Anna").queue(limit=1000):
        assert texts[one.report].text[slice(*one.extent)] == one.quote
        assert texts[one.report].id == one.report_id
        assert one.present


@pytest.mark.parametrize("size", [1, 2, 7])
def test_pages_follow_each_other_also_when_records_are_decided_between(dossier: Dossier, size: int) -> None:
    hand = Hand(dossier, "Anna")
    whole = places(hand, limit=1000)
    found: list[tuple[str, int]] = []
    after = None
    while page := hand.queue(limit=size, after=after):
        found += [(one.kind, one.record) for one in page]
        hand.accept(page[0].kind, page[0].record)
        after = page[-1].cursor
    assert found == whole


def test_what_one_decides_stays_in_the_queue_of_another(dossier: Dossier) -> None:
    anna, bob = Hand(dossier, "Anna"), Hand(dossier, "Bob")
    before = places(bob, limit=1000)
    anna.accept("act", 1)
    anna.reject("act", 2)
    anna.reject("statement", 1)
    assert places(bob, limit=1000) == before
    waiting = {(one.kind, one.record): one for one in bob.queue(limit=1000)}
    assert not waiting["act", 2].present
    assert [(word.author, word.verb) for word in waiting["act", 2].words] == [("Anna", "reject")]
    assert waiting["act", 1].present
    assert not {("act", 1), ("act", 2), ("statement", 1)} & set(places(anna, limit=1000))
    bob.reject("act", 2)
    assert ("act", 2) not in places(bob, limit=1000)
    anna.undo()
    assert ("statement", 1) in places(anna, limit=1000)


FILTERS: list[dict[str, Any]] = [
    {"actor": "ARD"},
    {"actor": ["VEL", "NATO"]},
    {"actor": "NOBODY"},
    {"type": "REQUEST"},
    {"type": ["REQUEST", "REJECT"], "actor": "ARD"},
    {"modality": "actual"},
    {"outlet": "herald"},
    {"outlet": ["Herald", "Courier"], "type": "COERCE"},
    {"issue": "the tanker"},
    {"since": "2031-03-05"},
    {"search": "sailors"},
    {"dyad": "ARD>VEL"},
]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("kind", ["act", "statement"])
@pytest.mark.parametrize("many", [0, 10**9])
def test_filters_let_the_same_through_as_in_the_views(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, filters: dict[str, Any], kind: str, many: int
) -> None:
    monkeypatch.setattr(queue, "_MANY", many)
    view = dossier.acts if kind == "act" else dossier.statements
    wanted = {stored.key for stored in view(**filters)}
    found = places(Hand(dossier, "Anna"), kinds=(kind,), filters=filters, limit=1000)
    if kind == "statement" and set(filters) - {"actor", "outlet"}:
        assert {record for _, record in found} >= wanted
    else:
        assert {record for _, record in found} == wanted


def test_filters_hold_for_what_another_rejected(dossier: Dossier) -> None:
    anna, bob = Hand(dossier, "Anna"), Hand(dossier, "Bob")
    anna.reject("act", 5)
    for filters in ({"type": "REQUEST"}, {"actor": "vel"}, {"outlet": "gazette"}):
        assert ("act", 5) in places(bob, kinds=("act",), filters=filters, limit=1000)
    for filters in ({"type": "REJECT"}, {"actor": "NATO"}, {"outlet": "Herald"}):
        assert ("act", 5) not in places(bob, kinds=("act",), filters=filters, limit=1000)


def test_progress_adds_up_for_everybody(dossier: Dossier) -> None:
    anna, bob = Hand(dossier, "Anna"), Hand(dossier, "Bob")
    total = dossier.count()["act"] + dossier.count()["statement"]
    anna.accept("act", 1)
    anna.correct("act", 1, {"place": "Port Velm"})
    anna.reject("act", 2)
    bob.accept("statement", 1)
    found = {one.author: one for one in log.progress(dossier, "Cleo")}
    assert list(found) == ["Anna", "Bob", "Cleo"]
    assert (found["Anna"].accepted, found["Anna"].corrected, found["Anna"].rejected) == (0, 1, 1)
    assert all(one.decided + one.left == total for one in found.values())
    assert all(len(places(Hand(dossier, name), limit=1000)) == one.left for name, one in found.items())


def test_any_record_is_shown_as_the_queue_shows_it_whoever_decided(dossier: Dossier) -> None:
    anna, bob = Hand(dossier, "Anna"), Hand(dossier, "Bob")
    for one in bob.queue(limit=6):
        assert bob.waiting(one.kind, one.record) == one
    first = bob.queue(limit=1)[0]
    anna.reject(first.kind, first.record)
    again = bob.waiting(first.kind, first.record)
    assert again == bob.queue(limit=1)[0]
    assert (again.present, again.coded, again.confidence) == (False, first.coded, first.confidence)
    assert again == anna.waiting(first.kind, first.record)
    with pytest.raises(UsageError, match="There is no act 9999"):
        bob.waiting("act", 9999)


def test_what_others_rejected_waits_under_its_issue_alone(dossier: Dossier) -> None:
    anna, bob = Hand(dossier, "Anna"), Hand(dossier, "Bob")
    labels = [row.value for row in dossier.facets("issue", 5)]
    before = {label: places(bob, kinds=("act",), limit=1000, filters={"issue": label}) for label in labels}
    assert any(before.values())
    for found in before.values():
        for kind, record in found:
            anna.reject("act", record)
            assert kind == "act"
    for label in labels:
        assert places(bob, kinds=("act",), limit=1000, filters={"issue": label}) == before[label]


def test_progress_is_told_by_kind(dossier: Dossier) -> None:
    hand = Hand(dossier, "Anna")
    acts, statements = len(dossier.acts()), len(dossier.statements())
    hand.accept("act", hand.queue(kinds=("act",), limit=1)[0].record)
    hand.reject("act", hand.queue(kinds=("act",), limit=1)[0].record)
    hand.accept("statement", hand.queue(kinds=("statement",), limit=1)[0].record)
    found = log.progress_by_kind(dossier, "Anna")
    assert (found["act"].accepted, found["act"].rejected, found["act"].left) == (1, 1, acts - 2)
    assert (found["statement"].decided, found["statement"].left) == (1, statements - 1)
    (whole,) = log.progress(dossier)
    assert whole.left == found["act"].left + found["statement"].left
