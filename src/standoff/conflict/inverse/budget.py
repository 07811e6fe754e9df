"""How long a search may take, a number of seconds or no limit, and how its time is shared out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Budget:
    """Seconds that run from the moment of making; None means as long as it takes."""

    def __init__(self, seconds: float | None = None) -> None:
        """Start the clock."""
        self.seconds = seconds
        self._end = None if seconds is None else time.monotonic() + seconds

    @property
    def spent(self) -> bool:
        """Whether the time is up."""
        return self._end is not None and time.monotonic() >= self._end

    @property
    def left(self) -> float | None:
        """The seconds that are left, at least 0; None where there is no limit."""
        return None if self._end is None else max(0.0, self._end - time.monotonic())


class Share:
    """A share of the time that passes, for what may help but need not be done."""

    def __init__(self, share: float) -> None:
        """Start the clock; nothing is used up yet."""
        self._share, self._begun, self._used = share, time.monotonic(), 0.0

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Give whether there is time for this, and count it."""
        begun = time.monotonic()
        yield self._used <= self._share * (begun - self._begun)
        self._used += time.monotonic() - begun
