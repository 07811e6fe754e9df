"""What may pass as a report: a text that is there, that is no larger than it can be, and that is English."""

from __future__ import annotations

from standoff.errors import ReportError
from standoff.reading.english import other_language
from standoff.reading.limits import MAX_TEXT_CHARACTERS
from standoff.reading.paragraphs import INVISIBLE


def admit(text: str, where: str) -> None:
    """Raise ReportError, one sentence with the remedy, for a text that cannot be coded."""
    if not text.strip().strip(INVISIBLE).strip():
        raise ReportError(where, "the text is empty; give a file that holds the report")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise ReportError(
            where,
            f"the text has {len(text):,} characters and a report may have {MAX_TEXT_CHARACTERS:,}; "
            "split it into its reports, one a file or one a line of JSON lines",
        )
    if "\x00" in text:
        raise ReportError(
            where,
            f"character {text.index(chr(0))} is NUL, which no text has; remove it or export the report again",
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as problem:
        raise ReportError(
            where,
            f"character {problem.start} is one half of a surrogate pair, which is no character; "
            "export the report again",
        ) from None
    language = other_language(text)
    if language is not None:
        raise ReportError(
            where,
            f"the report is not in English (it looks like {language}); give an English text or a translation",
        )
