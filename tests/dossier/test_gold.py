"""Accepted records as gold: the codebook's form, with who accepted, and back again without loss."""

from __future__ import annotations

import json
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from crisis_texts import crisis
from dossier_texts import report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.coding.interchange import coding_from
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand.gold import gold_of
from standoff.dossier.hand.hand import Hand
from standoff.records import ACT_TYPES, MODALITIES, Act, Coding, Span, Statement

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
TEXT = (
    "Arden warned that Velmark must free the tanker by Friday 😀 or pay; “Никогда,” Velmark’s envoy said.\n"
    * 2
)


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    made = Dossier.create(tmp_path / "d.standoff")
    for coding in crisis()[:3]:
        made.add(coding)
    return made


def accept_all(dossier: Dossier, name: str) -> None:
    hand = Hand(dossier, name)
    for waiting in hand.queue(limit=1000):
        hand.accept(waiting.kind, waiting.record)


def test_only_what_a_person_accepted_or_corrected_is_gold(dossier: Dossier) -> None:
    assert list(gold_of(dossier)) == []
    anna, bob = Hand(dossier, "Anna"), Hand(dossier, "Bob")
    anna.accept("act", 1)
    anna.correct("act", 2, {"target": ["ARD", "NATO"], "issue": "Freeing the ship"})
    bob.accept("act", 2)
    bob.reject("act", 3)
    anna.accept("statement", 1)
    (record,) = gold_of(dossier, crisis="The strait", licence="written for this project")
    assert list(record)[:8] == ["id", "url", "licence", "published", "crisis", "text", "statements", "acts"]
    assert record["accepted"] == {"statements": [["Anna"]], "acts": [["Anna"], ["Anna", "Bob"]]}
    assert record["complete"]
    assert [act["target"] for act in record["acts"]] == [["VEL"], ["ARD", "NATO"]]
    assert record["acts"][1]["issue"] == "Freeing the ship"
    assert "confidence" not in record["acts"][0]
    bob.undo()
    (record,) = gold_of(dossier)
    assert not record["complete"]
    assert list(gold_of(dossier, complete_only=True)) == []


def test_what_is_rejected_last_is_no_gold_but_stays_the_others_own(dossier: Dossier) -> None:
    Hand(dossier, "Anna").correct("act", 1, {"place": "the strait of Velm"})
    Hand(dossier, "Bob").reject("act", 1)
    assert list(gold_of(dossier)) == []
    (own,) = gold_of(dossier, author="Anna")
    assert own["acts"][0]["place"] == "the strait of Velm"
    assert list(gold_of(dossier, author="Bob")) == []


def test_renamed_actors_and_issues_are_gold_under_their_new_names(dossier: Dossier) -> None:
    hand = Hand(dossier, "Anna")
    hand.accept("act", 1)
    hand.rename_actor("ARD", "ARDEN")
    hand.rename_issue("tanker", "The seized tanker")
    (record,) = gold_of(dossier)
    assert (record["acts"][0]["source"], record["acts"][0]["issue"]) == (["ARDEN"], "The seized tanker")


spans = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 40)).map(
    lambda pair: Span(pair[0], min(len(TEXT), pair[0] + pair[1]))
)
actors = st.lists(st.sampled_from(["ARD", "VEL", "NATO", "ARD-OPP"]), max_size=3, unique=True).map(tuple)


@st.composite
def acts(draw: Any) -> Act:
    evidence = draw(spans)
    start = draw(st.integers(evidence.start, evidence.end - 1))
    return Act(
        type=draw(st.sampled_from(ACT_TYPES)),
        source=draw(actors),
        target=draw(actors),
        modality=draw(st.sampled_from(MODALITIES)),
        trigger=Span(start, draw(st.integers(start + 1, evidence.end))),
        evidence=evidence,
        content=draw(st.none() | spans),
        condition=draw(st.none() | spans),
        attribution=draw(actors),
        date=draw(st.sampled_from([None, "2031-03-04", "2031-03", "2031"])),
        place=draw(st.sampled_from([None, "the strait", "Порт"])),
        issue=draw(st.sampled_from(["", "the tanker", "ransom", "Straße"])),
        confidence=draw(st.floats(0, 1)),
        rule="drawn",
    )


@st.composite
def statements(draw: Any) -> Statement:
    return Statement(
        source=draw(st.none() | spans),
        actor=draw(actors),
        cue=draw(spans),
        content=tuple(draw(st.lists(spans, max_size=2))),
        form=draw(st.sampled_from(["direct", "indirect", "mixed"])),
        confidence=draw(st.floats(0, 1)),
        guess=draw(st.booleans()),
    )


def in_codebook_form(coding: Coding) -> tuple[list[Act], list[Statement]]:
    return (
        sorted((replace(one, confidence=1.0, rule="") for one in coding.acts), key=repr),
        sorted((replace(one, confidence=1.0, rule="", guess=False) for one in coding.statements), key=repr),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(acts(), max_size=4), st.lists(statements(), max_size=3))
def test_gold_comes_back_as_it_went(
    tmp_path_factory: pytest.TempPathFactory, told: list[Act], said: list[Statement]
) -> None:
    coding = Coding(report("drawn", TEXT), statements=tuple(said), acts=tuple(told))
    folder = tmp_path_factory.mktemp("gold")
    with Dossier.create(folder / "one.standoff") as first:
        first.add(coding)
        accept_all(first, "Anna")
        gold = list(gold_of(first, complete_only=True))
    assert len(gold) == bool(told or said)
    for record in gold:
        assert json.loads(json.dumps(record)) == record
        read = coding_from(record)
        assert in_codebook_form(read) == in_codebook_form(coding)
        with Dossier.create(folder / "two.standoff") as second:
            second.add(read)
            accept_all(second, "Anna")
            assert list(gold_of(second)) == [record]


def test_the_scorer_of_the_gold_data_reads_it(
    dossier: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (SHARED / "gold" / "score.py").exists():
        pytest.skip("the gold data's scorer is not beside the project")
    accept_all(dossier, "Anna")
    folder = tmp_path / "gold"
    folder.mkdir()
    records = list(gold_of(dossier, complete_only=True))
    assert len(records) == 3
    for record in records:
        (folder / f"{record['id']}.json").write_text(json.dumps(record))
    lines = tmp_path / "same.jsonl"
    lines.write_text("".join(json.dumps(record) + "\n" for record in records))
    scorer = runpy.run_path(str(SHARED / "gold" / "score.py"), run_name="scorer")
    scorer["main"](str(folder), str(lines), "--json")
    scores = json.loads(capsys.readouterr().out)
    assert scores["acts"]["full"]["f1"] == scores["statements"]["actor"]["f1"] == 1.0
