"""The tables of the act coder are whole, and any text goes through with valid spans."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.coding.actors import Actors
from standoff.coding.acts import Acts
from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.component import code
from standoff.coding.acts.constructions import classes
from standoff.coding.acts.frames import complete
from standoff.coding.acts.parties import Parties
from standoff.coding.acts.scope import table as operators
from standoff.coding.acts.triggers import rows
from standoff.coding.component import Draft
from standoff.coding.statements import Statements
from standoff.coding.times import Times
from standoff.language.parser import analyse
from standoff.records import ACT_TYPES, MODALITIES, Region, Report, Span

PIECES = st.sampled_from(
    "Russia Iran the demanded that Ukraine sanctions will not must be attacked by if unless and , . “ ” troops Moscow said "
    "denied it talks with between to withdraw threatened accused of Friday we should is ready meeting 7 – \n\n é 🙂".split(
        " "
    )
)


def draft_of(text: str) -> Draft:
    regions = tuple(Region(Span(*m.span()), "body") for m in re.finditer(r"[^\n]+", text))
    (analysis,) = analyse([Report("r", text, "", published="2022-02-18", regions=regions)])
    draft = Draft(analysis)
    for layer in (Times(), Actors(), Statements()):
        layer(draft)
    return draft


def check(draft: Draft) -> None:
    text = draft.analysis.report.text
    for act in draft.acts:
        assert act.type in ACT_TYPES
        assert act.modality in MODALITIES
        assert act.source
        assert not set(act.source) & set(act.target)
        for span in (act.trigger, act.evidence, act.content, act.condition):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert act.evidence.start <= act.trigger.start < act.trigger.end <= act.evidence.end


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_word_salad_goes_through(pieces: list[str]) -> None:
    draft = draft_of(" ".join(pieces))
    Acts()(draft)
    check(draft)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=120))
def test_any_text_goes_through(text: str) -> None:
    draft = draft_of(text)
    Acts()(draft)
    check(draft)


@settings(max_examples=25, deadline=None)
@given(st.lists(PIECES, min_size=3, max_size=25), st.data())
def test_any_trigger_of_any_type_can_be_completed(pieces: list[str], data: st.DataObject) -> None:
    draft = draft_of(" ".join(pieces))
    tokens = [token for token in draft.analysis.doc if not token.is_space]
    found: list[Candidate] = []
    for token in data.draw(st.lists(st.sampled_from(tokens), max_size=3)) if tokens else []:
        trigger = Span(token.idx, token.idx + len(token))
        found.append(complete(draft.analysis.doc, trigger, data.draw(st.sampled_from(ACT_TYPES))))
    coded = code(draft, found, Parties(draft))
    assert [one.act.trigger for one in coded] == [one.trigger for one in found]


def test_the_trigger_table_is_read_whole() -> None:
    table = rows()
    assert {row.type for found in table.values() for row in found} == set(ACT_TYPES)
    assert all(0 < row.precision <= 1 for found in table.values() for row in found)


def test_operators_and_word_classes_are_what_the_coder_knows() -> None:
    assert set(operators().values()) <= set(MODALITIES)
    assert all(words and all(word == word.lower() for word in words) for words in classes().values())
