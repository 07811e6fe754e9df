"""Review in a real browser: by keys alone, by mouse, two people at once, with hostile texts, as axe sees it."""

import re
from urllib.parse import urlencode

import pytest
from reviewing import NAME, Reviewer, act, crisis_at, decisions, statement, text_of
from serving import dossier_of, serving

from hostile_texts import ATTACKS
from standoff.dossier.dossier import Dossier
from standoff.web.app import create_app
from strait import SHORE, at


@pytest.fixture
def path(tmp_path):
    return crisis_at(tmp_path / "karv.standoff")


@pytest.fixture
def served(path):
    with serving(create_app(path)) as base:
        yield base


@pytest.fixture
def people(browser, served):
    """Give a browser of her own to a person; nothing may go wrong in any of them but what a test expects."""
    contexts, troubles, expected = [], [], []

    def person(name="Anna", base=served, width=1280, height=900, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", base_url=base, **options
        )
        if name:
            context.add_cookies([{"name": NAME, "value": name, "url": base}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith(base + "/") or troubles.append(request.url))
        return Reviewer(page)

    person.expect = expected.append
    yield person
    for context in contexts:
        context.close()
    for words in expected:
        found = next((trouble for trouble in troubles if words in trouble), None)
        assert found, words
        troubles.remove(found)
    assert troubles == []


@pytest.fixture(scope="module")
def axe():
    module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    return module.Axe()


def faults(axe, page):
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(fault["id"], [node["html"][:160] for node in fault["nodes"][:3]]) for fault in found]


def words_at(path, span, report=1):
    return text_of(path, report)[slice(*span)] if span else None


# By keys alone -------------------------------------------------------------------------------------------------


def test_a_whole_review_by_single_keys(people, path):
    anna = people().open()
    assert anna.place == "a1"
    assert anna.decide("a") == "You accepted act 1."
    assert anna.place == "a2"
    assert anna.decide("r") == "You rejected act 2."
    anna.keys("s")
    anna.page.wait_for_selector("form.card[data-place=a4]")
    assert anna.decide("a") == "You accepted act 4."
    assert anna.place == "a5"
    anna.keys("b")
    anna.page.wait_for_selector("form.card[data-place=a4]")
    assert "You accepted it" in anna.page.locator(".voices-on").inner_text()
    assert anna.decide("u") == "You took back decision 3: Anna accepted act 4."
    assert anna.place == "a4"
    assert anna.decide("a") == "You accepted act 4."
    anna.keys("b", "b")
    made = [(one.verb, one.target, one.stands) for one in reversed(decisions(path))]
    assert made == [
        ("accept", 1, True), ("reject", 2, True), ("accept", 4, False), ("undo", 3, True), ("accept", 4, True),
    ]  # fmt: skip


def test_every_field_is_changed_by_keys_and_saved_as_one_correction(people, path):
    anna = people().open("/review/a1")
    anna.keys("t", "t")
    assert anna.words("type") == "Threat"
    anna.keys("m", "ArrowDown", "Enter")
    assert anna.words("modality") == "planned"
    anna.write("f", "sudmark, SDM").write("w", "NRL-LEG").write("o", "NRL").write("d", "2031-03")
    anna.write("p", "Halden").write("i", "tolls").keys("x")
    assert (anna.value("source"), anna.value("target")) == ("NRL-LEG", "sudmark, SDM")
    assert anna.page.locator("button.accept").inner_text().endswith("Save the correction")
    assert anna.page.locator("[data-field=type] .was").inner_text() == "was Demand"
    anna.decide("a")
    (made,) = decisions(path)
    assert made.verb == "correct"
    now = act(path, 1)
    assert (now.act.type, now.act.modality, now.act.source) == ("THREATEN", "planned", ("NRL-LEG",))
    assert (now.act.target, now.act.attribution) == (("SUDMARK", "SDM"), ("NRL",))
    assert (now.act.date, now.act.place, now.issue) == ("2031-03", "Halden", "tolls")


