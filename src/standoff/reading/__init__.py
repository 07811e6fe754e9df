"""Reading: bytes to reports. One frozen text, its hash, its metadata, its regions."""

from standoff.reading.reader import read_reports
from standoff.reading.report import make_report

__all__ = ["make_report", "read_reports"]
