"""A dossier of 100,000 reports, made in the time that a test has: a thousand short reports of an invented crisis are
added as reports always are, and are then printed again and again, at later days, as the benchmarks do it.
"""

import importlib.util
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from serving import dossier_of

from standoff.reading import make_report
from standoff.records import Act, Coding, Span, Statement
from strait import at

MULTIPLY = Path(__file__).resolve().parents[2] / "benchmarks" / "dossier_size" / "multiply.py"
ADDED, PRINTINGS = 1_000, 100
REPORTS = ADDED * PRINTINGS
COUNTRIES = {"NRL": "Norland", "SDM": "Sudmark", "OST": "Ostland", "WSR": "Wesria", "MTL": "Mittelau"}
ISSUES = (
    "the strait of Karv",
    "the tolls",
    "the pipeline",
    "the islands",
    "the prisoners",
    "the fishing grounds",
)
OUTLETS = ("The Northern Ledger", "Shore Radio", "Halden Post", "The Evening Tide")
DEEDS = (
    ("REQUEST", "demanded", "on Tuesday {a} demanded that {b} give way on {x}"),
    ("REJECT", "refused", "once more {a} refused what {b} had asked about {x}"),
    ("THREATEN", "warned", "then {a} warned that it would seize ships of {b} over {x}"),
    ("MOBILIZE", "moved", "at night {a} moved two frigates towards {b} because of {x}"),
    ("CONSULT", "met", "envoys of {a} met those of {b} to speak about {x}"),
    ("SANCTION", "barred", "a decree of {a} barred the banks of {b} over {x}"),
)
"""A type, its trigger, and the sentence that tells it."""
FIRST_DAY = date(2031, 1, 6)


def coding(number):
    """A short report with two acts and a statement, the same for the same number."""
    chance = random.Random(number)
    day = (FIRST_DAY + timedelta(days=number % 120)).isoformat()
    told = [
        (*chance.choice(DEEDS), *chance.sample(sorted(COUNTRIES), 2), chance.choice(ISSUES)) for _ in "12"
    ]
    first, second = (sentence.format(a=COUNTRIES[a], b=COUNTRIES[b], x=x) for _, _, sentence, a, b, x in told)
    text = f"Letter {number}: {first}.\n\n“We saw it,” a fisherman said. He heard that {second}.\n"
    acts = []
    for nth, (type, trigger, _, a, b, issue) in enumerate(told):
        evidence = at(text, (first, second)[nth], int(nth and first == second))
        within = at(text[evidence.start : evidence.end], trigger)
        here = Span(evidence.start + within.start, evidence.start + within.end)
        act = Act(type, (a,), (b,), "actual", here, evidence, date=day, issue=issue)
        acts.append(replace(act, confidence=round(0.3 + 0.6 * chance.random(), 3)))
    said = Statement(at(text, "a fisherman"), (), at(text, "said"), (at(text, "“We saw it,”"),), "direct")
    report = make_report(
        text, id=f"letter-{number}", title=first, published=day, outlet=chance.choice(OUTLETS)
    )
    return Coding(report, (), (said,), tuple(acts), ())


def many_reports(folder):
    """Write the dossier into a folder and return its path."""
    spec = importlib.util.spec_from_file_location("dossier_multiply", MULTIPLY)
    printing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(printing)
    small = dossier_of(folder / "small.standoff", *map(coding, range(ADDED)))
    printing.multiply(small, folder / "large.standoff", PRINTINGS)
    return folder / "large.standoff"
