"""What is wrong with a conflict model, said with its place.

A `ModelProblem` carries the path of the faulty part in the model's own terms, such as `("options", 2,
"owner")`; a loader that knows where that part stands in its file turns the path into a line and a column.
So the checks are written once and serve every file form and models made in Python alike.
"""

from __future__ import annotations

from typing import NamedTuple

from standoff.errors import InputError

Path = tuple[str | int, ...]
"""Keys and list positions from the root of the document to a part of it."""


class Place(NamedTuple):
    """A place in a text file: line and column, both counted from 1 in code points."""

    line: int
    column: int


class ModelProblem(InputError):
    """A conflict model that cannot be used.

    `problem` is the sentence without its place, `path` leads to the faulty part, `offset` counts code
    points into the string found there (for a mistake inside a formula).
    """

    def __init__(self, problem: str, path: Path = (), *, offset: int = 0, where: str = "") -> None:
        """Make the problem; `where` is put in front of the message."""
        super().__init__(f"{where}: {problem}" if where else problem)
        self.problem = problem
        self.path = path
        self.offset = offset
        self.where = where

    def under(self, *prefix: str | int) -> ModelProblem:
        """Return the same problem with its path seen from further up."""
        return ModelProblem(self.problem, (*prefix, *self.path), offset=self.offset, where=self.where)
