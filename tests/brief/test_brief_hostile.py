"""Article text, titles, ids, outlets, authors, URLs, issues, places and names are written by strangers."""

import re
from dataclasses import replace

import pytest

from hostile_texts import ATTACKS
from page_markup import document, text_of
from standoff.brief import Material, render_material
from standoff.records import (
    Act,
    Coding,
    Event,
    Position,
    PositionEntry,
    Span,
    Statement,
    StoredAct,
    StoredReport,
    StoredStatement,
    Version,
)
from strait import bare_report, dossier_page


def hostile(attack: str) -> Material:
    """Return a material in which every field that text can reach is the attack."""
    text = f"{attack} demanded {attack}."
    end = len(attack)
    report = replace(
        bare_report(text),
        id=attack,
        title=attack,
        outlet=attack,
        author=attack,
        url=f"https://evil.example/{attack}",
        published=attack,
        published_how=attack,
    )
    act = Act(
        "REQUEST", (attack,), (attack,), "actual", Span(end + 1, end + 9), Span(0, len(text)), Span(0, end),
        Span(0, end), (attack,), attack, attack, attack,
    )  # fmt: skip
    event = Event(
        1, "REQUEST", (attack,), (attack,), attack, attack, attack, "actual", (1,), (1,), 1, attack,
        versions=(Version("number", attack, (1,), 1), Version("source", attack, (1,), 1)), contested=True,
    )  # fmt: skip
    entry = PositionEntry("demand", (1,), (attack,), attack, attack, attack, "once", attack, 1, (attack,))
    statement = Statement(Span(0, end), (attack,), Span(end + 1, end + 9), (Span(0, end),), "indirect")
    return Material(
        (StoredReport(1, report, "2031-03-05T00:00:00Z", 1),),
        (StoredStatement(1, 1, statement, text),),
        (StoredAct(1, 1, 1, act, attack, text),),
        (event,),
        (Position(attack, attack, (entry,)),),
    )


def skeleton(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return tags and attribute names in order: what a text can never change."""
    return [
        (node.tag, tuple(sorted(node.attributes)))
        for node in document(html).root.walk()
        if "ctl" not in node.attributes.get("class", "")
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_in_any_field_changes_the_markup(attack):
    calm = skeleton(render_material(hostile("a plain word"), title="a plain word"))
    found = skeleton(render_material(hostile(attack), title=attack))
    address = (("a", ("href", "rel")), ("bdi", ()))  # the URL with the attack in it is linked or only named
    assert [item for item in found if item not in address] == [item for item in calm if item not in address]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_text_is_still_shown_as_it_stands(attack):
    parsed = document(render_material(hostile(attack)))
    assert parsed.css("p.txt")[0].raw == f"{attack} demanded {attack}."


@pytest.mark.parametrize("attack", ATTACKS)
def test_style_and_script_are_the_pages_own_and_nothing_else_is_one(attack):
    html = render_material(hostile(attack), title=attack)
    parsed = document(html)
    assert len(parsed.css("script")) == len(parsed.css("style")) == 1
    own = document(render_material(Material(())))
    assert parsed.css("script")[0].raw == own.css("script")[0].raw
    assert parsed.css("style")[0].raw == own.css("style")[0].raw


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "https://user@evil.example/", "vbscript:x", "//evil.example"],
)
def test_what_is_no_web_address_is_named_but_not_linked(tmp_path, url):
    page = dossier_page(tmp_path, Coding(bare_report("A text.", url=url)))
    parsed = document(page)
    assert not [node for node in parsed.css("a[href]") if not node["href"].startswith("#")]
    assert "not a web address" in text_of(parsed.css("article dl")[0])


def test_overrides_in_metadata_are_taken_out_and_in_text_shut_in():
    html = render_material(hostile("\u202eright to left\u2066"), title="\u202etitle")
    parsed = document(html)
    outside = re.sub(r'<bdi class="ctl"[^>]*>.</bdi>', "", html)
    assert not re.search("[\u202a-\u202e]", outside)
    assert "\u2066" not in parsed.css("title")[0].raw
    assert not [
        node for node in parsed.root.walk() for value in node.attributes.values() if "\u202e" in value
    ]


def test_what_utf8_cannot_hold_never_reaches_the_page():
    html = render_material(hostile("\ud83d alone\x00"), title="\ud83d alone")
    assert "\x00" not in html
    assert (
        document(html.encode("utf-8").decode("utf-8"))
        .css("p.txt")[0]
        .raw.startswith("\ufffd alone\ufffd demanded")
    )
