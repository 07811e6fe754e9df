"""The app in a real browser: evidence beside the page, the picture of the timeline, keyboard, phone, paper, axe."""

import re

import pytest
from places import PAGES


@pytest.fixture(scope="module")
def axe():
    module = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe is not installed (pip install axe-playwright-python)",
    )
    return module.Axe()


def faults(axe, page, **options):
    found = axe.run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [(fault["id"], [node["html"][:160] for node in fault["nodes"][:3]]) for fault in found]


def test_axe_finds_nothing_on_a_phone_in_a_pane_or_where_nothing_is(opened, axe, empty_address):
    page = opened("/events", width=390, height=800)
    found = [faults(axe, page)]
    page.locator("td.refcell a.e").first.click()
    page.locator("dialog.pane .txt").first.wait_for()
    found.append(faults(axe, page))
    page = opened("/", base=empty_address)
    found.append(faults(axe, page))
    page.goto("/timeline")
    found.append(faults(axe, page))
    assert found == [[], [], [], []]


def test_evidence_opens_beside_the_page_and_focus_comes_back(opened):
    page = opened("/events")
    link = page.locator("tr:has-text('THREATEN') a.e").first
    link.focus()
    page.keyboard.press("Enter")
    pane = page.locator("dialog.pane")
    pane.locator(".txt").first.wait_for()
    assert page.url.endswith("/events")
    assert "The Northern Ledger" in pane.inner_text()
    assert "if a single warship crossed the line" in pane.locator(".txt .cd").inner_text()
    assert page.evaluate("document.activeElement.id") == "pane-title"
    page.keyboard.press("Escape")
    assert pane.is_hidden()
    assert page.evaluate("document.activeElement.getAttribute('href')") == link.get_attribute("href")


def test_the_pane_leads_into_the_reader(opened):
    page = opened("/events")
    link = page.locator("td.refcell a.e").first
    target = link.get_attribute("href")
    link.click()
    page.locator("dialog.pane a.go").click()
    page.wait_for_url(f"**{target}")
    assert page.locator(":target").count() == 1
    box = page.locator(":target").bounding_box()
    assert 0 <= box["y"] <= 900


@pytest.mark.parametrize(
    "view", ["/", "/timeline", "/positions", "/contradictions", "/actors/NRL", "/statements", "/acts"]
)
def test_evidence_opens_the_same_way_in_every_view(opened, view):
    page = opened(view)
    links = page.locator("main a[href^='/report/'][href*='#']:visible")
    if view == "/contradictions":
        assert links.count() == 0  # this crisis has none
        return
    links.first.click()
    page.locator("dialog.pane .txt").first.wait_for()
    assert page.url.endswith(view)


def test_without_javascript_evidence_is_a_place_in_the_reader(opened):
    page = opened("/events", java_script_enabled=False)
    target = page.locator("td.refcell a.e").first.get_attribute("href")
    page.locator("td.refcell a.e").first.click()
    assert page.url.endswith(target)
    assert page.locator(":target").count() == 1
    page.goto("/events")
    page.select_option("select[name=kind]", "deeds")
    page.locator(".filters button").click()
    assert set(page.locator("td.act .type").all_inner_texts()) == {"Movement of forces", "Coercion"}


def span_of(page):
    told = page.locator(".picture .told").inner_text()
    days = re.match(r"(\d+ \w+ \d+) to (\d+ \w+ \d+)", told)
    assert days, told
    return page.evaluate(
        "([a, b]) => (Date.parse(b + ' UTC') - Date.parse(a + ' UTC')) / 86400000 + 1", [days[1], days[2]]
    )


