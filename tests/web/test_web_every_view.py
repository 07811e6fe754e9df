"""Every view in a real browser, light and dark: as axe sees it, whether anything moves while it loads, and its weight."""

import pytest
from karv_conflict import KARV
from places import CONFLICT, PAGES
from serving import serving
from test_web_browser import axe, faults  # noqa: F401
from test_web_conflict_browser import settled

from standoff.web.app import create_app
from standoff.web.navigation import NAVIGATION

EVERY = (*PAGES, *CONFLICT)
WEIGHT = 400_000
"""Bytes that a page may have with style and scripts, without the library that draws graphs."""
MOVED = 0.01
"""Cumulative layout shift that a page stays under."""
SHIFT = """() => new Promise(done => {
    let sum = 0;
    const add = entries => entries.forEach(entry => (sum += entry.value));
    const observer = new PerformanceObserver(list => add(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => { add(observer.takeRecords()); done(sum); }, 60);
})"""


@pytest.fixture(scope="module")
def with_conflict(crisis, tmp_path_factory):
    file = tmp_path_factory.mktemp("web") / "karv.toml"
    file.write_text(KARV, encoding="utf-8")
    with serving(create_app(crisis, conflict_file=file)) as base:
        yield base


def test_no_place_of_the_navigation_is_forgotten():
    assert {place.path for group in NAVIGATION for place in group.places} <= {
        view.partition("?")[0] for view in EVERY
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_nothing_moves_and_pages_are_light(opened, axe, with_conflict, scheme):  # noqa: F811
    page = opened("/me", base=with_conflict, color_scheme=scheme)
    page.fill("input[name=name]", "Ada")
    page.locator("button.main").click()
    page.wait_for_url("**/")
    sizes, found, moved, heavy = {}, {}, {}, {}
    page.on("response", lambda answer: sizes.setdefault(answer.url, len(answer.body())))
    for view in EVERY:
        sizes.clear()
        assert page.goto(view).ok, view
        settled(page)
        page.wait_for_load_state("networkidle")
        if (shift := page.evaluate(SHIFT)) >= MOVED:
            moved[view] = shift
        weight = sum(size for url, size in sizes.items() if "/static/vendor/" not in url)
        if not 0 < weight < WEIGHT:
            heavy[view] = weight
        if wrong := faults(axe, page):
            found[view] = wrong
    page.close()
    assert (found, moved, heavy) == ({}, {}, {})


@pytest.mark.parametrize("view", ["/", "/issues/one?issue=strait+of+Karv", "/events"])
def test_nothing_moves_while_a_page_comes_in_slowly(opened, with_conflict, view):
    page = opened("/me", base=with_conflict)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": 15_000, "uploadThroughput": 1_000_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.goto(view)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) < MOVED
    page.close()
