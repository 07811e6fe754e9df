"""Queries about conflicts too large to go through: find an equilibrium, judge one state, by a SAT solver."""
