"""Who is meant: names, offices, pronouns and groups to actor codes (codebook section 3)."""

from standoff.coding.actors.component import Actors
from standoff.coding.actors.index import ActorIndex, Mention
from standoff.coding.actors.table import ActorTable, Resolution, Row

__all__ = ["ActorIndex", "ActorTable", "Actors", "Mention", "Resolution", "Row"]
