"""Acts by rules, construction by construction, on short texts written for the tests."""

from __future__ import annotations

import functools
import re

import pytest

from standoff.coding.actors import Actors
from standoff.coding.acts import Acts, score_of
from standoff.coding.component import Draft
from standoff.coding.statements import Statements
from standoff.coding.times import Times
from standoff.language.parser import analyse
from standoff.records import ACT_TYPES, Act, Region, Report, Span


@functools.cache
def acts_of(text: str, published: str = "2022-02-18") -> tuple[Act, ...]:
    regions = tuple(Region(Span(*m.span()), "body") for m in re.finditer(r"[^\n]+", text))
    report = Report("r", text, "", published=published, regions=regions)
    (analysis,) = analyse([report])
    draft = Draft(analysis)
    for layer in (Times(), Actors(), Statements(), Acts()):
        layer(draft)
    return tuple(draft.acts)


def only(text: str, kind: str) -> Act:
    found = [act for act in acts_of(text) if act.type == kind]
    assert len(found) == 1, [(act.type, act.rule) for act in acts_of(text)]
    return found[0]


def words(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        ("Russia seized two Ukrainian ships on Sunday.", "COERCE", "RUS", "UKR"),
        ("The ships were seized by Russia off Ukraine.", "COERCE", "RUS", None),
        ("Iran condemned the United States on Monday.", "ACCUSE", "IRN", "USA"),
        ("Turkey accused Syria of shelling a border town.", "ACCUSE", "TUR", "SYR"),
        ("Moscow rejected the American proposal.", "REJECT", "RUS", "USA"),
        ("China urged Japan to withdraw the complaint.", "REQUEST", "CHN", "JPN"),
        ("France called on Iran to return to the talks.", "REQUEST", "FRA", "IRN"),
        ("North Korea threatened South Korea with an attack.", "THREATEN", "PRK", "KOR"),
        ("The United States imposed new sanctions on Iran.", "SANCTION", "USA", "IRN"),
        ("Egypt, which arrested three Israelis, gave no reason.", "COERCE", "EGY", None),
        ("Russia's seizure of Crimea ended the partnership.", "COERCE", "RUS", None),
        ("Germany praised Poland for its patience.", "SUPPORT", "DEU", "POL"),
        ("Russia sent troops to the border and shelled Ukraine.", "ASSAULT", "RUS", "UKR"),
    ],
)
def test_who_acts_on_whom(text: str, kind: str, source: str, target: str | None) -> None:
    act = only(text, kind)
    assert act.source == (source,)
    if target is not None:
        assert act.target == (target,)


def test_parties_that_grammar_does_not_part_are_all_sources() -> None:
    act = only("The foreign ministers of Japan and China met in Beijing on Friday.", "CONSULT")
    assert set(act.source) | set(act.target) == {"JPN", "CHN"}


def test_subject_and_object_of_a_meeting_are_source_and_target() -> None:
    act = only("Blinken met Lavrov in Geneva.", "CONSULT")
    assert set(act.source) | set(act.target) == {"USA", "RUS"}


def test_a_light_verb_leaves_the_trigger_to_its_noun() -> None:
    text = "The European Union imposed sanctions on Belarus."
    assert words(text, only(text, "SANCTION").trigger) == "sanctions"


