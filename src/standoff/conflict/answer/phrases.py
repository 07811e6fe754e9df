"""Parties, options, outcomes and wishes of one conflict in plain words.

Option names that begin with a small letter are read as infinitives without "to" ("impose sanctions"), as
drafted files write them, and make whole sentences; other names ("Air strike") are put in quotation marks.
"""

from __future__ import annotations

import re

from standoff.conflict.formula import And, Formula, If, Iff, Not, Or, Taken
from standoff.conflict.formula_text import write_formula
from standoff.conflict.model import Conflict
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Priority
from standoff.conflict.wording import joined

CONCEPT_WORDS: dict[str, tuple[str, str]] = {
    "nash": ("Nash", "each looks only at its own next move"),
    "gmr": ("GMR", "each fears any answer, even one that would hurt whoever gives it"),
    "smr": ("SMR", "as GMR, and each also counts on one move of its own after the answer"),
    "seq": ("SEQ", "each expects only answers that the others would want to give"),
    "sseq": ("SSEQ", "as SEQ, and each also counts on one move of its own after the answer"),
    "cr": ("CR", "parties may move together where all of them gain"),
    "cgmr": ("CGMR", "parties may move together, and fear any answer"),
    "csmr": ("CSMR", "as CGMR, and they also count on one more move"),
    "cseq": ("CSEQ", "parties may move together, and expect answers that others want to give"),
}
"""What each kind of foresight is called, and what it means for those who have it."""


def is_plural(name: str) -> bool:
    """Whether a party's name takes a verb in the plural: several joined by "and", or people ("Ukraine's rebels")."""
    last = name.split()[-1] if name.split() else ""
    people = last[:1].islower() and last.endswith("s") and not last.endswith("ss")
    return " and " in name or people


class Phrases:
    """Speaks of one conflict."""

    def __init__(self, conflict: Conflict) -> None:
        """Collect the names."""
        self.conflict = conflict
        self._names = OptionNames(conflict.options, conflict.decision_makers)

    def party(self, i: int) -> str:
        """A party's name."""
        return self.conflict.decision_makers[i]

    def verb(self, i: int, verb: str) -> str:
        """A verb, given in the singular, as it stands after a party's name."""
        if not is_plural(self.party(i)):
            return verb
        return {"has": "have", "was": "were", "is": "are"}.get(verb, verb.removesuffix("s"))

    def does(self, i: int, verb: str) -> str:
        """A party with its verb, given in the singular: "Russia wants", "the rebels want"."""
        return f"{self.party(i)} {self.verb(i, verb)}"

    def it(self, i: int, verb: str) -> str:
        """The same with a pronoun: "it wants", "they want"."""
        return f"they {verb.removesuffix('s')}" if is_plural(self.party(i)) else f"it {verb}"

    def its(self, i: int) -> str:
        """What belongs to a party: "its", "their"."""
        return "their" if is_plural(self.party(i)) else "its"

    def owner(self, option: int) -> str:
        """Who can take an option."""
        owners = [self.party(i) for i in self.conflict.options[option].owners]
        return " or ".join(owners) or "nobody"

    def deed(self, option: int) -> str:
        """What taking an option is, as an infinitive without "to"."""
        name = self.conflict.options[option].name.strip()
        return name if re.match(r"[a-z]", name) else f"choose “{name}”"

    # Outcomes -------------------------------------------------------------------------------------

    def outcome(self, state: int) -> str:
        """What a state is: who would do what. "Russia would invade; the West would impose sanctions"."""
        parts = []
        for owners in dict.fromkeys(option.owners for option in self.conflict.options):
            taken = [
                self.deed(k)
                for k, option in enumerate(self.conflict.options)
                if option.owners == owners and state >> k & 1
            ]
            if taken:
                who = " or ".join(self.party(i) for i in owners)
                parts.append(f"{who} would {joined(taken)}")
        return "; ".join(parts) or "nobody would do any of what is in question"

    def today(self, state: int) -> tuple[list[tuple[str, list[str]]], list[tuple[str, list[str]]]]:
        """Where things stand: what each party has done, and what each could still do."""
        done: dict[str, list[str]] = {}
        left: dict[str, list[str]] = {}
        for k in range(self.conflict.option_count):
            (done if state >> k & 1 else left).setdefault(self.owner(k), []).append(self.deed(k))
        return list(done.items()), list(left.items())

    def switch(self, source: int, target: int) -> str:
        """What somebody does who moves from one state to another, as an infinitive."""
        changed = [k for k in range(self.conflict.option_count) if (source ^ target) >> k & 1]
        on = [self.deed(k) for k in changed if target >> k & 1]
        off = [self.undone(k) for k in changed if not target >> k & 1]
        return joined([*on, *off])

    def switches(self, source: int, target: int) -> str:
        """What several do who move together, by party: "Russia would withdraw and the West would lift its sanctions"."""
        parts = []
        for owners in dict.fromkeys(option.owners for option in self.conflict.options):
            own = sum(1 << k for k, option in enumerate(self.conflict.options) if option.owners == owners)
            if (source ^ target) & own:
                step = self.switch(source, source ^ ((source ^ target) & own))
                parts.append(f"{' or '.join(self.party(i) for i in owners)} would {step}")
        return "; ".join(parts)

    def undone(self, option: int) -> str:
        """What no longer taking an option is, as an infinitive."""
        return f"no longer {self.deed(option)}"

    # Wishes ---------------------------------------------------------------------------------------

    def wish(self, party: int, formula: Formula) -> str:
        """What a party wants, to stand after "wants": "to answer", "Russia not to invade"."""
        match formula:
            case Taken(option):
                return f"{self._subject(party, option)}to {self.deed(option)}"
            case Not(Taken(option)):
                return f"{self._subject(party, option)}not to {self.deed(option)}"
            case If(then, condition) if self._clause(condition):
                return f"{self.wish(party, then)} {self._clause(condition)}"
            case Iff(left, right) if self._clause(right):
                return f"{self.wish(party, left)} {self._clause(right)}, and only then"
            case And(parts) if parts:
                return joined(self.wish(party, part) for part in parts)
            case Or(parts) if parts:
                return " or ".join(self.wish(party, part) for part in parts)
        return f"“{write_formula(formula, self._names)}” to hold"

    def statement(self, party: int, priority: Priority) -> str:
        """A statement of a party, to stand after "wants"."""
        return self.wish(party, priority.formula)

    def _subject(self, party: int, option: int) -> str:
        return "" if self.conflict.options[option].owners == (party,) else f"{self.owner(option)} "

    def _clause(self, formula: Formula) -> str:
        """A condition as a clause: "should Russia invade"; empty where it is no such simple condition."""
        match formula:
            case Taken(option):
                return f"should {self.owner(option)} {self.deed(option)}"
            case Not(Taken(option)):
                return f"should {self.owner(option)} not {self.deed(option)}"
            case And(parts) | Or(parts) if parts:
                clauses = [self._clause(part) for part in parts]
                sign = " and " if isinstance(formula, And) else " or "
                return sign.join(clauses) if all(clauses) else ""
        return ""
