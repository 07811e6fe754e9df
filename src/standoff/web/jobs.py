"""Adding reports in the background: a process of its own codes them and tells how far it is.

Only one job writes at a time; others wait for their turn. A job that fails tells why, and what it had added stays.
"""

from __future__ import annotations

import multiprocessing
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from standoff.errors import ReportError, StandoffError
from standoff.records import Report

State = Literal["waiting", "starting", "coding", "done", "failed"]
MOST_JOBS = 50
MOST_PROBLEMS = 200
_UNFIT = re.compile(r"[^\w.\- ]+")


@dataclass(slots=True)
class Job:
    """One call to add reports: what was given, how far it is, and what went wrong with single reports."""

    number: int
    folder: Path
    files: tuple[Path, ...]
    urls: tuple[str, ...]
    published: str | None
    state: State = "waiting"
    added: int = 0
    known: int = 0
    latest: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def expected(self) -> int:
        """How many reports there are at least: a file may hold several."""
        return len(self.files) + len(self.urls)

    @property
    def over(self) -> bool:
        """Return True where nothing more will happen."""
        return self.state in ("done", "failed")

    def as_record(self) -> dict[str, Any]:
        """Return the job for programs."""
        return {
            "job": self.number,
            "state": self.state,
            "added": self.added,
            "known": self.known,
            "expected": self.expected,
            "latest": self.latest,
            "problems": list(self.problems),
        }


class Jobs:
    """The jobs of one dossier, newest last."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._processes: list[Any] = []
        self._closed = False

    def begin(self, files: Mapping[str, bytes], urls: Sequence[str], published: str | None) -> Job:
        """Start adding files (name to bytes) and web addresses; return at once."""
        folder = Path(tempfile.mkdtemp(prefix="standoff-add-"))
        paths = []
        for place, (name, body) in enumerate(files.items()):
            path = folder / f"{place:04d}" / safe_name(name)
            path.parent.mkdir()
            path.write_bytes(body)
            paths.append(path)
        with self._lock:
            number = max(self._jobs, default=0) + 1
            job = Job(number, folder, tuple(paths), tuple(urls), published)
            self._jobs[number] = job
            for old in sorted(self._jobs)[:-MOST_JOBS]:
                if self._jobs[old].over:
                    del self._jobs[old]
        threading.Thread(target=self._run, args=(job,), daemon=True).start()
        return job

    def get(self, number: int) -> Job | None:
        """Return a job by its number."""
        return self._jobs.get(number)

    def all(self) -> list[Job]:
        """Return the jobs, newest first."""
        return [self._jobs[number] for number in sorted(self._jobs, reverse=True)]

    def close(self) -> None:
        """Stop what is running; what was added stays."""
        self._closed = True
        for process in self._processes:
            process.terminate()

    def _run(self, job: Job) -> None:
        with self._turn:
            if self._closed:
                return
            job.state = "starting"
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe(duplex=False)
            call = (self.dossier, job.files, job.urls, job.published, theirs)
            process = context.Process(target=add_reports, args=call, daemon=True)
            process.start()
            theirs.close()
            self._processes.append(process)
            try:
                for kind, told in _messages(ours):
                    _note(job, kind, told)
            finally:
                process.join()
                self._processes.remove(process)
                ours.close()
                shutil.rmtree(job.folder, ignore_errors=True)
                if not job.over:
                    job.state = "failed"
                    job.problems.append(
                        "The coding stopped before it was done; what was added stays. Try again."
                    )


def safe_name(name: str) -> str:
    """Return the name of a file as it may stand on our disk: its last part, without what is no letter or digit."""
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = _UNFIT.sub("-", last).strip(" .-").rpartition(".")
    if not dot:
        stem, ending = ending, "txt"
    return f"{stem.strip(' .-')[:100] or 'report'}.{ending.lower()[:12] or 'txt'}"


def _messages(ours: Connection) -> Iterator[tuple[str, str]]:
    while True:
        try:
            yield ours.recv()
        except (EOFError, OSError):
            return


def _note(job: Job, kind: str, told: str) -> None:
    if kind == "coding":
        job.state = "coding"
    elif kind == "added":
        job.added += 1
        job.latest = told
    elif kind == "known":
        job.known += 1
        job.latest = told
    elif kind == "problem":
        if len(job.problems) < MOST_PROBLEMS:
            job.problems.append(told)
    elif kind == "failed":
        job.problems.append(told)
        job.state = "failed"
    elif kind == "done":
        job.state = "done"


def add_reports(
    dossier: Path, files: Sequence[Path], urls: Sequence[str], published: str | None, tell: Connection
) -> None:
    """Code reports and add them to a dossier; the work of the process. `tell` is sent (kind, words) as it goes."""
    try:
        _add(dossier, files, urls, published, tell)
        tell.send(("done", ""))
    except StandoffError as problem:
        tell.send(("failed", str(problem)))
    finally:
        tell.close()


def _add(
    dossier: Path, files: Sequence[Path], urls: Sequence[str], published: str | None, tell: Connection
) -> None:
    from itertools import chain as chained

    from standoff.coding.coder import code_reports, default_chain
    from standoff.dossier.coders import coder_of
    from standoff.dossier.dossier import Dossier
    from standoff.reading import read_reports
    from standoff.reading.web import fetch_reports

    def problem(found: ReportError) -> None:
        where = (
            Path(found.where).name if files and str(files[0].parent.parent) in found.where else found.where
        )
        tell.send(("problem", f"{where}: {found.problem}"))

    def new(opened: Dossier) -> Iterator[Report]:
        paths = (
            read_reports([str(path) for path in files], published=published, on_problem=problem)
            if files
            else ()
        )
        pages = fetch_reports(urls, published=published, on_problem=problem) if urls else ()
        for report in chained(paths, pages):
            if opened.has(report):
                tell.send(("known", report.id))
            else:
                yield report

    with Dossier.open(dossier, write=True) as opened:
        reports = new(opened)
        first = next(reports, None)
        if first is None:
            return
        tell.send(("coding", ""))
        chain = default_chain()
        coder = coder_of(chain)
        codings = code_reports(
            chained([first], reports),
            chain=chain,
            on_trouble=lambda report, words: tell.send(("problem", words)),
        )
        for coding in codings:
            try:
                opened.add(coding, coder)
                tell.send(("added", coding.report.id))
            except ReportError as found:
                problem(found)
