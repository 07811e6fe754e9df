"""standoff decide: accept, reject, correct, annotate, merge, split, rename and undo from the command line."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standoff.cli.options import DOSSIER

if TYPE_CHECKING:
    from standoff.dossier.dossier import Dossier
    from standoff.dossier.hand.decision import Decision
    from standoff.dossier.hand.form import RecordKind
    from standoff.dossier.hand.hand import Hand

VERBS = ("accept", "reject", "correct", "annotate", "merge", "split", "rename", "undo")
_CODES = ("source", "target", "attribution", "actor")
_SPAN = re.compile(r"(\d+)\s*[-–]\s*(\d+)")


@click.command(
    "decide", epilog="Records are named as `standoff review` shows them: act:12, statement:3, event:7."
)
@DOSSIER
@click.argument("verb", type=click.Choice(VERBS), metavar="VERB")
@click.argument("targets", nargs=-1, metavar="[TARGET...]")
@click.option(
    "--by", required=True, envvar="STANDOFF_BY", metavar="NAME", help="Who decides (or STANDOFF_BY)."
)
@click.option(
    "--set", "changes", multiple=True, metavar="FIELD=VALUE",
    help="For correct: type=REJECT, target=UKR,NATO, date=2022-01-21, condition= (none), content=120-164, or a "
    "span by its words: trigger=\"turned down\".",
)  # fmt: skip
@click.option("--note", default="", metavar="TEXT", help="Why; for annotate, the note itself.")
def command(
    dossier: Path, verb: str, targets: tuple[str, ...], by: str, changes: tuple[str, ...], note: str
) -> None:
    """Decide on records, and take decisions back.

    \b
    accept|reject TARGET...      act:12, statement:3
    correct TARGET --set ...     what the record should be
    annotate TARGET --note ...   also event:7, issue:LABEL, actor:CODE, report:ID, decision:5
    merge FIRST OTHER...         event:7 event:9; issue:LABEL ...; actor:CODE ...; the first is kept
    split event:7 act:12...      these acts become an event of their own
    rename TARGET NEW            issue:LABEL or actor:CODE
    undo [NUMBER]                your latest decision, or the one of this number

    Every decision is kept under NAME with its time, holds when a newer coder recodes the reports, and can be undone.
    """
    from standoff.dossier.dossier import Dossier
    from standoff.dossier.hand.hand import Hand
    from standoff.dossier.hand.wording import in_words
    from standoff.errors import UsageError

    if changes and verb != "correct":
        raise UsageError("--set goes with the verb correct alone.")
    with Dossier.open(dossier, write=True) as opened:
        hand = Hand(opened, by)
        for decision in _decide(opened, hand, verb, targets, changes, note):
            sys.stdout.write(f"Decision {decision.key}: {hand.author} {in_words(decision)}.\n")


def _decide(
    dossier: Dossier, hand: Hand, verb: str, targets: tuple[str, ...], changes: tuple[str, ...], note: str
) -> list[Decision]:
    from standoff.errors import UsageError

    if verb == "undo":
        if len(targets) > 1:
            raise UsageError("Undo one decision at a time: give its number, or none for your latest.")
        return [hand.undo(_number(targets[0], "decision") if targets else None, note=note)]
    if not targets:
        raise UsageError(f"Say what to {verb}: see `standoff decide --help`.")
    if verb in ("merge", "split", "rename"):
        return [_arrange(hand, verb, targets, note)]
    if verb == "annotate":
        return [_annotate(dossier, hand, target, note) for target in targets]
    found = []
    for target in targets:
        kind, number = _record(target)
        if verb == "correct":
            given = _changes(dossier, kind, number, changes)
            found.append(hand.correct(kind, number, given, note=note))
        else:
            found.append((hand.accept if verb == "accept" else hand.reject)(kind, number, note=note))
    return found


def _arrange(hand: Hand, verb: str, targets: tuple[str, ...], note: str) -> Decision:
    """Merge, split or rename, by the kind of the first target."""
    from standoff.errors import UsageError

    kind, first = _parted(targets[0], "event")
    others = targets[1:]
    if verb == "split":
        return hand.split_event(
            _number(targets[0], "event"), [_number(other, "act") for other in others], note=note
        )
    if verb == "rename":
        ways: dict[str, Callable[..., Decision]] = {"issue": hand.rename_issue, "actor": hand.rename_actor}
        if kind not in ways or len(others) != 1:
            raise UsageError("Rename issue:LABEL or actor:CODE, and give the one new name.")
        return ways[kind](_name(kind, first), others[0], note=note)
    rest = [_name(kind, _parted(other, kind)[1]) for other in others]
    if any(_parted(other, kind)[0] != kind for other in others):
        raise UsageError("Merge things of one kind: events, issues or actors.")
    merges: dict[str, Callable[..., Decision]] = {"issue": hand.merge_issues, "actor": hand.merge_actors}
    if kind in merges:
        return merges[kind](_name(kind, first), rest, note=note)
    return hand.merge_events([_number(target, "event") for target in targets], note=note)


def _annotate(dossier: Dossier, hand: Hand, target: str, note: str) -> Decision:
    from standoff.dossier.hand.log import issue_number, report_number

    kind, name = _parted(target, "act")
    if kind == "actor":
        return hand.annotate("actor", name, note)
    if kind == "issue":
        return hand.annotate("issue", issue_number(dossier, _name(kind, name)), note)
    if kind == "report":
        return hand.annotate("report", report_number(dossier, name), note)
    return hand.annotate(kind, _number(target, kind), note)  # type: ignore[arg-type]


def _parted(target: str, usual: str) -> tuple[str, str]:
    """Kind and name of a target; a bare one is of the usual kind."""
    from standoff.errors import UsageError

    kind, colon, name = target.partition(":")
    if not colon:
        return usual, target
    kinds = ("act", "statement", "event", "issue", "actor", "report", "decision")
    if kind not in kinds or not name:
        raise UsageError(
            f"{target!r} names nothing: write one of {', '.join(f'{kind}:...' for kind in kinds)}."
        )
    return kind, name


def _number(target: str, kind: str) -> int:
    from standoff.errors import UsageError

    told, name = _parted(target, kind)
    if told != kind or not name.isascii() or not name.isdigit() or len(name) > 15:
        raise UsageError(f"{target!r} is no {kind}: write {kind}:12, with its number.")
    return int(name)


def _name(kind: str, name: str) -> str | int:
    """An issue may be named by its number (#5) or its label."""
    return int(name[1:]) if kind == "issue" and re.fullmatch(r"#\d{1,15}", name) else name


def _record(target: str) -> tuple[RecordKind, int]:
    from standoff.errors import UsageError

    kind, _ = _parted(target, "act")
    if kind not in ("act", "statement"):
        raise UsageError(f"{target!r} is no single record: write act:12 or statement:3.")
    return ("act" if kind == "act" else "statement"), _number(target, kind)


def _changes(dossier: Dossier, kind: RecordKind, record: int, given: tuple[str, ...]) -> dict[str, Any]:
    """What --set says, as the values that a correction takes."""
    from standoff.errors import UsageError

    found: dict[str, Any] = {}
    for one in given:
        field, equals, value = one.partition("=")
        if not equals:
            raise UsageError(f"{one!r} sets nothing: write FIELD=VALUE, as in type=REJECT.")
        found[field.strip()] = _value(dossier, kind, record, field.strip(), value.strip())
    if not found:
        raise UsageError("Say what to correct: --set type=REJECT, for example.")
    return found


def _value(dossier: Dossier, kind: RecordKind, record: int, field: str, value: str) -> Any:
    if field in _CODES and not (kind == "statement" and field == "source"):
        return [code.strip() for code in value.split(",") if code.strip()]
    if kind == "statement" and field == "content":
        pieces = value.split("|") if "|" in value else value.split(",") if _SPAN.search(value) else [value]
        return [_span(dossier, kind, record, piece.strip()) for piece in pieces if piece.strip()]
    if field in ("trigger", "evidence", "content", "condition", "cue", "source"):
        return _span(dossier, kind, record, value) if value else None
    return value or None


def _span(dossier: Dossier, kind: RecordKind, record: int, value: str) -> list[int]:
    """A span by its numbers, or by its words: where they stand nearest to the record."""
    from standoff.dossier.hand.log import words_near

    numbers = _SPAN.fullmatch(value)
    return [int(numbers[1]), int(numbers[2])] if numbers else list(words_near(dossier, kind, record, value))
