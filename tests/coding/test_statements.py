"""Statements: one short text of our own for each construction."""

from __future__ import annotations

from functools import cache

import pytest

from standoff.coding.component import Draft, check_chain
from standoff.coding.statements import Statements
from standoff.coding.statements.phrases import whole_name
from standoff.language.parser import analyse
from standoff.reading.report import make_report
from standoff.records import Span, Statement


class Coded:
    """The statements of a text, as strings."""

    def __init__(self, text: str, statements: list[Statement]) -> None:
        self.text = text
        self.statements = statements

    def rows(self) -> list[tuple[str | None, str, list[str]]]:
        text = self.text
        return [
            (
                text[s.source.start : s.source.end] if s.source else None,
                text[s.cue.start : s.cue.end],
                [text[c.start : c.end] for c in s.content],
            )
            for s in self.statements
        ]


@cache
def code(text: str) -> Coded:
    analysis = next(analyse([make_report(text, id="own", title="Own")]))
    draft = Draft(analysis)
    Statements()(draft)
    return Coded(text, draft.statements)


CASES = [
    (
        "clause",
        "The minister said that the talks would go on.",
        ("The minister", "said", ["the talks would go on"]),
    ),
    (
        "object before the clause",
        "The minister told reporters that the talks would go on.",
        ("The minister", "told", ["the talks would go on"]),
    ),
    (
        "quotation first",
        "“We are ready for war,” said Anna Petrova, the defence minister.",
        ("Anna Petrova, the defence minister", "said", ["“We are ready for war,”"]),
    ),
    (
        "content first",
        "The border will be closed on Monday, the ministry announced.",
        ("the ministry", "announced", ["The border will be closed on Monday"]),
    ),
    (
        "cue inside the content",
        "The army, he warned, would answer any attack.",
        ("he", "warned", ["The army", "would answer any attack"]),
    ),
    (
        "cue inside the quotation",
        "“We are ready,” said the general, “and we will not wait.”",
        ("the general", "said", ["“We are ready,”", "“and we will not wait.”"]),
    ),
    (
        "one who is asked",
        "The president urged both sides to hold their fire.",
        ("The president", "urged", ["to hold their fire"]),
    ),
    (
        "want somebody to",
        "Moscow wants NATO to withdraw its troops.",
        ("Moscow", "wants", ["to withdraw its troops"]),
    ),
    (
        "call on somebody to",
        "The council called on the rebels to lay down their arms.",
        ("The council", "called on", ["to lay down their arms"]),
    ),
    (
        "promise to",
        "The government promised to release the prisoners.",
        ("The government", "promised", ["to release the prisoners"]),
    ),
    (
        "fixed preposition",
        "The opposition called for new elections.",
        ("The opposition", "called for", ["new elections"]),
    ),
    (
        "noun object",
        "The Kremlin demanded a written promise.",
        ("The Kremlin", "demanded", ["a written promise"]),
    ),
    (
        "accuse of",
        "The rebels accused the army of breaking the truce.",
        ("The rebels", "accused", ["breaking the truce"]),
    ),
    (
        "describe as",
        "The envoy described the meeting as a step forward.",
        ("The envoy", "described", ["the meeting as a step forward"]),
    ),
    (
        "call X Y",
        "The minister called the plan a mistake.",
        ("The minister", "called", ["the plan a mistake"]),
    ),
    (
        "passive infinitive",
        "The rebels are expected to attack the town.",
        (None, "expected", ["The rebels", "to attack the town"]),
    ),
    (
        "passive of",
        "The general was accused of ordering the raid.",
        (None, "accused", ["ordering the raid"]),
    ),
    (
        "according to, at the end",
        "Forty tanks crossed the river, according to the general staff.",
        ("the general staff", "according to", ["Forty tanks crossed the river"]),
    ),
    (
        "according to, in front",
        "According to the ministry, forty tanks crossed the river.",
        ("the ministry", "According to", ["forty tanks crossed the river"]),
    ),
    (
        "in somebody's words",
        "The truce is, in the words of the mediator, “a piece of paper”.",
        ("the mediator", "words", ["The truce is", "“a piece of paper”"]),
    ),
    (
        "adverb",
        "The rebels have reportedly taken the town.",
        (None, "reportedly", ["The rebels have", "taken the town"]),
    ),
    (
        "noun with that",
        "The claim that the army fled was false.",
        (None, "claim", ["the army fled"]),
    ),
    (
        "owned noun",
        "Moscow repeated its demand that NATO leave the region.",
        ("its", "demand", ["NATO leave the region"]),
    ),
    ("noun with of", "There are fears of a new war.", (None, "fears", ["a new war"])),
    (
        "adjective",
        "The envoy is confident that both sides will sign.",
        ("The envoy", "confident", ["both sides will sign"]),
    ),
    (
        "participle shares the subject",
        "The ministry rejected the plan, saying that it came too late.",
        ("The ministry", "saying", ["it came too late"]),
    ),
    (
        "several sources",
        "France and Germany said the truce was broken.",
        ("France and Germany", "said", ["the truce was broken"]),
    ),
    (
        "colon in front of a quotation",
        "The minister said: “We shall see.”",
        ("The minister", "said", ["“We shall see.”"]),
    ),
    (
        "fixed phrase",
        "The chancellor made clear that the pipeline would be stopped.",
        ("The chancellor", "made clear", ["the pipeline would be stopped"]),
    ),
    (
        "quoted as saying",
        "The agency quoted the admiral as saying that the fleet had sailed.",
        ("the admiral", "saying", ["the fleet had sailed"]),
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_construction(text: str, expected: tuple[str | None, str, list[str]]) -> None:
    assert expected in code(text).rows()


def test_a_quotation_without_a_cue_goes_on_with_the_one_before() -> None:
    rows = code("“We are ready,” the general said on Monday. “We have waited long enough.”").rows()
    assert rows == [("the general", "said", ["“We are ready,”", "“We have waited long enough.”"])]


def test_a_quotation_runs_over_paragraphs() -> None:
    text = "Talks end\n\n“We have tried everything,” the envoy said. “There was no answer.\n\n“Now others must act.”"
    (row,) = code(text).rows()
    assert row == (
        "the envoy",
        "said",
        ["“We have tried everything,”", "“There was no answer.", "“Now others must act.”"],
    )


def test_a_nested_attribution_is_a_statement_of_its_own() -> None:
    rows = code("The ministry said that the rebels had threatened to blow up the bridge.").rows()
    assert ("the rebels", "threatened", ["to blow up the bridge"]) in rows
    assert any(row[0] == "The ministry" and "blow up the bridge" in row[2][0] for row in rows)


def test_an_attitude_of_the_speaker_inside_a_quotation_is_content() -> None:
    rows = code("“I hope that the talks will go on,” the minister said.").rows()
    assert [row[1] for row in rows] == ["said"]


def test_a_source_keeps_its_apposition_and_leaves_its_relative_clause() -> None:
    text = "Anna Petrova, the defence minister, who came on Monday, said that the army was ready."
    assert [row[0] for row in code(text).rows()] == ["Anna Petrova, the defence minister"]


def test_only_a_topic_is_no_statement() -> None:
    assert code("The council condemned the launch.").rows() == []


def test_headline_with_a_colon() -> None:
    rows = code("Petrova: no troops will leave\n\nNothing moved at the border on Monday.").rows()
    assert rows[0] == ("Petrova", ":", ["no troops will leave"])


def test_transcript() -> None:
    rows = code("Interview\n\nPETROVA: The army is ready for anything.\n\nQUESTION: When?").rows()
    assert rows[0] == ("PETROVA", ":", ["The army is ready for anything"])


def test_a_transcript_in_quotation_marks_and_a_paragraph_that_goes_on_with_a_turn() -> None:
    rows = code(
        'Voices\n\n"NOVAK: We will not leave.\n\n"Nobody will move the border.\n\n"REED: Thank you, Minister.'
    ).rows()
    assert rows[0] == ("NOVAK", ":", ["We will not leave", '"Nobody will move the border'])
    assert rows[1] == ("REED", ":", ["Thank you, Minister"])


def test_a_vox_pop_is_signed_in_its_paragraph_or_in_the_next() -> None:
    rows = code(
        "Voices\n\n“I have had enough of this.” — Anna Petrova, 34, teacher\n\n“They talk and we wait.”\n― Marek Holub"
    ).rows()
    assert rows == [
        ("Anna Petrova", "—", ["“I have had enough of this.”"]),
        ("Marek Holub", "―", ["“They talk and we wait.”"]),
    ]


def test_a_released_statement_belongs_to_whom_the_line_over_it_names() -> None:
    rows = code(
        "Call with the Minister\n\nThe below is attributable to Spokesperson Jan Novak:\n\n"
        "The two ministers spoke today about the border.\n\nWe stand by our friends."
    ).rows()
    assert rows[0] == (
        "Spokesperson Jan Novak",
        "attributable to",
        ["The two ministers spoke today about the border", "We stand by our friends"],
    )


def test_a_second_cue_takes_what_stands_before_it() -> None:
    rows = code("“The talks will fail,” Novak said. “Nobody here wants them,” the minister added.").rows()
    assert [contents for _, _, contents in rows] == [
        ["“The talks will fail,”"],
        ["“Nobody here wants them,”"],
    ]


@pytest.mark.parametrize(
    ("inside", "whole"),
    [
        (". Kamin", "Mr. Kamin"),
        ("like Senators Charles Grassley", "Senators Charles Grassley"),
        ("Mr.", "Mr. Kamin"),
    ],
)
def test_a_source_that_a_tagger_cut_is_made_whole(inside: str, whole: str) -> None:
    text = "On Monday Mr. Kamin said no, and critics like Senators Charles Grassley agreed."
    analysis = next(analyse([make_report(text, id="own", title="Own")]))
    start = text.index(inside)
    found = whole_name(analysis, Span(start, start + len(inside)))
    assert text[found.start : found.end] == whole


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“We are ready for war,” said the minister.", "direct"),
        ("The minister said that the army was ready.", "indirect"),
        ("The minister said that the army was “ready for war”.", "mixed"),
    ],
)
def test_form(text: str, form: str) -> None:
    assert [s.form for s in code(text).statements] == [form]


def test_every_statement_tells_its_rule_and_a_confidence() -> None:
    for statement in code("The minister said that the talks would go on.").statements:
        assert statement.rule == "verb clause: say"
        assert 0 < statement.confidence <= 1


class _Codes:
    """Stands in for the actors of a report: a code for each of two names, the speaker for a first person."""

    def __init__(self, text: str) -> None:
        self.text = text

    def resolve(self, span, *, speaker=()):  # type: ignore[no-untyped-def]
        from standoff.coding.actors import Resolution

        word = self.text[span.start : span.end]
        if word.lower() in {"i", "we"}:
            return Resolution(speaker, False, "speaker")
        return Resolution(("RUS",) if word == "Moscow" else (), False, "test")


def test_actor_codes_come_from_the_index() -> None:
    text = "Moscow said that the talks would go on."
    draft = Draft(next(analyse([make_report(text, id="own", title="Own")])))
    draft.actors = _Codes(text)  # type: ignore[assignment]
    Statements()(draft)
    assert [s.actor for s in draft.statements] == [("RUS",)]


def test_the_component_declares_what_it_needs() -> None:
    from standoff.coding.actors import Actors

    check_chain([Actors(), Statements()])
    assert Statements().assigns == {"statements"}
