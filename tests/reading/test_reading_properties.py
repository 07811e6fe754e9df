"""What holds for every text and every file."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from standoff.errors import ReportError
from standoff.reading import make_report, read_reports
from standoff.reading.paragraphs import INVISIBLE, paragraphs

LINES = st.sampled_from(
    [
        "Talks end without result",
        "By Anna Keller",
        "Published Jan. 21, 2022",
        "Jan. 14, 2022",
        "(Martial Trezzini / Keystone)",
        "Share via",
        "Related",
        "GENEVA, Jan 21 (Wire) — The ministers met on Friday.",
        "The government refused to withdraw its troops on Friday, and said that it would never do so.",
        "and went on in the afternoon",
        "• First point",
        "“We wait.",
        "   indented line here",
        "",
        " \u00a0",
        "😀 \u202e\u0301",
    ]
)
PAGES = st.lists(LINES, max_size=30).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n"]).map(lambda end: end.join(lines))
)
TEXTS = st.one_of(st.text(), PAGES, st.text(alphabet=" \n\r\t.—-A1(/)\ufeff", max_size=200))


@given(TEXTS)
@example("\ufeffTalks end.\u2028\u2028No more.\x1c\x1dOne")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_regions_hold_all_that_is_not_blank_in_order_and_apart(text: str) -> None:
    report = make_report(text, id="x")
    assert report.text == text
    assert report.sha256 == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    covered = [False] * len(text)
    end = 0
    for region in report.regions:
        assert end <= region.span.start < region.span.end <= len(text)
        end = region.span.end
        covered[region.span.start : end] = [True] * (end - region.span.start)
        evidence = text[region.span.start : end]
        assert evidence == evidence.strip()
    for k, character in enumerate(text):
        assert covered[k] or character.isspace() or character in INVISIBLE


@given(TEXTS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_paragraphs_are_the_same_in_the_middle_of_blank_lines(text: str) -> None:
    """Blank lines around a text move its paragraphs and change nothing else."""
    padded = paragraphs("\n \n" + text + "\n\n")
    assert [(p.span.start - 3, p.span.end - 3, p.block) for p in padded] == [
        (p.span.start, p.span.end, p.block) for p in paragraphs(text)
    ]


@given(st.binary(max_size=400) | TEXTS.map(lambda t: t.encode("utf-8", "surrogatepass")), st.sampled_from(
    [".txt", ".html", ".json", ".jsonl", ""]
))  # fmt: skip
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_give_reports_or_problems_and_no_other_error(data: bytes, suffix: str) -> None:
    problems: list[ReportError] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{suffix}"
        path.write_bytes(data)
        reports = list(read_reports([str(path)], on_problem=problems.append))
    assert reports or problems
    for problem in problems:
        assert "\n" not in str(problem)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "id", "published"]), inner)
        ),
        max_leaves=8,
    )
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_json_gives_reports_or_problems_and_no_other_error(value: object) -> None:
    problems: list[ReportError] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        path.write_text(json.dumps(value), encoding="utf-8")
        reports = list(read_reports([str(path)], on_problem=problems.append))
    assert reports or problems
    given_texts = list(_strings(value))
    assert all(report.text in given_texts for report in reports)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
