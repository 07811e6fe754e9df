"""Files that appear under their name only when they are whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

from standoff.errors import InputError


def write_whole(path: Path, text: str) -> int:
    """Write a text as UTF-8 and return its size in bytes; until all of it is there, what was at `path` stays.

    Raises InputError, in one sentence, where the file cannot be written.
    """
    body = text.encode("utf-8")
    with whole_file(path) as stream:
        stream.buffer.write(body)
    return len(body)


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Open a file for writing as UTF-8; it takes the place of what is at `path` once the block has ended well.

    Raises InputError, in one sentence, where it cannot be written. A block that raises leaves no trace.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder: name the file to write in it.")
    partial: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as stream:
            partial = Path(stream.name)
            yield cast(TextIO, stream)
            stream.flush()
            os.fsync(stream.fileno())
        partial.chmod(_mode(path))
        os.replace(partial, path)
        partial = None
    except OSError as cause:
        raise InputError(
            f"{path} cannot be written ({cause.strerror or cause}): name a file in a folder you may write to."
        ) from cause
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file would get."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