def test_the_timeline_is_zoomed_by_wheel_keys_and_buttons_and_the_address_follows(opened):
    page = opened("/timeline")
    svg = page.locator("svg.lanes")
    assert svg.locator("a.m").count() > 3
    whole = span_of(page)
    box = svg.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    with page.expect_response("**/timeline/picture.json*"):
        page.mouse.wheel(0, -400)
    zoomed = span_of(page)
    assert zoomed < whole
    page.wait_for_function("location.search.includes('since=')")
    svg.focus()
    with page.expect_response("**/timeline/picture.json*"):
        page.keyboard.press("-")
    assert span_of(page) > zoomed
    with page.expect_response("**/timeline/picture.json*"):
        page.keyboard.press("Home")
    assert span_of(page) == whole
    with page.expect_response("**/timeline/picture.json*"):
        page.locator("[data-zoom=in]").click()
    assert span_of(page) < whole
    page.wait_for_function("document.querySelector('#same .pages')")
    page.reload()
    assert span_of(page) < whole


def test_the_timeline_is_moved_by_dragging_and_marks_still_open(opened):
    page = opened("/timeline")
    box = page.locator("svg.lanes").bounding_box()
    before = page.locator(".picture .told").inner_text()
    middle = box["x"] + box["width"] / 2
    page.mouse.move(middle, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(middle + 120, box["y"] + 40, steps=4)
    with page.expect_response("**/timeline/picture.json*"):
        page.mouse.up()
    assert page.locator(".picture .told").inner_text() != before
    page.locator("svg.lanes a.m").first.click()
    page.locator("dialog.pane .txt").first.wait_for()


def test_marks_are_reached_by_keys_and_say_what_they_are(opened):
    page = opened("/timeline")
    page.locator("svg.lanes").focus()
    page.keyboard.press("ArrowDown")
    words = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.search(r"Mar 2031: ", words)
    assert page.locator(".picture .told").inner_text() == words.split("; contested")[0] + "."
    page.keyboard.press("Enter")
    page.locator("dialog.pane .txt").first.wait_for()


def test_the_signs_of_the_picture_are_those_of_the_table(opened):
    page = opened("/timeline?dyad=NRL:SDM")
    drawn = page.eval_on_selector_all(
        "svg.lanes a.m use",
        "all => all.map(use => use.getAttribute('href') + ' ' + use.getAttribute('class'))",
    )
    listed = page.eval_on_selector_all(
        "#same .line > .mark use",
        "all => all.map(use => use.getAttribute('href') + ' ' + use.closest('svg').classList[1])",
    )
    assert drawn
    assert set(drawn) <= set(listed)


def test_nothing_scrolls_sideways(opened):
    page = opened("/")
    wide = {}
    for view in PAGES:
        page.goto(view)
        for width in (1920, 1280, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate("document.documentElement.scrollWidth")
            if found > width:
                wide[view, width] = found
    assert wide == {}


def test_targets_are_large_enough_to_touch(opened):
    page = opened("/", width=390)
    for view in ("/events", "/positions", "/actors"):
        page.goto(view)
        small = page.evaluate(
            """() => [...document.querySelectorAll('td a.e, td a.pos, nav a, .filters summary, button')]
                .filter(a => a.checkVisibility()).map(a => a.getBoundingClientRect())
                .filter(box => box.height < 23.5 || box.width < 23.5).length"""
        )
        assert small == 0, view


def test_fields_suggest_values_and_the_address_stays_short(opened):
    page = opened("/events")
    field = page.locator(".filters input[name=actor]")
    field.click()
    page.locator("#list-actor option[value=NRL]").wait_for(state="attached")
    field.fill("NRL")
    field.press("Enter")
    page.wait_for_url("**/events?actor=NRL")
    assert page.locator("p.chips a").count() == 1


def test_the_name_of_the_reader_is_kept(opened):
    page = opened("/me")
    page.fill("input[name=name]", "Ada")
    page.locator("button.main").click()
    page.wait_for_url("**/")
    assert page.locator(".me").inner_text() == "Ada"


def test_on_paper_the_frame_is_gone(opened):
    page = opened("/events")
    page.emulate_media(media="print")
    for gone in (".rail", ".find", ".filters form", ".pages"):
        assert page.locator(gone).first.is_hidden()
    assert page.locator("table.acts").is_visible()


def test_right_to_left_text_runs_right_to_left(opened):
    page = opened("/report/2")
    block = page.locator("article .txt", has_text="המצר")
    assert block.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_the_skip_link_leads_to_the_content(opened):
    page = opened("/events")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
