"""Dates written in full, date lines and wire datelines."""

from __future__ import annotations

import datetime

import pytest

from standoff.reading.datelines import date_alone, date_line, wire_dateline
from standoff.reading.publication import date_in_address
from standoff.reading.written_dates import as_published, find_date, first_weekday

DAY = datetime.date(2022, 1, 21)


@pytest.mark.parametrize(
    "text",
    [
        "Jan. 21, 2022",
        "January 21 2022",
        "21 January 2022",
        "21st of January, 2022",
        "Friday, Jan 21, 2022",
        "2022-01-21",
        "2022/01/21",
        "on 21-Jan-2022 at noon",
        "JANUARY 21, 2022",
        "Fri 21 Jan 2022",
    ],
)
def test_whole_dates_are_read(text: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.day == DAY
    assert text[found.start : found.end].strip()


@pytest.mark.parametrize(
    "text", ["it may 21, 2022 ways", "30 February 2022", "2022-13-01", "21 of 2022", "May 2022"]
)
def test_what_is_no_whole_date(text: str) -> None:
    found = find_date(text)
    assert found is None or text.startswith("it may")


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2022-01-21", "2022-01-21"),
        ("2022-01", "2022-01"),
        ("2022", "2022"),
        (2022, "2022"),
        ("2022-01-21T10:00:00Z", "2022-01-21"),
        ("2022-01-21 10:00", "2022-01-21"),
        ("Fri, 21 Jan 2022 10:00:00 GMT", "2022-01-21"),
        ("January 21, 2022", "2022-01-21"),
        ("2022-02-30", None),
        ("soon", None),
        ("", None),
        (None, None),
        (True, None),
        (["2022"], None),
        ("20220121", None),
    ],
)
def test_published_values(value: object, wanted: str | None) -> None:
    assert as_published(value) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "Jan. 21, 2022",
        "Published Jan 21, 2022",
        "Friday, 21 January 2022",
        "Updated 5:32 PM EST, Fri January 21, 2022",
        "Published: 21 January 2022, 18:40 GMT",
        "21 January 2022 - 14:30",
        "2022-01-21",
        "Posted on January 21, 2022",
    ],
)
def test_a_date_alone(line: str) -> None:
    assert date_alone(line) == DAY
    assert date_line(line) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "VIENNA, 21 January 2022",
        "By our city desk, Friday, January 21, 2022",
        "Market briefing, Jan. 21, 2022",
        "GENEVA, Friday, Jan. 21, 2022",
    ],
)
def test_a_date_line_with_place_or_author(line: str) -> None:
    assert date_alone(line) is None
    assert date_line(line) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "The treaty was signed on 21 January 2022.",
        "On January 21, 2022 the ministers met again in Geneva and parted after ninety minutes.",
        "Talks end",
    ],
)
def test_sentences_are_no_date_lines(line: str) -> None:
    assert date_line(line) is None


@pytest.mark.parametrize(
    ("paragraph", "opening"),
    [
        ("GENEVA (AP) — The talks ended.", "GENEVA (AP) — "),
        ("GENEVA, Jan 21 (Reuters) - The talks ended.", "GENEVA, Jan 21 (Reuters) - "),
        ("WASHINGTON — “No,” he said.", "WASHINGTON — "),
        ("HEMPSTEAD, N.Y., Sept. 26 (UPI) — She left.", "HEMPSTEAD, N.Y., Sept. 26 (UPI) — "),
        ("WASHINGTON, June 21, 2017 (Wednesday) – A list.", "WASHINGTON, June 21, 2017 (Wednesday) – "),
        ("Geneva (AFP) – Talks ended.", "Geneva (AFP) – "),
        ("MOSCOW, January 21. /TASS/. The talks ended.", "MOSCOW, January 21. /TASS/. "),
        ("PARIS/BERLIN, Jan 20 (Meridian Wire) - They met.", "PARIS/BERLIN, Jan 20 (Meridian Wire) - "),
        ("UNITED NATIONS -- The council met.", "UNITED NATIONS -- "),
    ],
)
def test_wire_datelines(paragraph: str, opening: str) -> None:
    found = wire_dateline(paragraph)
    assert found is not None
    assert paragraph[: found.length] == opening


@pytest.mark.parametrize(
    "paragraph",
    [
        "NATO — The alliance — met.",
        "BREAKING — The talks ended.",
        "NATO — which Ukraine wants to join — has refused.",
        "Sen. Ted Cruz (R-Texas) — Announced in March",
        "President Biden (pictured) - who spoke first.",
        "The U.S. - and its allies - refused.",
        "GENEVA —",
        "DEAL? NO DEAL! — Clock ticks",
    ],
)
def test_what_is_no_wire_dateline(paragraph: str) -> None:
    assert wire_dateline(paragraph) is None


def test_wire_dateline_tells_day_place_and_agency() -> None:
    found = wire_dateline("GENEVA, Jan 21, 2022 (Meridian Wire) — It ended.")
    assert found is not None
    assert (found.day, found.place, found.agency) == (DAY, "GENEVA", "Meridian Wire")
    found = wire_dateline("BERLIN, July 3 — Talks must open.")
    assert found is not None
    assert (found.day, found.month_day) == (None, (7, 3))


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://outlet.example/world/2022/01/21/talks", "2022-01-21"),
        ("2022-01-21-geneva", "2022-01-21"),
        ("geneva_20220121", "2022-01-21"),
        ("https://outlet.example/2022/13/40/", None),
        ("order-123456789", None),
    ],
)
def test_dates_in_addresses_and_names(address: str, wanted: str | None) -> None:
    assert date_in_address(address) == wanted


def test_first_weekday() -> None:
    assert first_weekday("They met on Friday, and on Monday again.") == 4
    assert first_weekday("They met in Mondayville.") is None