def test_a_field_is_left_as_it_was_and_changes_are_discarded(people, path):
    anna = people().open("/review/a1")
    anna.keys("f")
    anna.page.keyboard.type("XXX")
    anna.keys("Escape")
    assert anna.value("source") == "SDM"
    anna.keys("t", "Escape", "t", "j", "x")
    assert anna.page.locator(".field.changed").count() == 3
    anna.keys("z")
    assert anna.page.locator(".field.changed").count() == 0
    assert (anna.value("type"), anna.value("source")) == ("REQUEST", "SDM")
    anna.decide("a")
    assert decisions(path)[0].verb == "accept"


def test_a_span_is_marked_word_by_word(people, path):
    anna = people().open("/review/a2")
    assert anna.drawn("tr") == "refused"
    anna.keys("1", "ArrowRight", "ArrowRight", "Shift+ArrowLeft")
    assert anna.drawn("tr") == "Norland refused the request"
    anna.keys("ArrowLeft", "ArrowLeft", "Shift+ArrowRight", "Enter")
    assert anna.words("trigger") == "refused"
    anna.keys("1", "ArrowRight", "Escape")
    assert anna.page.locator(".field.changed").count() == 0
    anna.keys("1", ".", "Enter", "3", "Delete", "4", "ArrowDown", "Space", "ArrowLeft", "Enter")
    assert anna.words("trigger") == "the"
    assert anna.words("content") == "none"
    anna.decide("a")
    now = act(path, 2).act
    assert words_at(path, now.trigger) == "the"
    assert now.content is None
    assert words_at(path, now.condition) == "Share"


def test_a_trigger_outside_the_evidence_widens_it_and_back_again(people, path):
    anna = people().open("/review/a2")
    anna.keys("1", "Shift+ArrowLeft", "Shift+ArrowLeft", "ArrowRight", "ArrowRight", "ArrowRight")
    assert anna.words("evidence") == ". Norland refused the request,"
    anna.keys("Shift+ArrowRight", "ArrowLeft")
    assert anna.words("evidence") == "Norland refused the request"
    anna.keys("ArrowRight", "Enter")
    anna.decide("a")
    now = act(path, 2).act
    assert words_at(path, now.evidence) == "Norland refused the request,"


def test_the_pieces_of_a_statement_are_marked_by_keys(people, path):
    anna = people().open("/review/s2")
    anna.keys("4", "ArrowRight", "ArrowRight", "Enter")
    anna.keys("2", "ArrowRight", "Enter", "1", "Delete")
    assert anna.words("source") == "none"
    anna.write("f", "NRL-LEG").keys("t", "d")
    anna.decide("a")
    now = statement(path, 2)
    assert [words_at(path, piece) for piece in now.content] == ["Sudmark would “pay dearly”", "if a single"]
    assert words_at(path, now.cue) == "warned that"
    assert (now.source, now.actor, now.form) == (None, ("NRL-LEG",), "direct")


def test_a_note_is_kept_alone_or_with_the_decision(people, path):
    anna = people().open("/review/a1")
    anna.keys("n")
    anna.page.keyboard.type("ask Ben about <this>")
    assert anna.decide("Enter") == "You noted on act 1."
    assert "Anna noted: ask Ben about <this>" in anna.page.locator(".voices-on").inner_text()
    anna.keys("n")
    anna.page.keyboard.type("sure")
    with anna.page.expect_response("**/review/decide"):
        anna.page.locator("button.accept").click()
    anna.page.wait_for_selector("form.card[data-place=a2]")
    assert [(one.verb, one.note) for one in decisions(path)] == [
        ("accept", "sure"),
        ("annotate", "ask Ben about <this>"),
    ]


def test_the_keys_are_listed_and_can_be_turned_off(people, path):
    anna = people().open()
    anna.keys("?")
    listed = anna.page.locator("#keys")
    assert listed.is_visible()
    told = set(anna.page.locator("#keys kbd").all_inner_texts())
    shown = set(anna.page.locator(".reviewing kbd").all_inner_texts())
    assert shown - {"q", "g", "2", "3"} <= told
    anna.page.uncheck("#single-keys")
    anna.keys("Escape", "a", "r", "t")
    assert not anna.page.locator("dialog.palette[open]").count()
    anna.open("/review/a1").keys("a")
    assert decisions(path) == ()
    anna.page.locator("button.help").click()
    anna.page.check("#single-keys")
    anna.page.locator("#keys .close").click()
    anna.decide("a")
    assert len(decisions(path)) == 1


