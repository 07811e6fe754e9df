"""Drafting the conflict file from the dossier in the background, and writing it when the draft is there."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from standoff.errors import StandoffError, UsageError

if TYPE_CHECKING:
    from standoff.web.conflict.engine import Engine
    from standoff.web.conflict.workbench import Workbench

MOST_SECONDS = 600.0


@dataclass(slots=True)
class Draft:
    """One call for a draft: how far it is, what it changed in an earlier draft, what is missing, what went wrong."""

    again: bool
    state: Literal["working", "done", "failed"] = "working"
    changes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    problem: str = ""
    over: threading.Event = field(default_factory=threading.Event)


class Drafts:
    """Drafts of one dossier; one at a time."""

    def __init__(self, dossier: Path, workbench: Workbench, engine: Engine) -> None:
        self.dossier, self.workbench, self.engine = dossier, workbench, engine
        self.latest: Draft | None = None
        self._lock = threading.Lock()

    def begin(self) -> Draft:
        """Start drafting into the file; UsageError where that would write over something."""
        with self._lock:
            if self.latest is not None and self.latest.state == "working":
                return self.latest
            sight = self.workbench.look()
            if sight.changes:
                raise UsageError("There are unsaved changes: save or drop them before you draft again.")
            if sight.text is None and sight.problem:
                raise UsageError(sight.problem)
            self.latest = Draft(again=sight.text is not None)
            call = (self.latest, sight.text or "", sight.digest)
            threading.Thread(target=self._run, args=call, daemon=True).start()
            return self.latest

    def _run(self, draft: Draft, text: str, version: str) -> None:
        from standoff.web.conflict.questions import Drafted, Drafting

        question = Drafting(self.dossier, text, self.workbench.path.name)
        try:
            task = self.engine.ask(question)
            task.ended.wait(MOST_SECONDS)
            self.engine.forget(question)
            if isinstance(task.result, Drafted):
                result = task.result
                if result.text != text:
                    self.workbench.replace(version, lambda: result.text)
                draft.changes, draft.missing, draft.state = result.changes, result.missing, "done"
            else:
                draft.problem, draft.state = task.problem or "The draft took too long: try again.", "failed"
        except StandoffError as problem:
            draft.problem, draft.state = str(problem), "failed"
        finally:
            draft.over.set()
