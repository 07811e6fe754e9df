"""Times: calendar expressions found in the text, anchored to the day of speaking."""

from standoff.coding.times.candidates import DatedText
from standoff.coding.times.component import Times
from standoff.coding.times.dating import date_of
from standoff.coding.times.finding import find_times

__all__ = ["DatedText", "Times", "date_of", "find_times"]
