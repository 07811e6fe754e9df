"""A page that changes: its versions, their difference, and one voice; agency copy in ten papers is one voice too."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from dossier_texts import report, told
from hypothesis import given
from hypothesis import strategies as st

from standoff.dossier import versions
from standoff.dossier.dossier import Dossier
from standoff.dossier.tables.version_tables import changed_pages, page_history
from standoff.dossier.versions import difference
from standoff.records import Coding

URL = "https://courier.example/strait"
OPENING = (
    "The navy of Arden has stopped a tanker of Velmark in the strait, the harbour office said on Monday."
)
FIRST = f"{OPENING}\n\nThree sailors were killed.\n\nVelmark demanded the ship back.\n\nThe port is open."
SECOND = f"{OPENING}\n\nFive sailors were killed.\n\nThe port is open.\n\nArden denied that anybody died."


def told_by(name: str, text: str, **about: str | None) -> Coding:
    quote = text.split("\n\n")[0]
    deed = ("COERCE", "ARD>VEL", quote, {"trigger": "stopped", "date": "2031-03-03", "place": "the strait"})
    more = []
    for words in ("Three sailors were killed", "Five sailors were killed"):
        if words in text:
            more.append(("ASSAULT", "ARD>VEL", words, {"date": "2031-03-03", "place": "the strait"}))
    return told(name, text, deed, *more, **about)


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    with Dossier.create(tmp_path / "d.standoff") as made:
        yield made
        assert made.check() == ()


def test_a_changed_page_is_a_new_version_and_no_second_voice(dossier: Dossier) -> None:
    assert dossier.add(told_by("strait", FIRST, url=URL))
    assert dossier.add(told_by("strait", SECOND, url=URL))
    old, new = dossier.versions_of(URL)
    assert (old.report.text, new.report.text) == (FIRST, SECOND)
    assert old.voice == new.voice == old.key
    assert dossier.count()["voice"] == 1
    stopped = next(event for event in dossier.events() if event.type == "COERCE")
    assert stopped.voices == 1
    assert len(stopped.acts) == 2
    assert not any(event.contested for event in dossier.events())


def test_what_a_page_corrects_is_contested_by_others_alone(dossier: Dossier) -> None:
    dossier.add(told_by("strait", FIRST, url=URL))
    dossier.add(
        told_by(
            "other",
            FIRST.replace("The navy of Arden has", "Warships from Arden have"),
            url="https://x.example/1",
        )
    )
    before = [event for event in dossier.events() if event.type == "ASSAULT"]
    dossier.add(told_by("strait", SECOND, url=URL))
    after = [event for event in dossier.events() if event.type == "ASSAULT"]
    assert not any(event.contested for event in before)
    for event in after:
        values = [version.value for version in event.versions if version.field == "number"]
        assert len(values) in (0, 2)
        newest = max(dossier.versions_of(URL), key=lambda stored: stored.key).key
        for version in event.versions:
            told = [dossier.acts_by_key([key])[key].report for key in version.acts]
            assert all(report in (2, newest) for report in told)


def test_the_difference_is_told_by_paragraphs() -> None:
    passages = difference(report("a", FIRST), report("b", SECOND))
    assert [(p.kind, p.old_text, p.new_text) for p in passages] == [
        ("reworded", "Three sailors were killed.", "Five sailors were killed."),
        ("removed", "Velmark demanded the ship back.", ""),
        ("added", "", "Arden denied that anybody died."),
    ]
    for passage in passages:
        if passage.old is not None:
            assert FIRST[passage.old.start : passage.old.end] == passage.old_text
        if passage.new is not None:
            assert SECOND[passage.new.start : passage.new.end] == passage.new_text


_PARAGRAPHS = st.lists(
    st.sampled_from(["One ship.", "Two ships left.", "No word came.", "Talks end."]), max_size=7
)


@given(_PARAGRAPHS, _PARAGRAPHS, st.booleans())
def test_the_difference_leads_from_one_text_to_the_other(old: list[str], new: list[str], large: bool) -> None:
    one, other = report("a", "\n\n".join(old)), report("b", "\n\n".join(new))
    most = versions._MOST_COMPARED
    versions._MOST_COMPARED = 0 if large else most
    try:
        passages = difference(one, other)
    finally:
        versions._MOST_COMPARED = most
    left = list(old)
    for passage in passages:
        if passage.old_text:
            left.remove(passage.old_text)
    left += [passage.new_text for passage in passages if passage.new_text]
    assert sorted(left) == sorted(new)
    assert difference(one, one) == ()


def test_the_same_text_under_the_same_address_is_the_same_report(dossier: Dossier) -> None:
    assert dossier.add(told_by("strait", FIRST, url=URL))
    again = told_by("feed-17", FIRST, url=URL)
    assert dossier.has(again.report)
    assert not dossier.add(again)
    assert dossier.count()["report"] == 1
    assert dossier.pages_with_versions() == ()


def fetched(coding: Coding) -> Coding:
    """The same, as it is fetched from its address."""
    return replace(coding, report=replace(coding.report, format="web"))


def test_a_page_that_goes_back_to_an_earlier_text_has_a_third_version(dossier: Dossier) -> None:
    first, second = (fetched(told_by("strait", text, url=URL)) for text in (FIRST, SECOND))
    for coding in (first, second, first):
        assert not dossier.has(coding.report)
        assert dossier.add(coding)
        assert dossier.has(coding.report)
        assert not dossier.add(coding)
    assert not dossier.add(told_by("strait", SECOND, url=URL)), "a file does not tell when the page said so"
    versions = dossier.versions_of(URL)
    assert [stored.report.text for stored in versions] == [FIRST, SECOND, FIRST]
    assert [stored.report.id for stored in versions] == ["strait", "strait", "strait-2"]
    assert dossier.count()["voice"] == 1
    newest = {stored.key for stored in dossier.acts() if stored.report == versions[-1].key}
    assert newest
    for event in dossier.events():
        told = {key for version in event.versions for key in version.acts}
        if newest & set(event.acts):
            assert told <= newest
    assert dossier.check() == ()


def test_an_address_of_a_whole_site_makes_no_versions(dossier: Dossier) -> None:
    for number, where in enumerate(("strait", "canal", "mountain pass", "desert")):
        text = (
            f"The minister spoke of the {where} for {number + 2} hours and left by the {where} road at night."
        )
        dossier.add(told(f"r{number}", text, url="https://courier.example/"))
    assert dossier.count()["voice"] == 4
    assert dossier.pages_with_versions() == ()


def test_versions_as_tables(dossier: Dossier) -> None:
    assert "No page is there in several versions" in changed_pages(dossier).empty
    dossier.add(told_by("strait", FIRST, url=URL))
    dossier.add(told_by("strait", SECOND, url=URL))
    (row,) = changed_pages(dossier).rows
    assert row.cells[1:] == (URL, OPENING[:80], "2", "−1 +1 ±1")
    assert row.record["versions"] == [1, 2]
    history = page_history(dossier, URL + "?utm_source=x")
    assert [row.cells[2:] for row in history.rows] == [
        ("±", "Three sailors were killed.", "Five sailors were killed."),
        ("−", "Velmark demanded the ship back.", ""),
        ("+", "", "Arden denied that anybody died."),
    ]
    assert history.rows[0].record["old"]["span"] == [len(OPENING) + 2, len(OPENING) + 28]
    assert "No report has the address" in page_history(dossier, "https://other.example/x").empty


AGENCY = (
    "GENEVA (Meridian Wire) - The foreign ministers of Arden and Velmark parted on Monday without an agreement on the "
    "tanker that Arden has held in the strait for two weeks.\n\n"
    '"We demand that the ship and its crew be free by Friday," the Velmark minister told reporters after four hours of '
    "talks at the lake. He did not say what his government would do after that day.\n\n"
    "The minister of Arden answered that a court would decide about the ship, and that no date had been set. He offered "
    "to let the sailors telephone with their families once a week, an offer that Velmark called an insult.\n\n"
    "Mediators from three neighbouring states, who had brought the two sides together for the first time since the "
    "winter, said that they would try again next month, in a place that both had still to agree on.\n\n"
    "Freight rates through the strait have doubled since the tanker was stopped, and insurers have asked shipping "
    "companies to keep to the southern route until further notice."
)


def edited(text: str, chance: random.Random) -> str:
    """What a paper does to agency copy: its own headline, a word here and there, a paragraph cut or added."""
    paragraphs = text.split("\n\n")
    words = [paragraph.split() for paragraph in paragraphs]
    for _ in range(6):
        place = chance.choice(words)
        k = chance.randrange(len(place))
        place[k] = chance.choice(["yesterday", "reportedly", "senior", place[k], place[k].title()])
    kept = [" ".join(place) for place in words]
    if chance.random() < 0.6:
        del kept[-1]
    if chance.random() < 0.5:
        kept.append("Our own reporter at the harbour saw two patrol boats beside the tanker this morning.")
    return "\n\n".join(
        [f"No deal in the {chance.choice(['talks', 'tanker row', 'dispute'])} at the lake", *kept]
    )


def test_ten_lightly_edited_copies_are_one_voice(dossier: Dossier) -> None:
    chance = random.Random(20310304)
    own = (
        "Velmark's minister has asked Arden to free the tanker before Friday. In the harbour of Karv the mood was calm "
        "on Monday evening; the crew had been seen on deck, a fisherman said, and two boats lay beside it."
    )
    for number in range(10):
        text = edited(AGENCY, chance)
        quote = next(p for p in text.split("\n\n") if "told reporters" in p)
        act = ("REQUEST", "VEL>ARD", quote, {"date": "2031-03-03", "issue": "the tanker"})
        dossier.add(told(f"paper-{number}", text, act, outlet=f"Paper {number}"))
    dossier.add(told("own", own, ("REQUEST", "VEL>ARD", own.split(". ")[0], {"issue": "the tanker"})))
    assert dossier.count()["report"] == 11
    assert dossier.count()["voice"] == 2
    assert {stored.voice for stored in dossier.reports() if stored.report.id != "own"} == {1}
    assert max(len(event.reports) for event in dossier.events()) >= 10
    assert all(event.voices <= 2 for event in dossier.events())
