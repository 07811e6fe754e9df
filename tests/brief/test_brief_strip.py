from page_markup import document
from standoff.brief import Material, render_material
from standoff.brief.lines import line_of
from standoff.brief.strip import HIGHEST, SIZE, strip_of
from standoff.records import Event, StoredReport
from strait import bare_report


def event(key, act_type, date, known=True, modality="actual"):
    return Event(
        key, act_type, ("NRL",), ("SDM",), date, None, "transit", modality, (), (1,), 1, "quote", known
    )


def material(*events, published="2031-03-05"):
    return Material((StoredReport(1, bare_report("A text.", published=published), "", 1),), events=events)


def drawn(*events, **fields):
    made = material(*events, **fields)
    return strip_of(made, {event.key: line_of(made, event) for event in made.events})


SPREAD = (
    event(1, "REQUEST", "2031-03-01"),
    event(2, "CONSULT", "2031-03-03"),
    event(3, "ASSAULT", "2031-03-05"),
    event(4, "REQUEST", "2031-03-05"),
)


def test_conflict_stands_above_the_line_and_cooperation_below():
    strip = drawn(*SPREAD)
    sides = {dot.words.split(", ")[1].split(":")[0]: dot.y + SIZE < strip.line for dot in strip.dots}
    assert sides == {"Demand": True, "Talks": False, "Use of force": True}


def test_deeds_stand_nearest_to_the_line():
    strip = drawn(*SPREAD)
    last = [dot for dot in strip.dots if dot.words.startswith("Wed 5 Mar")]
    assert [dot.mark.shape for dot in sorted(last, key=lambda dot: -dot.y)] == ["deed", "words"]


def test_every_day_between_has_its_place_and_the_month_is_named_once():
    strip = drawn(*SPREAD)
    assert [day.label for day in strip.days] == ["1", "2", "3", "4", "5"]
    assert [day.month for day in strip.days] == ["Mar", "", "", "", ""]
    assert all(0 <= dot.x <= strip.width - SIZE and 0 <= dot.y <= strip.height - SIZE for dot in strip.dots)


def test_what_is_undated_coarse_or_far_away_is_counted_and_not_drawn():
    strip = drawn(
        *SPREAD,
        event(5, "REQUEST", "2031-03-05", known=False),
        event(6, "REQUEST", "2031-03"),
        event(7, "COERCE", "2014-03-18"),
    )
    assert len(strip.dots) == 4
    assert strip.left_out == 3


def test_a_day_without_room_says_how_many_more_there_are():
    many = [event(10 + k, "ACCUSE", "2031-03-05") for k in range(HIGHEST + 3)]
    strip = drawn(*SPREAD[:2], *many)
    assert strip.days[-1].more_above == 3
    assert sum(dot.words.startswith("Wed 5 Mar") for dot in strip.dots) == HIGHEST


def test_few_days_or_many_months_make_no_picture():
    assert drawn(*SPREAD[:2]) is None
    assert drawn(*SPREAD, published=None) is None
    assert drawn(*SPREAD, published="1999-01-01") is None


def test_each_mark_of_the_picture_is_a_link_with_words():
    page = document(render_material(material(*SPREAD)))
    links = page.css("svg.days a")
    assert len(links) == 4
    assert all(link["aria-label"] and link["href"].startswith("#event-") for link in links)
