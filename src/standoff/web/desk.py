"""The desk: what one served dossier needs while it is open to readers."""

from __future__ import annotations

import hmac
import queue
import secrets
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from standoff.dossier.dossier import Dossier
from standoff.errors import InputError
from standoff.web.conflict.drafts import Drafts
from standoff.web.conflict.engine import Engine
from standoff.web.conflict.workbench import Workbench, beside
from standoff.web.jobs import Jobs

T = TypeVar("T")
_KEPT = 8
"""How many connections for reading are kept open; more are opened when more people read at once."""
_REMEMBERED = 64
"""How many answers are remembered for each of them."""


@dataclass(slots=True)
class _Memory:
    """Answers of one connection, as of a state of the file (SQLite's `data_version`)."""

    state: int
    answers: dict[object, object] = field(default_factory=dict)


@dataclass(slots=True)
class Desk:
    """The dossier at `path` with its open readers, the secret that writes must name, and the jobs that add reports.

    `conflict` is the file of its conflict model, beside the dossier where none is named.
    """

    path: Path
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    conflict: Path | None = None
    jobs: Jobs = field(init=False)
    workbench: Workbench = field(init=False)
    engine: Engine = field(init=False)
    drafts: Drafts = field(init=False)
    _idle: queue.LifoQueue[Dossier] = field(default_factory=lambda: queue.LifoQueue(_KEPT), repr=False)
    _memories: weakref.WeakKeyDictionary[Dossier, _Memory] = field(
        default_factory=weakref.WeakKeyDictionary, repr=False
    )

    def __post_init__(self) -> None:
        """Be ready to add reports, and to work on the conflict."""
        self.jobs = Jobs(self.path)
        self.workbench = Workbench(self.conflict or beside(self.path))
        self.engine = Engine()
        self.drafts = Drafts(self.path, self.workbench, self.engine)

    @property
    def name(self) -> str:
        """What the dossier is called: its file's name without the ending."""
        return self.path.stem

    def begin(self) -> None:
        """Bring the file to this program's version if it may be written; raises InputError where it is no dossier."""
        try:
            with self.writing():
                pass
        except InputError:
            with self.reading():
                pass

    @contextmanager
    def reading(self) -> Iterator[Dossier]:
        """Lend a dossier that is open for reading; it goes back when the block ends without a failure."""
        try:
            dossier = self._idle.get_nowait()
        except queue.Empty:
            dossier = Dossier.open(self.path)
        try:
            yield dossier
        except BaseException:
            dossier.close()
            raise
        try:
            self._idle.put_nowait(dossier)
        except queue.Full:
            dossier.close()

    def remembered(self, dossier: Dossier, question: object, answer: Callable[[], T]) -> T:
        """Return the answer to a question (anything that can be a key) over a dossier that `reading` lent.

        It is worked out once for each state of the file: what adds up the whole dossier need not do so at every click.
        """
        with dossier.use() as connection:
            (state,) = connection.execute("PRAGMA data_version").fetchone()
        memory = self._memories.get(dossier)
        if memory is None or memory.state != state or len(memory.answers) >= _REMEMBERED:
            memory = self._memories[dossier] = _Memory(state)
        if question not in memory.answers:
            memory.answers[question] = answer()
        return cast(T, memory.answers[question])

    @contextmanager
    def writing(self) -> Iterator[Dossier]:
        """Lend a dossier that is open for writing; one process writes at a time, others wait."""
        with Dossier.open(self.path, write=True) as dossier:
            yield dossier

    def warm_conflict(self) -> None:
        """Load the engine if there is a conflict to answer."""
        if self.workbench.path.exists():
            self.engine.warm()

    def is_token(self, given: str) -> bool:
        """Return True for the token of our own pages, compared in constant time."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def close(self) -> None:
        """Stop what is running and close what is open."""
        self.jobs.close()
        self.engine.close()
        while not self._idle.empty():
            self._idle.get_nowait().close()
