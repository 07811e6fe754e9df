"""How a command codes: as usual, for fewer and surer records, or by the rules alone. One set of options for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from standoff.coding.coder import Chain


@dataclass(frozen=True, slots=True)
class MakeChain:
    """Loads the coder of an operating point when it is called; `point` is "usual", "precise" or "fast"."""

    point: str

    def __call__(self) -> Chain:
        """Return the components of the coder."""
        from standoff.coding.coder import default_chain

        return default_chain(precise=self.point == "precise", fast=self.point == "fast")


def with_operating_point(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --precise and --fast, handed to it as `make_chain`, which loads the coder when it is called."""

    @wraps(function)
    def command(*args: Any, precise: bool, fast: bool, **rest: Any) -> Any:
        from standoff.errors import UsageError

        if precise and fast:
            raise UsageError(
                "--precise and --fast do not go together: the surer records need the encoder. Give one of them."
            )
        point = "precise" if precise else "fast" if fast else "usual"
        return function(*args, make_chain=MakeChain(point), **rest)

    surer = click.option("--precise", is_flag=True, help="Fewer records, and surer ones.")
    faster = click.option(
        "--fast", is_flag=True, help="By the parse and the tables alone: three times as fast, finds less."
    )
    return surer(faster(command))
