"""The model as tables: parties with their options and what they want, each line with how it is known and its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from standoff.brief.lines import Evidence
from standoff.brief.material import Material
from standoff.brief.settlement import Places
from standoff.conflict.answer.case import Case, Part, Switches
from standoff.conflict.answer.phrases import Phrases
from standoff.conflict.answer.switches import throw
from standoff.conflict.formula_text import write_formula
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Priorities, Ranking, Weights
from standoff.conflict.problems import ModelProblem
from standoff.dossier.dossier import Dossier
from standoff.web.address import Address, report_path
from standoff.web.conflict.switches import Switch, switch

MOST_REPORTS = 400
KIND_WORDS = {
    "redline": "red line",
    "stake": "at stake",
    "demand": "demand",
    "refusal": "refusal",
    "threat": "threat",
    "fear": "fear",
    "offer": "offer",
    "plan": "plan",
    "wish": "wish",
    "cost": "cost",
}


@dataclass(frozen=True, slots=True)
class Known:
    """How a line is known: `standing` is stated, inferred or assumed, "" where the file does not say."""

    standing: str
    confidence: str
    note: str
    evidence: tuple[Evidence, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option; `moves` is both, on or off."""

    id: str
    anchor: str
    name: str
    taken: bool
    moves: str
    known: Known
    switches: tuple[Switch, ...]


@dataclass(frozen=True, slots=True)
class WishLine:
    """A statement of a party; `level` counts from 0, `shared` says that others count alike with it."""

    id: str
    anchor: str
    words: str
    formula: str
    kind: str
    level: int
    shared: bool
    known: Known
    switches: tuple[Switch, ...]


@dataclass(frozen=True, slots=True)
class PartyTable:
    """A decision maker. `form` says how its preference is written where that is not in statements."""

    id: str
    anchor: str
    name: str
    members: str
    known: Known
    options: tuple[OptionLine, ...]
    wishes: tuple[WishLine, ...]
    form: str
    levels: int
    switches: tuple[Switch, ...]


@dataclass(frozen=True, slots=True)
class ModelTables:
    """The whole model. `shared` are options that either of several can switch; `rules` what never goes together."""

    parties: tuple[PartyTable, ...]
    shared: tuple[OptionLine, ...]
    rules: tuple[str, ...]
    has_today: bool
    strange: int


def material_for(dossier: Dossier, places: Iterable[str]) -> Material:
    """Return the reports that places of a conflict file are in, with what is coded in them."""
    names = dict.fromkeys(place.rpartition(":")[0] for place in places)
    stored = [
        found for name in list(names)[:MOST_REPORTS] if (found := dossier.report_by_id(name)) is not None
    ]
    records = [dossier.records_of(found.key) for found in stored]
    return Material(
        reports=tuple(stored),
        statements=tuple(statement for found in records for statement in found.statements),
        acts=tuple(act for found in records for act in found.acts),
        address_of=report_path,
    )


def places_of(case: Case) -> list[str]:
    """Return every place that a case names."""
    return [place for part in case.parts.values() for place in part.evidence]


def tables_of(case: Case, material: Material, address: Address) -> ModelTables:
    """Return the model as tables; `address` is that of the page, for its switches."""
    return _Tables(case, material, address).tables()


class _Tables:
    def __init__(self, case: Case, material: Material, address: Address) -> None:
        self.case, self.conflict, self.address = case, case.conflict, address
        self.places = Places(material)
        self.words = Phrases(case.conflict)
        self.anchors = {id: f"row-{n}" for n, id in enumerate(case.parts)}

    def tables(self) -> ModelTables:
        parties = tuple(self._party(i) for i in range(len(self.conflict.decision_makers)))
        shared = tuple(
            self._option(k) for k, option in enumerate(self.conflict.options) if len(option.owners) > 1
        )
        return ModelTables(
            parties,
            shared,
            tuple(rules_of(self.case)),
            self.conflict.status_quo is not None,
            len(self.places.strange),
        )

    def _known(self, part: Part) -> Known:
        sure = "" if part.confidence is None else f"{part.confidence:.2f}"
        return Known(part.standing, sure, part.note, self.places.of(part.evidence), part.evidence)

    def _switch(self, kind: str, id: str, words: str) -> Switch:
        return switch(self.address, kind, id, words)

    def _party(self, i: int) -> PartyTable:
        id = self.case.party_ids()[i]
        part = self.case.parts[id]
        preference = self.conflict.preferences[i]
        members = part.note if re.fullmatch(r"[A-Z0-9_]{2,12}( [A-Z0-9_]{2,12})+", part.note) else ""
        wishes = tuple(self._wishes(i))
        return PartyTable(
            id,
            self.anchors[id],
            self.conflict.decision_makers[i],
            members,
            self._known(part),
            tuple(self._option(k) for k, o in enumerate(self.conflict.options) if o.owners == (i,)),
            wishes,
            _form(preference),
            len(preference.levels) if isinstance(preference, Priorities) else 0,
            (self._switch("split", id, "as if its members acted apart"),) if self._can_split(id) else (),
        )

    def _can_split(self, id: str) -> bool:
        """Whether the members of a party own options of their own."""
        if id in self.address.all("split"):
            return True
        try:
            throw(replace(self.case, switches=Switches()), Switches(split=(id,)))
        except ModelProblem:
            return False
        return True

    def _option(self, k: int) -> OptionLine:
        option, id = self.conflict.options[k], self.case.option_id(k)
        part = self.case.parts[id]
        quo = self.conflict.status_quo
        taken = quo is not None and bool(quo >> k & 1)
        switches = [self._switch("drop", id, "as if nobody reckoned with a change of it")]
        if not taken:
            switches.append(self._switch("disbelieve", id, "as if nobody believed in it"))
        if option.moves != "on":
            switches.append(self._switch("irreversible", id, "as if it could not be taken back"))
        return OptionLine(
            id, self.anchors[id], option.name, taken, option.moves, self._known(part), tuple(switches)
        )

    def _wishes(self, i: int) -> Iterable[WishLine]:
        preference = self.conflict.preferences[i]
        names = OptionNames(self.conflict.options, self.conflict.decision_makers)
        if not isinstance(preference, Priorities):
            return
        for level, statements in enumerate(preference.levels):
            for statement in statements:
                if not statement.id:
                    continue
                part = self.case.parts[statement.id]
                threat = part.kind == "threat"
                switches = (
                    self._switch("disbelieve", statement.id, "as if the threat were not believed")
                    if threat
                    else self._switch("drop", statement.id, "as if it did not want this"),
                )
                yield WishLine(
                    statement.id,
                    self.anchors[statement.id],
                    self.words.statement(i, statement),
                    statement.text or write_formula(statement.formula, names),
                    KIND_WORDS.get(part.kind, ""),
                    level,
                    len(statements) > 1,
                    self._known(part),
                    switches,
                )


