"""A small crisis, written for these tests: two invented countries, a strait, and everything that a brief shows."""

from __future__ import annotations

import datetime
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from standoff.brief import render
from standoff.dossier.dossier import Dossier
from standoff.reading import make_report
from standoff.records import Act, Coding, Region, Report, Span, Statement, Time

DAY = datetime.date(2031, 3, 5)

HARBOUR = """Norland refuses to reopen the strait

HALDEN, March 4 — Sudmark on Tuesday demanded that Norland reopen the strait of Karv to its tankers. Norland refused \
the request, and its foreign minister warned that Sudmark would “pay dearly” if a single warship crossed the line.

Share via

Norland has moved two frigates to the strait, according to Sudmark. Many fear that Sudmark is preparing a blockade, \
which it denies. The weather was calm.
"""

SHORE = """Karv: frigates arrive 🚢🚢

“We saw them,” a fisherman said. Norland moved two frigates to the strait on Tuesday.\r\n\r\nאמר שר החוץ: “המצר ייפתח”.
"""


def at(text: str, words: str, nth: int = 0) -> Span:
    """Return the span of the n-th occurrence of some words, which must be there."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def harbour(**metadata: str) -> Coding:
    def here(words: str, nth: int = 0) -> Span:
        return at(HARBOUR, words, nth)

    report = make_report(
        HARBOUR,
        **{
            "id": "harbour",
            "title": "Norland refuses to reopen the strait",
            "published": "2031-03-04",
            "outlet": "The Northern Ledger",
            "url": "https://ledger.example/strait",
            **metadata,
        },
    )
    nrl, sdm = ("NRL",), ("SDM",)
    demand = here("that Norland reopen the strait of Karv to its tankers")
    acts = (
        Act("REQUEST", sdm, nrl, "actual", here("demanded"), here("Sudmark on Tuesday demanded"), demand,
            date="2031-03-04", issue="strait of Karv"),
        Act("REJECT", nrl, sdm, "actual", here("refused"), here("Norland refused the request"), here("the request"),
            issue="strait of Karv"),
        Act("THREATEN", nrl, sdm, "actual", here("warned"), here("its foreign minister warned that Sudmark would"),
            here("Sudmark would “pay dearly”"), here("if a single warship crossed the line"), issue="strait of Karv"),
        Act("MOBILIZE", nrl, sdm, "actual", here("moved"), here("Norland has moved two frigates to the strait"),
            attribution=sdm, place="the strait", issue="frigates"),
        Act("COERCE", sdm, nrl, "possible", here("blockade"), here("Sudmark is preparing a blockade"),
            issue="blockade"),
        Act("COERCE", sdm, nrl, "denied", here("denies"), here("which it denies"), attribution=sdm,
            issue="blockade of Karv"),
    )  # fmt: skip
    statements = (
        Statement(here("Sudmark"), sdm, here("demanded"), (demand,), "indirect"),
        Statement(here("its foreign minister"), nrl, here("warned"), (here("Sudmark would “pay dearly”"),), "mixed"),
        Statement(None, (), here("fear"), (here("Sudmark is preparing a blockade"),), "indirect"),
        Statement(here("it", 4), sdm, here("denies"), (here("Sudmark is preparing a blockade"),), "indirect",
                  guess=True),
    )  # fmt: skip
    return Coding(
        report,
        (Time(here("Tuesday"), "2031-03-04", "2031-03-04", "2031-03-04", "weekday"),),
        statements,
        acts,
        (here("The weather was calm."),),
        ("A remark of the coder.",),
    )


def shore() -> Coding:
    def here(words: str) -> Span:
        return at(SHORE, words)

    report = make_report(SHORE, id="shore", outlet="Shore Radio", published="2031-03-05")
    return Coding(
        report,
        (),
        (Statement(here("a fisherman"), (), here("said"), (here("“We saw them,”"),), "direct"),),
        (
            Act("MOBILIZE", ("NRL",), (), "actual", here("moved"), here("Norland moved two frigates to the strait"),
                date="2031-03-04", place="the strait", issue="frigates"),
        ),
        (),
    )  # fmt: skip


def dossier_page(folder: Path, *codings: Coding, title: str | None = None) -> str:
    """Return the page of a dossier that holds these codings."""
    with Dossier.create(folder / "crisis.standoff") as dossier:
        for coding in codings:
            assert dossier.add(coding)
        return render(dossier, title=title, today=DAY)


def bare_report(text: str, **fields: object) -> Report:
    """Return a report whose regions are one body, whatever the text is."""
    made = make_report("A text.", id="bare")
    regions = (Region(Span(0, len(text)), "body"),) if text.strip() else ()
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(made, text=text, sha256=digest, regions=regions, title=None, **fields)
