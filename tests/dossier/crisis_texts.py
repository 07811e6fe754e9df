"""A small crisis told by several papers, for the tests of the analyst's hand: events with many tellings, shared issues."""

from __future__ import annotations

from dossier_texts import act, report, span_of, strait_coding

from standoff.records import Coding, Statement

SEIZED = "Patrol boats of Arden seized a Velmark tanker in the strait on Monday, and 3 sailors were killed"


def _courier(number: int, outlet: str, dead: int) -> Coding:
    text = (
        f"{outlet}, day {number}\n\nPatrol boats of Arden seized a Velmark tanker in the strait on Monday, and "
        f"{dead} sailors were killed.\n\nVelmark demanded that Arden free the tanker. Arden refused to free the "
        f'tanker unless Velmark paid. "We will close the strait," minister {outlet} of Arden said.'
    )
    seized = text.split("\n\n")[1].rstrip(".")
    return Coding(
        report(f"{outlet.lower()}-{number}", text, published=f"2031-03-0{number}", outlet=outlet),
        statements=(
            Statement(
                source=span_of(text, f"minister {outlet} of Arden"),
                actor=("ARD",),
                cue=span_of(text, "said"),
                content=(span_of(text, '"We will close the strait,"'),),
                form="direct",
                confidence=0.5 + number / 20,
                rule="quotation",
                guess=True,
            ),
        ),
        acts=(
            act(
                text, "COERCE", "ARD>VEL", seized, trigger="seized", date="2031-03-03", place="the strait",
                issue="the tanker", confidence=0.9,
            ),
            act(
                text, "REQUEST", "VEL>ARD", "Velmark demanded that Arden free the tanker", trigger="demanded",
                content="Arden free the tanker", issue="Tanker", confidence=0.6 + number / 50,
            ),
            act(
                text, "REJECT", "ARD>VEL", "Arden refused to free the tanker unless Velmark paid",
                trigger="refused", content="to free the tanker", condition="unless Velmark paid",
                issue="ransom for the tanker", confidence=0.4 + number / 50,
            ),
            act(
                text, "THREATEN", "ARD>VEL", "We will close the strait", trigger="close", content="close the strait",
                issue="the strait", confidence=0.8,
            ),
        ),
    )  # fmt: skip


def crisis() -> list[Coding]:
    """Five reports: the same seizure told with different numbers, a demand, a refusal, a threat."""
    return [
        strait_coding(),
        _courier(4, "Gazette", 3),
        _courier(5, "Herald", 5),
        _courier(6, "Tribune", 3),
        _courier(7, "Mercury", 4),
    ]
