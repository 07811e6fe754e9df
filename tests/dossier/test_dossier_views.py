from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dossier_texts import told

from standoff.dossier.dossier import Dossier
from standoff.errors import UsageError
from standoff.records import Coding


def week_one() -> list[Coding]:
    return [
        told(
            "mon",
            "Russia demanded that NATO withdraw from Poland. Russia might accept inspections if NATO pays. "
            "Ukraine refused to disarm. Russia promised Ukraine not to cross the border.",
            (
                "REQUEST",
                "RUS>NATO",
                "Russia demanded that NATO withdraw from Poland",
                {"content": "NATO withdraw from Poland", "issue": "NATO troops", "date": "2031-03-03"},
            ),
            (
                "AGREE",
                "RUS>NATO",
                "Russia might accept inspections if NATO pays",
                {
                    "trigger": "accept",
                    "content": "accept inspections",
                    "condition": "if NATO pays",
                    "issue": "inspections",
                    "date": "2031-03-03",
                },
            ),
            (
                "REJECT",
                "UKR>RUS",
                "Ukraine refused to disarm",
                {"content": "disarm", "issue": "disarmament", "date": "2031-03-03"},
            ),
            (
                "AGREE",
                "RUS>UKR",
                "Russia promised Ukraine not to cross the border",
                {
                    "trigger": "promised",
                    "content": "not to cross the border",
                    "issue": "border",
                    "date": "2031-03-03",
                },
            ),
            outlet="Courier",
        )
    ]


def week_two() -> list[Coding]:
    return [
        told(
            "next",
            "NATO must withdraw from Poland, Russia insisted: this is a red line. Russia threatened to cut gas. "
            "Ukraine agreed to disarm under United Nations watch. Russian troops crossed the Ukrainian border. "
            "Germany feared an attack by Russia.",
            (
                "REQUEST",
                "RUS>NATO",
                "NATO must withdraw from Poland, Russia insisted: this is a red line",
                {
                    "content": "NATO must withdraw from Poland",
                    "issue": "the NATO troops",
                    "date": "2031-03-12",
                },
            ),
            (
                "THREATEN",
                "RUS>DEU",
                "Russia threatened to cut gas",
                {"content": "cut gas", "issue": "gas", "date": "2031-03-12"},
            ),
            (
                "AGREE",
                "UKR>RUS",
                "Ukraine agreed to disarm under United Nations watch",
                {
                    "trigger": "agreed",
                    "content": "disarm under United Nations watch",
                    "issue": "disarmament",
                    "date": "2031-03-12",
                },
            ),
            (
                "MOBILIZE",
                "RUS>UKR",
                "Russian troops crossed the Ukrainian border",
                {"issue": "border", "date": "2031-03-13"},
            ),
            (
                "ASSAULT",
                "RUS>DEU",
                "Germany feared an attack by Russia",
                {"modality": "possible"},
            ),
            published="2031-03-13",
            outlet="Herald",
        )
    ]


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    with Dossier.create(tmp_path / "d.standoff") as made:
        for coding in week_one() + week_two():
            made.add(coding)
        yield made


def test_the_timeline_is_by_day(dossier: Dossier) -> None:
    days = [event.date for event in dossier.timeline()]
    assert days == sorted(d for d in days if d)
    assert len(days) == 9
    undated = [event for event in dossier.timeline() if not event.date_known]
    assert [(event.type, event.date) for event in undated] == [("ASSAULT", "2031-03-13")]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"actor": "UKR"}, 4),
        ({"actor": ["UKR", "DEU"]}, 6),
        ({"dyad": "RUS>UKR"}, 2),
        ({"dyad": "UKR:RUS"}, 4),
        ({"issue": "NATO troops"}, 2),
        ({"issue": "troops of NATO"}, 2),
        ({"type": "request"}, 2),
        ({"modality": "possible"}, 1),
        ({"since": "2031-03-12"}, 5),
        ({"until": "2031-03-12"}, 7),
        ({"since": "2031-03-12", "until": "2031-03-12"}, 3),
        ({"since": "2032"}, 0),
        ({"outlet": "herald"}, 5),
        ({"contested": True}, 0),
        ({"search": "gas"}, 1),
        ({"search": '"crossed the Ukrainian"'}, 1),
        ({"actor": None, "issue": ""}, 9),
    ],
)
def test_filters_mean_the_same_for_acts_and_events(dossier: Dossier, filters: dict, expected: int) -> None:
    assert len(dossier.events(**filters)) == expected
    assert len(dossier.acts(**filters)) == expected


