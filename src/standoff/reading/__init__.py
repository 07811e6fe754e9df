"""Reading: bytes to reports. One frozen text, its hash, its metadata, its regions."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.reading.reader import read_reports
    from standoff.reading.report import make_report

__all__ = ["make_report", "read_reports"]

_MODULES = {"make_report": "report", "read_reports": "reader"}


def __getattr__(name: str) -> Any:
    """Load the readers of all formats when they are asked for: who only opens a dossier does without them."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
