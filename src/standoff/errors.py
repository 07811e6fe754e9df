"""Errors that a user can act on.

StandoffError
├── InputError      a report, dossier or model that cannot be used (exit status 1)
│   └── ReportError one report among many: it is reported and skipped, the others go on
└── UsageError      the call itself is wrong (exit status 2)

The message of each is one sentence for a person: it names the thing, the place in it and the remedy.
"""

from __future__ import annotations


class StandoffError(Exception):
    """The root; its message is one sentence that may be shown to a user as it is."""

    exit_status = 1


class InputError(StandoffError):
    """Something that was given to the program cannot be used."""


class ReportError(InputError):
    """One report cannot be read or coded; `where` names it (a path, or a path with a line number)."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


class UsageError(StandoffError):
    """The command was called in a way that cannot be meant."""

    exit_status = 2