def test_filters_on_reports(dossier: Dossier) -> None:
    assert [r.report.id for r in dossier.reports(type="THREATEN")] == ["next"]
    assert [r.report.id for r in dossier.reports(until="2031-03-10")] == ["mon"]
    assert [r.report.id for r in dossier.reports(search="inspections")] == ["mon"]
    assert [r.report.id for r in dossier.reports(dyad="RUS>DEU")] == ["next"]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"type": "HUG"}, "no type of act"),
        ({"modality": "maybe"}, "no modality"),
        ({"dyad": "RUS"}, "no dyad"),
        ({"since": "yesterday"}, "no date"),
        ({"until": "2031-02-30"}, "no date"),
        ({"search": "***"}, "no word"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_said(dossier: Dossier, filters: dict, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        dossier.acts(**filters)


@pytest.mark.parametrize("hostile", ["' OR 1=1 --", 'x" OR "y', "NEAR(a b)", "a*", "%", "-"])
def test_hostile_filters_are_only_words(dossier: Dossier, hostile: str) -> None:
    assert dossier.acts(actor=hostile) == ()
    assert dossier.acts(issue=hostile) == ()
    assert dossier.acts(outlet=hostile) == ()


def test_positions_say_kind_firmness_and_condition(dossier: Dossier) -> None:
    held = {
        (position.actor, position.issue, entry.kind): entry
        for position in dossier.positions()
        for entry in position.entries
    }
    demand = held["RUS", "NATO troops", "demand"]
    assert (demand.firmness, demand.target, len(demand.acts)) == ("red line", ("NATO",), 2)
    assert (demand.first, demand.last) == ("2031-03-03", "2031-03-12")
    offer = held["RUS", "inspections", "acceptance"]
    assert (offer.firmness, offer.condition) == ("conditional", "if NATO pays")
    assert held["UKR", "disarmament", "refusal"].firmness == "once"
    assert held["RUS", "gas", "threat"].content == "cut gas"
    assert ("RUS", "border", "promise") in held
    assert not [key for key in held if key[0] == "DEU"]


def test_positions_of_one_actor(dossier: Dossier) -> None:
    assert {position.actor for position in dossier.positions(actor="UKR")} == {"UKR"}


def test_two_sources_of_one_saying_are_no_repetition(tmp_path: Path) -> None:
    fields = {"content": "NATO leave Poland", "date": "2031-03-03", "issue": "troops"}
    one = told("a", "On Monday Russia demanded that NATO leave Poland.",
               ("REQUEST", "RUS>NATO", "Russia demanded that NATO leave Poland", fields))  # fmt: skip
    two = told("b", "The Kremlin's demand on Monday that NATO leave Poland met with silence.",
               ("REQUEST", "RUS>NATO", "demand on Monday that NATO leave Poland", fields))  # fmt: skip
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        dossier.add(one)
        dossier.add(two)
        ((entry,),) = [position.entries for position in dossier.positions()]
    assert entry.firmness == "once"
    assert entry.voices == 2


def test_others_who_hold_the_same_are_named(tmp_path: Path) -> None:
    made = told(
        "a",
        "France demanded a ceasefire in Donetsk. Germany too demanded a ceasefire in Donetsk.",
        ("REQUEST", "FRA>RUS", "France demanded a ceasefire in Donetsk",
         {"content": "a ceasefire in Donetsk", "issue": "war"}),
        ("REQUEST", "DEU>RUS", "Germany too demanded a ceasefire in Donetsk", {"issue": "war"}),
    )  # fmt: skip
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        dossier.add(made)
        assert {p.actor: p.entries[0].also for p in dossier.positions()} == {"FRA": ("DEU",), "DEU": ("FRA",)}


def test_what_changed_since_a_day(dossier: Dossier) -> None:
    found = {(change.kind, change.actor, change.entry.kind) for change in dossier.changed("2031-03-10")}
    assert ("hardened", "RUS", "demand") in found
    assert ("new", "RUS", "threat") in found
    assert ("dropped", "UKR", "refusal") in found
    assert ("contradicted", "RUS", "promise") in found
    for change in dossier.changed("2031-03-10"):
        assert change.acts
        assert change.note.endswith(".")
        assert change.before or change.kind == "new"
    assert dossier.changed("2031-03-20") == ()
    with pytest.raises(UsageError, match="no date"):
        dossier.changed("last week")


def test_tension_counts_what_happened_by_week(dossier: Dossier) -> None:
    points = {(point.dyad, point.week): point for point in dossier.tension()}
    first = points[("RUS", "UKR"), "2031-W10"]
    assert (first.conflict, first.cooperation, first.score) == (1, 1, 0.5)
    second = points[("RUS", "UKR"), "2031-W11"]
    assert (second.conflict, second.cooperation) == (1, 1)
    assert ("DEU", "RUS") not in {dyad for dyad, week in points if week == "2031-W10"}
    assert points[("DEU", "RUS"), "2031-W11"].conflict == 1


def test_the_network_tells_words_from_deeds(dossier: Dossier) -> None:
    ties = {(tie.source, tie.target): tie for tie in dossier.network()}
    tie = ties["RUS", "UKR"]
    assert (tie.conflict_words, tie.conflict_deeds, tie.cooperation_words) == (0, 1, 1)
    assert ties["RUS", "DEU"].conflict_words == 1
    assert ties["RUS", "DEU"].conflict_deeds == 0


def test_one_issue_however_it_is_spelled(dossier: Dossier) -> None:
    labels = {
        stored.issue for stored in dossier.acts() if stored.act.issue in ("NATO troops", "the NATO troops")
    }
    assert labels == {"NATO troops"}
