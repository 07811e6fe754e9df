"""Who codes: the program with its version, and everything that its coder's answers depend on.

Two coders of one name and configuration give the same records of a text, so that reports need not be coded again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from standoff.coding.coder import Chain
from standoff.dossier.adding import Coder
from standoff.language.parser import DEFAULT

_TABLES = (".csv", ".toml", ".onnx", ".npz", ".json")


def coder_of(chain: Chain, point: str = "usual") -> Coder:
    """Return who codes with a chain of components at an operating point ("usual", "precise", "fast")."""
    config = {
        "pipeline": DEFAULT,
        "components": [component.name for component in chain],
        "point": point,
        "tables": _tables(),
    }
    return Coder(f"standoff {metadata.version('standoff')}", json.dumps(config, sort_keys=True))


@cache
def _tables() -> str:
    """The SHA-256 of all tables and weights that the coder reads, by path."""
    digest = hashlib.sha256()
    for room in ("standoff.language", "standoff.coding"):
        for item in _files(resources.files(room)):
            digest.update(item.name.encode() + b"\0" + hashlib.sha256(item.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda found: found.name):
        if item.is_dir():
            yield from _files(item)
        elif item.name.endswith(_TABLES):
            yield item
