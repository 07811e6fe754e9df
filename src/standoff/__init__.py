"""Standoff: press reports on a crisis in, who wants, refuses, threatens and does what out, each with its evidence."""

__version__ = "0.1.0"
