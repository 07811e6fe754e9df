"""Progress on standard error, with an estimate of what is left, once the work is long enough to wait for: a bar on a
terminal, now and then a line anywhere else.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
Total = Callable[[], int | None]

PATIENCE = 1.5
"""Seconds of silence that nobody minds on a terminal."""
_ENOUGH = 20
"""Below this an estimate says more about the coder's loading than about the reports."""
LINES = 60.0
"""Seconds between two lines where there is no terminal."""


def progress(items: Iterable[Item], label: str, total: Total | None = None) -> Iterator[Item]:
    """Yield the items, and tell how many are done and how long the rest takes.

    `total` says how many there will be, as far as is known by then; it is first asked when there is something to tell.
    """
    known = total or (lambda: None)
    return _bar(items, label, known) if sys.stderr.isatty() else _lines(items, label, known)


def _bar(items: Iterable[Item], label: str, total: Total) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    begun, done = time.monotonic(), 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=False) as bar:
        task = bar.add_task(label, total=None, visible=False)
        for item in items:
            yield item
            done += 1
            if time.monotonic() - begun > PATIENCE:
                bar.update(task, completed=done, total=total(), visible=True)


def _lines(items: Iterable[Item], label: str, total: Total) -> Iterator[Item]:
    begun = told = time.monotonic()
    for done, item in enumerate(items, start=1):
        yield item
        now = time.monotonic()
        if now - told >= LINES:
            told = now
            sys.stderr.write(f"{label}: {state(done, total(), now - begun)}\n")
            sys.stderr.flush()


def state(done: int, total: int | None, seconds: float) -> str:
    """Return how far the work is, in words: "120 of 1,025 done, about 15 minutes left"."""
    if total is None or total < done:
        return f"{done:,} done"
    if done == total or done < _ENOUGH <= total:
        return f"{done:,} of {total:,} done"
    left = seconds / done * (total - done)
    if left < 90:
        return f"{done:,} of {total:,} done, about {max(1, round(left))} seconds left"
    if left < 5400:
        return f"{done:,} of {total:,} done, about {round(left / 60)} minutes left"
    return f"{done:,} of {total:,} done, about {left / 3600:.1f} hours left"
