"""What `standoff solve` shows of an answer in plain language: the text, or its part of the JSON document."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer
    from standoff.conflict.answer.case import Case, Switches
    from standoff.conflict.answer.sentences import Section

    Said = tuple[Answer, tuple[Section, ...]]


def is_drafted(path: Path) -> bool:
    """Whether a conflict file was drafted from a dossier, so that its answer is wanted before its tables."""
    if path.suffix.lower() != ".toml":
        return False
    return "draft" in tomllib.loads(path.read_text(encoding="utf-8-sig"))


def answered(case: Case, concept: str, switches: Switches, since: Path | None) -> Said:
    """Answer a case, with what changed since an older file where one is named."""
    from standoff.conflict.answer.answer import answer
    from standoff.conflict.answer.case import load_case
    from standoff.conflict.answer.difference import difference
    from standoff.conflict.answer.telling.since import since_section

    found = answer(case, concept, switches)
    if since is None:
        return found, ()
    return found, (since_section(difference(load_case(since), case, concept)),)


def as_text(found: Said) -> str:
    """Write an answer for a terminal."""
    from standoff.conflict.answer.text import answer_text

    return answer_text(*found)


def as_json(found: Said) -> dict[str, Any]:
    """Lay an answer out for other programs."""
    from standoff.conflict.answer.document import answer_json

    return answer_json(*found)
