"""The conflict in a real browser: editing in place, by mouse and by keys, switches, the graph, the story, axe."""

import re
import time

import pytest
from karv_conflict import KARV
from serving import serving
from test_web_browser import axe, faults  # noqa: F401
from test_web_conflict import crooked

from hostile_texts import ATTACKS
from standoff.conflict.answer.case import load_case
from standoff.web.app import create_app

PAGES = ("/conflict", "/conflict/answer", "/conflict/states", "/conflict/outcome?state=14")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "karv.toml"
    path.write_text(KARV, encoding="utf-8")
    return path


@pytest.fixture
def shown(opened, crisis, file):
    """Open a page of the conflict and wait until the engine is done."""
    with serving(create_app(crisis, conflict_file=file)) as base:
        pages = []

        def show(path="/conflict", **options):
            pages.append(opened(path, base=base, **options))
            settled(pages[-1])
            return pages[-1]

        show.base = base
        yield show
        for page in pages:
            page.close()  # before the program stops: a page asks it again while the engine is at work


@pytest.fixture
def refusing(browser, crisis, file):
    """Open pages in which a change may be refused: the browser notes that, and nothing else may go wrong."""
    troubles, contexts = [], []
    with serving(create_app(crisis, conflict_file=file)) as base:

        def show():
            contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, base_url=base))
            page = contexts[-1].new_page()
            page.on("console", lambda message: troubles.append(message.text))
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.goto("/conflict")
            settled(page)
            return page

        yield show
        for context in contexts:
            context.close()
    assert [trouble for trouble in troubles if "status of 400" not in trouble] == []


