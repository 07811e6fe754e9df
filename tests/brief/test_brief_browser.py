"""The page in a real browser: evidence both ways, with and without JavaScript, on a phone, on paper."""

from itertools import pairwise

import pytest

from strait import dossier_page, harbour, shore


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("brief")
    page = folder / "brief.html"
    page.write_bytes(dossier_page(folder, harbour(), shore()).encode())
    return page.as_uri()


@pytest.fixture
def opened(browser, address):
    """Open the page; at the end nothing may have gone wrong in it, and nothing may have been asked for."""
    troubles, contexts = [], []

    def open_page(width=1280, height=900, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: request.url != address and troubles.append(request.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def test_a_line_opens_its_evidence_in_context(opened):
    page = opened()
    page.locator("#acts-THREATEN tr[id] a.e").click()
    pane = page.locator("dialog.pane")
    assert pane.is_visible()
    assert "Threat" in pane.locator("h2").inner_text()
    assert "Norland refused the request" in pane.locator(".txt").inner_text()
    hits = "".join(pane.locator(".txt .hit").all_inner_texts())
    assert "if a single warship crossed the line" in hits
    assert "demanded" not in hits


def test_the_pane_leads_into_the_source_and_from_there_back_to_the_record(opened):
    page = opened()
    page.locator("#acts-REJECT tr[id] a.e").click()
    page.locator("dialog.pane a.go").click()
    anchor = page.evaluate("location.hash.slice(1)")
    assert page.evaluate("document.querySelector(':target').matches('article a.ref')")
    page.locator(f"#{anchor}").click()
    record = page.locator("dialog.pane")
    assert "Refusal" in record.inner_text()
    record.locator("a.go").click()
    assert page.evaluate("document.querySelector(':target').closest('tbody').id") == "acts-REJECT"


def test_escape_closes_the_pane_and_focus_goes_back(opened):
    page = opened()
    link = page.locator("#acts-REQUEST tr[id] a.e")
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert page.locator("dialog.pane").is_hidden()
    assert page.evaluate("document.activeElement.getAttribute('href')") == link.get_attribute("href")


def test_every_evidence_link_opens_the_place_that_it_names(opened):
    page = opened()
    wrong = page.evaluate(
        """() => [...document.querySelectorAll('a.e, a.pos, a.m, a.q')].filter(link => {
            link.click();
            const pane = document.querySelector('dialog.pane');
            return !(pane.open && pane.querySelector('.hit') && '#' + pane.querySelector('.go').hash.slice(1) ===
                     link.hash);
        }).map(link => link.outerHTML)"""
    )
    assert wrong == []


@pytest.mark.parametrize("anchor", ["a.e", "a.ref", ".margin a"])
def test_without_javascript_links_lead_to_anchors(opened, anchor):
    page = opened(java_script_enabled=False)
    link = page.locator(anchor).first
    target = link.get_attribute("href")
    link.click()
    assert page.url.endswith(target)
    assert page.locator(f"{target}:target").count() == 1
    assert page.locator(f"{target}:target").first.bounding_box()["y"] < 900


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_scrolls_sideways(opened, width):
    page = opened(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_marks_have_enough_contrast(opened, scheme):
    page = opened(color_scheme=scheme)
    weak = page.evaluate(
        """() => {
            const rgb = value => (value.match(/[\\d.]+/g) || []).map(Number);
            const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
                .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
                .reduce((sum, c, k) => sum + c * [.2126, .7152, .0722][k], 0);
            const behind = node => {
                for (let at = node; at; at = at.parentElement) {
                    const colour = rgb(getComputedStyle(at).backgroundColor);
                    if (colour.length === 3 || colour[3] > 0) return colour;
                }
                return [255, 255, 255];
            };
            const found = [];
            for (const node of document.querySelectorAll('body *')) {
                const own = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
                const mark = node.matches('svg.mark');
                if ((!own && !mark) || !node.checkVisibility() || node.closest('.sheet, script')) continue;
                const [a, b] = [light(rgb(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
                const ratio = (a + .05) / (b + .05);
                if (ratio < (mark ? 3 : 4.5)) found.push([ratio.toFixed(2), node.className, node.textContent.slice(0, 30)]);
            }
            return found;
        }"""
    )
    assert weak == []


def test_the_page_has_landmarks_headings_in_order_and_names_for_its_links(opened):
    page = opened()
    counts = [page.locator(tag).count() for tag in ("main", "header.masthead", "nav", "footer", "h1")]
    assert counts == [1, 1, 1, 1, 1]
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert all(after - before <= 1 for before, after in pairwise(levels))
    nameless = page.evaluate(
        "[...document.querySelectorAll('a')].filter(a => !(a.getAttribute('aria-label') || a.textContent.trim())).length"
    )
    assert nameless == 0


def test_links_in_tables_are_large_enough_to_touch(opened):
    page = opened(width=390)
    small = page.evaluate(
        """() => [...document.querySelectorAll('td a.e, td a.m, td a.pos, nav a')].filter(a => a.checkVisibility())
            .map(a => a.getBoundingClientRect()).filter(box => box.height < 23.5 || box.width < 23.5).length"""
    )
    assert small == 0


def test_what_is_selected_in_a_source_is_the_text_alone(opened):
    page = opened()
    chosen = page.evaluate(
        """() => {
            const text = [...document.querySelectorAll('article .txt')].find(p => p.textContent.includes('refused'));
            getSelection().selectAllChildren(text);
            return getSelection().toString();
        }"""
    )
    assert "Norland refused the request, and its foreign minister warned that Sudmark" in chosen


def test_on_paper_rows_are_whole_and_nothing_is_hidden(opened):
    page = opened()
    page.emulate_media(media="print")
    assert page.locator("nav.bar").is_hidden()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('table.acts tr[id]')).breakInside") == "avoid"
    )
    assert page.locator("article .margin").first.is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_right_to_left_text_runs_right_to_left(opened):
    page = opened()
    block = page.locator("article .txt", has_text="המצר")
    assert block.evaluate("node => getComputedStyle(node).direction") == "rtl"
