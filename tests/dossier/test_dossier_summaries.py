"""What the views look up is what the records say: after any additions and decisions, making it all anew changes nothing,
and filters let through what a plain look at the records lets through.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from dossier_texts import report, span_of, told
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.dossier.days import days_of, week_of
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand.hand import Hand
from standoff.dossier.lookups.network import stretch
from standoff.dossier.lookups.tension import weights
from standoff.dossier.tables.tables import VIEWS, stream
from standoff.errors import StandoffError, UsageError
from standoff.records import VERBAL_TYPES, Coding, Event, Statement

CODES = ("ARD", "VEL", "NOR", "ARD-CIV")
TYPES = ("REQUEST", "REJECT", "AGREE", "CONCEDE", "THREATEN", "SANCTION", "ASSAULT", "AID", "CONSULT")
DATES = (None, "2031-03-03", "2031-03-04", "2031-03-12", "2031-04-30", "2031-03", "2031")
ISSUES = ("", "tanker", "the ransom", "Strait shipping")
THINGS = ("free the tanker", "pay the ransom", "open the strait", "leave the harbour at once")
MODALITIES = ("actual", "actual", "actual", "planned", "conditional", "denied", "demanded")
OUTLETS = ("Courier", "Herald", None)

acts = st.fixed_dictionaries(
    {
        "type": st.sampled_from(TYPES),
        "source": st.lists(st.sampled_from(CODES), max_size=2, unique=True),
        "target": st.lists(st.sampled_from(CODES), max_size=2, unique=True),
        "date": st.sampled_from(DATES),
        "issue": st.sampled_from(ISSUES),
        "thing": st.sampled_from(THINGS),
        "modality": st.sampled_from(MODALITIES),
        "dead": st.sampled_from(("", "", ", killing 3 sailors", ", killing 9 sailors")),
        "condition": st.booleans(),
    }
)
reports = st.tuples(
    st.lists(acts, max_size=4), st.sampled_from(OUTLETS), st.sampled_from(("2031-03-05", "2031-03-13", None))
)


def coding(number: int, made: tuple[list[dict[str, Any]], str | None, str | None]) -> Coding:
    """A report of these acts, one sentence each, the first of them said by a minister."""
    told_acts, outlet, published = made
    lines = [
        f"In line {number} {at} they must {act['thing']}{act['dead']}{' if paid' if act['condition'] else ''}."
        for at, act in enumerate(told_acts)
    ]
    text = "\n".join(['A minister said: "So it is."', *lines])
    made_acts = [
        (
            act["type"],
            f"{','.join(act['source'])}>{','.join(act['target'])}",
            line[:-1],
            {
                "trigger": line[:-1],
                "content": line[:-1].split("must ")[1],
                "date": act["date"],
                "issue": act["issue"],
                "modality": act["modality"],
                **({"condition": line[:-1]} if act["condition"] else {}),
            },
        )
        for act, line in zip(told_acts, lines, strict=True)
    ]
    done = told(f"r{number}", text, *made_acts, published=published, outlet=outlet)
    end = text.index("\n") if lines else len(text)
    said = Statement(None, ("ARD",), span_of(text, "said"), (span_of(text, text[16:end]),), "direct")
    return Coding(report(f"r{number}", text, published, outlet), acts=done.acts, statements=(said,))


FILTERS: tuple[dict[str, Any], ...] = (
    {}, {"actor": "ARD"}, {"actor": ["VEL", "NOR"]}, {"dyad": "ARD>VEL"}, {"dyad": "VEL:ARD"}, {"issue": "tanker"},
    {"type": "ASSAULT"}, {"type": ["REQUEST", "REJECT"]}, {"modality": "denied"}, {"modality": ["actual", "planned"]},
    {"since": "2031-03-12"}, {"until": "2031-03-15"}, {"since": "2031-03-10", "until": "2031-04-30"},
    {"outlet": "herald"}, {"contested": True}, {"search": "ransom"}, {"actor": "ARD", "issue": "tanker"},
    {"outlet": "Courier", "since": "2031-03-04"}, {"search": "tanker", "actor": "VEL", "type": "REQUEST"},
)  # fmt: skip


def everything(dossier: Dossier) -> dict[str, Any]:
    """Every view with every filter, and the sums."""
    shown: dict[str, Any] = {}
    for view, asked in product((*VIEWS, "changed"), FILTERS):
        since = "2031-03-08" if view == "changed" else None
        rest = {k: v for k, v in asked.items() if k != "since"} if since else asked
        tables = list(stream(dossier, view, rest, since))  # type: ignore[arg-type]
        shown[f"{view} {asked}"] = [row.record for table in tables for row in table.rows]
    shown["count"] = dossier.count()
    shown["pulse"] = [dossier.pulse(), dossier.pulse(actor="ARD"), dossier.pulse(dyad="ARD:VEL")]
    shown["facets"] = [sorted(dossier.facets(kind)) for kind in ("actor", "issue", "outlet", "type", "dyad")]
    return shown


def the_same_anew(dossier: Dossier) -> None:
    before = everything(dossier)
    dossier.rebuild()
    after = everything(dossier)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert dossier.check() == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(reports, min_size=1, max_size=6))
def test_what_is_kept_is_what_making_it_anew_gives(made: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, Dossier.create(Path(folder) / "d.standoff") as dossier:
        for number, one in enumerate(made):
            dossier.add(coding(number, one))
        the_same_anew(dossier)


@settings(max_examples=20, deadline=None)
@given(st.lists(reports, min_size=2, max_size=4), st.data())
def test_decisions_are_followed(made: list[Any], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, Dossier.create(Path(folder) / "d.standoff") as dossier:
        for number, one in enumerate(made[:-1]):
            dossier.add(coding(number, one))
        hand = Hand(dossier, "Anna")
        for _ in range(3):
            keys = [stored.key for stored in dossier.acts()]
            events = [event.key for event in dossier.events()]
            if not keys:
                return
            what = data.draw(st.sampled_from(("reject", "correct", "merge", "rename", "issue", "undo")))
            try:
                if what == "reject":
                    hand.reject("act", data.draw(st.sampled_from(keys)))
                elif what == "correct":
                    hand.correct(
                        "act", data.draw(st.sampled_from(keys)), {"source": ["NOR"], "type": "REJECT"}
                    )
                elif what == "merge":
                    hand.merge_events(
                        [data.draw(st.sampled_from(events)), data.draw(st.sampled_from(events))]
                    )
                elif what == "rename":
                    hand.rename_actor("VEL", "NOR")
                elif what == "issue":
                    hand.merge_issues("tanker", ["the ransom"])
                else:
                    hand.undo()
            except StandoffError:
                continue  # what cannot be decided is refused, and changes nothing
        dossier.add(coding(len(made), made[-1]))
        the_same_anew(dossier)


@settings(max_examples=25, deadline=None)
@given(st.lists(reports, min_size=1, max_size=5), st.integers(1, 3))
def test_filters_let_through_what_the_records_say(made: list[Any], limit: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Dossier.create(Path(folder) / "d.standoff") as dossier:
        for number, one in enumerate(made):
            dossier.add(coding(number, one))
        every, told_acts = dossier.events(), dossier.acts()
        names = {stored.key: stored.report.outlet for stored in dossier.reports()}

        def passes(event: Event, asked: dict[str, Any], act: Any) -> bool:
            """What one act of an event meets by itself."""
            one = act.act
            parties, issue = {*one.source, *one.target}, asked.get("issue")
            pairs = {(a, b) for a in one.source for b in one.target if a != b}
            if "actor" in asked and not parties & set(
                [asked["actor"]] if isinstance(asked["actor"], str) else asked["actor"]
            ):
                return False
            if asked.get("dyad") == "ARD>VEL" and ("ARD", "VEL") not in pairs:
                return False
            together = {"ARD", "VEL"} <= set(one.source)
            if asked.get("dyad") == "VEL:ARD" and not (pairs & {("ARD", "VEL"), ("VEL", "ARD")} or together):
                return False
            if issue and act.issue != issue:
                return False
            if asked.get("outlet") and (names[act.report] or "").casefold() != asked["outlet"].casefold():
                return False
            return not asked.get("search") or asked["search"] in act.quote

        def fits(event: Event, asked: dict[str, Any]) -> bool:
            """What the event must meet, whoever tells it."""
            days = days_of(event.date)
            types = asked.get("type", event.type)
            if event.type not in ([types] if isinstance(types, str) else types):
                return False
            if asked.get("contested") and not event.contested:
                return False
            for name in ("since", "until"):
                if name in asked and days is None:
                    return False
            if "since" in asked and days and days.last < days_of(asked["since"]).first:  # type: ignore[union-attr]
                return False
            return not ("until" in asked and days and days.first > days_of(asked["until"]).last)  # type: ignore[union-attr]

        for asked in FILTERS:
            states = asked.get("modality")
            wanted = [states] if isinstance(states, str) else states
            by_event = {event.key: [act for act in told_acts if act.event == event.key] for event in every}
            plain_acts = {
                act.key for event in every for act in by_event[event.key]
                if fits(event, asked) and passes(event, asked, act) and (not wanted or act.act.modality in wanted)
            }  # fmt: skip
            assert {act.key for act in dossier.acts(**asked)} == plain_acts
            if len(asked) == 1:
                plain = {
                    event.key for event in every
                    if fits(event, asked) and any(passes(event, asked, act) for act in by_event[event.key])
                    and (not wanted or event.modality in wanted)
                }  # fmt: skip
                assert {event.key for event in dossier.events(**asked)} == plain
            keys: list[int] = []
            after: str | None = None
            while True:
                page = dossier.page_events(limit, after, **asked)
                assert len(page.items) <= limit
                keys += [event.key for event in page.items]
                after = page.next
                if after is None:
                    break
            assert keys == [event.key for event in dossier.events(**asked)]
            assert not page.exact or page.total == len(keys)
            turned = dossier.page_events(500, newest=True, **asked)
            assert [event.key for event in turned.items] == keys[::-1]


@settings(max_examples=25, deadline=None)
@given(st.lists(reports, min_size=1, max_size=6))
def test_tension_and_network_are_sums_over_events(made: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, Dossier.create(Path(folder) / "d.standoff") as dossier:
        for number, one in enumerate(made):
            dossier.add(coding(number, one))
        for asked in (
            {},
            {"since": "2031-03-12"},
            {"until": "2031-03-20"},
            {"type": "ASSAULT"},
            {"outlet": "Herald"},
        ):
            happened = [event for event in dossier.events(**asked) if event.modality == "actual"]
            weeks: dict[tuple[tuple[str, str], str], list[float]] = {}
            ties: Counter[tuple[str, str, bool, bool]] = Counter()
            for event in happened:
                days = days_of(event.date)
                weight = weights()[event.type]
                pairs = {(a, b) for a in event.source for b in event.target or event.source if a != b}
                for one, other in pairs:
                    ties[one, other, weight < 0, event.type in VERBAL_TYPES] += 1
                for dyad in {(min(pair), max(pair)) for pair in pairs}:
                    if days and days.last - days.first <= 6:
                        weeks.setdefault((dyad, week_of(days.first)), []).append(weight)
            points = {(point.dyad, point.week): point for point in dossier.tension(**asked)}
            assert points.keys() == weeks.keys()
            for place, held in weeks.items():
                point = points[place]
                assert point.conflict == sum(weight < 0 for weight in held)
                assert point.cooperation == sum(weight > 0 for weight in held)
                assert point.score == pytest.approx(sum(held) / len(held), abs=0.006)
                assert len(point.events) == min(12, len(held))
            found: Counter[tuple[str, str, bool, bool]] = Counter()
            for tie in dossier.network(**asked):
                for conflict, words, number in (
                    (True, True, tie.conflict_words), (True, False, tie.conflict_deeds),
                    (False, True, tie.cooperation_words), (False, False, tie.cooperation_deeds),
                ):  # fmt: skip
                    found[tie.source, tie.target, conflict, words] += number
            assert +found == +ties


@given(st.dates(), st.dates())
def test_months_and_days_make_up_a_stretch(one: Any, other: Any) -> None:
    first, last = sorted((one, other))
    covered: list[str] = []
    for condition, values in stretch(first.toordinal(), last.toordinal())[1:]:
        covered.append(json.dumps([condition, values]))
    inside = [first, last]
    for day in inside:
        slices = (f"day {day.isoformat()}", f"month {day.isoformat()[:7]}", f"year {day.isoformat()[:4]}")
        hits = sum(_meets(piece, *json.loads(part)) for part in covered for piece in slices)
        assert hits == 1


def _meets(piece: str, condition: str, values: list[str]) -> bool:
    if "BETWEEN" in condition:
        return values[0] <= piece <= values[1]
    if ">= ?" in condition:
        return values[0] <= piece < values[1]
    return values[0] < piece <= values[1]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Dossier]:
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        act = {"type": "REQUEST", "source": ["ARD"], "target": ["VEL"], "date": "2031-03-03", "issue": "tanker",
               "thing": THINGS[0], "modality": "actual", "dead": "", "condition": False}  # fmt: skip
        dossier.add(
            coding(1, ([act, act | {"type": "ASSAULT", "date": "2031-03-12"}], "Courier", "2031-03-13"))
        )
        yield dossier


def test_a_page_of_another_view_is_refused(small: Dossier) -> None:
    mark = small.page_acts(1).next
    assert mark
    with pytest.raises(UsageError, match="not where a page of this view begins"):
        small.page_events(1, mark)
    with pytest.raises(UsageError, match="start from the first page"):
        small.page_events(1, "!!")


def test_an_actor_at_a_glance(small: Dossier) -> None:
    found = small.profile("ard")
    assert found is not None
    assert (found.actor, found.events, found.acts) == ("ARD", 2, 2)
    assert found.types == {"REQUEST": 1, "ASSAULT": 1}
    assert [(tie.source, tie.target, tie.conflict_deeds) for tie in found.ties] == [("ARD", "VEL", 1)]
    assert found.issues == (("tanker", 1),)
    assert small.profile("XXX") is None


def test_the_history_of_a_cell_is_every_telling_by_day(small: Dossier) -> None:
    page = small.history("ARD", "Tanker")
    assert [(one.kind, one.day, one.content) for one in page.items] == [
        ("demand", "2031-03-03", "free the tanker")
    ]
    assert small.matrix().cells == {("ARD", "tanker"): {"demand": 1}}
    assert small.history("ARD", "no such thing").items == ()


def test_reports_are_found_by_words_with_a_passage(small: Dossier) -> None:
    (hit,) = small.search("tankers").items
    assert hit.label.id == "r1"
    assert "tanker" in hit.passage
    assert small.search("submarine").total == 0


def test_values_to_filter_by_are_counted(small: Dossier) -> None:
    assert [(row.value, row.events) for row in small.facets("actor")] == [("ARD", 2), ("VEL", 2)]
    assert [row.value for row in small.facets("outlet", starts="cou")] == ["Courier"]
    assert [row.value for row in small.facets("issue", starts="tank")] == ["tanker"]
    assert small.facets("issue", starts="100%") == ()
