"""From a dossier to a proposed conflict."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from draft_stories import ACTS, STANDOFF, dossier, record

from standoff.cli.app import app
from standoff.conflict.draft.drafting import draft_conflict
from standoff.conflict.draft.proposal import DraftedOption, Proposal
from standoff.conflict.draft.writing import written
from standoff.conflict.model import Conflict
from standoff.conflict.toml_form import read_toml
from standoff.dossier.dossier import Dossier


def by_action(proposal: Proposal, action: str) -> DraftedOption:
    """Return the one option of an action."""
    (found,) = [drafted for drafted in proposal.options if drafted.option.action == action]
    return found


def formulas(proposal: Proposal, party: str) -> dict[str, tuple[str, str]]:
    """Return the formula and standing of each statement of a party, by kind and option."""
    (drafted,) = [one for one in proposal.parties if one.party.id == party]
    return {
        f"{statement.kind} {statement.options[0]}": (statement.formula, statement.standing)
        for statement in drafted.priorities
    }


def test_those_who_demand_and_threaten_play_and_the_threatened_land_does_not(proposal: Proposal) -> None:
    assert {drafted.party.id for drafted in proposal.parties} == {"usa", "rus"}


def test_what_is_demanded_threatened_feared_and_offered_becomes_an_option(proposal: Proposal) -> None:
    owned = {(drafted.option.owner.id, drafted.option.action) for drafted in proposal.options}
    assert {
        ("rus", "withdraw"),
        ("rus", "invade"),
        ("usa", "sanction"),
        ("usa", "admit"),
        ("usa", "talk"),
    } <= owned
    assert (
        by_action(proposal, "admit").option.name == "give a promise that Arcadia will never join the League"
    )


def test_a_refusal_that_points_back_answers_the_demand(proposal: Proposal) -> None:
    option = by_action(proposal, "admit").option.id
    assert formulas(proposal, "usa")[f"refusal {option}"] == (f"not {option}", "stated")
    assert formulas(proposal, "rus")[f"demand {option}"] == (option, "stated")


def test_a_threat_is_conditional_and_costs_its_maker(proposal: Proposal) -> None:
    sanction, invade = by_action(proposal, "sanction").option.id, by_action(proposal, "invade").option.id
    west = formulas(proposal, "usa")
    assert west[f"threat {sanction}"] == (f"{sanction} if {invade}", "stated")
    assert west[f"cost {sanction}"] == (f"not {sanction}", "assumed")
    assert west[f"stake {invade}"] == (f"not {invade}", "inferred")


def test_an_invasion_cannot_be_taken_back_and_excludes_withdrawal(proposal: Proposal) -> None:
    assert by_action(proposal, "invade").option.undone
    assert not by_action(proposal, "withdraw").option.undone


def test_what_was_assumed_is_asked(proposal: Proposal) -> None:
    assumed = [one for drafted in proposal.parties for one in drafted.priorities if one.standing == "assumed"]
    assert assumed
    for statement in assumed:
        assert any(statement.id in question for question in proposal.questions)


def test_every_statement_that_is_not_assumed_has_evidence_that_quotes_the_report(proposal: Proposal) -> None:
    for drafted in proposal.parties:
        for statement in drafted.priorities:
            for key in statement.acts:
                passage = proposal.evidence[key]
                start, end = map(int, passage.ref.rpartition(":")[2].split("-"))
                assert STANDOFF[start:end] == passage.quote
            assert statement.acts or statement.standing == "assumed"


def test_the_document_is_a_conflict_that_solves(proposal: Proposal, tmp_path: Path) -> None:
    path = tmp_path / "conflict.toml"
    path.write_text(written(proposal), encoding="utf-8")
    conflict = Conflict.load(path)
    assert len(conflict.options) == len(proposal.options)
    assert conflict.status_quo is not None
    assert conflict.is_feasible(conflict.status_quo)
    conflict.solve()


def test_drafting_is_the_same_every_time(story: Path, proposal: Proposal) -> None:
    with Dossier.open(story) as opened:
        assert written(draft_conflict(opened)) == written(proposal)


def test_fewer_options_when_asked(smaller: Proposal) -> None:
    assert len(smaller.options) <= 3
    assert any("--options" in left.reason for left in smaller.left_out)


# What a dossier may lack -------------------------------------------------------------------------------


def draft_of(path: Path, *records: object) -> Proposal:
    """Draft from records."""
    dossier(path, *records)  # type: ignore[arg-type]
    with Dossier.open(path) as opened:
        return draft_conflict(opened)


def test_an_empty_dossier_says_what_is_missing(tmp_path: Path) -> None:
    found = draft_of(tmp_path / "empty.dossier")
    assert not found.is_model
    assert "no acts" in found.missing[0]


def test_one_actor_needs_a_second(tmp_path: Path) -> None:
    text = "Ruritania announced a test."
    act = {
        "type": "MOBILIZE",
        "source": ["RUS"],
        "target": [],
        "trigger": "test",
        "sentence": 0,
        "modality": "planned",
    }
    found = draft_of(tmp_path / "one.dossier", record("one", text, [act]))
    assert any("second" in sentence for sentence in found.missing)


def test_deeds_alone_tell_no_wants(tmp_path: Path) -> None:
    text = "Ruritania attacked Arcadia. Arcadia attacked Ruritania."
    acts = [
        {"type": "ASSAULT", "source": ["RUS"], "target": ["UKR"], "trigger": "attacked", "sentence": 0},
        {"type": "ASSAULT", "source": ["UKR"], "target": ["RUS"], "trigger": "attacked", "sentence": 1},
    ]
    found = draft_of(tmp_path / "deeds.dossier", record("one", text, acts))
    assert any("only deeds" in sentence for sentence in found.missing)
    assert any("Nobody demands" in sentence for sentence in found.missing)


def test_thirty_parties_become_few(tmp_path: Path) -> None:
    codes = ["ARG", "BOL", "CHL", "COL", "ECU", "GUY", "PER", "PRY", "SUR", "URY", "VEN", "BRA", "MEX", "CUB",
             "HTI", "DZA", "EGY", "LBY", "MAR", "TUN", "IND", "PAK", "NPL", "BGD", "LKA", "THA", "VNM", "LAO", "KHM",
             "MMR"]  # fmt: skip
    text = " ".join("One demands that the other withdraw its troops from the border." for _ in codes)
    acts = [
        {"type": "REQUEST", "source": [code], "target": [codes[(number + 1) % 30]], "trigger": "demands",
         "sentence": number, "content": "the other withdraw its troops from the border"}
        for number, code in enumerate(codes)
    ]  # fmt: skip
    found = draft_of(tmp_path / "many.dossier", record("one", text, acts))
    assert 2 <= len(found.parties) <= 5
    assert any("say more that matters" in left.reason for left in found.left_out)


def test_hostile_text_stays_a_comment(tmp_path: Path) -> None:
    text = STANDOFF.replace("near the border", 'near """\u202e]]#> the border\t')
    outlet = 'The "Gazette"\n[[option]]\u2028name'
    found = draft_of(tmp_path / "hostile.dossier", record("one", text, ACTS, outlet=outlet))
    document = written(found)
    read_toml(document, "hostile.toml")
    assert "\u202e" not in document
    assert document.count("[[option]]\n") == len(found.options)


@pytest.mark.parametrize("arguments", [["draft", "missing.dossier", "-o", "x.toml"]])
def test_a_missing_dossier_is_one_sentence(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code != 0


def test_the_command_writes_and_keeps(story: Path, tmp_path: Path) -> None:
    path = tmp_path / "conflict.toml"
    first = CliRunner().invoke(app, ["draft", str(story), "-o", str(path)])
    assert first.exit_code == 0, first.output
    before = path.read_bytes()
    again = CliRunner().invoke(app, ["draft", str(story), "-o", str(path)])
    assert again.exit_code == 0
    assert path.read_bytes() == before
