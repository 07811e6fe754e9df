"""The conflict: the model, the answer in plain words, the states and moves, and one outcome told.

The engine's modules are imported when a page is asked for, so that the program starts without them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from standoff.web.address import Address
from standoff.web.conflict.engine import Task
from standoff.web.conflict.switches import CONCEPTS, at, concept_of, switches_of, thrown
from standoff.web.conflict.workbench import Sight
from standoff.web.view import Ask, NotFound, Record, Shown, View, data_route, routes

if TYPE_CHECKING:
    from standoff.brief.material import Material
    from standoff.web.conflict.questions import Answering, Worked

PATIENCE = 0.2
"""How long, in seconds, a page waits for the engine before it shows that it is at work."""
TWIN_PATIENCE = 120.0
TOLD = 30
"""How many outcomes the table of the answer lists."""
PAGES = (("Model", "/conflict"), ("Answer", "/conflict/answer"), ("States and moves", "/conflict/states"))


class _Asked:
    """What every page of the conflict begins with."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.address = ask.address
        self.concept = concept_of(ask.address)
        self.sight: Sight = ask.desk.workbench.look()
        self.question: Answering | None = None
        if self.sight.case is not None and self.sight.text is not None:
            from standoff.web.conflict.questions import Answering

            self.question = Answering(
                self.sight.text, self.sight.path.name, self.concept, switches_of(ask.address)
            )

    def task(self) -> Task | None:
        """The engine's work on the model, begun if it is new."""
        return self.ask.desk.engine.ask(self.question, PATIENCE) if self.question is not None else None

    def whole(self) -> Worked | None:
        """Everything that the engine finds, waited for: what a program asks for."""
        if self.question is None:
            return None
        task = self.ask.desk.engine.ask(self.question)
        task.ended.wait(TWIN_PATIENCE)
        found: Worked | None = task.result
        return found

    def material(self) -> Material:
        """The reports that the model's evidence is in."""
        from standoff.web.conflict.model import material_for, places_of

        assert self.sight.case is not None
        return material_for(self.ask.dossier, places_of(self.sight.case))

    def values(self, path: str, task: Task | None) -> dict[str, Any]:
        """What every page of the conflict shows around its content."""
        from standoff.conflict.answer.phrases import CONCEPT_WORDS

        draft = self.ask.desk.drafts.latest
        return {
            "sight": self.sight,
            "tabs": [(label, at(self.address, page), page == path) for label, page in PAGES],
            "switches": thrown(self.address, self.sight.case),
            "concept": self.concept,
            "concepts": [(name, *CONCEPT_WORDS[name]) for name in CONCEPTS],
            "draft": draft,
            "task": task,
            "worked": task.result if task is not None else None,
            "working": (task is not None and not task.over)
            or (draft is not None and draft.state == "working"),
            "broken": _broken(self.sight),
            "missing": _notes(self.sight, "WHAT IS MISSING"),
            "reports": self.ask.dossier.count()["report"] if self.sight.text is None else 0,
        }

    def _waits(self, path: str, task: Task | None) -> bool:
        """Whether a page lacks something that is still being worked out: only the answer needs the whole."""
        return task is not None and not task.over and (task.result is None or path == "/conflict/answer")

    @property
    def title(self) -> str:
        """The conflict's name, if it has one."""
        return self.sight.case.conflict.name if self.sight.case is not None else "Conflict"


def model(ask: Ask) -> Shown:
    """Show the model as tables that can be edited in place."""
    asked = _Asked(ask)
    task = asked.task()
    values = asked.values("/conflict", task) | {"tables": None, "questions": [], "left_out": [], "head": None}
    case = asked.sight.case
    if case is not None:
        from standoff.web.conflict.model import tables_of

        material = asked.material()
        values["tables"] = tables_of(case, material, ask.address)
        values["questions"] = _notes(asked.sight, "QUESTIONS FOR THE ANALYST")
        values["left_out"] = _notes(asked.sight, "LEFT OUT")
        values["head"] = _settlement(task, material)
        values["feasible"] = len(case.conflict.feasible) if case.conflict.option_count <= 24 else None

    def records() -> list[Record]:
        if case is None:
            return []
        from standoff.web.conflict.model import records_of

        return [*records_of(case, asked.material())]

    return Shown(asked.title, "conflict/model.html", values, records)


