"""The chain: what needs what, what a failure costs, what is passed over, and that records always point into the text."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.coding.coder import code_reports, default_chain
from standoff.coding.component import Draft, check_chain
from standoff.coding.interchange import record_of
from standoff.coding.statements import Statements
from standoff.errors import UsageError
from standoff.reading import make_report
from standoff.records import Coding, Span

TEXT = (
    "Quarrel over the strait\n\n"
    "Turkey has demanded that Greece withdraw its frigates from the strait, the foreign ministry in Ankara said on "
    "Friday.\n\n"
    "“We will not accept any ultimatum,” the Greek prime minister told reporters in Athens. “Our ships stay.”\n\n"
    "The weather was mild.\n"
)


@pytest.fixture(scope="module")
def coding() -> Coding:
    return next(iter(code_reports([make_report(TEXT, id="strait", published="2024-03-08")])))


def test_a_demand_and_a_refusal_are_found_with_their_parties(coding: Coding) -> None:
    found = {(act.type, act.source, act.target) for act in coding.acts}
    assert ("REQUEST", ("TUR",), ("GRC",)) in found
    assert any(kind == "REJECT" and source == ("GRC",) for kind, source, _ in found)


def test_a_quotation_in_two_parts_is_one_statement_of_its_speaker(coding: Coding) -> None:
    quoted = next(s for s in coding.statements if s.form == "direct")
    assert quoted.actor == ("GRC",)
    assert [TEXT[a:b] for a, b in quoted.content] == [
        "“We will not accept any ultimatum,”",
        "“Our ships stay.”",
    ]


def test_what_holds_no_record_is_listed(coding: Coding) -> None:
    assert "The weather was mild." in [TEXT[a:b] for a, b in coding.passed_over]
    assert all("demanded" not in TEXT[a:b] for a, b in coding.passed_over)


def test_the_codebooks_object_quotes_the_text_unchanged(coding: Coding) -> None:
    record = record_of(coding)
    assert record["text"] == TEXT
    act = next(act for act in record["acts"] if act["type"] == "REQUEST")
    assert TEXT[slice(*act["trigger"])] == "demanded"
    assert act["modality"] == "actual"


def test_a_chain_without_what_a_layer_needs_is_refused() -> None:
    with pytest.raises(UsageError, match="statements needs actors"):
        check_chain([Statements()])


class Failing:
    name = "failing"
    requires = frozenset({"analysis"})
    assigns = frozenset({"times"})

    def __call__(self, draft: Draft) -> None:
        raise RuntimeError("broken on purpose")


def test_a_layer_that_fails_costs_only_itself() -> None:
    told: list[str] = []
    chain = [Failing(), *default_chain(fast=True)]
    reports = [make_report(TEXT, id="strait", published="2024-03-08")]
    (coding,) = code_reports(reports, chain=chain, on_trouble=lambda report, sentence: told.append(sentence))
    assert coding.statements
    assert coding.acts
    assert told == list(coding.notes)
    assert "strait: the layer failing could not be coded" in told[0]


def spans_of(coding: Coding) -> Sequence[Span]:
    spans = [time.span for time in coding.times] + list(coding.passed_over)
    for statement in coding.statements:
        spans += [statement.cue, *statement.content, *([statement.source] if statement.source else [])]
    for act in coding.acts:
        spans += [act.trigger, act.evidence, *(span for span in (act.content, act.condition) if span)]
    return spans


PIECES = st.sampled_from(
    ["Moscow said", " Kyiv denied that", " “we will attack", "”", "\r\n", "\n\n", "\u00a0", "\t", "e\u0301", "𝔐oscow",
     "\u202eرفض", ", warned 𐍈", ".", " if Iran", " “", "‘", " imposed sanctions on", "according to", " on Friday"]
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=1, max_size=30))
def test_any_text_is_coded_and_every_span_lies_in_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    (coding,) = code_reports([make_report(text, id="any", published="2022-01-21")])
    assert not coding.notes
    assert all(0 <= span.start < span.end <= len(text) for span in spans_of(coding))


def test_a_thousand_quotation_marks_do_not_stop_the_coder() -> None:
    text = "Moscow said “no” to Kyiv.\n\n" * 500
    (coding,) = code_reports(
        [make_report(text, id="marks", published="2022-01-21")], chain=default_chain(fast=True)
    )
    assert not coding.notes
    assert len(coding.statements) > 400
