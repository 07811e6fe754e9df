"""How long a search may take: a number of seconds, or no limit."""

from __future__ import annotations

import time


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