def answer(ask: Ask) -> Shown:
    """Show the answer in plain words, and which outcomes hold under which foresight."""
    asked = _Asked(ask)
    task = asked.task()
    values = asked.values("/conflict/answer", task) | {"page": {"settlement": None}, "rows": [], "held": 0}
    if task is not None and task.result is not None:
        values["page"] = {"settlement": _settlement(task, asked.material())}
        values["rows"], values["held"] = _held_rows(task.result)
        found = task.result.answer
        values["outcome_ids"] = (
            [found.conflict.state_id(o.state) for o in found.outcomes] if found is not None else []
        )

    def records() -> list[Record]:
        worked = asked.whole()
        return _sentences(worked, asked.material()) if worked is not None else []

    return Shown(asked.title, "conflict/answer.html", values, records)


def states(ask: Ask) -> Shown:
    """Show the states and moves as a picture and as a table."""
    asked = _Asked(ask)
    task = asked.task()
    values = asked.values("/conflict/states", task) | {
        "picture": None,
        "drawn": at(ask.address, "/conflict/drawn.json"),
    }
    if task is not None and task.result is not None and task.result.graph is not None:
        from standoff.web.conflict.picture import picture_of

        values["picture"] = picture_of(task.result)

    def records() -> list[Record]:
        worked = asked.whole()
        return _state_records(worked) if worked is not None else []

    return Shown(asked.title, "conflict/states.html", values, records)


def drawn(ask: Ask) -> object:
    """Return what the browser draws."""
    from standoff.web.conflict.picture import picture_of

    task = _Asked(ask).task()
    worked = task.result if task is not None else None
    if worked is None or worked.graph is None:
        return {"nodes": [], "edges": [], "parties": []}
    return picture_of(worked).elements


def outcome(ask: Ask) -> Shown:
    """Tell one outcome: how it is reached, why it holds or not, what would have to give."""
    asked = _Asked(ask)
    task = asked.task()
    values = asked.values("/conflict/outcome", task) | {
        "story": None,
        "giving": [],
        "state": ask.address.get("state"),
    }
    worked = task.result if task is not None else None
    if worked is not None and worked.graph is not None:
        values["story"] = _story(asked, worked)
        values["giving"] = _givings(asked, worked, values["story"].id)
        values["working"] = values["working"] or any(
            given["task"] and not given["task"].over for given in values["giving"]
        )

    def records() -> list[Record]:
        found = asked.whole()
        if found is None or found.graph is None:
            return []
        return _story_records(_story(asked, found))

    title = f"State {ask.address.get('state')}" if ask.address.get("state") else asked.title
    return Shown(title, "conflict/outcome.html", values, records)


# What the pages are made of ---------------------------------------------------------------------------


def _notes(sight: Sight, heading: str) -> list[Any]:
    from standoff.web.conflict.model import notes_of

    return [*notes_of(sight.text, heading, sight.case)] if sight.text is not None else []


def _broken(sight: Sight) -> list[tuple[int, str, bool]]:
    """Return the lines around the place that a problem names, with their numbers and whether each is the one."""
    found = re.match(r".*?:(\d+):\d+: ", sight.problem)
    if found is None or sight.text is None:
        return []
    at_line, lines = int(found[1]), sight.text.split("\n")
    first = max(1, at_line - 2)
    return [(n, lines[n - 1][:300], n == at_line) for n in range(first, min(len(lines), at_line + 2) + 1)]


def _settlement(task: Task | None, material: Material) -> Any:
    if task is None or task.result is None or task.result.answer is None:
        return None
    from standoff.brief.settlement import settlement_of_answer

    return settlement_of_answer(material, task.result.answer)


def _held_rows(worked: Worked) -> tuple[list[Any], int]:
    """Return the leading outcomes for the table of foresight, and how many hold in some sense."""
    if worked.graph is None:
        return [], 0
    from standoff.web.conflict.picture import States

    found = States(worked, worked.graph)
    ordered = found.ordered()
    return [found.row(position, ()) for position in ordered[:TOLD]], len(ordered)


