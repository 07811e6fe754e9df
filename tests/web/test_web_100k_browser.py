"""A dossier of 100,000 reports in a real browser: every view, search and filters, a review by keys, what is added later."""

import re

import pytest
from many_reports import REPORTS, many_reports
from reviewing import NAME, Reviewer, decisions
from serving import serving

from standoff.web.app import create_app

VIEWS = (
    "/", "/timeline", "/timeline?lanes=issue", "/positions", "/changes?since=2031-04-01", "/contradictions", "/network",
    "/events", "/events?actor=NRL&type=THREATEN&since=2031-02-01&until=2031-02-07", "/acts?issue=the+tolls",
    "/statements", "/actors", "/actors/NRL", "/issues", "/issues/one?issue=the+pipeline", "/sources",
    "/search?search=frigates", "/review", "/review?type=THREATEN", "/join", "/decisions", "/report/1", f"/report/{REPORTS}",
)  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return many_reports(tmp_path_factory.mktemp("many"))


@pytest.fixture
def page(browser, path):
    troubles = []
    with serving(create_app(path)) as base:
        context = browser.new_context(base_url=base, viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": NAME, "value": "Anna", "url": base}])
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: request.url.startswith(base + "/") or troubles.append(request.url))
        yield page
        context.close()
    assert troubles == []


def test_every_view_opens_and_shows_a_part_that_a_page_can_bear(page):
    long = {}
    for view in VIEWS:
        answer = page.goto(view)
        assert answer.ok, view
        assert page.locator("main h1").inner_text(), view
        nodes = page.evaluate("document.querySelectorAll('*').length")
        if nodes > 8_000:
            long[view] = nodes
    assert long == {}


def test_the_overview_counts_all_and_the_pages_of_a_table_lead_to_its_end(page):
    page.goto("/")
    assert f"{REPORTS:,} reports" in page.locator(".lead").inner_text()
    page.goto("/sources")
    first = page.locator("main table th.title a").first.inner_text()
    page.locator(".pages a[rel=next]").first.click()
    page.wait_for_url(re.compile("after="))
    assert page.locator("main table th.title a").first.inner_text() != first


def test_a_word_of_one_report_is_found_among_all_and_its_evidence_opens_beside(page):
    page.goto("/")
    page.fill("#find", '"Letter 137"')
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    assert "Letter 137" in page.locator("main").inner_text()
    page.goto("/acts?dyad=NRL%3ESDM&type=SANCTION")
    told = page.locator("main table td.who").all_inner_texts()
    assert told
    assert [who for who in told if "NRL" not in who or "SDM" not in who] == []


def test_the_least_certain_of_200000_acts_come_first_and_are_decided_by_keys(page, path):
    anna = Reviewer(page).open()
    first = anna.place
    assert anna.decide("a").startswith("You accepted act")
    assert anna.place != first
    assert anna.decide("r").startswith("You rejected act")
    assert anna.decide("u").startswith("You took back decision")
    assert [(one.verb, one.stands) for one in reversed(decisions(path))] == [
        ("accept", True),
        ("reject", False),
        ("undo", True),
    ]
