"""Drafting again keeps what a person wrote: a three-way merge by stable ids."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.conflict.draft.again import merge
from standoff.conflict.draft.identity import parties_renamed, renamed
from standoff.conflict.draft.proposal import Proposal
from standoff.conflict.draft.sheet import read_sheet
from standoff.conflict.draft.writing import written
from standoff.conflict.toml_form import read_toml
from standoff.errors import InputError

Edit = Callable[[str], str]


def statements(text: str) -> list[str]:
    """Return the lines that hold a priority."""
    return re.findall(r"^  \{ id = .*\},$", text, re.MULTILINE)


def rename_option(text: str) -> str:
    """Give an option another name."""
    return re.sub(r'(id = "usa-[^\n]*\nname = )"[^"]*"', r'\1"something else by hand"', text, count=1)


def rename_party(text: str) -> str:
    """Give a party another name, where it owns options too."""
    name = tomllib.loads(text)["decision_maker"][0]["name"]
    return text.replace(f'name = "{name}"\n', 'name = "The North"\n').replace(
        f'owner = "{name}"', 'owner = "The North"'
    )


def change_statement(text: str) -> str:
    """Change a priority."""
    line = statements(text)[0]
    return text.replace(
        line, re.sub(r'standing = "[a-z]+"', 'standing = "stated", note = "by hand"', line), 1
    )


def drop_statement(text: str) -> str:
    """Take a priority out."""
    return text.replace(statements(text)[1] + "\n", "", 1)


def add_statement(text: str) -> str:
    """Add a priority by hand, with a comment."""
    id = tomllib.loads(text)["option"][0]["id"]
    return text.replace("priorities = [\n", f'priorities = [\n  # mine\n  "not {id}",\n', 1)


def swap_statements(text: str) -> str:
    """Let two priorities change places."""
    one, other = statements(text)[:2]
    return text.replace(one, "@").replace(other, one).replace("@", other)


def comment(text: str) -> str:
    """Write a comment above the parties."""
    return text.replace("[[decision_maker]]", "# my own remark\n[[decision_maker]]", 1)


def status_quo(text: str) -> str:
    """Say by hand that something is taken."""
    id = tomllib.loads(text)["option"][-1]["id"]
    return re.sub(r"status_quo = \[[^\]]*\]", f'status_quo = ["{id}"]', text, count=1)


def add_option(text: str) -> str:
    """Add an option by hand."""
    owner = tomllib.loads(text)["decision_maker"][0]["name"]
    return text.replace(
        "\n[draft]\n", f'\n[[option]]\nid = "mine"\nname = "do as I say"\nowner = "{owner}"\n\n[draft]\n', 1
    )


def edit_marks(text: str) -> str:
    """Trust a priority more than the program does."""
    return re.sub(r"confidence = 0\.\d+", "confidence = 0.99", text, count=1)


EDITS: tuple[Edit, ...] = (
    rename_option, rename_party, change_statement, drop_statement, add_statement, swap_statements, comment, status_quo,
    add_option, edit_marks,
)  # fmt: skip


def values(text: str) -> dict[str, Any]:
    """Return the file's values without the program's own table."""
    return {key: value for key, value in tomllib.loads(text).items() if key != "draft"}


def test_a_sheet_is_its_text(proposal: Proposal) -> None:
    text = written(proposal)
    assert read_sheet(text).text() == text


def test_drafting_twice_changes_nothing(proposal: Proposal) -> None:
    text = written(proposal)
    found = merge(text, proposal)
    assert found.text == text
    assert found.changes == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.sampled_from(EDITS), max_size=5, unique=True))
def test_without_new_evidence_an_edited_file_stays_to_the_byte(proposal: Proposal, edits: list[Edit]) -> None:
    text = written(proposal)
    for edit in edits:
        text = edit(text)
    read_toml(text, "edited.toml")
    assert merge(text, proposal).text == text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.sampled_from(EDITS), max_size=5, unique=True))
def test_with_more_evidence_every_edit_is_kept(
    proposal: Proposal, smaller: Proposal, edits: list[Edit]
) -> None:
    text = written(smaller)
    for edit in edits:
        before = values(text)
        text = edit(text)
        if edit is not comment:
            assert values(text) != before
    mine, merged = values(text), merge(text, proposal).text
    read_toml(merged, "merged.toml")
    assert merge(merged, proposal).text == merged
    assert not any(change.startswith(("New", "Changed")) for change in merge(merged, proposal).changes)
    found = values(merged)
    options = {option["id"]: option for option in found["option"]}
    base = {option["id"]: option for option in values(written(smaller))["option"]}
    for option in mine["option"]:
        for key, value in option.items():
            if base.get(option["id"], {}).get(key) != value:
                assert options[option["id"]][key] == value
    drafted = {
        one["id"]: one for party in values(written(smaller))["decision_maker"] for one in party["priorities"]
    }
    held = [str(one) for party in found["decision_maker"] for one in party["priorities"]]
    for party in mine["decision_maker"]:
        for one in party["priorities"]:
            if isinstance(one, str) or one != drafted.get(one["id"]):
                assert str(one) in held
    kept = {
        one["id"] for party in mine["decision_maker"] for one in party["priorities"] if isinstance(one, dict)
    }
    for id in set(drafted) - kept:
        assert not any(f"'{id}'" in one for one in held)
    if comment in edits:
        assert "# my own remark\n" in merged
    assert {option.option.id for option in proposal.options} <= set(options)


def test_new_evidence_that_an_edit_holds_back_is_told(proposal: Proposal, smaller: Proposal) -> None:
    text = written(smaller)
    option = text.index("[[option]]")
    edited = text[:option] + re.sub(r'note = "[^"]*"', 'note = "mine"', text[option:], count=1)
    found = merge(edited, proposal)
    assert 'note = "mine"' in found.text
    assert any(change.startswith("New option") for change in found.changes)


def test_less_evidence_takes_out_what_nobody_touched(proposal: Proposal, smaller: Proposal) -> None:
    found = merge(written(proposal), smaller)
    assert {option["id"] for option in values(found.text)["option"]} == {
        one.option.id for one in smaller.options
    }
    read_toml(found.text, "merged.toml")


def test_an_option_that_was_taken_out_stays_out(proposal: Proposal) -> None:
    text = written(proposal)
    gone = proposal.options[-1].option.id
    sheet = read_sheet(text)
    sheet.blocks = [block for block in sheet.blocks if block.id != gone]
    for block in sheet.blocks:
        if not block.kind.startswith("draft"):
            block.entries = [
                entry for entry in block.entries if gone not in entry.text or entry.label == "status_quo"
            ]
    found = merge(sheet.text(), proposal)
    for text in (found.text, merge(found.text, proposal).text):
        assert gone not in {option["id"] for option in values(text)["option"]}
        read_toml(text, "merged.toml")


@pytest.mark.parametrize(
    ("text", "words"),
    [('name = "mine"\n', "not drafted by standoff"), ("name = \n", "not valid TOML")],
)
def test_a_file_that_was_not_drafted_is_not_overwritten(proposal: Proposal, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        merge(text, proposal)


def test_an_option_in_other_words_keeps_its_id_and_its_edits(proposal: Proposal) -> None:
    option = proposal.options[0].option.id
    reworded = renamed(proposal, {option: f"{option}-in-other-words"})
    found = merge(rename_option(written(reworded)), proposal)
    ids = {one["id"] for one in values(found.text)["option"]}
    assert f"{option}-in-other-words" in ids
    assert option not in ids
    assert "something else by hand" in found.text


def test_a_party_that_another_member_leads_now_keeps_its_id(proposal: Proposal) -> None:
    text = written(proposal)
    party = proposal.parties[0].party.id
    led = parties_renamed(proposal, {party: f"{party}-led-by-another"})
    found = merge(text, led)
    assert [one["id"] for one in values(found.text)["decision_maker"]] == [
        one.party.id for one in proposal.parties
    ]
    read_toml(found.text, "merged.toml")


def with_an_onlooker(proposal: Proposal) -> Proposal:
    """The draft with one more party, which owns nothing."""
    last = proposal.parties[-1]
    onlooker = replace(last.party, id="onlooker", name="The onlooker", codes=("ZZZ",))
    return replace(proposal, parties=(*proposal.parties, replace(last, party=onlooker)))


def test_a_party_that_is_no_longer_drafted_goes_unless_somebody_changed_it(proposal: Proposal) -> None:
    text = written(with_an_onlooker(proposal))
    found = merge(text, proposal)
    assert "onlooker" not in {one["id"] for one in values(found.text)["decision_maker"]}
    assert any("No longer drafted: the decision maker onlooker" in change for change in found.changes)
    edited = text.replace('name = "The onlooker"', 'name = "My onlooker"')
    kept = merge(edited, proposal)
    (mine,) = (one for one in values(kept.text)["decision_maker"] if one["id"] == "onlooker")
    assert (mine["name"], mine["observer"]) == ("My onlooker", True)
    assert any("your changes rest on it" in change for change in kept.changes)
    read_toml(kept.text, "merged.toml")
