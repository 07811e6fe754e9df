"""The results of a bargaining case as a text for a terminal, and as a JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from standoff.conflict.bargaining.case import Case
from standoff.conflict.bargaining.solution import Bargain, Settlement, WarFound, ZoneFound
from standoff.conflict.bargaining.war import Range
from standoff.conflict.wording import counted, joined


def to_text(found: Bargain) -> str:
    """Write the results in sections."""
    sections = [[found.case.name]]
    if found.zone is not None:
        sections.append(_zone(found.case, found.zone))
    if found.war is not None:
        sections.append(_war(found.war))
    return "\n\n".join("\n".join(lines) for lines in sections) + "\n"


def _zone(case: Case, zone: ZoneFound) -> list[str]:
    limits = joined(f"{party.name} {_number(party.reservation)}" for party in case.parties)
    lines = [f"What no agreement is worth: {limits}."]
    if zone.empty:
        assert zone.nearest is not None
        need = [
            f"{party.name} by {_number(lack)} (to {_number(float(party.reservation) - lack)})"
            for party, lack in zip(case.parties, zone.concessions, strict=True)
            if lack
        ]
        return [
            *lines,
            "No settlement is worth as much to all: the zone of agreement is empty.",
            f"It opens where these lower what they hold out for, and by no smaller total: {joined(need)}.",
            f"Then all can accept {_settlement(case, zone.nearest)}.",
        ]
    if zone.agreements is None:
        lines.append("There are settlements that all prefer to no agreement, or find as good.")
    else:
        lines.append(
            f"{counted(zone.agreements, 'settlement')} {'is' if zone.agreements == 1 else 'are'} acceptable to "
            f"all, {zone.undominated} of them such that nobody can gain without a loss to another."
        )
    powers = {party.power for party in case.parties}
    weighed = (
        f", bargaining power {' : '.join(str(p.power) for p in case.parties)}" if len(powers) > 1 else ""
    )
    for title, settlements in (
        (f"Nash solution (greatest product of gains{weighed})", zone.nash),
        ("Kalai-Smorodinsky solution (equal shares of the best gains)", zone.kalai_smorodinsky),
    ):
        lines += [f"{title}: {_settlement(case, settlement)}." for settlement in settlements[:5]]
        if len(settlements) > 5:
            lines.append(f"... and {len(settlements) - 5} more that are as good.")
    return lines


def _settlement(case: Case, settlement: Settlement) -> str:
    terms = []
    for issue, shares in zip(case.issues, settlement.terms, strict=True):
        said = joined(name if share > 1 - 1e-6 else f"{share:.1%} {name}" for name, share in shares)
        terms.append(f"{issue.name}: {said}")
    worth = joined(
        f"{party.name} {_number(value)}" for party, value in zip(case.parties, settlement.worth, strict=True)
    )
    return f"{'; '.join(terms)} (worth: {worth})"


def _war(found: WarFound) -> list[str]:
    war, a, b = found.war, found.war.a, found.war.b
    lines = [
        f"War between {a} and {b} over a prize of 1: {a} wins with odds of {_range(war.odds)}, at a cost of "
        f"{_range(war.cost_a)} to {a} and {_range(war.cost_b)} to {b} (Fearon 1995)."
    ]
    if found.range.sure == found.range.possible:
        lines.append(f"Both prefer to war that {a} gets {_range(found.range.sure)} of the prize.")
    elif found.range.sure.empty:
        lines.append(
            f"No share is safe from war whatever turns out true; in some case both prefer to it that {a} gets "
            f"{_range(found.range.possible)}."
        )
    else:
        lines.append(
            f"Whatever turns out true, both prefer to war that {a} gets {_range(found.range.sure)} of the prize; "
            f"in some case, {_range(found.range.possible)}."
        )
    if found.offer is not None:
        lines.append(
            f"Private information: only {b} knows its cost. If every cost in that range is equally likely, the best "
            f"demand of {a} is {_number(found.offer.share)}, and it risks war with odds of {_number(found.offer.risk)}."
        )
    if found.hopes is not None:
        views = joined(
            f"{side} sees {_number(odds)}" for side, odds in zip((a, b), war.believed or (), strict=True)
        )
        if found.hopes.range.empty:
            lines.append(
                f"Of the odds that {a} wins {views}: no share is left that both prefer to war, until their views come "
                f"together, or the costs grow, by more than {_number(found.hopes.too_hopeful)} in all."
            )
        else:
            lines.append(
                f"Of the odds that {a} wins {views}: both accept {_range(found.hopes.range)} for {a}."
            )
    if found.shift is not None:
        when = "in any case" if found.shift.sure else "in some case" if found.shift.possible else "in no case"
        lines.append(
            f"Commitment: {a} cannot bind itself, so that {b} fights now, before {a}'s odds rise to "
            f"{_range(war.later)}, {when}; it would wait for odds of at most {_range(found.shift.bearable)}."
        )
    if found.lumps is not None:
        had = joined(_number(share) for share in found.lumps.acceptable)
        if had:
            lines.append(f"Of the shares that can be had, both prefer to war: {had}.")
        else:
            payment = found.lumps.payment
            payer, payee = (b, a) if payment > 0 else (a, b)
            lines.append(
                f"None of the shares that can be had lies in the range; {_number(found.lumps.nearest)} would do with "
                f"{_number(abs(payment))} from {payer} to {payee} beside it."
            )
    return lines


def _range(range: Range | None) -> str:
    if range is None:
        return ""
    return _number(range.low) if range.low == range.high else f"{_number(range.low)} to {_number(range.high)}"


def _number(value: Fraction | float) -> str:
    text = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def to_json(found: Bargain) -> dict[str, Any]:
    """Lay out the results; parts that the case does not speak of are left out. Numbers are rounded to nine
    digits."""
    case = found.case
    document: dict[str, Any] = {"name": case.name}
    if found.zone is not None:
        zone = found.zone
        document["zone"] = {
            "empty": zone.empty,
            "agreements": zone.agreements,
            "undominated": zone.undominated,
            "nash": [_settlement_json(case, s) for s in zone.nash],
            "kalai_smorodinsky": [_settlement_json(case, s) for s in zone.kalai_smorodinsky],
            "nearest": None if zone.nearest is None else _settlement_json(case, zone.nearest),
            "concessions": _by_party(case, zone.concessions),
        }
    if found.war is not None:
        war = found.war
        document["war"] = {
            "a": war.war.a,
            "b": war.war.b,
            "sure": None if war.range.sure.empty else _pair(war.range.sure),
            "possible": None if war.range.possible.empty else _pair(war.range.possible),
        }
        if war.offer is not None:
            document["war"]["offer"] = {
                "share": _plain(war.offer.share),
                "risk": _plain(war.offer.risk),
                "worth": _plain(war.offer.worth),
            }
        if war.hopes is not None:
            document["war"]["believed"] = {
                "range": None if war.hopes.range.empty else _pair(war.hopes.range),
                "too_hopeful": _plain(war.hopes.too_hopeful),
            }
        if war.shift is not None:
            document["war"]["power_shift"] = {
                "fights_surely": war.shift.sure,
                "fights_possibly": war.shift.possible,
                "bearable": _pair(war.shift.bearable),
            }
        if war.lumps is not None:
            document["war"]["shares"] = {
                "acceptable": [_plain(share) for share in war.lumps.acceptable],
                "nearest": _plain(war.lumps.nearest),
                "payment": _plain(war.lumps.payment),
            }
    document["text"] = to_text(found)
    return document


def _settlement_json(case: Case, settlement: Settlement) -> dict[str, Any]:
    return {
        "terms": {
            issue.name: {name: _plain(share) for name, share in shares}
            for issue, shares in zip(case.issues, settlement.terms, strict=True)
        },
        "worth": _by_party(case, settlement.worth),
    }


def _by_party(case: Case, values: Sequence[float]) -> dict[str, float]:
    return {party.name: _plain(value) for party, value in zip(case.parties, values, strict=True)}


def _pair(range: Range) -> list[float]:
    return [_plain(range.low), _plain(range.high)]


def _plain(value: Fraction | float) -> float:
    return round(float(value), 9)