def _sentences(worked: Worked, material: Material) -> list[Record]:
    if worked.answer is None:
        return [{"section": "", "text": worked.reason, "detail": False, "standing": "", "evidence": []}]
    from standoff.brief.settlement import Places
    from standoff.conflict.answer.sentences import weakest
    from standoff.web.conflict.model import evidence_record

    places = Places(material)
    return [
        {
            "section": section.title,
            "text": sentence.text,
            "detail": sentence.detail,
            "standing": weakest(worked.case, sentence.rests_on),
            "evidence": [
                evidence_record(place, places, worked.case)
                for place in worked.case.evidence(sentence.rests_on)
            ],
        }
        for section in worked.answer.sections
        for sentence in section.sentences
    ]


def _state_records(worked: Worked) -> list[Record]:
    if worked.graph is None:
        return [{"state": "", "words": worked.text}]
    from standoff.web.conflict.picture import States

    found = States(worked, worked.graph)
    everything = range(worked.graph.size)
    return [
        {
            "state": row.id,
            "mask": row.mask,
            "words": row.words,
            "today": row.today,
            "settlement": row.settles,
            "holds_under": list(row.held),
            "wanted_moves": [{"by": who, "to": to, "words": deed} for who, to, deed in row.moves],
        }
        for row in (found.row(position, everything) for position in everything)
    ]


def _story(asked: _Asked, worked: Worked) -> Any:
    from standoff.web.conflict.story import position_of, story_of

    position = position_of(worked, asked.address.get("state"))
    if position is None:
        raise NotFound(
            f"There is no outcome {asked.address.get('state')[:60]!r} in this model: choose one among the states."
        )
    return story_of(worked, asked.material(), position, asked.concept)


def _story_records(story: Any) -> list[Record]:
    return [
        {
            "step": number,
            "by": step.who,
            "does": step.deed,
            "against_own_wishes": step.against,
            "why": step.why,
            "then": step.then,
            "state": step.state,
            "evidence": [{"address": link.href, "words": link.words} for link in step.evidence],
        }
        for number, step in enumerate(story.steps, start=1)
    ]


def _givings(asked: _Asked, worked: Worked, state: str) -> list[dict[str, Any]]:
    """Return the inverse questions about an outcome: those asked already with their answers, the others to be asked."""
    from standoff.conflict.preference import Partial, Priorities
    from standoff.web.conflict.questions import Giving
    from standoff.web.conflict.story import change_sentences

    assert asked.question is not None
    preferences = worked.conflict.preferences
    if any(isinstance(preference, Partial) for preference in preferences):
        return []
    stated = all(
        isinstance(p, Priorities) and all(len(level) == 1 for level in p.levels) for p in preferences
    )
    question = asked.question
    found = []
    for by in ("statements", "ranking") if stated else ("ranking",):
        giving = Giving(
            question.text,
            question.file,
            question.concept,
            question.switches,
            state,
            by,
            not _holds(worked, asked, state),
        )
        task = asked.ask.desk.engine.known(giving)
        found.append(
            {
                "by": by,
                "task": task,
                "wanted": giving.wanted,
                "sentences": change_sentences(worked, task.result)
                if task is not None and task.result
                else [],
            }
        )
    return found


def _holds(worked: Worked, asked: _Asked, state: str) -> bool:
    from standoff.conflict.answer.phrases import CONCEPT_WORDS

    assert worked.graph is not None
    number = worked.graph.states[worked.graph.ids.index(state)]
    return number in worked.held.get(CONCEPT_WORDS[asked.concept][0], frozenset())


def checked(ask: Ask) -> object:
    """Return what a statement says, or what is wrong with it and where, as it is typed."""
    from standoff.web.conflict.edits import wish_words

    sight = ask.desk.workbench.look()
    if sight.case is None:
        return {"problem": sight.problem or "There is no model.", "offset": None, "words": ""}
    return wish_words(sight.case, ask.address.get("party"), ask.address.get("statement"))


def address_back(query: str) -> Address:
    """Return the page of the model with the switches of a query."""
    from urllib.parse import parse_qsl

    pairs = [(name[:40], value[:400]) for name, value in parse_qsl(query[:8000])]
    return at(Address("/conflict", tuple(pairs)), "/conflict")


ROUTES = [
    data_route("/conflict/drawn.json", drawn),
    data_route("/conflict/check.json", checked),
    *routes(
        View("/conflict", model),
        View("/conflict/answer", answer),
        View("/conflict/states", states),
        View("/conflict/outcome", outcome),
    ),
]
