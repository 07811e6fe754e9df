"""The act coder: a detector proposes, the other steps fill the fields, one act is coded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from standoff.coding.acts.attribution import attribution_of
from standoff.coding.acts.candidates import Candidate, Detector
from standoff.coding.acts.condition import condition_of
from standoff.coding.acts.content import content_of
from standoff.coding.acts.duplicates import Coded, told_once, without_contained
from standoff.coding.acts.evidence import evidence_of
from standoff.coding.acts.issues import labels_of
from standoff.coding.acts.modality import modality_of
from standoff.coding.acts.parties import Parties
from standoff.coding.acts.roles import roles_of
from standoff.coding.acts.setting import Setting, is_future
from standoff.coding.acts.triggers import TableDetector
from standoff.coding.component import Draft
from standoff.records import Act


class Acts:
    """Fills `draft.acts`. `detector` proposes candidates; without one, the trigger table does."""

    name = "acts"
    requires = frozenset({"analysis", "times", "actors", "statements"})
    assigns = frozenset({"acts"})

    def __init__(self, detector: Detector | None = None) -> None:
        self.detector: Detector = detector or TableDetector()

    def __call__(self, draft: Draft) -> None:
        """Fill the layer."""
        parties = Parties(draft)
        coded = code(draft, self.detector(draft, parties), parties)
        kept = told_once(without_contained([one for one in coded if one.act.source]), draft.analysis.doc)
        draft.acts = with_issues([one.act for one in kept], draft)


def code(draft: Draft, candidates: Sequence[Candidate], parties: Parties) -> list[Coded]:
    """Return an act for each candidate, fields filled, nothing merged yet; the source may be empty."""
    doc = draft.analysis.doc
    setting = Setting(draft)
    found: list[Coded] = []
    for candidate in candidates:
        head = doc[candidate.head]
        roles = roles_of(candidate, head, parties)
        if candidate.needs_target and not roles.target:
            continue
        content = content_of(candidate, head, parties, draft.statements)
        condition = condition_of(candidate, head)
        evidence = evidence_of(candidate, head, content)
        date = setting.date(candidate, evidence, "actual")
        future = is_future(date, draft.analysis.report.published)
        reading = modality_of(candidate, head, conditional=condition is not None, future=future)
        if reading.value != "actual":
            date = setting.date(candidate, evidence, reading.value)
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
                    confidence=candidate.confidence,
                    rule=f"{candidate.rule}; {roles.how}; {reading.why}",
                ),
                head,
            )
        )
    return found


def with_issues(acts: Sequence[Act], draft: Draft) -> list[Act]:
    """Return the acts with the labels of the issues that they are about."""
    labels = labels_of(acts, draft.analysis.doc)
    return [replace(act, issue=label) for act, label in zip(acts, labels, strict=True)]
