"""The conflict file of a served dossier: what is on the disk, and what has been changed and not saved yet.

There is one file, named when the program starts (or DOSSIER-stem.conflict.toml beside the dossier); nothing else is ever
written, and no address names a file. Changes are kept apart from the file until they are saved, and a file that somebody
else has changed meanwhile is not written over.
"""

from __future__ import annotations

import difflib
import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from standoff.errors import InputError, UsageError

if TYPE_CHECKING:
    from standoff.conflict.answer.case import Case
    from standoff.web.conflict.edits import Edit

MOST_BYTES = 4 * 1024 * 1024
MOST_EDITS = 500


def beside(dossier: Path) -> Path:
    """Return where the conflict file of a dossier lies if no other is named."""
    return dossier.with_name(f"{dossier.stem}.conflict.toml")


def digest_of(text: str) -> str:
    """Return what a version of the file is known by."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to see at one moment.

    `text` is the file with the unsaved changes made, None where there is no file. `problem` says in one sentence, with
    line and column, why it is no model; then `case` is None. `changes` are the unsaved changes in words, with who made
    them. `other` is what the file holds now, where it was changed on the disk since the first unsaved change.
    """

    path: Path
    text: str | None
    case: Case | None = None
    problem: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    other: str | None = None

    @property
    def digest(self) -> str:
        """What this version is known by; a change names the version that it was made on."""
        return digest_of(self.text) if self.text is not None else ""

    def difference(self) -> list[str]:
        """Return how the file on the disk differs from the version with the unsaved changes, as lines of a diff."""
        if self.other is None or self.text is None:
            return []
        lines = difflib.unified_diff(self.text.splitlines(), self.other.splitlines(), n=1, lineterm="")
        return list(lines)[2:]


