"""The component that lets the encoder read a report, once for all layers that ask it."""

from __future__ import annotations

from standoff.coding.component import Draft
from standoff.language.encoder import Network, encode, load


class Encoding:
    """Fills `draft.analysis.encoded` with one encoded window after the other."""

    name = "encoder"
    requires = frozenset({"analysis"})
    assigns = frozenset({"encoded"})

    def __init__(self, network: Network | None = None) -> None:
        self.network = network or load()

    def __call__(self, draft: Draft) -> None:
        """Read the report."""
        draft.analysis.encoded = encode(draft.analysis, self.network)
