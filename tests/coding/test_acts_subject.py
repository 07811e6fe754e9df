"""Reports about no crisis, issues, and sentences without end."""

from __future__ import annotations

import pytest

from standoff.coding.actors import Actors
from standoff.coding.acts.issues import groups_of, labels_of
from standoff.coding.acts.sentences import LONGEST, bounds, sentence_of
from standoff.coding.acts.subject import believed, density
from standoff.coding.component import Draft
from standoff.language.parser import analyse
from standoff.reading import make_report
from standoff.records import Act, Span

MATCH = (
    "The visitors attacked from the first whistle and bombarded the goal with crosses. Olsen struck back before the break and "
    "the Danish keeper surrendered a lead of two goals. The coach praised his side and promised a better start next week. "
    "The crowd protested when the match was stopped for rain, but the players returned after twenty minutes and played on. "
    "A late penalty settled it."
)
CRISIS = (
    "The foreign ministry in Moscow accused the Ukrainian government of shelling villages. The president rejected that. "
    "The NATO secretary-general urged both governments to return to the talks, and the Security Council met on Monday. "
    "Ukrainian troops stayed where they were, the defence minister said, and the Kremlin withdrew its ambassador from Kyiv "
    "after the parliament had voted to recall its own envoy from Moscow."
)


def draft_of(text: str) -> Draft:
    (analysis,) = analyse([make_report(text, id="r", published="2022-02-01")])
    draft = Draft(analysis)
    Actors()(draft)
    return draft


def test_a_match_has_fewer_official_words_than_a_crisis() -> None:
    match, crisis = density(draft_of(MATCH)), density(draft_of(CRISIS))
    assert match is not None
    assert crisis is not None
    assert match < 3 < 8 < crisis


def test_a_short_text_does_not_tell_its_subject() -> None:
    assert density(draft_of("Turkey accused Syria.")) is None


@pytest.mark.parametrize("confidence", [0.2, 0.5, 0.9])
def test_acts_are_believed_less_the_fewer_official_words_there_are(confidence: float) -> None:
    assert believed(confidence, None) == believed(confidence, 9.0) == confidence
    assert believed(confidence, 1.0) < believed(confidence, 4.0) < confidence


def test_a_sentence_without_end_is_cut_around_the_token() -> None:
    doc = draft_of("Kyiv said " + "and so on " * 400 + "to the end.").analysis.doc
    middle = doc[len(doc) // 2]
    first, end = bounds(middle)
    assert first <= middle.i < end
    assert end - first <= 2 * LONGEST
    short = draft_of("It ended. Kyiv spoke. It began.").analysis.doc
    assert sentence_of(short[4]).text.strip() == "Kyiv spoke."


def test_acts_about_the_same_thing_carry_one_label() -> None:
    text = (
        "Arland demanded that Borland reopen the harbour of Veld. Borland refused to reopen the harbour of Veld. "
        "Much later, far from there, Corland arrested nine fishermen."
    )

    def act(
        kind: str, word: str, sentence: str, content: str | None, source: str, target: tuple[str, ...]
    ) -> Act:
        a, e = text.index(word), text.index(sentence)
        said = text.index(content, a) if content else 0
        return Act(
            kind, (source,), target, "actual", Span(a, a + len(word)), Span(e, e + len(sentence)),
            Span(said, said + len(content)) if content else None,
        )  # fmt: skip

    acts = [
        act("REQUEST", "demanded", "Arland demanded that Borland reopen the harbour of Veld",
            "Borland reopen the harbour of Veld", "ARL", ("BOR",)),
        act("REJECT", "refused", "Borland refused to reopen the harbour of Veld", "to reopen the harbour of Veld",
            "BOR", ("ARL",)),
        act("COERCE", "arrested", "Corland arrested nine fishermen", None, "COR", ()),
    ]  # fmt: skip
    doc = draft_of(text).analysis.doc
    assert groups_of(acts, doc) == [[0, 1], [2]]
    labels = labels_of(acts, doc)
    assert labels[0] == labels[1] != labels[2]
    assert all(label in text for label in labels)
    assert labels_of([], doc) == []
