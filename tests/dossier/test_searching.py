"""Search over reports and evidence: nothing that a person types is an error, and every mark is where it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from crisis_texts import crisis
from dossier_texts import told
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand.hand import Hand
from standoff.dossier.search.saved_queries import delete_query, save_query, saved_queries, saved_query
from standoff.dossier.search.search_words import match_of
from standoff.dossier.search.searching import Found, search
from standoff.dossier.tables.tables import table_of
from standoff.errors import UsageError
from standoff.records import Span

LONG = (
    "Port Velm \ue000 notes\n\n"
    + "Nothing of note was told that day. 😀 " * 30
    + "Then the Straße was closed by Żołnierze, "
    "who blockaded the strait. " + "Quiet returned after it. " * 30
)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dossier]:
    with Dossier.create(tmp_path_factory.mktemp("search") / "d.standoff") as made:
        for coding in crisis():
            made.add(coding)
        made.add(
            told("long", LONG, ("COERCE", "VEL>ARD", "who blockaded the strait", {"trigger": "blockaded"}))
        )
        yield made


def hits(dossier: Dossier, words: str, where: str = "reports") -> dict[str, Found]:
    return {hit.label.id: hit for hit in search(dossier, words, where).items}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("blockaded strait", {"long"}),
        ("blockade", {"long"}),
        ('"blockaded the strait"', {"long"}),
        ('"strait the blockaded"', set()),
        ("zołnierze", {"long"}),
        ("blockaded OR gazette", {"long", "gazette-4"}),
        ("strait -seized -tanker", {"long"}),
        ('strait -"closed by"', {"strait", "gazette-4", "herald-5", "tribune-6", "mercury-7"}),
        ("żoł*", {"long"}),
        ("NEAR(blockaded strait)", set()),
        ("title:strait", set()),
        ("text : blockaded", set()),
        ("Velm's AND", set()),
        ("gazette NOT herald", set()),
        ('"blockaded', {"long"}),
    ],
)
def test_words_find_reports(dossier: Dossier, words: str, found: set[str]) -> None:
    assert set(hits(dossier, words)) == found


def test_marks_and_passages_lie_in_the_unchanged_text(dossier: Dossier) -> None:
    texts = {stored.key: stored.report.text for stored in dossier.reports()}
    for words in ("strait", "straße OR zołnierze", "tanker sailors", '"the strait"', "quiet"):
        for hit in search(dossier, words).items:
            text, passage = texts[hit.report], hit.passage
            assert text[passage.span.start : passage.span.end] == passage.text
            assert passage.marks
            assert len(passage.text) <= 240
            for mark in passage.marks:
                assert passage.span.start <= mark.start < mark.end <= passage.span.end
                word = text[mark.start : mark.end].casefold()
                assert word[:4] in ("stra", "żołn", "tank", "sail", "quie", "the ")
    (long,) = hits(dossier, "zołnierze").values()
    assert LONG[slice(*long.passage.marks[0])] == "Żołnierze"


def test_evidence_is_found_with_its_act_and_its_place_in_the_report(dossier: Dossier) -> None:
    hit = hits(dossier, "blockaded", "evidence")["long"]
    assert hit.act is not None
    assert hit.act.act.evidence == hit.passage.span
    assert [LONG[slice(*mark)] for mark in hit.passage.marks] == ["blockaded"]


def test_a_rejected_act_is_no_longer_found(tmp_path: Path) -> None:
    with Dossier.create(tmp_path / "d.standoff") as made:
        made.add(crisis()[0])
        assert search(made, "tanker", "evidence").total == 1
        hand = Hand(made, "Anna")
        hand.reject("act", 1)
        assert search(made, "tanker", "evidence").total == 0
        hand.undo()
        assert search(made, "tanker", "evidence").total == 1


def test_pages_of_hits_follow_each_other(dossier: Dossier) -> None:
    whole = [hit.report for hit in search(dossier, "strait").items]
    first = search(dossier, "strait", limit=2)
    rest = search(dossier, "strait", limit=50, after=first.next)
    assert first.total == len(whole) == 6
    assert [hit.report for hit in (*first.items, *rest.items)] == whole
    assert rest.next is None


@pytest.mark.parametrize(
    "words", ["", "  ", "''", '"" ""', "-", "-strait", "* ( )", "😀", "OR OR", "x" * 2000, "a " * 60]
)
def test_what_can_find_nothing_is_said_in_a_sentence(dossier: Dossier, words: str) -> None:
    with pytest.raises(UsageError, match=r"\.$"):
        search(dossier, words)


signs = st.text(
    alphabet=st.sampled_from("\"'*()-:^+{}[]~ \0\n“”ORANDNEARstrait0😀_") | st.characters(), max_size=60
)


@settings(max_examples=300, deadline=None)
@given(signs)
def test_no_sign_is_an_error(words: str) -> None:
    made = _shared()
    for where in ("reports", "evidence"):
        try:
            page = search(made, words, where)  # type: ignore[arg-type]
        except UsageError:
            continue
        for hit in page.items:
            assert all(isinstance(mark, Span) for mark in hit.passage.marks)
    try:
        match_of(words)
    except UsageError:
        return
    made.events(search=words)


_OPEN: list[Dossier] = []


def _shared() -> Dossier:
    if not _OPEN:
        import atexit
        import tempfile

        _OPEN.append(Dossier.create(Path(tempfile.mkdtemp()) / "d.standoff"))
        _OPEN[0].add(crisis()[1])
        atexit.register(_OPEN[0].close)
    return _OPEN[0]


def test_queries_are_kept_under_a_name_and_asked_again(tmp_path: Path) -> None:
    with Dossier.create(tmp_path / "d.standoff") as made:
        for coding in crisis():
            made.add(coding)
        saved = save_query(
            made, "demands  of Arden", "acts", {"type": ["REQUEST"], "actor": "VEL", "issue": ()}
        )
        assert (saved.name, saved.filters) == ("demands of Arden", {"type": ["REQUEST"], "actor": "VEL"})
        save_query(made, "news", "changed", {"since": "2031-03-05"})
        save_query(made, "closing", "search", {"search": "close strait"})
        assert [query.name for query in saved_queries(made)] == ["closing", "demands of Arden", "news"]
        again = saved_query(made, "demands of Arden")
        assert table_of(made, again.view, again.filters) == table_of(
            made, "acts", {"type": ["REQUEST"], "actor": "VEL"}
        )
        save_query(made, "news", "timeline", {})
        assert saved_query(made, "news").view == "timeline"
        delete_query(made, "news")
        with pytest.raises(UsageError, match="closing, demands of Arden"):
            saved_query(made, "news")
        assert made.check() == ()


@pytest.mark.parametrize(
    ("name", "view", "filters", "said"),
    [
        ("", "acts", {}, "a name of 1 to"),
        ("x\0y", "acts", {}, "a name of 1 to"),
        ("x", "nothing", {}, "is no view"),
        ("x", "acts", {"colour": "red"}, "is no filter"),
        ("x", "acts", {"type": ["SHOUT"]}, "is no type of act"),
        ("x", "acts", {"dyad": "USA"}, "is no dyad"),
        ("x", "acts", {"search": "()"}, "holds no word"),
        ("x", "changed", {}, "needs the day"),
        ("x", "search", {}, "holds no word"),
    ],
)
def test_a_query_that_cannot_be_meant_is_not_kept(
    dossier: Dossier, name: str, view: str, filters: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        save_query(dossier, name, view, filters)
    assert saved_queries(dossier) == ()