def _form(preference: object) -> str:
    if isinstance(preference, Priorities):
        return ""
    if isinstance(preference, Ranking):
        return "a ranking of the outcomes"
    return "weights" if isinstance(preference, Weights) else "some known comparisons"


def rules_of(case: Case) -> list[str]:
    """Return what cannot be, in words."""
    conflict, words = case.conflict, Phrases(case.conflict)
    found = [
        f"Never: {mask.signs(conflict.option_count)} (a mask over the options)."
        for mask in conflict.infeasible
    ]
    for constraint in conflict.constraints:
        from standoff.conflict.formula import options_in

        deeds = [f"{words.owner(k)} – {words.deed(k)}" for k in dict.fromkeys(options_in(constraint.formula))]
        match constraint.kind:
            case "exclusive":
                found.append(f"At most one of: {'; '.join(deeds)}.")
            case "at_least_one":
                found.append(f"At least one of: {'; '.join(deeds)}.")
            case "exactly_one":
                found.append(f"Exactly one of: {'; '.join(deeds)}.")
            case _:
                names = OptionNames(conflict.options, conflict.decision_makers)
                found.append(f"Always: {constraint.text or write_formula(constraint.formula, names)}.")
    if conflict.states:
        found.append(f"Only the {len(conflict.states)} outcomes that the file lists.")
    return found


def records_of(case: Case, material: Material) -> list[dict[str, Any]]:
    """Return the model for programs: every party, option and statement, with its evidence."""
    from standoff.conflict.answer.text import part_words

    places, conflict = Places(material), case.conflict
    numbers = {case.option_id(k): k for k in range(conflict.option_count)}
    texts = {s.id: s.text for i in range(len(conflict.decision_makers)) for s in case.statements(i)}
    found = []
    for id, part in case.parts.items():
        owner = conflict.decision_makers[part.owner] if part.owner is not None else ""
        option = numbers.get(id) if part.what == "option" else None
        quo = conflict.status_quo
        found.append(
            {
                "part": part.what,
                "id": id,
                "words": part_words(case, part),
                "party": owner,
                "kind": part.kind if part.what == "statement" else "",
                "statement": texts.get(id, "") if part.what == "statement" else "",
                "taken_today": None if option is None or quo is None else bool(quo >> option & 1),
                "moves": "" if option is None else conflict.options[option].moves,
                "standing": part.standing,
                "confidence": part.confidence,
                "note": part.note,
                "evidence": [evidence_record(place, places, case) for place in part.evidence],
            }
        )
    return found


def evidence_record(place: str, places: Places, case: Case) -> dict[str, Any]:
    """Return one place of the evidence for programs; `address` is "" where it is not in the dossier."""
    report, _, offsets = place.rpartition(":")
    start, _, end = offsets.partition("-")
    links = places.of([place])
    return {
        "report": report,
        "start": int(start) if start.isdecimal() else None,
        "end": int(end) if end.isdecimal() else None,
        "quote": case.quotes.get(place, ""),
        "address": links[0].href if links else "",
    }


# The comments at the top ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """A question to the analyst, or something that a draft left out; `rows` are the lines that it names."""

    text: str
    rows: tuple[tuple[str, str], ...]


def notes_of(text: str, heading: str, case: Case | None) -> list[Note]:
    """Return the items of a list in the program's comments at the top, such as "QUESTIONS FOR THE ANALYST"."""
    items: list[str] = []
    inside = False
    for line in text.splitlines():
        if not line.startswith("#>"):
            if line.strip() and not line.startswith("#"):
                break
            continue
        words = line[2:].strip()
        if re.match(r"[A-Z]{3}[A-Z ]{3,}", words):
            inside = words.startswith(heading)
        elif inside and re.match(r"(\d+\.|-)\s", words):
            items.append(words.partition(" ")[2].strip())
        elif inside and words and items:
            items[-1] += f" {words}"
        elif inside and not words:
            inside = False
    anchors = {} if case is None else {id: f"row-{n}" for n, id in enumerate(case.parts)}
    return [_note(item, anchors) for item in items]


def _note(text: str, anchors: dict[str, str]) -> Note:
    """Take the ids of lines out of the words: they become links."""
    named: dict[str, None] = {}
    for group in re.findall(r"\s*\(([^()]*)\)", text):
        ids = re.split(r"[,\s]+", group)
        if all(id in anchors for id in ids):
            named.update(dict.fromkeys(ids))
            text = re.sub(rf"\s*\({re.escape(group)}\)", "", text, count=1)
    return Note(text, tuple((anchors[id], id) for id in named))
