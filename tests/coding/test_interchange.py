"""A coding written in the codebook's form and read again is the same coding."""

import json
from dataclasses import replace

import pytest

from standoff.coding.interchange import coding_from, record_of
from standoff.errors import ReportError
from standoff.reading.report import make_report
from standoff.records import Act, Coding, Span, Statement, Time

TEXT = 'Karv protests\n\nKarv "will not wait", its minister said on 4 March 2031. Belmark said nothing.\n'


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def coding() -> Coding:
    report = make_report(
        TEXT, id="r", title="Karv protests", published="2031-03-05", url="https://a.example/1"
    )
    return Coding(
        report,
        (Time(span("4 March 2031"), "2031-03-04", "2031-03-04", "2031-03-04", "day"),),
        (
            Statement(
                span("its minister"), ("KAR-GOV",), span("said"), (span('"will not wait"'),), "mixed", 0.75, "x", True
            ),
        ),
        (
            Act(
                "REJECT", ("KAR",), ("BEL",), "actual", span("will not wait"), span('Karv "will not wait"'),
                content=span("wait"), attribution=("KAR-GOV",), date="2031-03-04", issue="waiting", confidence=0.5,
            ),
        ),
        (span("Belmark said nothing."),),
        ("a note",),
    )  # fmt: skip


def test_what_is_written_can_be_read_again() -> None:
    given = coding()
    record = json.loads(json.dumps(record_of(given)))
    read = coding_from(record)
    assert read == replace(
        given, report=replace(given.report, notes=()), notes=(*given.report.notes, "a note")
    )
    assert record_of(read) == record


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("acts", [{"type": "SULK"}], "SULK"),
        ("statements", [{"form": "sung"}], "sung"),
        ("regions", [{"span": [0, 4], "kind": "advert"}], "advert"),
        ("text", None, "no coded report"),
        ("times", 3, "no coded report"),
    ],
)
def test_what_is_no_coding_is_refused_by_name(field: str, value: object, said: str) -> None:
    with pytest.raises(ReportError, match=said) as caught:
        coding_from(record_of(coding()) | {field: value}, "gold.jsonl:7")
    assert str(caught.value).startswith("gold.jsonl:7: ")
