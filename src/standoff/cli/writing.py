"""Files that appear under their name only when they are whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from standoff.errors import InputError


def write_whole(path: Path, text: str) -> int:
    """Write a text as UTF-8 and return its size in bytes; until all of it is there, what was at `path` stays.

    Raises InputError, in one sentence, where the file cannot be written.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder: name the file to write, for example {path / 'brief.html'}.")
    body = text.encode("utf-8")
    partial: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            partial = Path(stream.name)
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        partial.chmod(_mode(path))
        os.replace(partial, path)
    except OSError as cause:
        if partial is not None:
            partial.unlink(missing_ok=True)
        raise InputError(
            f"{path} cannot be written ({cause.strerror or cause}): name a file in a folder you may write to."
        ) from cause
    return len(body)


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file would get."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
