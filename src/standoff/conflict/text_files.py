"""Reading a model's file as text."""

from __future__ import annotations

from pathlib import Path

from standoff.conflict.problems import ModelProblem


def read_text(path: Path) -> str:
    """Return a UTF-8 file's text, without a byte order mark; raise ModelProblem where it cannot be read or is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as mistake:
        raise ModelProblem(
            f"the file is not UTF-8 text (byte {mistake.start + 1}): save it as UTF-8", where=str(path)
        ) from None
    except OSError as mistake:
        reason = (mistake.strerror or "it cannot be read").lower()
        raise ModelProblem(f"the file cannot be read: {reason}", where=str(path)) from None
