"""The review queue, decisions, progress and disagreements as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.decision import Decision
from standoff.dossier.hand.form import fields_of
from standoff.dossier.hand.queue import Waiting
from standoff.dossier.hand.verdicts import Progress, Word
from standoff.dossier.hand.wording import in_words
from standoff.dossier.tables.rows import Row, Table, codes, counted, plain, sign_of
from standoff.records import Act


def queue_table(waiting: Sequence[Waiting], progress: Progress) -> Table:
    """Return what waits for a person's word, least certain first."""
    rows = tuple(Row(_queue_cells(one), _queue_record(one)) for one in waiting)
    done = progress.decided
    base = f"{counted(done, 'record')} of {done + progress.left:,} decided by {progress.author}"
    empty = f"Nothing is left for {progress.author} to decide ({base}); other filters, or more reports, would bring more."
    headers = ("Record", "", "Type", "Source", "Target", "Sure", "Report", "Others", "Evidence")
    return Table(headers, rows, base, empty, total=progress.left)


def _queue_cells(one: Waiting) -> tuple[str, ...]:
    if isinstance(one.coded, Act):
        act = one.coded
        what = (sign_of(act.type, act.modality), act.type, codes(act.source), codes(act.target))
    else:
        what = ("", "says", codes(one.coded.actor) + ("?" if one.coded.guess else ""), "")
    return (
        f"{one.kind}:{one.record}", *what, f"{one.confidence:.2f}", one.report_id, _words(one.words), plain(one.quote),
    )  # fmt: skip


def _queue_record(one: Waiting) -> dict[str, Any]:
    return {
        one.kind: one.record,
        "confidence": one.confidence,
        "present": one.present,
        "event": one.event,
        **{f"coded_{name}": value for name, value in fields_of(one.coded).items() if name != "confidence"},
        "words": [f"{word.author} {word.verb}" for word in one.words],
        "evidence": [
            {"report": one.report_id, "start": one.extent.start, "end": one.extent.end, "quote": one.quote}
        ],
    }


def _words(words: Sequence[Word]) -> str:
    return ", ".join(f"{word.author}: {word.verb}" for word in words)


def decisions_table(decisions: Sequence[Decision], dossier: Dossier) -> Table:
    """Return decisions with who made them, when, and whether they stand."""
    lost = {decision.key for decision in log.without_record(dossier)}
    rows = tuple(_decision_row(decision, decision.key in lost) for decision in decisions)
    people = len({decision.author for decision in decisions})
    base = f"{counted(len(rows), 'decision')} of {counted(people, 'person', 'people')}"
    empty = "No decision yet; `standoff review` shows what waits for one."
    return Table(("Number", "Made", "By", "Decision", "Note", "Stands"), rows, base, empty, total=len(rows))


def _decision_row(decision: Decision, lost: bool) -> Row:
    stands = "yes" if decision.stands else f"undone by {decision.undone}"
    return Row(
        (
            str(decision.key),
            decision.made[:16].replace("T", " ") + " UTC",
            plain(decision.author),
            plain(in_words(decision)),
            plain(decision.note),
            f"{stands}, without a record" if lost else stands,
        ),
        {
            "decision": decision.key,
            "made": decision.made,
            "author": decision.author,
            "verb": decision.verb,
            "kind": decision.kind,
            "target": decision.code if decision.kind == "actor" else decision.target,
            "words": in_words(decision),
            "note": decision.note,
            "detail": dict(decision.detail),
            "sha256": decision.sha256,
            "start": decision.start,
            "end": decision.end,
            "type": decision.type,
            "undone": decision.undone,
            "without_record": lost,
        },
    )


def progress_table(found: Sequence[Progress]) -> Table:
    """Return how far each person has come."""
    rows = tuple(
        Row(
            (one.author, f"{one.accepted:,}", f"{one.corrected:,}", f"{one.rejected:,}", f"{one.left:,}"),
            {
                "author": one.author,
                "accepted": one.accepted,
                "corrected": one.corrected,
                "rejected": one.rejected,
                "left": one.left,
            },
        )
        for one in found
    )
    headers = ("By", "Accepted", "Corrected", "Rejected", "Left")
    return Table(headers, rows, counted(len(rows), "person", "people"), "Nobody has decided on a record yet.")


def disagreements_table(dossier: Dossier) -> Table:
    """Return the records on which people differ; the last word named is the one that the views show."""
    found = log.disagreements(dossier)
    labels = dossier.labels()
    rows = tuple(
        Row(
            (
                f"{one.kind}:{one.record}",
                labels[one.report].id,
                "whether there is one" if one.fields == ("record",) else ", ".join(one.fields),
                _words(one.words),
            ),
            {
                one.kind: one.record,
                "report": labels[one.report].id,
                "fields": list(one.fields),
                "words": [
                    {"author": word.author, "verb": word.verb, "decision": word.decision, "made": word.made}
                    for word in one.words
                ],
            },
        )
        for one in found
    )
    base = f"{counted(len(rows), 'record')} on which people differ; the last word counts"
    empty = "People differ on no record: each that two have decided on, they left alike."
    return Table(("Record", "Report", "Differ on", "Words"), rows, base, empty, total=len(rows))