class Workbench:
    """The file at `path` with its unsaved changes; every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._base: str | None = None
        self._edits: tuple[Edit, ...] = ()
        self._words: tuple[str, ...] = ()
        self._text: str | None = None
        self._seen: tuple[str, Case | None, str] | None = None

    def look(self) -> Sight:
        """Read the file, unless there are unsaved changes, and say what there is."""
        with self._lock:
            try:
                disk = self._read()
            except InputError as unreadable:
                return Sight(self.path, None, problem=str(unreadable))
            if not self._edits:
                self._base = self._text = disk
            if self._text is None:
                return Sight(self.path, None)
            case, problem = self._case(self._text)
            other = disk if self._edits and disk != self._base else None
            changes = tuple(zip(self._words, (edit.by for edit in self._edits), strict=True))
            return Sight(self.path, self._text, case, problem, changes, other)

    def change(self, edit: Edit, version: str) -> None:
        """Make a change on the version that its page showed; UsageError where it cannot be made."""
        from standoff.web.conflict.edits import made, said

        with self._lock:
            sight = self.look()
            self._same(sight, version)
            assert sight.text is not None
            if sight.problem:
                raise UsageError(f"The file must be mended first: {sight.problem}")
            if len(self._edits) >= MOST_EDITS:
                raise UsageError(f"There are {MOST_EDITS} unsaved changes: save them first.")
            assert sight.case is not None
            text = made(sight.text, edit)
            if text != sight.text:
                self._words = (*self._words, said(sight.case, edit))
                self._text, self._edits = text, (*self._edits, edit)

    def undo(self, version: str) -> None:
        """Take the last unsaved change back."""
        with self._lock:
            self._same(self.look(), version)
            if self._edits and self._base is not None:
                self._remake(self._base, self._edits[:-1])

    def discard(self) -> None:
        """Drop all unsaved changes, so that the file on the disk counts."""
        with self._lock:
            self._edits, self._words = (), ()

    def remake(self) -> None:
        """Make the unsaved changes again on what the file holds now; UsageError where one does not fit there."""
        with self._lock:
            disk = self._read()
            if disk is not None:
                self._remake(disk, self._edits)

    def save(self, version: str) -> None:
        """Write the unsaved changes into the file; UsageError where it was changed on the disk meanwhile."""
        with self._lock:
            sight = self.look()
            self._same(sight, version)
            if sight.other is not None:
                raise UsageError(
                    f"{self.path.name} was changed on the disk since you began: nothing was written. Look at what differs, "
                    "then make your changes again on it, or drop them."
                )
            if sight.text is not None and self._edits:
                self._write(sight.text)
                self._base, self._edits, self._words = sight.text, (), ()

    def replace(self, version: str, make: Callable[[], str]) -> None:
        """Put another text into the file, if it is still at a version ("" for none) and nothing is unsaved."""
        with self._lock:
            disk = self._read()
            if self._edits or (digest_of(disk) if disk is not None else "") != version:
                raise UsageError(f"{self.path.name} was changed meanwhile: nothing was written. Try again.")
            self._write(make())

    def _same(self, sight: Sight, version: str) -> None:
        if sight.text is None:
            raise UsageError(f"There is no file {self.path.name} any more: reload the page.")
        if sight.digest != version:
            raise UsageError(
                "The model was changed meanwhile, in another window or by somebody else: reload the page and try again."
            )

    def _remake(self, base: str, edits: tuple[Edit, ...]) -> None:
        from standoff.web.conflict.edits import case_in, made, said

        text, words = base, []
        for edit in edits:
            changed = made(text, edit)
            words.append(said(case_in(text, self.path.name), edit))
            text = changed
        self._base, self._text, self._edits, self._words = base, text, edits, tuple(words)

    def _case(self, text: str) -> tuple[Case | None, str]:
        """The case of a text, read once a version."""
        from standoff.conflict.problems import ModelProblem
        from standoff.web.conflict.edits import case_in, sentence_of

        if self._seen is None or self._seen[0] != text:
            try:
                self._seen = (text, case_in(text, self.path.name), "")
            except ModelProblem as problem:
                self._seen = (text, None, sentence_of(problem, placed=True))
        return self._seen[1], self._seen[2]

    # The disk -----------------------------------------------------------------------------------------

    def _read(self) -> str | None:
        """The file's text with `\\n` as line ends, None where there is no file; InputError where it cannot be read."""
        try:
            with self.path.open("rb") as stream:
                body = stream.read(MOST_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as problem:
            reason = (problem.strerror or "it cannot be read").lower()
            raise InputError(f"{self.path} cannot be read: {reason}.") from problem
        if len(body) > MOST_BYTES:
            raise InputError(
                f"{self.path} is larger than {MOST_BYTES // 1024 // 1024} MB: no conflict file is."
            )
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise InputError(
                f"{self.path} is not UTF-8 text (byte {problem.start + 1}): save it as UTF-8."
            ) from problem
        return text.replace("\r\n", "\n")

    def _write(self, text: str) -> None:
        """Write the whole file at once, with the line ends and the permissions that it had."""
        ends, mode = "\n", None
        try:
            with self.path.open("rb") as stream:
                ends = "\r\n" if b"\r\n" in stream.read(MOST_BYTES) else "\n"
            mode = self.path.stat().st_mode & 0o777
        except FileNotFoundError:
            pass
        target = self.path.resolve()
        partial: Path | None = None
        try:
            with tempfile.NamedTemporaryFile(
                "w",
                encoding="utf-8",
                newline=ends,
                dir=target.parent,
                prefix=f".{target.name}.",
                delete=False,
            ) as stream:
                partial = Path(stream.name)
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            if mode is None:
                mask = os.umask(0)
                os.umask(mask)
                mode = 0o666 & ~mask
            partial.chmod(mode)
            os.replace(partial, target)
            partial = None
        except OSError as problem:
            raise InputError(
                f"{self.path} cannot be written ({problem.strerror or problem}): start with --conflict FILE, a file in a "
                "folder that you may write to."
            ) from problem
        finally:
            if partial is not None:
                partial.unlink(missing_ok=True)