def until(page, expression, *arguments, seconds=20):
    """Wait until an expression is true; the page's policy forbids Playwright's own way."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression, *arguments):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(30)


def settled(page):
    until(page, "!document.querySelector('#conflict')?.matches('[data-working]')")


def option(page, name):
    return page.locator("table.options tr", has_text=name).first


def orders(page, party="Norland"):
    items = page.locator(".wishes section", has=page.get_by_role("heading", name=party)).locator("li")
    return items.evaluate_all("all => all.map(item => item.dataset.id)")


def wait_for_changes(page, number):
    until(page, "number => document.querySelectorAll('.unsaved li').length === number", number)


def test_options_are_edited_in_place_and_saved(shown, file):
    page = shown()
    option(page, "reopen the strait").get_by_role("switch", name="Done today").click()
    wait_for_changes(page, 1)
    option(page, "send a warship").get_by_role("switch", name="Cannot be taken back").click()
    wait_for_changes(page, 2)
    row = option(page, "move frigates")
    row.locator("summary").click()
    row.get_by_label("Name").fill("move three frigates")
    row.get_by_role("button", name="Rename").click()
    wait_for_changes(page, 3)
    assert option(page, "move three frigates").is_visible()
    assert page.url.endswith("/conflict")
    page.locator("summary", has_text="Add an option of Sudmark").click()
    page.get_by_label("What it could do").last.fill("ask the court of Halden")
    page.locator("tr.adding-row button").last.click()
    wait_for_changes(page, 4)
    option(page, "blockade the strait").locator("summary").click()
    option(page, "blockade the strait").get_by_role("button", name="Take it out").click()
    wait_for_changes(page, 5)
    assert file.read_text() == KARV
    page.get_by_role("button", name="Undo the last").click()
    wait_for_changes(page, 4)
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector(".unsaved", state="detached")
    conflict = load_case(file).conflict
    assert [option.name for option in conflict.options] == [
        "reopen the strait", "blockade the strait", "move three frigates", "send a warship", "ask the court of Halden",
    ]  # fmt: skip
    assert conflict.status_quo == 0b00101
    assert conflict.options[3].moves == "on"
    assert "# mine: they care about ships" in file.read_text()


def test_a_statement_says_what_it_means_and_its_mistake_in_place(refusing):
    page = refusing()
    item = page.locator("li[data-id='nrl.threat.nrl-blockade']")
    item.locator("summary").click()
    field = item.get_by_label("Statement")
    assert field.input_value() == "nrl-blockade if sdm-send-warship"
    field.fill("nrl-blockade if not nrl-reopen")
    item.locator(
        ".reads", has_text="Norland wants to blockade the strait should Norland not reopen"
    ).wait_for()
    field.fill("nrl-blockade if sdm-send")
    item.locator(".problem", has_text="did you mean 'sdm-send-warship'?").wait_for()
    item.get_by_role("button", name="Change", exact=True).click()
    item.locator(".problem", has_text="There is no option 'sdm-send'").wait_for()
    assert page.locator(".unsaved").count() == 0
    field.fill("nrl-blockade if not nrl-reopen")
    field.press("Enter")
    wait_for_changes(page, 1)
    assert (
        "should Norland not reopen the strait"
        in page.locator("li[data-id='nrl.threat.nrl-blockade']").inner_text()
    )


def test_a_switch_that_cannot_be_made_is_said_beside_it(refusing):
    page = refusing()
    option(page, "reopen the strait").get_by_role("switch", name="Done today").click()
    wait_for_changes(page, 1)
    row = option(page, "blockade the strait")
    row.get_by_role("switch", name="Done today").click()
    row.locator(".problem", has_text="is not feasible").wait_for()
    wait_for_changes(page, 1)


def test_what_is_typed_and_not_sent_stays(shown):
    page = shown()
    row = option(page, "move frigates")
    row.locator("summary").click()
    row.get_by_label("Name").fill("move two frigates")
    option(page, "reopen the strait").get_by_role("switch", name="Done today").click()
    wait_for_changes(page, 1)
    row = option(page, "move frigates")
    assert row.get_by_label("Name").input_value() == "move two frigates"
    row.get_by_role("button", name="Rename").click()
    wait_for_changes(page, 2)
    assert option(page, "move two frigates").is_visible()


def test_by_keyboard_alone_the_order_is_changed_and_saved(shown, file):
    page = shown()
    first = orders(page)
    page.get_by_role("button", name="Less important: not to reopen the strait").focus()
    page.keyboard.press("Enter")
    wait_for_changes(page, 1)
    assert orders(page) == [first[1], first[0], *first[2:]]
    assert page.evaluate("document.activeElement.dataset.key") == "down:nrl.refusal.nrl-reopen"
    page.keyboard.press("Alt+ArrowDown")
    wait_for_changes(page, 2)
    assert orders(page) == [first[1], first[2], first[0], first[3]]
    assert "nrl.refusal.nrl-reopen" in page.evaluate("document.activeElement.dataset.key")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Space")
    page.wait_for_selector(".unsaved", state="detached")
    assert [s.id for s in load_case(file).statements(0)] == [first[1], first[2], first[0], first[3]]
    assert page.evaluate("document.activeElement !== document.body")


def test_every_control_is_reached_by_tab(shown):
    page = shown()
    names = page.locator("#conflict [data-key]:visible:enabled").evaluate_all(
        "all => all.map(control => control.dataset.key)"
    )
    seen = set()
    page.locator("#main").focus()
    for _ in range(220):
        page.keyboard.press("Tab")
        key = page.evaluate("document.activeElement.dataset.key || ''")
        seen.add(key)
        if document_end(page):
            break
    assert set(names) <= seen


def document_end(page):
    return page.evaluate("document.activeElement === document.body")


def test_statements_are_dragged(shown):
    page = shown()
    first = orders(page)
    grip = page.locator(f"li[data-id='{first[3]}'] .grip")
    target = page.locator(f"li[data-id='{first[0]}']").bounding_box()
    grip.scroll_into_view_if_needed()
    target = page.locator(f"li[data-id='{first[0]}']").bounding_box()
    box = grip.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(target["x"] + 20, target["y"] + 4, steps=6)
    page.mouse.up()
    wait_for_changes(page, 1)
    assert orders(page) == [first[3], *first[:3]]


def test_evidence_opens_beside_the_model(shown):
    page = shown()
    page.locator("table.options td.refcell a.e").first.click()
    pane = page.locator("dialog.pane")
    pane.locator(".txt").first.wait_for()
    assert "The Northern Ledger" in pane.inner_text()
    assert page.url.endswith("/conflict")


def test_a_counterfactual_is_an_address(shown):
    page = shown()
    before = page.locator(".short .said").first.inner_text()
    item = page.locator("li[data-id='sdm.demand.nrl-reopen']")
    item.locator("summary").click()
    item.get_by_role("link", name="as if it did not want this").click()
    page.wait_for_url("**/conflict?drop=sdm.demand.nrl-reopen")
    settled(page)
    assert page.locator(".switched a").count() == 1
    assert page.locator(".short .said").first.inner_text() != before
    page.get_by_role("link", name="States and moves").click()
    page.wait_for_url("**/conflict/states?drop=sdm.demand.nrl-reopen")
    page.reload()
    page.locator(".switched a").click()
    page.wait_for_url("**/conflict/states")


def test_foresight_is_chosen(shown):
    page = shown("/conflict/answer")
    page.locator("select[name=concept]").select_option("nash")
    page.wait_for_url("**/conflict/answer?concept=nash")
    settled(page)
    assert "each looks only at its own next move" in page.locator(".verdict").inner_text()


def test_the_graph_is_drawn_and_walked_by_keys(shown):
    page = shown("/conflict/states")
    until(page, "document.querySelector('figure.graph')?.graph?.nodes().length === 12")
    canvas = page.locator(".canvas")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    assert "today" in page.locator("#picked").inner_text()
    first = page.evaluate("document.querySelector('figure.graph').graph.nodes(':selected').id()")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.querySelector('figure.graph').graph.nodes(':selected').id()")
    assert first != second
    assert page.locator("#picked a").get_attribute("href") == f"/conflict/outcome?state={second}"
    zoom = "document.querySelector('figure.graph').graph.zoom()"
    before = page.evaluate(zoom)
    page.keyboard.press("+")
    assert page.evaluate(zoom) > before
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/conflict/outcome?state={second}")


def test_the_table_says_what_the_graph_draws(shown):
    page = shown("/conflict/states")
    until(page, "!!document.querySelector('figure.graph')?.graph")
    drawn = page.evaluate(
        "document.querySelector('figure.graph').graph.nodes().map(node => node.id()).sort()"
    )
    rows = page.locator("table.same tbody tr").evaluate_all(
        "all => all.map(row => row.id.replace('state-', '')).sort()"
    )
    assert drawn == rows
    wanted = page.evaluate(
        """() => document.querySelector('figure.graph').graph.edges('[?wanted]').filter(e => e.data('party') >= 0)
            .map(e => e.source().id() + '>' + e.target().id()).sort()"""
    )
    listed = page.locator("table.same tbody tr").evaluate_all(
        """all => all.flatMap(row => [...row.querySelectorAll('.moves a')]
            .map(a => row.id.replace('state-', '') + '>' + a.hash.replace('#state-', ''))).sort()"""
    )
    assert wanted == listed
    boxes = page.locator(".legend input")
    hidden = "document.querySelector('figure.graph').graph.edges(':visible').length"
    before = page.evaluate(hidden)
    boxes.first.uncheck()
    assert page.evaluate(hidden) < before


def test_the_way_to_an_outcome_is_told_and_its_price_is_asked(shown):
    page = shown("/conflict/outcome?state=14")
    assert (
        "Norland would blockade the strait and move frigates; Sudmark would send a warship"
        in page.locator(".told").inner_text()
    )
    steps = page.locator("ol.story > li")
    assert steps.count() == 2
    assert "against its own wishes" in page.locator("ol.story").inner_text()
    page.get_by_role("button", name="Which statements would have to change?").click()
    page.locator("#give-statements li").first.wait_for()
    assert re.match(r"It would hold", page.locator("#give-statements li").first.inner_text())
    assert page.url.endswith("/conflict/outcome?state=14")


def test_without_javascript_everything_can_be_done(opened, shown, file):
    page = opened("/conflict", base=shown.base, java_script_enabled=False)
    option(page, "reopen the strait").get_by_role("switch", name="Done today").click()
    page.wait_for_url("**/conflict")
    row = option(page, "move frigates")
    row.locator("summary").click()
    row.get_by_label("Name").fill("move three frigates")
    row.get_by_role("button", name="Rename").click()
    page.get_by_role("button", name="Less important: not to reopen the strait").click()
    assert page.locator(".unsaved li").count() == 3
    page.get_by_role("button", name="Save").click()
    assert page.locator(".unsaved").count() == 0
    assert "move three frigates" in file.read_text()


def test_axe_finds_nothing(shown, axe):  # noqa: F811
    page = shown()
    found = {}
    for view in PAGES:
        page.goto(view)
        settled(page)
        if wrong := faults(axe, page):
            found[view] = wrong
    page.goto("/conflict?drop=nrl-reopen")
    settled(page)
    page.evaluate("document.querySelectorAll('details').forEach(details => (details.open = true))")
    option(page, "send a warship").get_by_role("switch", name="Cannot be taken back").click()
    wait_for_changes(page, 1)
    if wrong := faults(axe, page):
        found["open"] = wrong
    assert found == {}


def test_axe_finds_nothing_in_the_dark_on_a_phone_and_where_something_is_wrong(shown, axe, file):  # noqa: F811
    page = shown(color_scheme="dark", width=390)
    found = {}
    for view in PAGES:
        page.goto(view)
        settled(page)
        if wrong := faults(axe, page):
            found[view] = wrong
    file.write_text(KARV + "x = [")
    page.goto("/conflict")
    if wrong := faults(axe, page):
        found["broken"] = wrong
    file.unlink()
    page.goto("/conflict")
    if wrong := faults(axe, page):
        found["none"] = wrong
    assert found == {}


def test_nothing_scrolls_sideways(shown):
    page = shown()
    wide = {}
    for view in PAGES:
        page.goto(view)
        settled(page)
        for width in (1920, 1280, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate("document.documentElement.scrollWidth")
            if found > width:
                wide[view, width] = found
    assert wide == {}


def test_pages_are_light_without_the_graph(shown):
    page = shown()
    sizes = {}
    page.on("response", lambda answer: sizes.setdefault(answer.url, len(answer.body())))
    for view in PAGES:
        sizes.clear()
        page.goto(view)
        page.wait_for_load_state("networkidle")
        assert 0 < sum(size for url, size in sizes.items() if "/vendor/" not in url) < 400_000


def test_changes_of_two_windows_do_not_run_over_each_other(refusing):
    one, two = refusing(), refusing()
    option(one, "reopen the strait").get_by_role("switch", name="Done today").click()
    wait_for_changes(one, 1)
    row = option(two, "send a warship")
    row.get_by_role("switch", name="Cannot be taken back").click()
    row.locator(".problem", has_text="in another window or by somebody else").wait_for()
    two.reload()
    wait_for_changes(two, 1)


def test_hostile_names_and_statements_do_nothing(opened, crisis, tmp_path):
    for number, attack in enumerate(ATTACKS):
        file = tmp_path / f"{number}.toml"
        file.write_text(crooked(attack), encoding="utf-8")
        with serving(create_app(crisis, conflict_file=file)) as base:
            page = opened("/conflict", base=base)
            for view in ("/conflict", "/conflict/answer", "/conflict/states", "/conflict/outcome?state=1"):
                page.goto(view)
                settled(page)
                page.wait_for_load_state("networkidle")
                assert (
                    page.evaluate(
                        "document.querySelectorAll('#conflict script, #conflict img, #conflict iframe').length"
                    )
                    == 0
                )
            page.context.close()
