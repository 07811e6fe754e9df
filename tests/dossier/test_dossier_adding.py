from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import pytest
from dossier_texts import STRAIT, report, strait_coding, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.dossier.adding import Coder
from standoff.dossier.dossier import Dossier
from standoff.errors import ReportError
from standoff.records import Act, Coding, Span, Statement


def test_everything_of_a_report_comes_out_as_it_went_in(tmp_path: Path) -> None:
    coding = strait_coding()
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        assert dossier.add(coding, Coder("coder 1", "config")) is True
    with Dossier.open(tmp_path / "d.standoff") as dossier:
        (stored,) = dossier.reports()
        assert stored.report == coding.report
        assert stored.voice == stored.key
        assert [said.statement for said in dossier.statements()] == list(coding.statements)
        assert [one.act for one in dossier.acts()] == list(coding.acts)
        assert all(
            one.quote == STRAIT[one.act.evidence.start : one.act.evidence.end] for one in dossier.acts()
        )
        details = dossier.details()[stored.key]
        assert details.times == coding.times
        assert details.notes == coding.notes
        assert dossier.check() == ()


def test_the_coder_is_kept_with_its_configuration(tmp_path: Path) -> None:
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        dossier.add(strait_coding(), Coder("standoff 9", '{"pipeline": "x"}'))
    rows = sqlite3.connect(tmp_path / "d.standoff")
    try:
        found = rows.execute(
            "SELECT name, config FROM coder JOIN report ON report.coder = coder.key"
        ).fetchall()
    finally:
        rows.close()
    assert found == [("standoff 9", '{"pipeline": "x"}')]


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    with Dossier.create(path) as dossier:
        assert dossier.add(strait_coding())
        before = dossier.count()
        assert dossier.has(strait_coding().report)
        assert not dossier.add(strait_coding())
        assert dossier.count() == before


def test_the_same_text_under_another_name_is_one_voice(tmp_path: Path) -> None:
    again = dataclasses.replace(strait_coding(), report=report("other-paper", STRAIT, outlet="Herald"))
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        assert dossier.add(strait_coding())
        assert dossier.add(again)
        assert len({stored.voice for stored in dossier.reports()}) == 1
        assert dossier.count()["report"] == 2
        assert [event.voices for event in dossier.events()] == [1, 1, 1]
        assert all(len(event.reports) == 2 for event in dossier.events())


def test_a_changed_page_is_a_new_version(tmp_path: Path) -> None:
    url = "https://news.example/a"
    first = told("a", "Arden closed the strait on Monday.", url=url)
    second = told("a", "Arden closed the strait on Tuesday, it was said later.", url=url)
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        assert dossier.add(first)
        assert dossier.add(second)
        keys = [stored.key for stored in dossier.reports()]
    rows = sqlite3.connect(tmp_path / "d.standoff")
    try:
        assert rows.execute("SELECT earlier FROM report ORDER BY key").fetchall() == [(None,), (keys[0],)]
    finally:
        rows.close()


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (Span(-1, 3), "evidence"),
        (Span(5, 5), "evidence"),
        (Span(5, 10_000), "evidence"),
    ],
)
def test_a_span_outside_the_text_is_refused_and_nothing_is_added(
    tmp_path: Path, broken: Span, named: str
) -> None:
    coding = strait_coding()
    acts = (*coding.acts[:2], dataclasses.replace(coding.acts[2], evidence=broken))
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        with pytest.raises(ReportError, match=f"strait: the {named} of an act"):
            dossier.add(dataclasses.replace(coding, acts=acts))
        assert set(dossier.count().values()) == {0}


@pytest.mark.parametrize("text", ["Arden\0fired.", "Arden fired \ud800."])
def test_a_text_that_no_report_has_is_refused(tmp_path: Path, text: str) -> None:
    made = dataclasses.replace(report("x", "Arden fired."), text=text)
    if "\0" in text:
        made = report("x", text)
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        with pytest.raises(ReportError, match="x: "):
            dossier.add(Coding(made))
        assert dossier.count()["report"] == 0


def test_a_text_that_is_not_the_hashed_one_is_refused(tmp_path: Path) -> None:
    made = dataclasses.replace(report("x", "Arden fired."), text="Arden fired!")
    with Dossier.create(tmp_path / "d.standoff") as dossier, pytest.raises(ReportError, match="SHA-256"):
        dossier.add(Coding(made))


def test_the_file_itself_refuses_a_false_quote(tmp_path: Path) -> None:
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        dossier.add(strait_coding())
    rows = sqlite3.connect(tmp_path / "d.standoff")
    try:
        with pytest.raises(sqlite3.IntegrityError, match="not in its text"):
            rows.execute('UPDATE act SET start = start + 1, "end" = "end" + 1')
        with pytest.raises(sqlite3.IntegrityError, match="never changes"):
            rows.execute("UPDATE report SET text = 'other'")
    finally:
        rows.close()


_TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=4, max_size=60)


@st.composite
def _codings(draw: st.DrawFn) -> Coding:
    text = draw(_TEXTS)

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    acts = tuple(
        Act(
            type=draw(st.sampled_from(["ASSAULT", "REQUEST", "CONSULT", "AGREE"])),
            source=tuple(draw(st.lists(st.sampled_from(["USA", "RUS", "WEST"]), max_size=2, unique=True))),
            target=tuple(draw(st.lists(st.sampled_from(["UKR", "USA-CIV"]), max_size=2, unique=True))),
            modality=draw(st.sampled_from(["actual", "denied", "planned"])),
            trigger=span(),
            evidence=span(),
            content=draw(st.one_of(st.none(), st.just(span()))),
            condition=draw(st.one_of(st.none(), st.just(span()))),
            date=draw(st.sampled_from([None, "2022-01-21", "2022-01", "2022"])),
            place=draw(st.one_of(st.none(), st.text(max_size=5))),
            issue=draw(st.text(max_size=12)),
            confidence=draw(st.floats(0, 1)),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    statements = tuple(
        Statement(None, ("USA",), span(), (span(), span()), "mixed") for _ in range(draw(st.integers(0, 2)))
    )
    return Coding(report("any", text, draw(st.sampled_from([None, "2022-01-22"]))), (), statements, acts)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codings=st.lists(_codings(), min_size=1, max_size=3))
def test_any_text_with_any_spans_keeps_quoting_itself(
    tmp_path_factory: pytest.TempPathFactory, codings: list[Coding]
) -> None:
    path = tmp_path_factory.mktemp("any") / "d.standoff"
    with Dossier.create(path) as dossier:
        added = [coding for coding in codings if dossier.add(coding)]
        assert dossier.check() == ()
        stored = dossier.acts()
        assert [one.act for one in stored] == [one for coding in added for one in coding.acts]
        assert [s.statement for s in dossier.statements()] == [s for c in added for s in c.statements]
        texts = {one.key: one.report.text for one in dossier.reports()}
        assert all(texts[a.report][a.act.evidence.start : a.act.evidence.end] == a.quote for a in stored)
        events = dossier.events()
        assert sorted(key for event in events for key in event.acts) == [a.key for a in stored]
