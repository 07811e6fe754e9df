"""Dates of acts and the component, over real parses of texts written for this test."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.coding.component import Draft
from standoff.coding.times import DatedText, Times, date_of, find_times
from standoff.coding.times.candidates import calendar_date
from standoff.coding.times.dating import weights
from standoff.language.analysis import Analysis
from standoff.language.parser import analyse
from standoff.records import Region, Report, Span


def parsed(text: str, published: str | None = "2022-01-21", noise: str = "") -> Analysis:
    regions = tuple(
        Region(Span(*line.span()), "noise" if noise and noise in line.group() else "body")
        for line in re.finditer(r"[^\n]+", text)
        if line.group().strip()
    )
    (analysis,) = analyse([Report("t", text, "", published=published, regions=regions)])
    return analysis


def dated(analysis: Analysis, trigger: str, act_type: str, modality: str = "actual") -> str | None:
    text = analysis.report.text
    at = text.index(trigger)
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at) if "\n" in text[at:] else len(text)
    times = find_times(text, analysis.report.published)
    span = Span(at, at + len(trigger))
    return date_of(analysis, times, span, Span(begin, end), act_type=act_type, modality=modality)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "trigger", "act_type", "date"),
    [
        ("The two ministers met in Vienna on Thursday.", "met", "CONSULT", "2022-01-20"),
        ("Rebels shelled the port on January 14, officials said.", "shelled", "ASSAULT", "2022-01-14"),
        ("The army seized the peninsula in 2014.", "seized", "COERCE", "2014"),
        ("In December the government expelled two diplomats.", "expelled", "SANCTION", "2021-12"),
    ],
)
def test_an_act_takes_the_date_of_its_clause(text: str, trigger: str, act_type: str, date: str) -> None:
    assert dated(parsed(text), trigger, act_type) == date


def test_each_of_two_acts_takes_its_own_date() -> None:
    analysis = parsed("The army seized the port in 2014, and rebels shelled the capital on Thursday.")
    assert dated(analysis, "seized", "COERCE") == "2014"
    assert dated(analysis, "shelled", "ASSAULT") == "2022-01-20"


def test_nothing_is_dated_where_nothing_is_told_and_no_date_is_known() -> None:
    assert dated(parsed("The ministers met in Vienna.", published=None), "met", "CONSULT") is None


def test_weeks_and_seasons_become_the_month_or_year_that_holds_them() -> None:
    (week,) = find_times("It rained last week.", "2022-01-21")
    assert calendar_date(week) == "2022-01"
    (winter,) = find_times("It snowed in the winter of 2014.", "2022-01-21")
    assert calendar_date(winter) is None
    (summer,) = find_times("It was hot in the summer of 2014.", "2022-01-21")
    assert calendar_date(summer) == "2014"
    (decade,) = find_times("It was built in the 1990s.", "2022-01-21")
    assert calendar_date(decade) is None


def test_the_component_leaves_noise_out() -> None:
    analysis = parsed("They met on Friday.\nRead more: Monday's stories", noise="Read more")
    draft = Draft(analysis)
    Times()(draft)
    assert [time.value for time in draft.times] == ["2022-01-21"]


def test_the_table_of_weights_is_read() -> None:
    table = weights()
    assert len(table) > 100
    assert table["time | joined=same verb"] != 0.0


@pytest.fixture(scope="module")
def odd_texts() -> list[Analysis]:
    return [
        parsed(text, published)
        for text in (
            "",
            "x",
            "Friday",
            "“Friday.\n\nMay 2014 Monday",
            "March 5 " * 40,
            "met " * 30 + "in 2014",
        )
        for published in (None, "2022", "2022-01-21")
    ]


@given(start=st.integers(0, 200), length=st.integers(0, 40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_any_span_of_any_text_is_dated_without_fail(
    odd_texts: list[Analysis], start: int, length: int
) -> None:
    for analysis in odd_texts:
        text = analysis.report.text
        low = min(start, len(text))
        span = Span(low, min(len(text), low + length))
        times = find_times(text, analysis.report.published)
        told = date_of(analysis, times, span, span, act_type="CONSULT", text=DatedText.of(analysis, times))
        assert told is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", told)
