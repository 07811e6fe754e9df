"""How the page speaks: the types in words, modalities, positions, dates and counts for people."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from standoff.brief.safety import plain
from standoff.records import RECIPROCAL_TYPES, Modality

MODALITY_WORDS: dict[Modality, str] = {
    "actual": "happened",
    "planned": "planned",
    "conditional": "conditional",
    "demanded": "demanded",
    "possible": "only feared or suspected",
    "denied": "denied",
}
"""Each modality as a reader would say it of a deed."""

POSITION_VERBS: dict[str, tuple[str, str]] = {
    "demand": ("demands", "of"),
    "refusal": ("refuses", ""),
    "offer": ("offers", "to"),
    "acceptance": ("accepts", "from"),
    "promise": ("promises", "to"),
    "threat": ("threatens", ""),
    "concession": ("gives way", "to"),
    "support": ("backs", ""),
    "accusation": ("accuses", ""),
}
"""Kind of position to its verb and what stands before the one it is addressed to."""

FOUND_WORDS: dict[str, str] = {
    "given": "given with the report",
    "file": "found in the file",
    "file name": "taken from the name of the file",
    "dateline": "worked out from the date line",
    "newest linked story": "estimated from the newest story that the page links to",
    "not found": "no publication date found",
}
"""How a publication date was found, for people."""

MONTHS: tuple[str, ...] = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words for one type; see `wording.toml` for what each is."""

    label: str
    plural: str
    does: str
    do: str
    base: str
    to: str
    together: str = ""


@cache
def phrases() -> dict[str, Phrase]:
    """Return the words of all sixteen types, by PLOVER name."""
    table = tomllib.loads(files("standoff.brief").joinpath("wording.toml").read_text(encoding="utf-8"))
    return {name: Phrase(**words) for name, words in table.items()}


def verb(act_type: str, modality: Modality, *, doers: int, targets: int) -> str:
    """Return the verb phrase between doers and targets, the preposition included.

    "demands of", "may use force against", "plan to meet or speak". What is denied is said as if it had
    happened, since the page strikes it through.
    """
    words = phrases()[act_type]
    if not targets and doers > 1 and act_type in RECIPROCAL_TYPES and words.together:
        several, base, one = words.together, words.together, words.together
    else:
        several, base, one = words.do, words.base, words.does
    many = doers > 1
    if modality in ("actual", "denied"):
        said = several if many else one
    elif modality == "planned":
        said = f"{'plan' if many else 'plans'} to {base}"
    elif modality == "conditional":
        said = f"would {base}"
    elif modality == "demanded":
        said = f"{'are' if many else 'is'} asked to {base}"
    else:
        said = f"may {base}"
    return f"{said} {words.to}".rstrip() if targets else said


def date_words(value: str | None) -> str:
    """Return an ISO date, month, year or week as people read it: "Fri 21 Jan 2022"; "" for None."""
    if not value:
        return ""
    if whole := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        try:
            day = datetime.date(*(int(part) for part in whole.groups()))
        except ValueError:
            return plain(value)
        return f"{_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        return f"week {int(week[2])} of {week[1]}"
    if (month := re.fullmatch(r"(\d{4})-(\d\d)", value)) and 1 <= int(month[2]) <= 12:
        return f"{MONTHS[int(month[2]) - 1]} {month[1]}"
    return plain(value)


_REFERENCES = {"PAST_REF": "the past", "PRESENT_REF": "the present", "FUTURE_REF": "the future"}


def time_words(value: str) -> str:
    """Return the value of a time (codebook, section 0) as people read it."""
    return _REFERENCES.get(value) or date_words(value)


def iso_date(value: str | None) -> str:
    """Return an ISO date, month or year for machines, "" for everything else."""
    return value if value and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value) else ""


def span_words(first: str | None, last: str | None) -> str:
    """Return the stretch from one date to another in words, once where both are the same."""
    if first == last or not first or not last:
        return date_words(first or last)
    return f"{date_words(first)} to {date_words(last)}"


def joined(names: Sequence[str]) -> str:
    """Join names as in a sentence: "Russia", "Russia and NATO", "Britain, France and Germany"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 report", "3 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def shortened(text: str, limit: int) -> str:
    """Return the text on one line, cut at a word with an ellipsis where it is over `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    if " " in cut[limit // 2 :]:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:–—-") + "…"
