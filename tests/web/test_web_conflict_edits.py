"""Changes in the text of a conflict file: what was meant changes, everything else stays to the letter."""

import re
import tomllib

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from karv_conflict import KARV, MINE, TITLED

from standoff.conflict.formula import holds
from standoff.web.conflict.edits import KINDS, Edit, NotEditable, case_in, made, said


def taken(text):
    conflict = case_in(text, "").conflict
    return {option.name for k, option in enumerate(conflict.options) if conflict.status_quo >> k & 1}


def wishes(text, party):
    return [p.text for p in case_in(text, "").statements(party)]


def changed_lines(before, after):
    old, new = before.splitlines(), after.splitlines()
    return [line for line in new if line not in old], [line for line in old if line not in new]


def test_a_new_name_changes_one_line():
    after = made(KARV, Edit("rename", "nrl-reopen", "open the strait of Karv again"))
    assert changed_lines(KARV, after) == (
        ['name = "open the strait of Karv again"'],
        ['name = "reopen the strait"'],
    )


def test_formulas_weights_and_sets_follow_a_name():
    after = made(TITLED, Edit("rename", "A swerves", "A and B: give way"))
    root = tomllib.loads(after)
    assert root["option"][0]["name"] == "A and B: give way"
    before, now = case_in(TITLED, "").conflict, case_in(after, "").conflict
    assert [str(p) for p in before.ranks(0)] == [str(p) for p in now.ranks(0)]
    assert list(before.ranks(1)) == list(now.ranks(1))
    assert list(before.feasible) == list(now.feasible)
    assert "# nobody has swerved" in after
    assert "# as told" in after


def test_the_status_quo_is_switched_in_every_form():
    assert taken(KARV) == {"move frigates"}
    after = made(KARV, Edit("take", "nrl-reopen"))
    assert taken(after) == {"move frigates", "reopen the strait"}
    assert taken(made(after, Edit("leave", "nrl-move-frigates"))) == {"reopen the strait"}
    masked = TITLED
    assert made(masked, Edit("take", "A swerves")) == masked.replace('"NNN"', '"YNN"')
    bare = masked.replace('status_quo = "NNN"   # nobody has swerved\n', "")
    assert taken(made(bare, Edit("take", "A swerves"))) == {"A swerves"}
    with pytest.raises(NotEditable, match="is not feasible"):
        made(made(KARV, Edit("take", "nrl-reopen")), Edit("take", "nrl-blockade"))


def test_what_cannot_be_taken_back():
    after = made(KARV, Edit("once", "sdm-send-warship"))
    assert changed_lines(KARV, after) == ([], [])  # the line stands elsewhere already
    assert case_in(after, "").conflict.options[3].moves == "on"
    assert made(after, Edit("again", "sdm-send-warship")) == KARV


def test_an_option_is_added_behind_those_of_its_owner():
    after = made(KARV, Edit("add-option", "nrl", "ask the court of Halden"))
    conflict = case_in(after, "").conflict
    assert [option.id for option in conflict.options][2:4] == [
        "nrl-move-frigates",
        "nrl-ask-the-court-of-halden",
    ]
    assert conflict.options[3].owners == (0,)
    assert taken(after) == {"move frigates"}
    titled = made(TITLED.replace('"NNN"', '"YNN"'), Edit("add-option", "A", "stop"))
    assert taken(titled) == {"A swerves"}
    four = case_in(titled, "").conflict
    assert all(
        not (option("B swerves") and option("brake"))
        for state in map(int, four.feasible)
        for option in [lambda name, s=state: s >> [o.name for o in four.options].index(name) & 1]
    )


def test_an_option_goes_with_what_speaks_of_it():
    after = made(KARV, Edit("drop-option", "nrl-blockade"))
    conflict = case_in(after, "").conflict
    assert [option.id for option in conflict.options] == [
        "nrl-reopen",
        "nrl-move-frigates",
        "sdm-send-warship",
    ]
    assert wishes(after, 0) == ["not nrl-reopen", "not sdm-send-warship"]
    assert wishes(after, 1) == ["nrl-reopen", "not sdm-send-warship"]
    assert not conflict.constraints
    assert taken(after) == {"move frigates"}
    assert all(comment in after for comment in MINE)
    with pytest.raises(NotEditable, match="'Sudmark' has no option"):
        made(KARV, Edit("drop-option", "sdm-send-warship"))


def test_options_of_rankings_stay():
    ranked = (
        'name = "R"\n[[decision_maker]]\nname = "A"\nranking = "N > Y"\n[[option]]\nname = "x"\nowner = "A"\n'
    )
    with pytest.raises(NotEditable, match="A ranks the outcomes one by one"):
        made(ranked, Edit("add-option", "A", "y"))
    renamed = made(ranked, Edit("rename", "x", "y"))
    assert case_in(renamed, "").conflict.options[0].name == "y"


def test_a_statement_is_edited_and_its_mistake_has_a_place():
    after = made(KARV, Edit("restate", "nrl.threat.nrl-blockade", "nrl-blockade only if sdm-send-warship"))
    assert wishes(after, 0)[1] == "nrl-blockade only if sdm-send-warship"
    assert case_in(after, "").parts["nrl.threat.nrl-blockade"].evidence == ("harbour:157-260",)
    with pytest.raises(
        NotEditable, match=r"There is no option 'sdm-send': did you mean 'sdm-send-warship'\?"
    ) as told:
        made(KARV, Edit("restate", "nrl.threat.nrl-blockade", "nrl-blockade if sdm-send"))
    assert told.value.offset == len("nrl-blockade if ")
    second = made(TITLED, Edit("restate", "A 2", "A swerves iff brake"))
    assert wishes(second, 0) == ["not B swerves or A swerves", "A swerves iff brake", "B swerves"]


