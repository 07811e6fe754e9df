"""Places of the parts of a document: from a path to a line and a column."""

from __future__ import annotations

from bisect import bisect_right

from standoff.conflict.problems import ModelProblem, Path, Place


class Places:
    """Offsets of keys and values in one text, by path. Offsets and columns count code points."""

    def __init__(self, text: str) -> None:
        """Start without any place but the root's."""
        self._line_starts = [0, *(i + 1 for i, sign in enumerate(text) if sign == "\n")]
        self._values: dict[Path, int] = {(): 0}
        self._keys: dict[Path, int] = {(): 0}
        self._inside: dict[Path, int] = {}

    def enter(self, path: Path, key: int, value: int, *, inside: int | None = None) -> None:
        """Note where a part's key and value begin; the first entry of a path stays.

        `inside` is the width of the opening quotation mark of a string that holds no escapes, so that an
        offset into the string is also one into the text.
        """
        self._keys.setdefault(path, key)
        self._values.setdefault(path, value)
        if inside is not None:
            self._inside.setdefault(path, inside)

    def place(self, path: Path, offset: int = 0) -> Place:
        """Find a part, or the nearest part around it that is known."""
        nearest = path
        while nearest not in self._values:
            nearest = nearest[:-1]
        at = self._values[nearest]
        if nearest == path and offset and path in self._inside:
            at += self._inside[path] + offset
        return self.at(at)

    def at(self, offset: int) -> Place:
        """Turn an offset into the text into line and column."""
        line = bisect_right(self._line_starts, offset)
        return Place(line, offset - self._line_starts[line - 1] + 1)

    def locate(self, problem: ModelProblem, file: str) -> ModelProblem:
        """Return a problem with the file, line and column in front of its sentence."""
        place = self.place(problem.path, problem.offset)
        return ModelProblem(
            problem.problem, problem.path, offset=problem.offset, where=f"{file}:{place.line}:{place.column}"
        )
