"""Text of strangers in every field, in every view: it is shown and does nothing."""

import json
import re

import pytest
from places import VIEWS
from serving import ADDRESS, dossier_of, serving
from starlette.testclient import TestClient

from hostile_texts import ATTACKS
from page_markup import document
from standoff.reading import make_report
from standoff.records import Act, Coding, Span, Statement
from standoff.web.app import create_app

OWN = re.compile(r"#.*|/([^/].*)?", re.DOTALL)


def hostile_coding(number, attack):
    """Return a coded report in which every field that a stranger can fill is the attack."""
    text = f"{attack} demanded {attack}. It moved ships, and {attack} agreed {number}."
    end = len(attack)
    report = make_report(
        text,
        id=f"{number} {attack}",
        title=attack,
        outlet=attack,
        author=attack,
        url=f"https://evil.example/{attack}",
        published="2031-03-04",
    )
    code = re.sub(r"[\s:]", "", attack).upper() or "X"  # a colon separates the codes of a dyad
    demand = Act(
        "REQUEST", (code,), ("NRL",), "actual", Span(end + 1, end + 9), Span(0, end + 9), Span(0, end), Span(0, end),
        (code,), "2031-03-04", attack, attack,
    )  # fmt: skip
    deed = Act(
        "MOBILIZE", ("NRL",), (code,), "actual", Span(end + 1, end + 9), Span(0, end + 9),
        date=f"2031-03-0{number % 8 + 1}", place=attack, issue=attack,
    )  # fmt: skip
    said = Statement(Span(0, end), (code,), Span(end + 1, end + 9), (Span(0, end),), "indirect")
    return Coding(report, (), (said,), (demand, deed))


@pytest.fixture(scope="module")
def crooked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    return dossier_of(
        folder / "crooked.standoff",
        *(hostile_coding(number, attack) for number, attack in enumerate(ATTACKS)),
    )


@pytest.fixture(scope="module")
def addresses(crooked):
    """Return every view over the hostile dossier, and the pages that its links lead to."""
    with TestClient(create_app(crooked), base_url=ADDRESS) as client:
        found = [view for view in VIEWS if "NRL" not in view and "Karv" not in view] + ["/actors/NRL"]
        found += [f"/report/{key}" for key in range(1, len(ATTACKS) + 1)]
        found += [f"/evidence/a{key}" for key in range(1, 2 * len(ATTACKS), 5)]
        for start in ("/actors", "/issues", "/positions", "/network", "/sources"):
            page = document(client.get(start).text.removeprefix("<!DOCTYPE html>\n"))
            hrefs = [node["href"] for node in page.css("main a[href]")]
            found += [href for href in hrefs if href.startswith(("/actors/", "/issues/one", "/positions/h"))][
                :24
            ]
        return list(dict.fromkeys(found))


def test_no_text_becomes_markup_in_any_view(crooked, addresses):
    with TestClient(create_app(crooked), base_url=ADDRESS, follow_redirects=False) as client:
        for path in addresses:
            answer = client.get(path)
            assert answer.status_code == 200, path
            page = document(answer.text.removeprefix("<!DOCTYPE html>\n"))
            for node in page.root.walk():
                assert node.tag not in ("style", "iframe", "object", "base", "math", "template", "img"), path
                for name, value in node.attributes.items():
                    assert not name.startswith("on"), (path, name)
                    assert name != "style", path
                    if name in ("href", "src", "action"):
                        outside = node.attributes.get("rel", "").startswith("noopener")
                        assert OWN.fullmatch(value) or (outside and value.startswith("https://")), (
                            path,
                            value,
                        )
            assert all(node["src"].startswith("/static/") for node in page.css("script"))


def test_twins_are_data(crooked):
    with TestClient(create_app(crooked), base_url=ADDRESS) as client:
        for path in ("/events", "/sources", "/actors", "/statements", "/positions"):
            answer = client.get(f"{path}.json")
            assert answer.headers["content-type"] == "application/json"
            assert json.loads(answer.text)["records"]
            table = client.get(f"{path}.csv")
            assert table.headers["content-type"].startswith("text/csv")
            assert "attachment" in table.headers["content-disposition"]


def test_in_a_browser_no_view_runs_loads_or_reports_anything(browser, crooked, addresses):
    troubles = []
    with serving(create_app(crooked)) as base:
        page = browser.new_page(base_url=base)
        page.on("console", lambda message: troubles.append((page.url, message.text)))
        page.on("pageerror", lambda error: troubles.append((page.url, str(error))))
        page.on("dialog", lambda dialog: (troubles.append((page.url, "dialog")), dialog.dismiss()))
        page.on(
            "request",
            lambda request: request.url.startswith(base) or troubles.append((page.url, request.url)),
        )
        for path in addresses[:30]:
            page.goto(path)
            assert page.locator("h1").count() == 1, path
        page.goto("/events")
        for link in page.locator("td.refcell a.e").all()[:8]:
            link.click()
            page.locator("dialog.pane .txt").first.wait_for()
            page.keyboard.press("Escape")
        page.close()
    assert troubles == []