def test_statements_move_with_their_comments():
    after = made(KARV, Edit("move", "nrl.threat.nrl-blockade", place=0))
    assert wishes(after, 0)[:2] == ["nrl-blockade if sdm-send-warship", "not nrl-reopen"]
    lines = after.splitlines()
    at = next(n for n, line in enumerate(lines) if "they care about ships" in line)
    assert "nrl.threat.nrl-blockade" in lines[at + 1]
    quote = next(n for n, line in enumerate(lines) if "Norland refused the request" in line)
    assert "nrl.refusal.nrl-reopen" in lines[quote + 1]
    assert made(after, Edit("move", "nrl.threat.nrl-blockade", place=1)) == KARV
    assert wishes(made(TITLED, Edit("move", "A 3", place=0)), 0)[0] == "B swerves"


def test_statements_come_and_go():
    after = made(KARV, Edit("state", "sdm", "not nrl-move-frigates", place=1))
    assert wishes(after, 1)[1] == "not nrl-move-frigates"
    assert made(after, Edit("unstate", "sdm.own.1")) == KARV
    gone = made(KARV, Edit("unstate", "nrl.threat.nrl-blockade"))
    assert "# mine: they care about ships" in gone
    assert "nrl.threat" not in gone
    with pytest.raises(NotEditable, match="has no list of statements"):
        made(TITLED, Edit("state", "B", "brake"))
    one = TITLED.replace('["not B swerves or A swerves", "not A swerves", "B swerves"]', '["A swerves"]')
    with pytest.raises(NotEditable, match="There is no statement here: give at least one"):
        made(one, Edit("unstate", "A 1"))


def test_several_statements_of_one_level():
    level = TITLED.replace('"not A swerves", "B swerves"]', '["not A swerves", "B swerves"]]')
    assert wishes(made(level, Edit("restate", "A 3", "brake")), 0)[2] == "brake"
    assert wishes(made(level, Edit("unstate", "A 2")), 0) == ["not B swerves or A swerves", "B swerves"]
    assert wishes(made(level, Edit("move", "A 2", place=0)), 0)[0] == "not A swerves"


def test_what_is_not_there_is_said():
    for edit in (Edit("rename", "x", "y"), Edit("restate", "x", "y"), Edit("state", "x", "y")):
        with pytest.raises(NotEditable, match="any more: reload the page"):
            made(KARV, edit)
    with pytest.raises(NotEditable, match="it is empty"):
        made(KARV, Edit("rename", "nrl-reopen", "  "))
    with pytest.raises(NotEditable, match="300 are the most"):
        made(KARV, Edit("rename", "nrl-reopen", "x" * 301))


TEXT = st.one_of(
    st.text(min_size=1, max_size=30),
    st.sampled_from(['"', "a\\", "'''", "# mine", "not x", "if", "<b>", "‮abc", "]]", "x = 1", "{y}"]),
)


@st.composite
def edits(draw, text):
    case = case_in(text, "")
    kind = draw(st.sampled_from(KINDS))
    what = {
        "add-option": "party",
        "state": "party",
        "restate": "statement",
        "unstate": "statement",
        "move": "statement",
    }
    ids = [part.id for part in case.parts.values() if part.what == what.get(kind, "option")]
    options = [case.option_id(k) for k in range(case.conflict.option_count)]
    formula = " and ".join(
        f"not {k + 1}" for k in draw(st.sets(st.sampled_from(range(len(options))), min_size=1))
    )
    to = draw(TEXT) if kind in ("rename", "add-option") else formula
    return Edit(kind, draw(st.sampled_from(ids)), to, draw(st.integers(0, 5)))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(st.data(), st.sampled_from([KARV, TITLED]))
def test_any_changes_leave_a_model_the_comments_and_the_meaning(data, text):
    comments = re.findall(r"# (?:mine|as told|nobody|Two).*", text)
    for _ in range(data.draw(st.integers(1, 6))):
        before = case_in(text, "").conflict
        edit = data.draw(edits(text))
        try:
            after = made(text, edit)
        except NotEditable:
            continue
        assert said(case_in(text, ""), edit)
        now = case_in(after, "").conflict
        names = [option.name for option in before.options]
        if edit.kind in ("rename", "move", "restate", "state", "unstate", "once", "again", "take", "leave"):
            assert list(before.feasible) == list(now.feasible)
        if edit.kind in ("rename", "once", "again", "take", "leave", "add-option"):
            for one, other in zip(before.preferences, now.preferences, strict=True):
                if edit.kind != "add-option" and hasattr(one, "levels"):
                    assert [[p.formula for p in level] for level in one.levels] == [
                        [p.formula for p in level] for level in other.levels
                    ]
        if edit.kind in ("add-option", "drop-option"):
            here = {o.name for k, o in enumerate(before.options) if before.status_quo >> k & 1}
            there = {o.name for k, o in enumerate(now.options) if now.status_quo >> k & 1}
            gone = set(names) - {option.name for option in now.options}
            assert there == here - gone
        if edit.kind == "drop-option":
            assert len(now.options) == len(before.options) - 1
            assert all(holds(c.formula, int(s)) for c in now.constraints for s in now.feasible)
        text = after
    kept = re.findall(r"# (?:mine|as told|nobody|Two).*", text)
    assert all(any(comment in line for line in kept) for comment in comments)
