"""Places: what the report names, and which of them an act happened in."""

from standoff.coding.places.finding import Place, find_places
from standoff.coding.places.locating import place_of

__all__ = ["Place", "find_places", "place_of"]
