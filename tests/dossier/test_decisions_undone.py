"""Whatever people decide, in whatever order: the file stays sound, and undoing all of it brings every view back."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from crisis_texts import crisis
from hand_views import everything
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.decision import Decision
from standoff.dossier.hand.form import RecordKind, extent
from standoff.dossier.hand.hand import Hand
from standoff.errors import UsageError
from standoff.records import ACT_TYPES, MODALITIES

_PEOPLE = ("Anna", "Bob")
_CODES = ("ARD", "VEL", "NATO", "ARD-OPP", "UN")
_ISSUES = ("tanker", "the ransom", "the strait", "Strait shipping", "ransom for the tanker")
_TEMPLATE: list[Path] = []


def _template() -> Path:
    if not _TEMPLATE:
        path = Path(tempfile.mkdtemp()) / "crisis.standoff"
        with Dossier.create(path) as dossier:
            for coding in crisis():
                dossier.add(coding)
        _TEMPLATE.append(path)
    return _TEMPLATE[0]


codes = st.lists(st.sampled_from(_CODES), min_size=0, max_size=2, unique=True)
changes = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(ACT_TYPES),
        "source": codes,
        "target": codes,
        "attribution": codes,
        "modality": st.sampled_from(MODALITIES),
        "date": st.sampled_from([None, "2031-03-02", "2031-03", "2031"]),
        "place": st.sampled_from([None, "the strait", "Port Velm"]),
        "issue": st.sampled_from(_ISSUES),
        "condition": st.just(None),
        "evidence": st.just("wider"),
    },
)


class Deciding(RuleBasedStateMachine):
    """Two people decide at random on a copy of the same dossier."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "d.standoff"
        shutil.copy(_template(), path)
        self.dossier = Dossier.create(path)
        with self.dossier.use() as connection:
            connection.execute("PRAGMA synchronous = OFF")
        self.hands = {name: Hand(self.dossier, name) for name in _PEOPLE}
        self.original = everything(self.dossier)
        self.acts = sorted(stored.key for stored in self.dossier.acts())
        self.statements = sorted(stored.key for stored in self.dossier.statements())

    def teardown(self) -> None:
        if not hasattr(self, "dossier"):
            return
        for name, hand in self.hands.items():
            for _ in log.decisions_of(self.dossier, author=name, standing=True):
                hand.undo()
            assert log.decisions_of(self.dossier, author=name, standing=True) == ()
        after = everything(self.dossier)
        for name, before in self.original.items():
            assert after[name] == before, name
        assert self.dossier.check() == ()
        self.dossier.close()
        shutil.rmtree(self.folder)

    def decide(self, way: Any) -> Decision | None:
        """Let a person decide; what cannot be meant is refused in a sentence and changes nothing."""
        before = everything(self.dossier)
        try:
            made: Decision = way()
        except UsageError as problem:
            refused = str(problem)
        else:
            return made
        assert refused.endswith(".")
        assert everything(self.dossier) == before
        return None

    @rule(who=st.sampled_from(_PEOPLE), verb=st.sampled_from(["accept", "reject"]), at=st.integers(0, 30))
    def judge_act(self, who: str, verb: str, at: int) -> None:
        record = self.acts[at % len(self.acts)]
        self.decide(lambda: getattr(self.hands[who], verb)("act", record))
        there = record in self.dossier.acts_by_key([record])
        assert there == (verb == "accept")

    @rule(who=st.sampled_from(_PEOPLE), verb=st.sampled_from(["accept", "reject"]), at=st.integers(0, 30))
    def judge_statement(self, who: str, verb: str, at: int) -> None:
        record = self.statements[at % len(self.statements)]
        self.decide(lambda: getattr(self.hands[who], verb)("statement", record))
        assert any(stored.key == record for stored in self.dossier.statements()) == (verb == "accept")

    @rule(who=st.sampled_from(_PEOPLE), at=st.integers(0, 30), given=changes)
    def correct_act(self, who: str, at: int, given: dict[str, Any]) -> None:
        record = self.acts[at % len(self.acts)]
        if "evidence" in given:
            given = {**given, "evidence": self.wider("act", record)}
        made = self.decide(lambda: self.hands[who].correct("act", record, given))
        if made and "type" in given:
            assert self.dossier.acts_by_key([record])[record].act.type == given["type"]

    def wider(self, kind: RecordKind, record: int) -> list[int]:
        found = self.dossier.acts_by_key([record])
        return (
            [max(0, extent(found[record].act).start - 1), extent(found[record].act).end] if found else [0, 9]
        )

    @rule(who=st.sampled_from(_PEOPLE), at=st.integers(0, 30), actor=codes)
    def correct_statement(self, who: str, at: int, actor: list[str]) -> None:
        record = self.statements[at % len(self.statements)]
        self.decide(lambda: self.hands[who].correct("statement", record, {"actor": actor}))

    @rule(who=st.sampled_from(_PEOPLE), one=st.integers(0, 30), other=st.integers(0, 30))
    def merge_events(self, who: str, one: int, other: int) -> None:
        events = self.dossier.events()
        if events:
            keys = [events[one % len(events)].key, events[other % len(events)].key]
            made = self.decide(lambda: self.hands[who].merge_events(keys))
            assert made is None or keys[1] not in {event.key for event in self.dossier.events()}

    @rule(who=st.sampled_from(_PEOPLE), at=st.integers(0, 30), most=st.integers(1, 3))
    def split_event(self, who: str, at: int, most: int) -> None:
        large = [event for event in self.dossier.events() if len(event.acts) > 1]
        if large:
            event = large[at % len(large)]
            made = self.decide(lambda: self.hands[who].split_event(event.key, event.acts[:most]))
            if made:
                there = {found.key: found for found in self.dossier.events()}
                assert set(there[made.detail["event"]].acts) == set(event.acts[:most])

    @rule(who=st.sampled_from(_PEOPLE), one=st.sampled_from(_ISSUES), to=st.sampled_from(_ISSUES))
    def rename_issue(self, who: str, one: str, to: str) -> None:
        self.decide(lambda: self.hands[who].rename_issue(one, to))

    @rule(who=st.sampled_from(_PEOPLE), one=st.sampled_from(_ISSUES), other=st.sampled_from(_ISSUES))
    def merge_issues(self, who: str, one: str, other: str) -> None:
        made = self.decide(lambda: self.hands[who].merge_issues(one, [other]))
        assert made is None or self.dossier.events(issue=other) == self.dossier.events(issue=one)

    @rule(who=st.sampled_from(_PEOPLE), one=st.sampled_from(_CODES), to=st.sampled_from([*_CODES, "ARDEN"]))
    def rename_actor(self, who: str, one: str, to: str) -> None:
        made = self.decide(lambda: self.hands[who].rename_actor(one, to))
        assert made is None or not self.dossier.acts(actor=one)

    @rule(who=st.sampled_from(_PEOPLE), one=st.sampled_from(_CODES), other=st.sampled_from(_CODES))
    def merge_actors(self, who: str, one: str, other: str) -> None:
        made = self.decide(lambda: self.hands[who].merge_actors(one, [other]))
        assert made is None or not self.dossier.events(actor=other)

    @rule(who=st.sampled_from(_PEOPLE), at=st.integers(0, 30))
    def annotate(self, who: str, at: int) -> None:
        before = everything(self.dossier)
        self.hands[who].annotate("act", self.acts[at % len(self.acts)], "look again")
        assert everything(self.dossier) == before

    @rule(who=st.sampled_from(_PEOPLE), at=st.integers(0, 60))
    def undo(self, who: str, at: int) -> None:
        own = log.decisions_of(self.dossier, author=who)
        if own:
            self.decide(lambda: self.hands[who].undo(own[at % len(own)].key))

    @rule(who=st.sampled_from(_PEOPLE))
    def undo_and_bring_back(self, who: str) -> None:
        standing = log.decisions_of(self.dossier, author=who, standing=True)
        if standing:
            before = everything(self.dossier)
            undone = self.hands[who].undo()
            assert undone.target == standing[0].key
            self.hands[who].undo(undone.key)
            # An act whose type was corrected may find another event of its new type than it did before.
            if not any(
                decision.verb == "correct" for decision in log.decisions_of(self.dossier, standing=True)
            ):
                assert everything(self.dossier) == before

    @invariant()
    def is_sound(self) -> None:
        if hasattr(self, "dossier"):
            assert self.dossier.check() == ()


TestDeciding = Deciding.TestCase
TestDeciding.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking whole files takes minutes
)
