"""Reading and writing conflicts as files; the suffix names the form."""

from __future__ import annotations

import json
from pathlib import Path

from standoff.conflict.gmcr_form import read_gmcr, to_gmcr
from standoff.conflict.json_form import placed_in_json, read_json, to_json
from standoff.conflict.model import Conflict
from standoff.conflict.problems import ModelProblem
from standoff.conflict.text_files import read_text
from standoff.conflict.toml_form import placed_in_toml, read_toml
from standoff.conflict.toml_text import to_toml

_FORMS = {".toml": read_toml, ".json": read_json, ".gmcr": read_gmcr}
_PLACED = {".toml": placed_in_toml, ".json": placed_in_json}


def load_conflict(path: Path) -> Conflict:
    """Read a conflict from a file; raise ModelProblem where it cannot be read or is none."""
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise ModelProblem(
            "a conflict is a .toml, .json or .gmcr file, and this is none of them", where=str(path)
        )
    return form(read_text(path), str(path))


def placed(problem: ModelProblem, path: Path) -> ModelProblem:
    """Give a problem that shows only when a conflict is worked on its place in the file it was read from."""
    if problem.where:
        return problem
    if not problem.path or path.suffix.lower() not in _PLACED:
        return ModelProblem(problem.problem, where=str(path))
    return _PLACED[path.suffix.lower()](problem, read_text(path), str(path))


def save_conflict(conflict: Conflict, path: Path) -> None:
    """Write a conflict to a file in the form that its suffix names."""
    match path.suffix.lower():
        case ".toml":
            text = to_toml(conflict)
        case ".json":
            text = json.dumps(to_json(conflict), indent=1, ensure_ascii=False) + "\n"
        case ".gmcr":
            text = json.dumps(to_gmcr(conflict), indent=1) + "\n"
        case _:
            raise ModelProblem("a conflict is written as .toml, .json or .gmcr: choose one", where=str(path))
    path.write_text(text, encoding="utf-8")
