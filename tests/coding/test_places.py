"""Places: names found, and which of them an act happened in."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.coding.places import Place, find_places, place_of
from standoff.coding.places.gazetteer import folded, gazetteer
from standoff.language.analysis import Analysis
from standoff.language.parser import analyse
from standoff.records import Region, Report, Span


def parsed(text: str) -> Analysis:
    regions = tuple(
        Region(Span(*line.span()), "body") for line in re.finditer(r"[^\n]+", text) if line.group().strip()
    )
    (analysis,) = analyse([Report("t", text, "", published="2022-01-21", regions=regions)])
    return analysis


def named(text: str) -> list[str]:
    return [place.name for place in find_places(parsed(text))]


def placed(text: str, trigger: str, act_type: str) -> Place | None:
    analysis = parsed(text)
    at = text.index(trigger)
    return place_of(
        analysis, find_places(analysis), Span(at, at + len(trigger)), Span(0, len(text)), act_type=act_type
    )


def test_names_of_the_gazetteer_carry_country_and_coordinates() -> None:
    (place,) = find_places(parsed("The ministers met in Geneva."))
    assert (place.name, place.country) == ("Geneva", "CHE")
    assert place.lat is not None
    assert place.lon is not None
    assert abs(place.lat - 46.2) < 0.2
    assert abs(place.lon - 6.15) < 0.2


def test_countries_have_a_code_and_no_coordinates() -> None:
    (place,) = find_places(parsed("Fighting went on in Somalia."))
    assert (place.country, place.lat, place.kind) == ("SOM", None, "country")


def test_directions_and_features_belong_to_the_name() -> None:
    assert "northern Iraq" in named("Warplanes bombed villages in northern Iraq.")


def test_a_weekday_after_a_place_is_no_part_of_it() -> None:
    assert named("He arrived in Moscow Sunday.") == ["Moscow"]


def test_what_is_called_a_town_is_a_place() -> None:
    assert named("Rebels left the town of Mourah.") == ["Mourah"]
    assert named("Crowds filled the city of Benghazi.") == ["Benghazi"]


def test_a_surname_is_no_city() -> None:
    assert "Lincoln" not in named("Abraham Lincoln spoke to the crowd.")
    assert "Jackson" not in named("Jackson said that he would go.")


def test_an_act_happened_where_its_clause_says() -> None:
    place = placed("Thousands of people protested in Nairobi on Tuesday.", "protested", "PROTEST")
    assert place is not None
    assert (place.name, place.country) == ("Nairobi", "KEN")


def test_a_government_is_no_place_of_what_it_says() -> None:
    assert placed("Moscow rejected the proposal.", "rejected", "REJECT") is None


def test_accents_and_apostrophes_do_not_hide_a_name() -> None:
    assert folded("Bogotá") == "bogota"
    assert gazetteer()["sanaa"].country == "YEM"


def test_every_entry_has_a_sound_place_on_earth() -> None:
    for entry in gazetteer().values():
        assert (entry.lat is None) == (entry.lon is None)
        assert entry.lat is None or (-90 <= entry.lat <= 90 and -180 <= (entry.lon or 0) <= 180)
        assert entry.country is None or re.fullmatch(r"[A-Z]{3,4}", entry.country)


WORDS = st.sampled_from(
    "in at near the of northern Iraq Iran Paris Hilton province City Geneva New York , . 's Sunday \n".split(
        " "
    )
)


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=120))
@settings(deadline=None, max_examples=60)
def test_places_lie_in_the_text_in_order_and_apart(text: str) -> None:
    analysis = parsed(text)
    end = 0
    places = find_places(analysis)
    for place in places:
        assert end <= place.span.start < place.span.end <= len(text)
        assert text[slice(*place.span)] == place.name
        end = place.span.end
    span = Span(0, min(len(text), 5))
    chosen = place_of(analysis, places, span, span, act_type="ASSAULT")
    assert chosen is None or chosen in places
