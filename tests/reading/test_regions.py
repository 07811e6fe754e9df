"""Regions: headline, byline, date line, caption, body, noise."""

from __future__ import annotations

import pytest

from standoff.reading import make_report
from standoff.reading.page_noise import noise_kind
from standoff.reading.page_top import is_byline, is_headline, masthead
from standoff.records import Report

BODY = [
    "The northern government refused on Friday to withdraw its troops from the river.",
    "“We shall stay as long as we must,” its foreign minister told reporters, who had waited since dawn.",
    "The southern government demanded an answer in writing and threatened to close the bridges.",
    "No date for another meeting was set, and neither delegation would say who had asked for the break.",
]


def kinds(report: Report) -> list[tuple[str, str]]:
    return [(region.kind, report.text[region.span.start : region.span.end]) for region in report.regions]


def page(*paragraphs: str) -> Report:
    return make_report("\n\n".join(paragraphs), id="page")


def test_a_whole_page() -> None:
    report = page(
        "The Harbour Courier",
        "World | Europe",
        "Ministers part without a word",
        "Both sides keep to their demands",
        "By Anna Keller and Tom Reid in Geneva",
        "Published Jan. 21, 2022",
        "A guard at the gate\nA guard at the gate of the mission on Friday.\n(M. Muster / Pool)\nShare via",
        "GENEVA (Meridian Wire) — " + BODY[0],
        BODY[1],
        "Advertisement",
        "Which bridges can be closed, and what that would cost the south.",
        "Jan. 14, 2022",
        BODY[2],
        "Read more: How the river became a border",
        BODY[3],
        "Anna Keller is the Courier's correspondent in Geneva.",
        "© 2022 The Harbour Courier. All rights reserved.",
    )
    assert [kind for kind, _ in kinds(report)] == [
        "noise",
        "noise",
        "headline",
        "headline",
        "byline",
        "dateline",
        "caption",
        "caption",
        "noise",
        "noise",
        "dateline",
        "body",
        "body",
        "noise",
        "noise",
        "noise",
        "body",
        "noise",
        "body",
        "noise",
        "noise",
    ]
    assert [text for kind, text in kinds(report) if kind == "body"] == BODY
    assert ("dateline", "GENEVA (Meridian Wire) —") in kinds(report)
    assert (report.title, report.author, report.outlet) == (
        "Ministers part without a word",
        "Anna Keller and Tom Reid",
        "The Harbour Courier",
    )
    assert (report.published, report.published_how) == ("2022-01-21", "dateline")


def test_a_text_without_headline_is_all_body() -> None:
    assert [kind for kind, _ in kinds(page(*BODY))] == ["body"] * 4


def test_a_single_line_is_body() -> None:
    assert kinds(page("Talks end")) == [("body", "Talks end")]


def test_a_headline_that_begins_with_from_is_no_byline() -> None:
    assert kinds(page("From His Cell, Rebel Leader Tells Fighters to Go", *BODY))[0][0] == "headline"


def test_a_chronicle_keeps_its_paragraphs() -> None:
    report = page(
        "How it came to this",
        BODY[0],
        "Jan. 10, 2022",
        BODY[1],
        "Jan. 12, 2022",
        BODY[2],
        "Jan. 21, 2022",
        BODY[3],
    )
    assert [text for kind, text in kinds(report) if kind == "body"] == BODY


def test_a_date_at_the_foot_is_the_day_of_publication_and_costs_no_paragraph() -> None:
    report = page("Ministers part", *BODY, "21 January 2022")
    assert [text for kind, text in kinds(report) if kind == "body"] == BODY
    assert (report.published, report.published_how) == ("2022-01-21", "dateline")


def test_the_newest_linked_story_and_the_weekday_of_the_lead_give_an_estimate() -> None:
    report = page(
        "Ministers part",
        BODY[0],
        BODY[1],
        "The bridges and their price.",
        "Jan. 18, 2022",
        BODY[2],
        BODY[3],
        BODY[1],
    )
    assert (report.published, report.published_how) == ("2022-01-21", "newest linked story")
    assert any("estimate" in note for note in report.notes)


def test_a_year_less_dateline_takes_its_year_from_the_links() -> None:
    report = page(
        "Ministers part",
        "GENEVA, Jan 2 (Wire) — " + BODY[0],
        *BODY[1:],
        "Read also: The bridges (30 December 2021)",
    )
    assert (report.published, report.published_how) == ("2022-01-02", "dateline")


