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

    def key_place(self, path: Path) -> Place:
        """Find where a part is named: its key, or its own beginning in a list; else the part around it."""
        return self.at(self._keys[self._known(path)])

    def value_place(self, path: Path, offset: int = 0) -> Place:
        """Find where a part's value begins, or an offset into it where it is a string without escapes."""
        nearest = self._known(path)
        inside = self._inside.get(path, 0) + offset if offset and path in self._inside else 0
        return self.at(self._values[nearest] + inside)

    def _known(self, path: Path) -> Path:
        while path not in self._values:
            path = path[:-1]
        return path

    def at(self, offset: int) -> Place:
        """Turn an offset into the text into line and column."""
        line = bisect_right(self._line_starts, offset)
        return Place(line, offset - self._line_starts[line - 1] + 1)

    def locate(self, problem: ModelProblem, file: str) -> ModelProblem:
        """Return a problem with the file, line and column in front of its sentence."""
        path, offset = problem.path, problem.offset
        place = self.value_place(path, offset) if offset else self.key_place(path)
        return ModelProblem(
            problem.problem, problem.path, offset=problem.offset, where=f"{file}:{place.line}:{place.column}"
        )
