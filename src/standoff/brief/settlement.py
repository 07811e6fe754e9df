"""The section "Could it be settled?": the answer to a conflict, every line with the evidence that it rests on.

The answer is worked out in `conflict.answer`; here its sentences get their places in the sources. A place in
the evidence of a conflict file (`REPORT:START-END`) opens the act, else the statement, that covers most of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standoff.brief.lines import Evidence, evidence_of
from standoff.brief.material import Material
from standoff.brief.safety import plain
from standoff.brief.sources import report_anchor, report_name
from standoff.brief.tables import statement_view
from standoff.brief.wording import shortened
from standoff.conflict.answer.answer import Answer
from standoff.conflict.answer.case import Part, Standing
from standoff.conflict.answer.outcomes import Outcome
from standoff.conflict.answer.phrases import CONCEPT_WORDS, Phrases
from standoff.conflict.answer.sentences import Section, weakest
from standoff.conflict.answer.text import part_words
from standoff.records import Span, StoredAct, StoredStatement

REFERENCES = 8
"""The most places that one line opens."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One sentence of the answer. `parts` leads to the rows of the model that it rests on and that no report
    tells, as (address, words)."""

    text: str
    detail: bool
    standing: Standing
    evidence: tuple[Evidence, ...]
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A heading with its sentences."""

    key: str
    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class ModelRow:
    """An option or a statement of the model, with how it is known."""

    anchor: str
    words: str
    standing: Standing
    note: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ModelParty:
    """A party with what it wants, the most important first."""

    name: str
    wishes: tuple[ModelRow, ...]


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option with whether it is taken today and in each outcome that is shown."""

    owner: str
    row: ModelRow
    today: bool
    taken: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class OutcomeColumn:
    """What is said of an outcome below its column."""

    number: int
    settles: bool
    met: str
    senses: str
    way: str


@dataclass(frozen=True, slots=True)
class SettlementView:
    """The whole section. `strange` counts the places of the conflict file that are not in these reports."""

    name: str
    head: AnswerPart
    parts: tuple[AnswerPart, ...]
    options: tuple[OptionRow, ...]
    columns: tuple[OutcomeColumn, ...]
    has_today: bool
    parties: tuple[ModelParty, ...]
    omitted: tuple[str, ...]
    strange: int


def settlement_of_answer(
    material: Material, answer: Answer, more: tuple[Section, ...] = ()
) -> SettlementView:
    """Prepare the section; `more` are further sections, such as what changed."""
    places = Places(material)
    sections = {section.key: section for section in (*more, *answer.sections)}
    rows = {id: _row(answer, part, places, n) for n, (id, part) in enumerate(answer.case.parts.items())}
    head = _part(answer, sections["settled"], rows)
    rest = [section for key, section in sections.items() if key not in ("settled", "foresight")]
    rest += [section for key, section in sections.items() if key == "foresight"]
    quo = answer.conflict.status_quo
    return SettlementView(
        name=plain(answer.conflict.name),
        head=head,
        parts=tuple(_part(answer, section, rows) for section in rest),
        options=tuple(_option(answer, k, rows, quo) for k in range(answer.conflict.option_count)),
        columns=tuple(_column(answer, n, outcome) for n, outcome in enumerate(answer.outcomes, start=1)),
        has_today=quo is not None,
        parties=tuple(
            ModelParty(plain(name), tuple(rows[statement.id] for statement in answer.case.statements(i)))
            for i, name in enumerate(answer.conflict.decision_makers)
        ),
        omitted=answer.omitted,
        strange=len(places.strange),
    )


def _part(answer: Answer, section: Section, rows: dict[str, ModelRow]) -> AnswerPart:
    lines = []
    for sentence in section.sentences:
        known = [id for id in sentence.rests_on if id in rows]
        evidence = tuple(dict.fromkeys(e for id in known for e in rows[id].evidence))
        bare = tuple(
            (f"#{rows[id].anchor}", rows[id].standing or "given") for id in known if not rows[id].evidence
        )
        standing = weakest(answer.case, tuple(known))
        lines.append(AnswerLine(plain(sentence.text), sentence.detail, standing, evidence[:REFERENCES], bare))
    return AnswerPart(section.key, section.title, tuple(lines))


def _row(answer: Answer, part: Part, places: Places, number: int) -> ModelRow:
    return ModelRow(
        anchor=f"part-{number}",
        words=plain(part_words(answer.case, part)),
        standing=part.standing,
        note=shortened(plain(part.note), 160) if part.what == "option" else "",
        evidence=places.of(part.evidence),
    )


def _option(answer: Answer, option: int, rows: dict[str, ModelRow], quo: int | None) -> OptionRow:
    words = Phrases(answer.conflict)
    row = rows[answer.case.option_id(option)]
    named = ModelRow(row.anchor, plain(words.deed(option)), row.standing, row.note, row.evidence)
    return OptionRow(
        plain(words.owner(option)),
        named,
        quo is not None and bool(quo >> option & 1),
        tuple(bool(outcome.state >> option & 1) for outcome in answer.outcomes),
    )


_WAYS = {"improvements": "each step wanted", "coalitions": "by acting together", "moves": "against a wish"}


def _column(answer: Answer, number: int, outcome: Outcome) -> OutcomeColumn:
    judged = [*answer.board.equilibria, *(answer.joint or {})]
    demands = answer.settlement.demands
    if outcome.state == answer.conflict.status_quo:
        way = "is today"
    elif outcome.way is not None:
        way = _WAYS[outcome.way.kind]
    else:
        way = "not reached" if outcome.worked_out and answer.ways is not None else "not worked out"
    held = [CONCEPT_WORDS[name][0] for name in outcome.concepts]
    senses = f"all {len(judged)}" if len(held) == len(judged) else ", ".join(held)
    return OutcomeColumn(
        number, outcome.settles, f"{len(outcome.met)} of {len(demands)}" if demands else "", senses, way
    )


class Places:
    """Finds the record of these reports that a place in a conflict file means."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._reports = {stored.report.id: stored for stored in material.reports}
        self._acts: dict[int, list[StoredAct]] = {}
        self._statements: dict[int, list[StoredStatement]] = {}
        for act in material.acts:
            self._acts.setdefault(act.report, []).append(act)
        for statement in material.statements:
            self._statements.setdefault(statement.report, []).append(statement)
        self.strange: set[str] = set()

    def of(self, places: Iterable[str]) -> tuple[Evidence, ...]:
        """The links of some places, each once."""
        found = (self._one(place) for place in places)
        return tuple(dict.fromkeys(link for link in found if link is not None))

    def _one(self, place: str) -> Evidence | None:
        id, _, offsets = place.rpartition(":")
        start, _, end = offsets.partition("-")
        stored = self._reports.get(id)
        whole = start.isdecimal() and end.isdecimal() and len(start) < 12 and len(end) < 12
        if stored is None or not whole or not int(start) < int(end) <= len(stored.report.text):
            self.strange.add(place)
            return None
        span = Span(int(start), int(end))
        acts, said = self._acts.get(stored.key, []), self._statements.get(stored.key, [])
        act = max(acts, key=lambda a: _fit(a.act.evidence, span), default=None)
        if act is not None and _fit(act.act.evidence, span) > 0:
            return evidence_of(self._material, act)
        statement = max(said, key=lambda s: _fit(_whole(s), span), default=None)
        if statement is not None and _fit(_whole(statement), span) > 0:
            return statement_view(self._material, statement).evidence
        name = shortened(report_name(stored.report), 60)
        address = self._material.address_of(stored.key)
        return Evidence(f"{address}#{report_anchor(stored.key)}", f"r{stored.key}", f"Report {name}")


def _fit(one: Span, other: Span) -> float:
    """How well two spans agree: what they share of what they cover together."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def _whole(stored: StoredStatement) -> Span:
    statement = stored.statement
    spans = [statement.cue, *statement.content, *((statement.source,) if statement.source else ())]
    return Span(min(span.start for span in spans), max(span.end for span in spans))
