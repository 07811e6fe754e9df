from __future__ import annotations

from pathlib import Path

from dossier_texts import told

from standoff.dossier.dossier import Dossier
from standoff.records import Coding, Event


def events_of(path: Path, *codings: Coding) -> list[Event]:
    with Dossier.create(path / "d.standoff") as dossier:
        for coding in codings:
            assert dossier.add(coding)
        assert dossier.check() == ()
        return list(dossier.events())


FIRST = told(
    "courier",
    "Patrol boats of Russia seized a Ukraine tanker in the Narrow Strait on Monday and killed 3 sailors.",
    (
        "COERCE",
        "RUS>UKR",
        "Patrol boats of Russia seized a Ukraine tanker in the Narrow Strait on Monday and killed 3 sailors",
        {"trigger": "seized", "date": "2031-03-03", "place": "Narrow Strait", "issue": "tanker"},
    ),
    outlet="Courier",
)


def second(quote: str, **fields: object) -> Coding:
    about = {"date": "2031-03-03", "place": "Narrow Strait", "issue": "tanker", **fields}
    who = str(about.pop("who", "RUS>UKR"))
    kind = str(about.pop("type", "COERCE"))
    return told(
        "herald",
        quote + ". More of it later.",
        (kind, who, quote, about),
        published="2031-03-05",
        outlet="Herald",
    )


def test_two_reports_of_one_event_make_one_event(tmp_path: Path) -> None:
    (event,) = events_of(
        tmp_path, FIRST, second("A tanker of Ukraine was captured in the Narrow Strait by boats from Russia")
    )
    assert (event.type, event.source, event.target) == ("COERCE", ("RUS",), ("UKR",))
    assert len(event.acts) == 2
    assert event.voices == 2
    assert event.date == "2031-03-03"
    assert not event.contested
    assert event.versions == ()


def test_two_different_deeds_on_one_day_stay_two(tmp_path: Path) -> None:
    events = events_of(
        tmp_path,
        FIRST,
        second("Russia jailed two Ukraine journalists in its capital", place="Rostov", issue="press"),
    )
    assert len(events) == 2


def test_the_same_deed_a_month_later_is_another(tmp_path: Path) -> None:
    events = events_of(
        tmp_path,
        FIRST,
        second("A tanker of Ukraine was seized in the Narrow Strait by patrol boats", date="2031-04-03"),
    )
    assert len(events) == 2


def test_talks_with_another_partner_in_the_same_words_are_other_talks(tmp_path: Path) -> None:
    calls = [
        told(
            f"call-{partner}",
            f"The president of Ukraine had a phone conversation with the president of {name}. They spoke of energy.",
            (
                "CONSULT",
                f"UKR>{partner}",
                f"The president of Ukraine had a phone conversation with the president of {name}",
                {"trigger": "phone conversation", "date": day, "issue": "energy"},
            ),
        )
        for partner, name, day in (("POL", "Poland", "2031-03-03"), ("LTU", "Lithuania", "2031-03-04"))
    ]
    assert [event.contested for event in events_of(tmp_path, *calls)] == [False, False]


def test_a_denial_contests_whether_it_happened(tmp_path: Path) -> None:
    (event,) = events_of(
        tmp_path,
        FIRST,
        second(
            "Russia denied that its patrol boats had seized a Ukraine tanker in the Narrow Strait",
            modality="denied",
            attribution=("RUS",),
        ),
    )
    assert event.contested
    assert [(v.field, v.value, v.voices) for v in event.versions] == [
        ("modality", "actual", 1),
        ("modality", "denied", 1),
    ]


def test_a_plan_that_came_true_is_not_contested(tmp_path: Path) -> None:
    plan = told(
        "plan",
        "Russia and Ukraine are to hold talks on the tanker in Geneva on Friday.",
        (
            "CONSULT",
            "RUS,UKR>",
            "Russia and Ukraine are to hold talks on the tanker in Geneva on Friday",
            {"modality": "planned", "date": "2031-03-07", "place": "Geneva"},
        ),
    )
    done = told(
        "done",
        "Ukraine and Russia held talks on the tanker in Geneva yesterday.",
        (
            "CONSULT",
            "UKR,RUS>",
            "Ukraine and Russia held talks on the tanker in Geneva",
            {"date": "2031-03-07", "place": "Geneva"},
        ),
        published="2031-03-08",
    )
    (event,) = events_of(tmp_path, plan, done)
    assert event.modality == "actual"
    assert not event.contested


