"""Bargaining beside stability, never mixed into it: what both sides prefer to no agreement."""

from standoff.conflict.bargaining.finite import Outcome, Zone, combined, zone
from standoff.conflict.bargaining.war import war_range

__all__ = ["Outcome", "Zone", "combined", "war_range", "zone"]