def test_a_speaker_demands_with_must() -> None:
    text = "Russia must leave Georgia at once, the American president said."
    act = only(text, "REQUEST")
    assert (act.source, act.target) == (("USA",), ("RUS",))
    assert words(text, act.trigger) == "must"


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("Russia shelled Ukraine on Monday.", "ASSAULT", "actual"),
        ("Russia denied that it had shelled Ukraine.", "ASSAULT", "denied"),
        ("Russia has not attacked Ukraine.", "ASSAULT", "denied"),
        ("Lavrov will meet Blinken in Geneva.", "CONSULT", "planned"),
        ("Lavrov is to meet Blinken in Geneva.", "CONSULT", "planned"),
        ("Lavrov plans to meet Blinken in Geneva.", "CONSULT", "planned"),
        ("Russia may attack Ukraine.", "ASSAULT", "possible"),
        ("Washington fears that Russia will attack Ukraine.", "ASSAULT", "possible"),
        ("Lavrov would meet Blinken if the troops went home.", "CONSULT", "conditional"),
        ("Iran will not accept the American offer, its president said.", "REJECT", "actual"),
    ],
)
def test_how_real_an_act_is(text: str, kind: str, modality: str) -> None:
    assert only(text, kind).modality == modality


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        ("Iran demanded that Israel leave the territory.", "REQUEST", "Israel leave the territory"),
        ("Iran urged Israel to leave the territory.", "REQUEST", "to leave the territory"),
        ("Iran accused Israel of killing a scientist.", "ACCUSE", "killing a scientist"),
        ("Iran refused to sign the treaty.", "REJECT", "sign the treaty"),
        ("Israel promised to open the crossing.", "AGREE", "open the crossing"),
        ("Israel rejected the proposal.", "REJECT", "the proposal"),
    ],
)
def test_the_content_of_an_act_in_words(text: str, kind: str, content: str) -> None:
    found = words(text, only(text, kind).content)
    assert found is not None
    assert found.removeprefix("to ") == content.removeprefix("to ")


def test_a_deed_has_no_content() -> None:
    assert only("Russia shelled Ukraine on Monday.", "ASSAULT").content is None


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Iran threatened to attack Israel if it bombs the reactor.", "if it bombs the reactor"),
        ("Iran threatened to close the strait unless the United States lifts its sanctions.", "unless the"),
        (
            "Iran is ready to talk to Iraq as long as the border stays open.",
            "as long as the border stays open",
        ),
    ],
)
def test_the_condition(text: str, condition: str) -> None:
    found = [words(text, act.condition) or "" for act in acts_of(text)]
    assert any(one.startswith(condition) for one in found), found


def test_help_provided_by_somebody_is_on_no_condition() -> None:
    found = acts_of("Ukraine asked Germany for the weapons provided by partners.")
    assert found
    assert all(act.condition is None for act in found)


def test_what_is_demanded_is_not_coded_again() -> None:
    found = acts_of("Washington demanded that Russia withdraw its troops from Ukraine.")
    assert [act.type for act in found] == ["REQUEST"]


def test_an_act_told_twice_is_coded_once() -> None:
    text = (
        "Russia shelled Ukraine.\n\n"
        "Russia shelled Ukraine on Monday, the second day of the campaign, in the eastern city of Kharkiv."
    )
    assert len([act for act in acts_of(text) if act.type == "ASSAULT"]) == 1


def test_whose_word_a_deed_rests_on() -> None:
    act = only("Ukraine said Russia had shelled its harbour.", "ASSAULT")
    assert act.attribution == ("UKR",)


def test_the_outlets_own_telling_has_no_attribution() -> None:
    assert only("Russia shelled Ukraine on Monday.", "ASSAULT").attribution == ()


def test_words_without_crisis_actors_are_no_acts() -> None:
    assert acts_of("The striker attacked the goal and the keeper rejected the offer of a new contract.") == ()


def test_acts_say_which_row_and_reading_made_them() -> None:
    act = only("Turkey accused Syria of shelling a border town.", "ACCUSE")
    assert "accuse" in act.rule
    assert 0 < act.confidence <= 1


def test_acts_about_one_thing_share_a_label() -> None:
    text = "Iran rejected the nuclear inspections. The United States demanded nuclear inspections of Iran."
    labels = {act.issue for act in acts_of(text)}
    assert len(labels) == 1
    assert labels != {""}


def test_every_type_has_a_score_between_its_ends() -> None:
    assert all(-10 <= score_of(kind) <= 10 for kind in ACT_TYPES)
    assert score_of("ASSAULT") < score_of("THREATEN") < 0 < score_of("CONSULT") < score_of("RETREAT")