def test_numbers_that_cannot_both_be_right_are_kept_with_their_sources(tmp_path: Path) -> None:
    (event,) = events_of(
        tmp_path,
        FIRST,
        second(
            "At least 7 sailors were killed when Russia's boats seized a Ukraine tanker in the Narrow Strait"
        ),
    )
    assert event.contested
    assert [(v.field, v.value, len(v.acts)) for v in event.versions] == [
        ("number", "3 dead", 1),
        ("number", "7 or more dead", 1),
    ]


def test_dates_that_differ_are_versions(tmp_path: Path) -> None:
    (event,) = events_of(
        tmp_path,
        FIRST,
        second(
            "Patrol boats of Russia seized a tanker of Ukraine in the Narrow Strait on Tuesday",
            date="2031-03-04",
        ),
    )
    assert event.contested
    assert [v.value for v in event.versions if v.field == "date"] == ["2031-03-03", "2031-03-04"]


def test_a_coarser_date_is_no_other_version(tmp_path: Path) -> None:
    (event,) = events_of(
        tmp_path,
        FIRST,
        second(
            "Patrol boats of Russia seized a tanker of Ukraine in the Narrow Strait this month",
            date="2031-03",
        ),
    )
    assert event.date == "2031-03-03"
    assert not event.contested


def test_each_side_blames_the_other(tmp_path: Path) -> None:
    quote = "Patrol boats of Ukraine seized a tanker of Russia in the Narrow Strait on Monday"
    (event,) = events_of(tmp_path, FIRST, second(quote, who="UKR>RUS", attribution=("RUS",)))
    assert event.contested
    assert {v.value for v in event.versions if v.field == "source"} == {"RUS", "UKR"}


def test_agency_copy_counts_once(tmp_path: Path) -> None:
    body = (
        "Patrol boats of Russia seized a Ukraine tanker in the Narrow Strait on Monday, the coast guard of "
        "Ukraine told reporters in the harbour, where relatives of the crew had gathered since the morning to "
        "wait for news of the men on board. "
    )
    fields = {"trigger": "seized", "date": "2031-03-03", "place": "Narrow Strait"}
    quote = "Patrol boats of Russia seized a Ukraine tanker in the Narrow Strait on Monday"
    papers = [
        told(name, extra + body + extra, ("COERCE", "RUS>UKR", quote, fields), outlet=name)
        for name, extra in (("one", ""), ("two", "From our agency. "), ("three", "Page two. "))
    ]
    own = told(
        "own",
        "Our own reporter saw boats from Russia seize the tanker of Ukraine in the Narrow Strait.",
        ("COERCE", "RUS>UKR", "boats from Russia seize the tanker of Ukraine in the Narrow Strait", {**fields}
         | {"trigger": "seize"}),
    )  # fmt: skip
    (event,) = events_of(tmp_path, *papers, own)
    assert len(event.reports) == 4
    assert event.voices == 2


def test_two_acts_coded_from_one_sentence_stay_apart(tmp_path: Path) -> None:
    text = "Russia seized the Ukraine tanker and the Ukraine tug in the strait on Monday."
    fields = {"date": "2031-03-03", "place": "strait"}
    coding = told(
        "one",
        text,
        ("COERCE", "RUS>UKR", "Russia seized the Ukraine tanker", fields),
        ("COERCE", "RUS>UKR", "Russia seized the Ukraine tanker and the Ukraine tug in the strait", fields),
    )
    assert len(events_of(tmp_path, coding)) == 2


def test_events_do_not_depend_on_reports_of_other_matters(tmp_path: Path) -> None:
    other = second("A tanker of Ukraine was captured in the Narrow Strait by boats from Russia")
    far = told(
        "far",
        "Norland and Sudland signed a treaty on fishing.",
        ("AGREE", "NOR,SUD>", "Norland and Sudland signed a treaty on fishing"),
    )
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    alone = events_of(tmp_path / "x", FIRST, other)
    among = [event for event in events_of(tmp_path / "y", far, FIRST, other) if event.type == "COERCE"]
    assert [len(event.acts) for event in alone] == [len(event.acts) for event in among]
