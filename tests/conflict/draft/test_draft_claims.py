"""What an act says of an option beyond its own words: offers taken up, words to be kept, conditions, bystanders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from draft_stories import dossier, record

from standoff.conflict.answer.case import Switches, load_case
from standoff.conflict.answer.switches import throw
from standoff.conflict.draft.drafting import draft_conflict
from standoff.conflict.draft.proposal import Proposal
from standoff.conflict.draft.writing import written
from standoff.dossier.dossier import Dossier


def draft_of(path: Path, text: str, *acts: Mapping[str, Any]) -> Proposal:
    """Draft from one report."""
    dossier(path / "one.dossier", record("one", text, acts))
    with Dossier.open(path / "one.dossier") as opened:
        return draft_conflict(opened)


def act(type: str, source: str, target: str, trigger: str, sentence: int, **more: Any) -> Mapping[str, Any]:
    """One act between two sides; several codes in a word each."""
    return {
        "type": type, "source": source.split(), "target": target.split(), "trigger": trigger, "sentence": sentence, **more
    }  # fmt: skip


def told(proposal: Proposal) -> dict[tuple[str, str], set[str]]:
    """The kinds of claim behind each option, by owner and name."""
    return {
        (one.option.owner.id, one.option.name): {telling.claim.kind for telling in one.option.told}
        for one in proposal.options
    }


def formulas(proposal: Proposal, party: str) -> set[str]:
    """The statements of a party."""
    return {s.formula for one in proposal.parties if one.party.id == party for s in one.priorities}


def test_to_take_up_an_offer_is_the_option_of_the_one_who_accepts(tmp_path: Path) -> None:
    found = draft_of(
        tmp_path,
        "Russia offered to refine the ore in its own plants. Iran agreed to the plan. Iran demanded food from Russia.",
        act("AGREE", "RUS", "IRN", "offered", 0, content="to refine the ore in its own plants", issue="ore"),
        act("AGREE", "IRN", "RUS", "agreed", 1, content="the plan", issue="ore"),
        act("REQUEST", "IRN", "RUS", "demanded", 2, content="food from Russia", issue="food"),
    )
    options = told(found)
    (accepting,) = [name for owner, name in options if owner == "irn"]
    assert accepting == "accept the offer of Russia to refine the ore in its own plants"
    assert "offer" in options["rus", "refine the ore in its own plants"]


def test_a_refusal_until_something_is_done_makes_that_an_option(tmp_path: Path) -> None:
    found = draft_of(
        tmp_path,
        "Iran will not return to the talks until Washington lifts the sanctions. Washington urged Iran to return to talks.",
        act("REJECT", "IRN", "USA", "not", 0, content="return to the talks",
            condition="until Washington lifts the sanctions", issue="talks"),
        act("REQUEST", "USA", "IRN", "urged", 1, content="to return to talks", issue="talks"),
    )  # fmt: skip
    assert told(found)["usa", "lift the sanctions"] == {"provocation"}


def test_what_is_wanted_in_return_is_an_option_of_the_other(tmp_path: Path) -> None:
    found = draft_of(
        tmp_path,
        "Iran pledged to close the plant in return for food aid. Washington demanded that Iran close the plant.",
        act("AGREE", "IRN", "USA", "pledged", 0, content="to close the plant", condition="in return for food aid",
            issue="plant"),
        act("REQUEST", "USA", "IRN", "demanded", 1, content="Iran close the plant", issue="plant"),
    )  # fmt: skip
    assert "provocation" in told(found)["usa", "give food aid"]
    assert "irn-close-plant if usa-give-food-aid" in formulas(found, "irn")


def test_who_opposes_a_blow_on_another_can_stand_in_its_way(tmp_path: Path) -> None:
    found = draft_of(
        tmp_path,
        "Washington threatened sanctions against Iran. China opposes sanctions against Iran. Iran refused to close the plant.",
        act(
            "THREATEN",
            "USA",
            "IRN",
            "threatened",
            0,
            content="sanctions against Iran",
            issue="sanctions on Iran",
        ),
        act(
            "REJECT", "CHN", "USA", "opposes", 1, content="sanctions against Iran", issue="sanctions on Iran"
        ),
        act("REJECT", "IRN", "USA", "refused", 2, content="to close the plant", issue="plant"),
    )
    options = told(found)
    assert options["chn", "go along with sanctions against Iran"] == {"refusal"}
    assert {"threat", "demand"} <= options["usa", "impose sanctions against Iran"]


def test_a_promise_to_be_kept_is_a_demand_for_what_was_promised(tmp_path: Path) -> None:
    found = draft_of(
        tmp_path,
        "Iran and Russia promised that Russian soldiers will leave the valley. Washington wants that promise to be kept.",
        act(
            "AGREE",
            "IRN RUS",
            "",
            "promised",
            0,
            content="Russian soldiers will leave the valley",
            issue="valley",
        ),
        act("REQUEST", "USA", "IRN RUS", "wants", 1, content="that promise to be kept", issue="valley"),
    )
    assert told(found)["rus", "withdraw its soldiers from the valley"] == {"promise", "demand"}
    assert "rus-withdraw-soldiers-valley" in " ".join(option.option.id for option in found.options)


def test_halting_the_fighting_and_a_truce_are_one_option(tmp_path: Path) -> None:
    found = draft_of(
        tmp_path,
        "Iran urged Russia to cease hostilities. Iran demanded a ceasefire of Russia. Russia attacked Iran.",
        act("REQUEST", "IRN", "RUS", "urged", 0, content="to cease hostilities", issue="truce"),
        act("REQUEST", "IRN", "RUS", "demanded", 1, content="a ceasefire", issue="truce"),
        act("ASSAULT", "RUS", "IRN", "attacked", 2, issue="war"),
    )
    (option,) = [one for one in found.options if one.option.owner.id == "rus"]
    assert option.option.action == "ceasefire"
    assert len({telling.claim.stored.key for telling in option.option.claims("demand")}) == 2
    assert not option.taken


def test_what_all_are_asked_alike_weighs_less_of_each(tmp_path: Path) -> None:
    found = draft_of(
        tmp_path,
        "China urged Iran, Russia and Washington to keep the agreement. Washington urged Iran to close the plant.",
        act("REQUEST", "CHN", "IRN RUS USA", "urged", 0, content="to keep the agreement", issue="agreement"),
        act("REQUEST", "USA", "IRN", "urged", 1, content="to close the plant", issue="plant"),
    )
    weights = {one.option.name: one.option.weight for one in found.options if one.option.owner.id == "irn"}
    assert weights["close the plant"] > weights["keep the agreement"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("Washington warned that more costs are on their way to Moscow. Moscow refused to leave.", "rus")],
)
def test_a_threat_in_hints_means_what_its_issue_names(tmp_path: Path, text: str, code: str) -> None:
    found = draft_of(
        tmp_path,
        text,
        act(
            "THREATEN",
            "USA",
            "RUS",
            "warned",
            0,
            content="more costs are on their way to Moscow",
            issue="sanctions on Russia",
        ),
        act("REJECT", "RUS", "USA", "refused", 1, content="to leave", issue="troops"),
    )
    options = told(found)
    assert ("usa", "impose sanctions on Russia") in options
    assert any(f"not usa-impose-sanctions-{code}" in formula for formula in formulas(found, "rus"))


def test_nothing_is_stated_or_inferred_without_an_act(tmp_path: Path) -> None:
    found = draft_of(
        tmp_path,
        "Washington threatened sanctions on Russia if Russia invades Georgia. Russia refused to leave the valley.",
        act("THREATEN", "USA", "RUS", "threatened", 0, content="sanctions on Russia",
            condition="if Russia invades Georgia", issue="war"),
        act("REJECT", "RUS", "USA", "refused", 1, content="to leave the valley", issue="valley"),
    )  # fmt: skip
    for party in found.parties:
        for statement in party.priorities:
            assert statement.acts or statement.standing == "assumed"
    assert any("Nobody demands" in sentence for sentence in found.missing)
    assert {one.option.owner.id for one in found.options} == {"usa", "rus"}


def test_a_drafted_bloc_can_be_split_by_the_ids_of_its_options(tmp_path: Path) -> None:
    found = draft_of(
        tmp_path,
        "Washington threatened sanctions on Russia. NATO refused to leave the valley. Russia asked that NATO leave the valley.",
        act("THREATEN", "USA", "RUS", "threatened", 0, content="sanctions on Russia", issue="sanctions"),
        act("REJECT", "NATO", "RUS", "refused", 1, content="to leave the valley", issue="valley"),
        act("REQUEST", "RUS", "NATO", "asked", 2, content="NATO leave the valley", issue="valley"),
    )
    path = tmp_path / "conflict.toml"
    path.write_text(written(found), encoding="utf-8")
    (bloc,) = [party.party for party in found.parties if len(party.party.codes) > 1]
    thrown = throw(load_case(path), Switches(split=(bloc.id,)))
    assert len(thrown.case.conflict.decision_makers) == len(found.parties) + 1
