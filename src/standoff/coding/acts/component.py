"""The act coder: a detector proposes, the other steps fill the fields, one act is coded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from standoff.coding.acts import subject, weighing
from standoff.coding.acts.attribution import attribution_of, denied_by_doer
from standoff.coding.acts.candidates import Candidate, Detector
from standoff.coding.acts.condition import condition_of
from standoff.coding.acts.content import before_condition, completed, content_of
from standoff.coding.acts.duplicates import Coded, told_once, without_contained
from standoff.coding.acts.evidence import evidence_of
from standoff.coding.acts.issues import labels_of
from standoff.coding.acts.modality import Reading, modality_of
from standoff.coding.acts.parties import Parties
from standoff.coding.acts.roles import roles_of
from standoff.coding.acts.scope import hypothetical
from standoff.coding.acts.setting import Setting, is_future
from standoff.coding.acts.triggers import TableDetector
from standoff.coding.component import Draft
from standoff.records import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

LEAST = 0.15
"""Acts of the trigger table that are less likely than this are passed over."""


class Acts:
    """Fills `draft.acts`. `detector` proposes candidates; without one, the trigger table does."""

    name = "acts"
    requires = frozenset({"analysis", "times", "actors", "statements"})
    assigns = frozenset({"acts"})

    def __init__(self, detector: Detector | None = None, *, least: float = LEAST) -> None:
        """Take a detector, and the least confidence of an act; `least` is the operating point."""
        self.least = least
        self.detector: Detector = detector or TableDetector()

    def __call__(self, draft: Draft) -> None:
        """Fill the layer."""
        parties = Parties(draft)
        # What follows only ever takes confidence away, so that what is too faint now need not be coded.
        likely = [one for one in self.detector(draft, parties) if one.confidence >= self.least]
        coded = code(draft, likely, parties)
        sure = [one for one in coded if one.act.source and one.act.confidence >= self.least]
        kept = told_once(without_contained(sure), draft.analysis, draft.times)
        draft.acts = with_issues([one.act for one in kept], draft)


def code(draft: Draft, candidates: Sequence[Candidate], parties: Parties) -> list[Coded]:
    """Return an act for each candidate, fields filled, nothing merged yet; the source may be empty."""
    doc = draft.analysis.doc
    setting = Setting(draft)
    found: list[Coded] = []
    politics = subject.density(draft)
    for candidate in candidates:
        head = doc[candidate.head]
        content = content_of(candidate, head, parties, draft.statements)
        roles = roles_of(candidate, head, parties, content)
        if candidate.needs_target and not roles.target:
            continue
        if candidate.needs_source and not roles.parsed and candidate.type not in CROWDS:
            continue
        condition = condition_of(candidate, head)
        content = before_condition(completed(content, candidate, head), condition)
        content, condition = weighing.content_and_condition(candidate, content, condition)
        evidence = weighing.evidence(candidate, evidence_of(candidate, head, content))
        date = setting.date(candidate, evidence, "actual", content)
        future = is_future(date, draft.analysis.report.published)
        reading = modality_of(
            candidate,
            head,
            conditional=condition is not None,
            future=future,
        )
        if reading.value == "actual" and denied_by_doer(candidate, head, roles.source, parties):
            reading = Reading("denied", "the accused denies it")
        reading = weighing.modality(candidate, reading)
        if candidate.needs_source and _imagined(candidate, head, reading):
            continue
        if reading.value != "actual":
            date = setting.date(candidate, evidence, reading.value, content)
        found.append(
            Coded(
                Act(
                    type=candidate.type,
                    source=roles.source,
                    target=roles.target,
                    modality=reading.value,
                    trigger=candidate.trigger,
                    evidence=evidence,
                    content=content,
                    condition=condition,
                    attribution=attribution_of(candidate, head, reading.value, roles.source, parties),
                    date=date,
                    place=setting.place(candidate, evidence, reading.value),
                    confidence=subject.believed(
                        candidate.confidence * (roles.trust if candidate.needs_source else 1.0), politics
                    ),
                    rule=f"{candidate.rule}; {roles.how}; {reading.why}",
                ),
                head,
            )
        )
    return found


CROWDS = frozenset({"PROTEST"})
"""Types whose doers go without saying: the people of the country that the text is about."""
SPEAKERS_INFINITIVE = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "PROTEST", "CONSULT"})
"""Types that are done by the purpose of another act: "marched to demand", "flew in to meet"."""


def _imagined(candidate: Candidate, head: Token, reading: Reading) -> bool:
    """Tell whether a word of the table is no act here, because nobody says that it was or will be done."""
    if reading.why == "in an if-clause":
        return True
    if candidate.type in SPEAKERS_INFINITIVE or reading.value in ("planned", "denied", "conditional"):
        return False
    return hypothetical(head)


def with_issues(acts: Sequence[Act], draft: Draft) -> list[Act]:
    """Return the acts with the labels of the issues that they are about."""
    labels = labels_of(acts, draft.analysis.doc)
    return [replace(act, issue=label) for act, label in zip(acts, labels, strict=True)]
