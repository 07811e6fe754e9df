"""Completions of what is assumed, single changes, and what changed between two files."""

from itertools import permutations

from answer_cases import STRAIT, case_from, cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.conflict.answer.alterations import Dropped, altered
from standoff.conflict.answer.answer import answer
from standoff.conflict.answer.board import board_of
from standoff.conflict.answer.changes import single_changes, sweep
from standoff.conflict.answer.claims import Settled, replay
from standoff.conflict.answer.difference import difference
from standoff.conflict.answer.settlement import settlement_of
from standoff.conflict.answer.telling.since import since_section
from standoff.conflict.answer.unknowns import assumed, spread
from standoff.conflict.preference import Priorities

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def lists(ids: list[str], free: set[str]) -> set[tuple[str, ...]]:
    """Every list that keeps the order of the fixed ids, by going through all permutations of all subsets."""
    fixed = [id for id in ids if id not in free]
    found = set()
    for size in range(len(fixed), len(ids) + 1):
        for order in permutations(ids, size):
            if [id for id in order if id not in free] == fixed:
                found.add(order)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(cases())
def test_completions_are_all_lists_that_keep_what_is_known_in_order(case):
    found = spread(case, settlement_of(case), "nash", ())
    free = set(assumed(case))
    if found is None:
        assert not free
        return
    expected = 1
    for i in range(len(case.conflict.decision_makers)):
        expected *= len(lists([s.id for s in case.statements(i)], free))
    assert found.total == expected
    if found.exact:
        seen = {_lists_of(altered(case.conflict, completion)) for completion in found.completions}
        assert len(seen) == len(found.completions) == found.total


def _lists_of(conflict) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(level[0].id for level in preference.levels)
        for preference in conflict.preferences
        if isinstance(preference, Priorities)
    )


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.sampled_from(["nash", "seq"]))
def test_no_single_change_is_missed(case, concept):
    settlement = settlement_of(case)
    found = sweep(case, settlement, concept)
    assert found.complete
    edits = [e for i in range(len(case.conflict.decision_makers)) for e in single_changes(case, i)]
    assert len(edits) == found.single
    works = any(replay(altered(case.conflict, [e]), settlement, Settled(concept)) for e in edits[::7])
    if works:
        assert found.proposals
    for proposal in found.proposals[:3]:
        board = board_of(altered(case.conflict, proposal.alterations), settlement, (concept,))
        assert board.settlements(concept) == list(proposal.states)


def test_a_sample_is_the_same_every_time(tmp_path):
    case = case_from(tmp_path, STRAIT.replace('standing = "stated"', 'standing = "assumed"'))
    one, other = (spread(case, settlement_of(case), "seq", ()) for _ in range(2))
    assert one == other
    assert one is not None
    assert not one.exact
    assert len(one.completions) == 256 < one.total


def test_what_hangs_on_one_assumption_is_named(tmp_path):
    found = answer(case_from(tmp_path))
    base = set(found.board.outcomes("seq"))
    told = {leaning.id for leaning in found.leanings}
    for id in assumed(found.case):
        then = board_of(altered(found.conflict, [Dropped(id)]), found.settlement, ("seq",)).outcomes("seq")
        assert (set(then) != base) == (id in told)


def test_a_new_offer_is_the_cause_of_the_outcome_that_it_makes_hold(tmp_path):
    old = case_from(tmp_path)
    line = '  { id = "sdm.refusal.sdm-lift-toll", statement = "not sdm-lift-toll", standing = "stated" },\n'
    assert line in STRAIT
    new = case_from(tmp_path, STRAIT.replace(line, ""))
    found = difference(old, new)
    assert [(change.kind, change.part.id) for change in found.changes] == [
        ("gone", "sdm.refusal.sdm-lift-toll")
    ]
    gained = [turn for turn in found.turns if turn.gained]
    assert gained
    assert all([cause.part.id for cause in turn.causes] == ["sdm.refusal.sdm-lift-toll"] for turn in gained)
    said = " ".join(sentence.text for sentence in since_section(found).sentences)
    assert "It turned because the Southern Domain no longer wants not to lift the toll" in said


def test_standing_order_and_deeds_are_compared(tmp_path):
    old = case_from(tmp_path)
    changed = STRAIT.replace('status_quo = ["nrl-close-strait"]', 'status_quo = ["all-send-envoys"]')
    changed = changed.replace(
        '"not sdm-send-fleet", standing = "inferred"', '"not sdm-send-fleet", standing = "stated"'
    )
    lines = changed.splitlines()
    first = next(n for n, line in enumerate(lines) if "sdm.demand.nrl-close-strait" in line)
    lines.insert(first + 2, lines.pop(first))
    found = difference(old, case_from(tmp_path, "\n".join(lines)))
    kinds = {(change.kind, change.part.id) for change in found.changes}
    assert ("undone", "nrl-close-strait") in kinds
    assert ("done", "all-send-envoys") in kinds
    assert ("standing", "nrl.fear.sdm-send-fleet") in kinds
    moved = [id for kind, id in kinds if kind == "moved"]
    assert len(moved) == 1
    assert moved[0].startswith("sdm.")


def test_the_same_file_has_no_difference(tmp_path):
    case = case_from(tmp_path)
    found = difference(case, case)
    assert not found.changes
    assert not found.turns
    assert since_section(found).sentences[0].text.startswith("Nothing changed")