def test_no_date_is_a_note() -> None:
    report = page("Ministers part", *BODY)
    assert (report.published, report.published_how) == (None, "not found")
    assert len(report.notes) == 1
    assert "no publication date" in report.notes[0]


def test_links_below_the_report() -> None:
    report = page(
        "Ministers part",
        *BODY,
        "Most read",
        "The bridges and their price",
        "Why the river froze",
        "14 January 2022",
    )
    assert [kind for kind, _ in kinds(report)] == ["headline", *["body"] * 4, *["noise"] * 4]


def test_captions_are_told_by_label_and_credit() -> None:
    for caption in (
        "Photo: Guards at the gate on Friday.",
        "[PICTURES: guards at the gate]",
        "Guards at the gate on Friday. (M. Muster / Pool)",
        "File picture: guards at the gate, July 2012.",
    ):
        assert kinds(page("Ministers part", BODY[0], caption, BODY[1]))[2] == ("caption", caption)


def test_a_credit_that_stands_apart_costs_no_sentence() -> None:
    report = page("Ministers part", BODY[0], BODY[1], "(M. Muster / Pool)", BODY[2])
    assert [text for kind, text in kinds(report) if kind == "body"] == BODY[:3]


@pytest.mark.parametrize(
    "line",
    [
        "Share via",
        "Share this article",
        "Facebook Twitter Email",
        "Advertisement",
        "Read more",
        "Related:",
        "Follow us on X",
        "(Martial Trezzini / Keystone)",
        "Subscribe",
        "Subscribe to our newsletter and get it in your inbox.",
        "© 2022 Courier",
        "All rights reserved.",
        "Read also: What is an observer state? – Nov. 29, 2012",
        "4 min read",
        "(Reporting by A. Keller; Editing by T. Reid)",
        "Additional reporting by Tom Reid in Kyiv",
        "Photo credit: pool",
        "Tom Reid contributed to this report.",
        "Skip to main content",
        "We use cookies to count our visitors.",
        "Begin Text:",
        "Most read",
        "Story continues below",
        "https://outlet.example/a",
        "Sign in",
        "12 comments",
        "***",
        "Getty Images",
        "Enter your email address",
        "This is a developing story and will be updated.",
        "Jim Urquhart / Reuters",
    ],
)
def test_page_noise(line: str) -> None:
    assert noise_kind(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell in Moscow after the talks.",
        "Related tensions rose in Georgia.",
        "Russia subscribes to no such treaty.",
        "The advertisement was withdrawn.",
        "More troops arrived on Friday.",
        "Follow-up talks are planned for Tuesday.",
        "Copying the West was never the aim, he said.",
        "Sign the treaty or leave, the minister demanded.",
        "Post-war order must be rebuilt, Lavrov said.",
        "Save Ukraine, she urged.",
        "Read my lips, he said: no concessions.",
        "He contributed to the peace process.",
        "The agreement covers troops and weapons.",
        "Blinken was a journalist once.",
        "Watch what they do, not what they say.",
        "Support for the rebels grows.",
        "Download speeds collapsed during the attack.",
        "The committee writes about violations.",
        "By Friday, the talks had collapsed",
        "Get the troops out, Kyiv demanded.",
        "Russia and the United States / NATO",
        "Click here was the only answer, a hacker said.",
        "(Laughter.)",
        "More on that later.",
        "Source close to the talks said no deal was near.",
        "Listen to the people, the opposition urged the king.",
        "Ad hoc talks took place in Minsk.",
        "Search teams found two bodies.",
        "Comments by the minister angered Ankara.",
    ],
)
def test_what_is_no_page_noise(line: str) -> None:
    assert noise_kind(line) is None


def test_bylines() -> None:
    assert is_byline("By Anna Keller", at_top=False)
    assert is_byline("By our city desk, Friday, October 10", at_top=False)
    assert is_byline("Ned Price, Department Spokesperson", at_top=True)
    assert is_byline("From our correspondent in Geneva", at_top=True)
    assert not is_byline("By Friday the talks had collapsed", at_top=True)
    assert not is_byline("Ned Price, Department Spokesperson", at_top=False)
    assert not is_byline("Meanwhile at home", at_top=True)


def test_headlines_and_mastheads() -> None:
    assert is_headline("Talks end without result")
    assert is_headline("Stealth Over Health: Candidate Was Headed to Hospital.")
    assert not is_headline("The talks ended on Friday without a result.")
    assert all(map(masthead, ("WORLD", "The Northfield Gazette", "News › Europe")))
    assert not any(map(masthead, ("Talks end", "Minister leaves the Times in anger")))
