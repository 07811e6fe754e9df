"""Merging and renaming: which events are one and which acts tell another, what issues and actors are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from standoff.brief.lines import line_of
from standoff.brief.names import actor_name
from standoff.brief.safety import plain
from standoff.brief.wording import shortened
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.decision import Decision, Kind
from standoff.dossier.hand.hand import Hand
from standoff.dossier.hand.issue_names import find_issue, names_of
from standoff.dossier.hand.wording import in_words
from standoff.errors import UsageError
from standoff.web.actions import Deed, Done, action
from standoff.web.address import Address, filters_of, given
from standoff.web.filtering import bar_of
from standoff.web.likeness import counted_under, like_actors, like_events, like_issues, near
from standoff.web.lines import act_line, material_of, short_line
from standoff.web.naming import code_of
from standoff.web.records import event_record
from standoff.web.view import Ask, NotFound, Record, Shown, View, routes

OFFERED = 25
"""How many things are offered as perhaps the same."""
TELLINGS = 200
"""How many acts of an event can be chosen from."""
MANY = 2_000
"""From how many records on people are told beforehand that renaming takes a while."""
LATEST = 12
_FIELDS = ("actor", "dyad", "issue", "since", "until", "outlet", "search")


def join(ask: Ask) -> Shown:
    """Show one event (?event=3), issue (?issue=gas transit) or actor (?actor=RUS) to be put right, or where to begin."""
    if ask.address.get("event"):
        return _event(ask, _number(ask.address.get("event")))
    if ask.address.get("issue"):
        return _issue(ask, ask.address.get("issue"))
    if ask.address.get("actor"):
        return _actor(ask, code_of(ask.address.get("actor")).upper())
    made = [
        one for verb in ("merge", "split", "rename") for one in log.decisions_of(ask.dossier, verb=verb, limit=LATEST)
    ]  # fmt: skip
    latest = sorted(made, key=lambda one: -one.key)[:LATEST]
    return Shown(
        "Merge and rename",
        "join.html",
        {"history": [(one, shortened(plain(in_words(one)), 200)) for one in latest]},
        lambda: [_decision_record(one) for one in latest],
    )


def _event(ask: Ask, key: int) -> Shown:
    event = ask.dossier.event_by_key(key)
    if event is None:
        raise NotFound(f"There is no event {key} in this dossier; it may have become part of another one.")
    set_here = [pair for pair in given(ask.address) if pair[0] in _FIELDS]
    wanted = filters_of(ask.address) if set_here else near(event)
    others = like_events(ask.dossier, event, wanted, OFFERED)
    acts = ask.dossier.acts_by_key(event.acts[:TELLINGS])
    material = material_of(ask.dossier, events=others, acts=acts.values())
    return Shown(
        f"Merge or split event {key}",
        "join_event.html",
        {
            "event": event,
            "line": line_of(material, event),
            "tellings": [
                (act_line(material, acts[act]), acts[act], material.report_by_key[acts[act].report].report)
                for act in event.acts[:TELLINGS]
                if act in acts
            ],
            "others": [(other, short_line(material, other)) for other in others],
            "bar": bar_of(ask.address, *_FIELDS, keep=("event",)),
            "usual": not set_here,
            "history": _history(ask.dossier, "event", key),
        },
        lambda: [event_record(material, other) for other in others],
    )


def _issue(ask: Ask, named: str) -> Shown:
    numbered = re.fullmatch(r"#(\d{1,15})", named, re.ASCII)
    with ask.dossier.use() as connection:
        try:
            key, label = find_issue(connection, int(numbered[1]) if numbered else named)
        except UsageError as problem:
            raise NotFound(str(problem)) from None
        names = names_of(connection, key)
    own = counted_under(label, ask.dossier.facets("issue", 400, label))
    others = like_issues(label, ask.dossier.facets("issue", 2_000), OFFERED)
    return _name_page(
        ask, "issue", label, f"issue “{label}”", [(one.value, one.value, one.events) for one in others],
        own.acts, names, _history(ask.dossier, "issue", key),
    )  # fmt: skip


def _actor(ask: Ask, code: str) -> Shown:
    own = counted_under(code, ask.dossier.facets("actor", 400, code))
    history = _history(ask.dossier, "actor", code)
    if not own.events and not own.statements and not history:
        raise NotFound(f"No record here names {actor_name(code)[:60]}.")
    party = code.partition("-")[0]
    others = like_actors(code, ask.dossier.facets("actor", 400, party), OFFERED)
    return _name_page(
        ask, "actor", code, f"actor {code}", [(one.value, actor_name(one.value), one.events) for one in others],
        own.acts + own.statements, [], history,
    )  # fmt: skip


def _name_page(
    ask: Ask,
    kind: Kind,
    name: str,
    words: str,
    others: Sequence[tuple[str, str, int]],
    records: int,
    names: Sequence[str],
    history: Sequence[tuple[Decision, str]],
) -> Shown:
    return Shown(
        f"Merge or rename {words}",
        "join_name.html",
        {
            "kind": kind,
            "name": name,
            "others": others,
            "records": records,
            "slow": records > MANY,
            "names": names,
            "history": history,
        },
        lambda: [{kind: value, "name": label, "events": events, "evidence": []} for value, label, events in others],
    )  # fmt: skip


def _history(dossier: Dossier, kind: Kind, target: int | str) -> list[tuple[Decision, str]]:
    """What was decided about a thing, the latest first, in words."""
    found = log.decisions_of(dossier, kind=kind, target=target, limit=LATEST)
    return [(one, shortened(plain(in_words(one)), 200)) for one in found if one.verb != "annotate"]


def _decision_record(decision: Decision) -> Record:
    return {
        "decision": decision.key,
        "made": decision.made,
        "author": decision.author,
        "words": in_words(decision),
        "undone": decision.undone,
        "evidence": [],
    }


def _number(told: str) -> int:
    number = told.strip().removeprefix("event:")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise UsageError(f"{told[:40]!r} is no number of an event.")
    return int(number)


def merge(deed: Deed) -> Done:
    """Say that others are the same as an event, issue or actor, which keeps its number and name."""
    kind, name, note = deed.text("kind"), deed.text("name"), deed.text("note")
    others = [value for value in deed.form.getlist("other") if isinstance(value, str)]
    typed = [
        value.strip() for value in re.split(r"[,\s]+" if kind != "issue" else r"\n|;", deed.text("typed"))
    ]
    others += [value for value in typed if value]
    with deed.desk.writing() as dossier:
        hand = Hand(dossier, deed.person.name)
        if kind == "event":
            made = hand.merge_events([_number(name), *map(_number, others)], note=note)
        elif kind == "issue":
            made = hand.merge_issues(name, others, note=note)
        elif kind == "actor":
            made = hand.merge_actors(name, [code_of(other) for other in others], note=note)
        else:
            raise UsageError(f"{kind[:40]!r} cannot be merged: event, issue or actor.")
    return _done(kind, name, made)


def rename(deed: Deed) -> Done:
    """Call an issue or an actor by another name, everywhere and in reports to come."""
    kind, name, to, note = deed.text("kind"), deed.text("name"), deed.text("to"), deed.text("note")
    with deed.desk.writing() as dossier:
        hand = Hand(dossier, deed.person.name)
        if kind == "issue":
            made = hand.rename_issue(name, to, note=note)
            return _done(kind, str(made.detail["to"]), made)
        if kind == "actor":
            made = hand.rename_actor(name, to, note=note)
            return _done(kind, str(made.code), made)
    raise UsageError(f"{kind[:40]!r} cannot be renamed: issue or actor.")


def split(deed: Deed) -> Done:
    """Say that some acts of an event tell another one."""
    acts = [value for value in deed.form.getlist("act") if isinstance(value, str)]
    with deed.desk.writing() as dossier:
        hand = Hand(dossier, deed.person.name)
        made = hand.split_event(
            _number(deed.text("name")), [_number(act) for act in acts], note=deed.text("note")
        )
    return _done("event", deed.text("name"), made)


def _done(kind: str, name: str, made: Decision) -> Done:
    return Done(
        str(Address("/join", ((kind, name),))), {"decision": made.key, "said": f"You {in_words(made)}."}
    )


ROUTES = [
    *routes(View("/join", join)),
    action("/join/merge", merge),
    action("/join/rename", rename),
    action("/join/split", split),
]
