"""Finding the places of a report: names of the gazetteer, and names that stand where only a place can stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.coding.places.gazetteer import Entry, folded, gazetteer
from standoff.coding.times.lexicon import lexicon
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from standoff.language.analysis import Analysis

LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "inside", "into", "from", "to", "across", "around", "through", "throughout", "over",
     "within", "toward", "towards", "via", "off", "above", "along"}
)  # fmt: skip
_STATIC = frozenset({"in", "at", "near", "outside", "inside", "across", "around", "throughout"})
_DIRECTIONS = frozenset(
    {"northern", "southern", "eastern", "western", "central", "northeastern", "northwestern", "southeastern",
     "southwestern", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "downtown",
     "north-eastern", "north-western", "south-eastern", "south-western"}
)  # fmt: skip
_FEATURES = frozenset(
    {"province", "island", "islands", "peninsula", "governorate", "valley", "river", "square", "strait", "county",
     "oblast", "prefecture", "mountains", "gorge", "shoal", "desert", "heights", "canal"}
)  # fmt: skip
"""Nouns that belong to the name before them."""
_KINDS = _FEATURES | frozenset(
    {
        "region",
        "city",
        "district",
        "state",
        "sea",
        "gulf",
        "airport",
        "strip",
        "camp",
        "prison",
        "area",
        "border",
    }
)
_SETTLEMENTS = frozenset(
    {"city", "cities", "town", "towns", "village", "villages", "port", "province", "region", "state", "outskirts",
     "streets", "resort", "suburb", "suburbs", "island", "district", "capital", "mountains", "governorate"}
)  # fmt: skip
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the text names.

    `name` is the name as in the text; `country` an ISO 3166-1 alpha-3 code; `lat` and `lon` degrees; these are None
    where the gazetteer does not know. `kind` is country, capital, city, region, sea, facility, continent or unknown.
    """

    span: Span
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    kind: str


def find_places(analysis: Analysis) -> list[Place]:
    """Return the places of a report in order, without overlap."""
    doc = analysis.doc
    candidates = list(_candidates(doc))
    supported = {
        folded(doc[first:last].text) for first, last, _ in candidates if _led_by(doc, first, LOCATIVE)
    }
    places: list[Place] = []
    for first, last, entry in candidates:
        if entry is None:
            featured = doc[last - 1].lower_ in _FEATURES or (
                last < len(doc) and doc[last].lower_ in _FEATURES
            )
            if not featured and not _led_by(doc, first, _STATIC):
                continue
        elif not entry.listed and folded(doc[first:last].text) not in supported:
            continue
        places.append(_place(doc, *_extended(doc, first, last), entry))
    return _apart(places)


def _candidates(doc: Doc) -> Iterator[tuple[int, int, Entry | None]]:
    """Yield runs of capitalised words that may be places: first token, end, and what the gazetteer knows."""
    entries = gazetteer()
    k = 0
    while k < len(doc):
        if not _capital(doc[k]):
            k += 1
            continue
        end = k + 1
        while end < len(doc) and _capital(doc[end]) and not doc[end].is_sent_start:
            end += 1
        yield from _in_run(doc, k, end, entries)
        k = end


def _in_run(
    doc: Doc, first: int, end: int, entries: dict[str, Entry]
) -> Iterator[tuple[int, int, Entry | None]]:
    at = first
    found = False
    while at < end:
        for last in range(min(end, at + _LONGEST), at, -1):
            entry = entries.get(folded(doc[at:last].text))
            if entry is not None and _whole(doc, at, last, first, end):
                yield at, last, entry
                found = True
                at = last
                break
        else:
            at += 1
    if not found and _name_like(doc, first, end):
        yield first, end, None


def _whole(doc: Doc, at: int, last: int, first: int, end: int) -> bool:
    """Tell whether a match is a name of its own and no part of a longer name ("Paris Hilton", "George Washington")."""
    before = at == first or doc[at - 1].lower_ in _DIRECTIONS or doc[at - 1].pos_ == "ADP"
    after = last == end or doc[last].lower_ in _KINDS or doc[last].pos_ != "PROPN"
    if before and after:
        return True
    # "Lebanon Prime Minister": a country in front of a title
    return at == first and gazetteer()[folded(doc[at:last].text)].kind == "country"


def _name_like(doc: Doc, first: int, end: int) -> bool:
    numbers = lexicon().numbers
    return (
        all(token.pos_ == "PROPN" and token.lower_ not in numbers for token in doc[first:end])
        and end - first <= 3
    )


def _capital(token: Token) -> bool:
    """Tell whether a word may be part of a name: weekdays and months stand beside places and belong to none."""
    return token.text[:1].isupper() and lexicon().letters.get(token.lower_) not in ("W", "M")


def _led_by(doc: Doc, first: int, prepositions: frozenset[str]) -> bool:
    k = first - 1
    for _ in range(3):
        if k < 0:
            return False
        word = doc[k].lower_
        if word in prepositions or (word == "of" and k and doc[k - 1].lower_ in _SETTLEMENTS):
            return True
        if word not in _DIRECTIONS and word not in ("the", "and", ","):
            return False
        k -= 1
    return False


def _extended(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Take in "northern" before a name and "province" after it."""
    if last < len(doc) and doc[last].lower_ in _FEATURES and not doc[last].is_sent_start:
        return first, last + 1
    featured = last < len(doc) and doc[last].lower_ in _KINDS
    if first and doc[first - 1].lower_ in _DIRECTIONS and not featured:
        first -= 1
    return first, last


def _place(doc: Doc, first: int, last: int, entry: Entry | None) -> Place:
    span = Span(doc[first].idx, doc[last - 1].idx + len(doc[last - 1].text))
    name = doc[first:last].text
    if entry is None:
        return Place(span, name, None, None, None, "unknown")
    return Place(span, name, entry.country, entry.lat, entry.lon, entry.kind)


def _apart(places: list[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in places:
        if not kept or place.span.start >= kept[-1].span.end:
            kept.append(place)
    return kept
