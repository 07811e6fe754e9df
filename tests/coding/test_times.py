"""Times: what is found, what it stands for, and what is no time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.coding.times import find_times
from standoff.coding.times.values import period_of

FRIDAY = "2022-01-21"


def told(text: str, published: str | None = FRIDAY) -> list[tuple[str, str]]:
    return [(text[slice(*time.span)], time.value) for time in find_times(text, published)]


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("They met on Friday in Geneva.", "Friday", "2022-01-21"),
        ("They met on Thursday in Geneva.", "Thursday", "2022-01-20"),
        ("They will meet on Monday in Geneva.", "Monday", "2022-01-24"),
        ("They agreed to meet Monday.", "Monday", "2022-01-24"),
        ("It happened last Friday.", "last Friday", "2022-01-14"),
        ("They meet next Friday.", "next Friday", "2022-01-28"),
        ("Monday of last week was quiet.", "Monday of last week", "2022-01-10"),
        ("On Jan. 14, 2022 it began.", "Jan. 14, 2022", "2022-01-14"),
        ("It began on 14 January.", "14 January", "2022-01-14"),
        ("It began on the 3rd of May 2014.", "the 3rd of May 2014", "2014-05-03"),
        ("On Friday, January 14, talks began.", "Friday, January 14", "2022-01-14"),
        ("It was signed on 2015-02-12.", "2015-02-12", "2015-02-12"),
        ("He spoke on 9/11/2001 in New York.", "9/11/2001", "2001-09-11"),
        ("In December they met.", "December", "2021-12"),
        ("They will vote in March.", "March", "2022-03"),
        ("It fell in September of last year.", "September of last year", "2021-09"),
        ("He came last December.", "last December", "2021-12"),
        ("It rained last week.", "last week", "2022-W02"),
        ("It was said earlier this month.", "earlier this month", "2022-01"),
        ("Two days ago they left.", "Two days ago", "2022-01-19"),
        ("It began six weeks ago.", "six weeks ago", "2021-W49"),
        ("The war of the 1990s was long.", "the 1990s", "199X"),
        ("In 2014 it was annexed.", "2014", "2014"),
        ("In the winter of 1944 they came.", "the winter of 1944", "1944-WI"),
        ("In the third quarter of 2014 exports fell.", "the third quarter of 2014", "2014-Q3"),
        ("It happened the day before yesterday.", "the day before yesterday", "2022-01-19"),
        ("They have recently met.", "recently", "PAST_REF"),
        ("They are now in Minsk.", "now", "PRESENT_REF"),
        ("In nineteen ninety-four it was signed.", "nineteen ninety-four", "1994"),
        ("The truce began on New Year's Day.", "New Year's Day", "2022-01-01"),
    ],
)
def test_expressions_and_their_values(text: str, expression: str, value: str) -> None:
    assert (expression, value) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "They may go home.",
        "May they rest in peace.",
        "The second shell fell near the house.",
        "Protesters joined the March of Return.",
        "The fall of the city was near.",
        "He sat in the sun and read.",
        "Some 2000 troops crossed.",
        "It cost $1990 and 1500 soldiers died.",
        "They march every Friday.",
        "The massacre is called Bloody Sunday.",
    ],
)
def test_lookalikes_are_no_times(text: str) -> None:
    assert told(text) == []


def test_values_grow_coarse_with_the_publication_date() -> None:
    assert told("They met on Friday.", "2005-09") == [("Friday", "2005-09")]
    assert told("They met on Friday.", "2005") == [("Friday", "2005")]
    assert told("They met on Friday.", None) == [("Friday", "PAST_REF")]
    assert told("They will meet on Friday.", None) == [("Friday", "FUTURE_REF")]


def test_a_date_in_december_read_in_january_lies_back() -> None:
    assert told("He was shot on December 30.", "2022-01-02") == [("December 30", "2021-12-30")]
    assert told("They will meet on January 5.", "2021-12-30") == [("January 5", "2022-01-05")]


def test_a_weekday_beside_a_date_chooses_the_year() -> None:
    assert told("The letter of Thursday, May 14, was lost.", "2021-05-10") == [
        ("Thursday, May 14", "2020-05-14")
    ]


def test_joined_weekdays_follow_one_another() -> None:
    assert told("Talks are planned Saturday and Sunday.") == [
        ("Saturday", "2022-01-22"),
        ("Sunday", "2022-01-23"),
    ]


def test_days_inside_a_quotation_are_those_of_its_speech() -> None:
    text = "On Monday he said: “We decide today and leave tomorrow.” Today it rains."
    assert told(text) == [
        ("Monday", "2022-01-17"),
        ("today", "2022-01-17"),
        ("tomorrow", "2022-01-18"),
        ("Today", "2022-01-21"),
    ]


def test_intervals_cover_the_period() -> None:
    (time,) = find_times("It rained last week.", FRIDAY)
    assert (time.start, time.end) == ("2022-01-10", "2022-01-16")
    (time,) = find_times("It was built in the 1960s.", FRIDAY)
    assert (time.start, time.end) == ("1960-01-01", "1969-12-31")


WORDS = st.sampled_from(
    "last next this Friday May March 14 31 2022 1990s , . - of the in on ago two days week months year quarter "
    "third first before yesterday today early late mid 's “ ” said will 'a' Jan. Sept. half few every and to".split()
)
DATES = st.sampled_from(
    [None, "2022-01-21", "2022-01", "2022", "1000-01-01", "2999-12-31", "nonsense", "2022-13-45"]
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)), DATES)
def test_spans_lie_in_the_text_in_order_and_apart(text: str, published: str | None) -> None:
    end = 0
    for time in find_times(text, published):
        assert end <= time.span.start < time.span.end <= len(text)
        end = time.span.end
        if time.value.endswith("_REF"):
            assert time.start is None
            assert time.end is None
        else:
            assert time.start is not None
            assert time.end is not None
            assert time.start <= time.end
            assert period_of(time.value) is not None


@given(st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2999, 12, 31)))
def test_a_full_date_is_read_as_itself(date: dt.date) -> None:
    for written in (
        f"{date:%B} {date.day}, {date.year}",
        f"{date.day} {date:%B} {date.year}",
        date.isoformat(),
    ):
        assert told(f"On {written} they met.") == [(written, date.isoformat())]


@pytest.mark.parametrize(
    "text",
    [
        "1" * 200_000,
        "last " * 10_000,
        "May " * 10_000,
        "two " * 10_000,
        "“" * 20_000,
        "Friday and " * 10_000,
        "1.1" * 50_000,
    ],
)
def test_long_repetitions_are_read_through(text: str) -> None:
    for time in find_times(text, FRIDAY):
        assert time.span.end <= len(text)
