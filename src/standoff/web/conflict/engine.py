"""The engine in the background: each question is worked on in a process of its own, so that no page waits for it.

Results are kept for the questions asked last. Of more than `AT_ONCE` questions the oldest is given up: its page asks
again if it is still open.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Hashable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Literal

from standoff.errors import StandoffError

if TYPE_CHECKING:
    from standoff.web.conflict.questions import Question

AT_ONCE = 2
KEPT = 24
STOPPED = "The engine stopped before it was done: ask again."
_PRELOADED = ["standoff.web.conflict.questions"]


class Task:
    """A question on its way: the latest result, or what is wrong with the question in one sentence."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.state: Literal["working", "done", "failed"] = "working"
        self.result: Any = None
        self.problem = ""
        self.process: Any = None
        self.given_up = False
        self.told = threading.Event()
        """Set with the first result, and when the work is over."""
        self.ended = threading.Event()
        """Set when the work is over."""

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state != "working"


class Engine:
    """The questions of one served dossier."""

    def __init__(self) -> None:
        self._tasks: dict[Hashable, Task] = {}
        self._lock = threading.Lock()

    def known(self, question: Question) -> Task | None:
        """Return the task of a question that was asked already."""
        with self._lock:
            return self._tasks.get(question)

    def ask(self, question: Question, wait: float = 0.0) -> Task:
        """Return the task of a question, begun if it is new; wait some seconds for its first result."""
        with self._lock:
            task = self._tasks.pop(question, None)
            if task is None:
                task = self._begin(question)
            self._tasks[question] = task
            for old in list(self._tasks)[:-KEPT]:
                if self._tasks[old].over:
                    del self._tasks[old]
        task.told.wait(wait)
        return task

    def forget(self, question: Question) -> None:
        """Let a question be asked anew."""
        with self._lock:
            task = self._tasks.pop(question, None)
        if task is not None:
            _stop(task)

    def warm(self) -> None:
        """Load the engine, here and where questions are worked on, so that the first question need not wait for it."""
        import standoff.web.conflict.model
        import standoff.web.conflict.questions  # noqa: F401

        if _context().get_start_method() == "forkserver":
            from multiprocessing.forkserver import ensure_running

            ensure_running()

    def close(self) -> None:
        """Give up what is being worked on."""
        with self._lock:
            tasks, self._tasks = list(self._tasks.values()), {}
        for task in tasks:
            _stop(task)

    def _begin(self, question: Question) -> Task:
        running = [task for task in self._tasks.values() if not task.over]
        for task in running[: max(0, len(running) - AT_ONCE + 1)]:
            self._tasks.pop(task.question, None)
            _stop(task)
        task = Task(question)
        ours, theirs = _context().Pipe(duplex=False)
        task.process = _context().Process(target=work, args=(question, theirs), daemon=True)
        threading.Thread(target=_follow, args=(task, ours, theirs), daemon=True).start()
        return task


def _context() -> Any:
    """Processes that begin with the engine loaded, where the system has such; else fresh ones."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _follow(task: Task, ours: Connection, theirs: Connection) -> None:
    task.process.start()
    theirs.close()
    if task.given_up:
        task.process.terminate()
    try:
        while True:
            kind, told = ours.recv()
            if kind == "result":
                task.result = told
            elif kind == "problem":
                task.problem = told
            task.told.set()
    except (EOFError, OSError):
        pass
    finally:
        task.process.join()
        ours.close()
        if task.process.exitcode != 0 and not task.problem:
            task.problem = STOPPED
        task.state = "failed" if task.problem else "done"
        task.told.set()
        task.ended.set()


def _stop(task: Task) -> None:
    task.given_up = True
    if task.process is not None and task.process.pid is not None and task.process.is_alive():
        task.process.terminate()


def work(question: Question, tell: Connection) -> None:
    """Work on a question; the process's main function. `tell` is sent ("result", value) or ("problem", sentence)."""
    try:
        question.work(lambda result: tell.send(("result", result)))
    except StandoffError as problem:
        sentence = getattr(problem, "problem", "") or str(problem)
        tell.send(("problem", sentence if sentence.endswith((".", "?")) else f"{sentence}."))
    finally:
        tell.close()
