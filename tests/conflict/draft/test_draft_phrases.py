"""Contents as reports word them become short actions in the infinitive, refraining told apart from doing."""

from __future__ import annotations

import pytest

from standoff.conflict.draft.meanings import Told
from standoff.conflict.draft.phrases import Phrase, phrases_of
from standoff.conflict.draft.rendering import tidy
from standoff.dossier.events.party_names import names_of
from standoff.language.parser import load


def phrase(
    before: str, content: str, kind: str = "demand", doer: str = "RUS", other: str = "USA"
) -> list[Phrase]:
    """Return the phrases of a content inside its sentence."""
    doc = load()(f"{before}{content}.")
    span = doc.char_span(len(before), len(before) + len(content), alignment_mode="expand")
    assert span is not None
    return phrases_of(
        span, Told(kind, names_of([doer]), names_of([other]), "Russia" if other == "RUS" else "the others")
    )


@pytest.mark.parametrize(
    ("before", "content", "kind", "text", "action", "refrain"),
    [
        ("Washington urged Moscow ", "to withdraw its troops from the border", "demand",
         "withdraw its troops from the border", "withdraw", False),
        ("Washington asked for ", "the withdrawal of Russian forces from the valley", "demand",
         "withdraw Russian forces from the valley", "withdraw", False),
        ("Washington said that ", "the soldiers have to leave", "demand", "withdraw its soldiers", "withdraw", False),
        ("Europe urged Iran ", "to stop enriching uranium", "demand", "enrich uranium", "enrich", True),
        ("Europe asked for ", "an end to uranium enrichment", "demand", "enrich uranium", "enrich", True),
        ("It demanded ", "the release of the three sailors", "demand", "release the three sailors", "release", False),
        ("It threatened ", "harsh sanctions on the banks", "threat", "impose harsh sanctions on the banks", "sanction", False),
        ("It offered ", "a series of meetings on missiles", "offer", "hold a series of meetings on missiles", "talk", False),
        ("It demanded ", "a written answer to its note", "demand", "give a written answer to its note", "reply", False),
    ],
)  # fmt: skip
def test_a_content_becomes_an_infinitive(
    before: str, content: str, kind: str, text: str, action: str, refrain: bool
) -> None:
    found = phrase(before, content, kind)
    assert [(one.text, one.action, one.refrain) for one in found] == [(text, action, refrain)]


@pytest.mark.parametrize(
    ("before", "content", "kind", "text", "action", "refrain"),
    [
        ("Borduria insists ", "that it be given a new harbour", "demand", "give a new harbour", "aid", False),
        ("Borduria insists ", "that it receive food aid and medicines", "demand", "give food aid and medicines", "aid", False),
        ("Borduria will act ", "if it is denied the right to fish", "fear", "grant the right to fish", "aid", True),
        ("Sylvania urged both ", "to cease hostilities at once", "demand", "cease hostilities", "ceasefire", False),
        ("Sylvania urged it ", "to return to the four-party talks", "demand", "return to the four-party talks", "talk", False),
        ("Sylvania wants ", "to see the plants closed first", "demand", "close the plants first", "remove", False),
        ("Sylvania calls for ", "a political solution to the dispute", "demand", "agree to a political solution to the dispute",
         "talk", False),
        ("Sylvania says that ", "a military option should be kept as a last resort", "threat",
         "keep a military option as a last resort", "attack", False),
    ],
)  # fmt: skip
def test_what_is_asked_for_the_speaker_or_in_the_passive_is_for_the_other_to_do(
    before: str, content: str, kind: str, text: str, action: str, refrain: bool
) -> None:
    found = phrase(before, content, kind)
    assert [(one.text, one.action, one.refrain) for one in found] == [(text, action, refrain)]


def test_a_demand_behind_a_colon_is_found() -> None:
    (found,) = phrase(
        "Sylvania pressed Borduria ", "to do something: hand over the captured ship", doer="RUS"
    )
    assert found.text == "hand over the captured ship"


def test_a_promise_that_something_never_happens_keeps_its_words() -> None:
    (found,) = phrase(
        "Moscow demanded ", "a promise that Ukraine will never join NATO", doer="USA", other="RUS"
    )
    assert found.promise
    assert found.refrain
    assert found.said == "give a promise that Ukraine will never join NATO"


def test_what_only_points_back_is_no_action() -> None:
    assert phrase("Moscow rejected ", "it", "refusal") == []
    assert phrase("Moscow asked for ", "something") == []


@pytest.mark.parametrize("text", ["", "“”", "—", " ,.; ", "the of to"])
def test_tidying_leaves_no_loose_ends(text: str) -> None:
    assert tidy(text) == ""