def test_keys_write_into_fields_and_decide_nothing_there(people, path):
    anna = people().open("/review/a1")
    anna.keys("p")
    anna.page.keyboard.type("arsu?")
    assert anna.value("place") == "arsu?"
    anna.page.locator("#find").click()
    anna.page.keyboard.type("ar")
    assert decisions(path) == ()


def test_everything_is_reached_by_tab_too(people):
    anna = people().open("/review/a1")
    reached = []
    for _ in range(90):
        anna.keys("Tab")
        reached.append(
            anna.page.evaluate(
                "(n => n.name || n.dataset.key || n.className || n.id)(document.activeElement)"
            )
        )
    for wanted in (
        "t",
        "source",
        "target",
        "m",
        "date",
        "x",
        "1",
        "2",
        "3",
        "4",
        "note",
        "verb",
        "s",
        "running-text",
    ):
        assert wanted in reached


# By mouse and touch --------------------------------------------------------------------------------------------


def drag_over(page, words):
    """Select words of the text with the mouse."""
    box = page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector(".running-text"), NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode()); ) {
                const from = node.data.indexOf(words);
                if (from < 0) continue;
                const range = document.createRange();
                range.setStart(node, from);
                range.setEnd(node, from + words.length);
                range.startContainer.parentElement.scrollIntoView({ block: "center" });
                const [first, last] = [range.getClientRects()[0], [...range.getClientRects()].at(-1)];
                const middle = rect => rect.top + rect.height / 2;
                return { left: first.left, top: middle(first), right: last.right, bottom: middle(last) };
            }
        }""",
        words,
    )
    page.mouse.move(box["left"] + 2, box["top"])
    page.mouse.down()
    page.mouse.move(box["right"] - 2, box["bottom"], steps=5)
    page.mouse.up()


def test_words_are_marked_by_selecting_them_and_pressing_a_digit(people, path):
    anna = people().open("/review/a4")
    drag_over(anna.page, "two frigates")
    bar = anna.page.locator(".marking")
    assert "two frigates" in bar.inner_text()
    anna.keys("3")
    assert anna.words("content") == "two frigates"
    assert bar.is_hidden()
    drag_over(anna.page, "ccording to Sudmar")  # a word that is cut is taken whole
    anna.page.locator(".marking button", has_text="Condition").click()
    assert anna.words("condition") == "according to Sudmark"
    anna.decide("a")
    now = act(path, 4).act
    assert (words_at(path, now.content), words_at(path, now.condition)) == (
        "two frigates",
        "according to Sudmark",
    )


def test_a_selection_over_paragraphs_is_one_span(people, path):
    anna = people().open("/review/a3")
    anna.page.evaluate(
        """() => {
            const blocks = [...document.querySelectorAll(".running-text [data-start]")];
            const two = blocks.find(block => block.textContent.startsWith("Share via"));
            const one = blocks[blocks.indexOf(two) - 1];
            document.getSelection().setBaseAndExtent(one, 1, two.lastChild, 5);
        }"""
    )
    anna.keys("2")
    text = text_of(path)
    start, end = (int(part) for part in anna.value("evidence").split("-"))
    assert "\n\nShare" in text[start:end]


def test_marking_is_done_with_buttons_where_there_is_no_keyboard(people, path):
    anna = people(width=390, height=800, has_touch=True).open("/review/a2")
    anna.page.locator("[data-field=trigger] .pick").tap()
    anna.page.locator(".marking button", has_text="End later").tap()
    anna.page.locator(".marking button", has_text="Keep").tap()
    anna.page.locator("[data-field=type] .pick").tap()
    anna.page.locator("#palette-type [data-value=THREATEN]").tap()
    with anna.page.expect_response("**/review/decide"):
        anna.page.locator("button.accept").tap()
    now = act(path, 2).act
    assert (now.type, words_at(path, now.trigger)) == ("THREATEN", "refused the")


def test_offsets_are_code_points_beyond_signs_of_two_units_and_carriage_returns(people, path):
    anna = people().open("/review/a7")
    for block in anna.page.locator(".running-text [data-start]").all():
        start, shown = int(block.get_attribute("data-start")), block.evaluate("node => node.textContent")
        assert SHORE[start : start + len(shown)] == shown
    anna.keys("2", "ArrowRight", "ArrowRight", "Enter")
    anna.keys("3", "ArrowDown", "ArrowDown", "Space", "Enter")
    anna.decide("a")
    now = act(path, 7).act
    assert words_at(path, now.evidence, 2) == "Norland moved two frigates to the strait on Tuesday"
    assert re.search("[א-ת]", words_at(path, now.content, 2))


def test_in_right_to_left_text_the_arrow_to_the_left_goes_on(people, path):
    anna = people().open("/review/a7")
    span = at(SHORE, "שר")
    anna.page.locator("[data-field=content] input").evaluate(
        "(n, v) => (n.value = v)", f"{span.start}-{span.end}"
    )
    anna.keys("3", "ArrowLeft", "Enter")
    assert anna.words("content") == "שר החוץ"


# Several people ------------------------------------------------------------------------------------------------


def test_two_browsers_at_once_lose_nothing(people, path):
    anna, ben = people("Anna").open("/review?records=acts"), people("Ben").open("/review?records=acts")
    anna.keys("t", "t").write("p", "Halden")
    ben.keys("m", "n")
    assert ben.decide("a") == "You corrected act 1 (modality denied)."
    assert anna.decide("a") == ""
    told = anna.page.locator("p.conflict").inner_text()
    assert told.startswith("Ben corrected it (modality denied) while you had it open")
    assert [one.author for one in decisions(path)] == ["Ben"]
    assert (anna.value("type"), anna.value("place"), anna.value("modality")) == (
        "THREATEN",
        "Halden",
        "denied",
    )
    assert anna.decide("a").startswith("You corrected act 1 (")
    now = act(path, 1).act
    assert (now.type, now.place, now.modality) == ("THREATEN", "Halden", "denied")
    assert anna.place == ben.place == "a2"
    for _ in range(3):
        anna.decide("a")
        ben.decide("a")
    assert sorted(one.author for one in decisions(path)) == ["Anna"] * 4 + ["Ben"] * 4
    anna.decide("r")
    assert ben.decide("a") == ""
    assert ben.page.locator("p.conflict").inner_text().startswith("Anna rejected it while you had it open")
    assert ben.decide("a") == "You accepted act 5."
    assert act(path, 5).act.type == "COERCE"
    assert [(one.author, one.verb) for one in decisions(path)][:2] == [("Ben", "accept"), ("Anna", "reject")]


def test_what_is_not_decided_outlives_a_reload_and_a_refusal(people, path):
    people.expect("400")
    anna = people().open("/review/a1")
    anna.keys("t", "j").write("d", "soon")
    anna.decide("a")
    assert "'soon' is no date" in anna.problem
    anna.page.reload()
    assert (anna.value("type"), anna.value("date")) == ("REJECT", "soon")
    anna.write("d", "2031")
    anna.decide("a")
    assert anna.problem == ""
    assert (act(path, 1).act.type, act(path, 1).act.date) == ("REJECT", "2031")
    anna.open("/review/a1")
    assert anna.page.locator(".field.changed").count() == 0


def test_the_name_is_asked_for_first_and_kept(people, path):
    nobody = people("").open("/review?records=statements")
    nobody.page.fill("main input[name=name]", "Cleo")
    with nobody.page.expect_navigation():  # until the page's script is there to hear the keys
        nobody.keys("Enter")
    nobody.page.wait_for_selector("form.card")
    assert nobody.page.url.endswith("/review?records=statements")
    nobody.decide("a")
    assert decisions(path)[0].author == "Cleo"


def test_the_page_stays_and_the_address_follows(people):
    anna = people().open("/review?records=acts")
    anna.page.evaluate("window.kept = true")
    anna.decide("a")
    anna.keys("s")
    anna.page.wait_for_url("**/review?records=acts&after=*")
    assert anna.place == "a3"
    anna.page.reload()
    assert anna.place == "a3"
    anna.page.go_back()
    anna.page.wait_for_selector("form.card[data-place=a2]")


# Without scripts, and what everything looks like -----------------------------------------------------------------


def test_without_javascript_the_card_is_a_form(people, path):
    anna = people(java_script_enabled=False).open("/review?records=acts")
    assert anna.page.locator("[data-field=type] select").is_visible()
    anna.page.select_option("[data-field=type] select", "REJECT")
    anna.page.fill("[data-field=trigger] input", "Sudmark on Tuesday")
    anna.page.locator("button.accept").click()
    assert anna.place == "a2"
    assert words_at(path, act(path, 1).act.trigger) == "Sudmark on Tuesday"
    anna.page.locator("a.onward").click()
    assert anna.place == "a3"
    anna.page.locator("form.latest button").click()
    assert anna.place == "a1"
    anna.page.fill("main [name=note]", "a word")
    anna.page.locator("button.only-note").click()
    assert "Anna noted" in anna.page.locator(".voices-on").inner_text()


def test_events_are_merged_and_split_by_keys(people, path):
    with Dossier.open(path) as dossier:
        wanted = [event.key for event in dossier.events() if event.type == "COERCE"]
    anna = people().open(f"/events/{wanted[0]}")
    anna.page.locator("a", has_text="Merge or split").focus()
    anna.keys("Enter")
    anna.page.locator("input[name=other]").focus()
    anna.keys("Space", "Tab", "Tab", "Tab", "Tab")
    anna.page.locator("form.merge button.main").focus()
    anna.keys("Enter")
    anna.page.wait_for_selector("ul.history")
    assert act(path, 6).event == act(path, 5).event == wanted[0]
    anna.page.locator("input[name=act][value='6']").check()
    anna.page.locator("form.split button.main").click()
    anna.page.wait_for_selector("ul.history li:nth-child(2)")
    assert act(path, 6).event != act(path, 5).event
    anna.page.locator("ul.history button").first.click()
    anna.page.wait_for_url("**/decisions")
    assert act(path, 6).event == act(path, 5).event


def test_what_cannot_be_merged_is_said_beside_the_form(people, path):
    people.expect("400")
    anna = people().open("/join?event=1")
    anna.page.fill("form.merge [name=typed]", "2")
    anna.page.locator("form.merge button.main").click()
    anna.page.wait_for_selector(".problem:not(:empty)")
    assert "Events of different types" in anna.problem
    assert anna.page.input_value("form.merge [name=typed]") == "2"


def test_an_issue_and_an_actor_are_renamed(people, path):
    anna = people().open("/join?issue=frigates")
    anna.page.fill("form.rename [name=to]", "the frigates")
    anna.keys("Enter")
    anna.page.wait_for_url("**/join?issue=the*frigates")
    assert act(path, 4).issue == "the frigates"
    anna.open("/join?actor=SDM")
    anna.page.fill("form.rename [name=to]", "SUDM")
    anna.keys("Enter")
    anna.page.wait_for_url("**/join?actor=SUDM")
    assert act(path, 1).act.source == ("SUDM",)


def test_axe_finds_nothing_wherever_people_decide(people, axe):
    found = {}
    anna = people().open()
    for where in ("/review", "/review?records=statements", "/review/s4", "/join", "/join?event=1", "/join?actor=NRL",
                  "/join?issue=frigates", "/decisions", "/decisions?show=differ", "/review?after=0.9s9"):  # fmt: skip
        anna.open(where)
        found[where] = faults(axe, anna.page)
    anna.open("/review")
    for keys in (["t"], ["Escape", "m"], ["Escape", "?"], ["Escape", "1", "ArrowRight"], ["Enter"]):
        anna.keys(*keys)
        found[str(keys)] = faults(axe, anna.page)
    anna.decide("a")
    anna.decide("r")
    found["decided"] = faults(axe, anna.page)
    for where in ("/decisions", "/review/a2"):
        anna.open(where)
        found[f"then {where}"] = faults(axe, anna.page)
    nobody = people("").open("/review")
    found["no name"] = faults(axe, nobody.page)
    nobody.open("/join?event=1")
    found["join, no name"] = faults(axe, nobody.page)
    for options in ({"color_scheme": "dark"}, {"width": 390, "height": 800}):
        other = people("Ben", **options).open()
        found[str(options)] = faults(axe, other.page)
        other.keys("t", "j")
        found[f"{options} changed"] = faults(axe, other.page)
        other.keys("z")
        other.open("/decisions")
        found[f"{options} decisions"] = faults(axe, other.page)
        other.open("/join?event=5")
        found[f"{options} join"] = faults(axe, other.page)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def test_nothing_scrolls_sideways_nothing_moves_and_all_can_be_touched(people):
    anna = people().open()
    anna.decide("r")
    wide, moved = {}, {}
    for where in (
        "/review",
        "/review?records=statements",
        "/decisions",
        "/join",
        "/join?event=5",
        "/join?issue=frigates",
    ):
        anna.open(where)
        anna.page.wait_for_load_state("networkidle")
        shift = anna.page.evaluate(
            """() => new Promise(done => {
                let sum = 0;
                const seen = list => list.getEntries().forEach(entry => (sum += entry.value));
                const observer = new PerformanceObserver(seen);
                observer.observe({ type: 'layout-shift', buffered: true });
                setTimeout(() => { seen({ getEntries: () => observer.takeRecords() }); done(sum); }, 60);
            })"""
        )
        if shift > 0.001:
            moved[where] = shift
        for width in (1920, 1280, 1000, 768, 390, 320):
            anna.page.set_viewport_size({"width": width, "height": 800})
            found = anna.page.evaluate("document.documentElement.scrollWidth")
            if found > width:
                wide[where, width] = found
        small = anna.page.evaluate(
            """() => [...document.querySelectorAll('main button, main .button, main input[type=text], .upcoming a')]
                .filter(n => n.checkVisibility()).map(n => [n.getBoundingClientRect(), n.outerHTML.slice(0, 80)])
                .filter(([box]) => box.height < 23.5 || box.width < 23.5).map(([, html]) => html)"""
        )
        assert small == [], where
    assert wide == {}
    assert moved == {}


def test_hostile_text_does_nothing_where_people_decide(people, tmp_path):
    from test_web_hostile import hostile_coding

    path = dossier_of(
        tmp_path / "x.standoff", *(hostile_coding(n, attack) for n, attack in enumerate(ATTACKS))
    )
    with serving(create_app(path)) as base:
        anna = people(base=base)
        for key in range(1, len(ATTACKS) + 1):
            anna.open(f"/review/a{2 * key - 1}")
            before = anna.page.locator(".running-text").evaluate("node => node.textContent")
            anna.keys("3", "ArrowRight", "ArrowLeft", "Escape", "t", "a", "x", "z")
            assert anna.page.locator(".running-text").evaluate("node => node.textContent") == before
            assert (
                anna.page.locator("main script, main style, main img, main iframe, main [onload]").count()
                == 0
            )
            anna.keys("n")
            anna.page.keyboard.type(ATTACKS[key - 1])
            anna.decide("Enter")
            if key % 4 == 0:
                anna.keys("t", "a", "3", "ArrowLeft", "Enter")
                anna.decide("a")
            else:
                anna.decide("r" if key % 4 == 1 else "a")
            anna.open(f"/review/s{key}")
            anna.decide("a")
        anna.open("/decisions")
        assert anna.page.locator("table.decided tbody tr").count() == 50
        with Dossier.open(path) as dossier:
            issues = [row.value for row in dossier.facets("issue", 12)]
            events = [event.key for event in dossier.events()][:6]
        for where in [f"/join?event={event}" for event in events] + ["/join", "/decisions?show=differ"]:
            anna.open(where)
            assert anna.page.locator("h1").count() == 1
        for issue in issues:
            anna.open("/issues")
            anna.page.goto(f"{base}/join?{urlencode({'issue': issue})}")
            assert anna.page.locator("form.rename").count() == 1
    assert {one.verb for one in decisions(path)} == {"accept", "reject", "correct", "annotate"}
