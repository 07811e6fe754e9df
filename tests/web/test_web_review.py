"""Review, merging and decisions without a browser: pages, twins, and what each form does to the dossier."""

import re

import pytest
from reviewing import NAME, act, crisis_at, decisions, statement, text_of
from serving import ADDRESS, dossier_of
from starlette.testclient import TestClient

from page_markup import document
from page_markup import text_of as words_of
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand.hand import Hand
from standoff.web.app import create_app
from standoff.web.choices import choices
from strait import at


@pytest.fixture
def path(tmp_path):
    return crisis_at(tmp_path / "karv.standoff")


@pytest.fixture
def anna(path):
    with person(path, "Anna") as client:
        yield client


def person(path, name):
    return TestClient(
        create_app(path), base_url=ADDRESS, cookies={NAME: name} if name else None, follow_redirects=False
    )


def shown(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return document(answer.text.removeprefix("<!DOCTYPE html>\n"))


def body(client, path):
    return words_of(shown(client, path).css("main")[0])


def form_of(page, css="form.card"):
    """The fields of a form as a browser without scripts would send them."""
    form = page.css(css)[0]
    fields = {
        node["name"]: node.attributes.get("value", "")
        for node in form.css("input[name]")
        if node.attributes.get("type") != "checkbox"
    }
    for menu in form.css("select"):
        chosen = [node for node in menu.walk() if node.tag == "option" and "selected" in node.attributes]
        fields[menu["name"]] = chosen[0]["value"]
    return form["action"], fields


def offered(page, name):
    """The values that the boxes of a page stand for."""
    return [node["value"] for node in page.css("ul.ticks input[name]") if node["name"] == name]


def place_of(page):
    """The record whose card is shown, None where there is none."""
    cards = page.css("form.card")
    return cards[0]["data-place"] if cards else None


def send(client, page, css="form.card", **changes):
    action, fields = form_of(page, css)
    return client.post(action, data={**fields, **changes}, headers={"accept": "application/json"})


def test_a_person_without_a_name_is_asked_for_it_and_comes_back(path):
    with person(path, "") as client:
        page = shown(client, "/review?records=acts")
        assert not page.css("form.card")
        _, fields = form_of(page, "form.line-form")
        answer = client.post("/me", data={**fields, "name": "Anna"})
        assert answer.headers["location"] == "/review?records=acts"
        assert shown(client, "/review").css("form.card")


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_the_way_back_from_the_name_is_a_page_of_ours(path, to):
    with person(path, "") as client:
        _, fields = form_of(shown(client, "/review"), "form.line-form")
        assert client.post("/me", data={**fields, "to": to}).headers["location"] == "/"


def test_a_name_under_which_nothing_can_be_kept_is_asked_for_anew(path):
    with person(path, "%E2%80%8B%E2%80%8B") as client:
        assert "Decisions cannot be kept under the name of this browser" in body(client, "/review")


def test_the_least_certain_record_comes_first_with_its_passage(anna, path):
    page = shown(anna, "/review")
    assert place_of(page) == "a1"
    text = text_of(path)
    for block in page.css("p.txt[data-start]"):
        start = int(block["data-start"])
        assert text[start : start + len(block.raw)] == block.raw
    assert [words_of(node) for node in page.css("p.txt span.tr")] == ["demanded"]
    assert "Acts 0 of 7 decided, 7 left" in words_of(page.css("dl.progress")[0])


def test_the_queue_and_its_twin_are_the_same_records(anna):
    records = anna.get("/review.json").json()["records"]
    assert [record["address"] for record in records][:7] == [f"/review/a{key}" for key in range(1, 7)] + [
        "/review/s1"
    ]
    assert all(record["evidence"] for record in records)
    assert anna.get("/review.csv").text.count("\n") >= len(records)
    assert len(anna.get("/review/a3.json").json()["records"]) == 1


@pytest.mark.parametrize(
    ("query", "first", "number"),
    [
        ("?records=statements", "s1", 5),
        ("?records=acts&type=COERCE", "a5", 2),
        ("?modality=denied", "a6", 1),
        ("?actor=norland&type=MOBILIZE", None, 0),
        ("?actor=NRL&type=MOBILIZE", "a4", 2),
        ("?outlet=Shore+Radio", "a7", 2),
        ("?issue=Strait+of+Karv&records=acts", "a1", 3),
    ],
)
def test_filters_in_the_address_choose_what_is_reviewed(anna, query, first, number):
    page = shown(anna, f"/review{query}")
    cards = page.css("form.card")
    assert [card["data-place"] for card in cards] == ([first] if first else [])
    assert len(anna.get(f"/review.json{query}").json()["records"]) == number


@pytest.mark.parametrize(
    "path_", ["/review?records=events", "/review?after=x", "/review?after=1e400x1", "/review?type=NOPE",
              "/review?records=statements&type=AID", "/decisions?show=none", "/decisions?before=x", "/join?event=x"]
)  # fmt: skip
def test_what_cannot_be_meant_is_said(anna, path_):
    answer = anna.get(path_)
    assert answer.status_code == 400
    assert words_of(document(answer.text.removeprefix("<!DOCTYPE html>\n")).css("main p.empty")[0]).endswith(
        "."
    )


@pytest.mark.parametrize(
    "path_", ["/review/a99", "/review/x1", "/join?event=99", "/join?issue=none", "/join?actor=XXX"]
)
def test_what_is_not_there_is_said(anna, path_):
    assert anna.get(path_).status_code == 404


def test_accepting_keeps_the_record_as_it_stands_and_goes_on(anna, path):
    page = shown(anna, "/review?records=acts")
    answer = send(anna, page, verb="accept").json()
    assert answer["location"] == "/review?records=acts"
    (made,) = decisions(path)
    assert (made.author, made.verb, made.kind, made.target) == ("Anna", "accept", "act", 1)
    assert place_of(shown(anna, answer["location"])) == "a2"


def test_rejecting_takes_the_record_from_the_views_and_a_note_says_why(anna, path):
    send(anna, shown(anna, "/review/a2"), verb="reject", note="it only reported")
    assert "act 2" not in body(anna, "/acts")
    assert 2 not in {record["act"] for record in anna.get("/acts.json").json()["records"]}
    assert decisions(path)[0].note == "it only reported"
    assert "It is in no view" in body(anna, "/review/a2")


def test_every_value_of_an_act_can_be_corrected_at_once(anna, path):
    send(
        anna, shown(anna, "/review/a2"), verb="accept", type="THREATEN", source="sudmark, SDM-MIL, SDM", target="",
        modality="possible", attribution="nrl", date="2031-03", place="  Karv   harbour ", issue="tolls",
    )  # fmt: skip
    (made,) = decisions(path)
    assert made.verb == "correct"
    now = act(path, 2)
    assert (now.act.type, now.act.target, now.act.modality) == ("THREATEN", (), "possible")
    assert now.act.source == ("SUDMARK", "SDM-MIL", "SDM")
    assert (now.act.attribution, now.act.date, now.act.place, now.issue) == (
        ("NRL",),
        "2031-03",
        "Karv harbour",
        "tolls",
    )


def test_spans_are_corrected_by_offsets_or_by_their_words(anna, path):
    text = text_of(path)
    wide = (at(text, "warned that Sudmark").start, at(text, "crossed the line").end)
    send(
        anna, shown(anna, "/review/a3"), verb="accept", trigger="warned that", evidence=f"{wide[0]}-{wide[1]}",
        condition="", content="“pay dearly”",
    )  # fmt: skip
    now = act(path, 3).act
    assert text[slice(*now.trigger)] == "warned that"
    assert text[slice(*now.content)] == "“pay dearly”"
    assert now.condition is None
    assert now.evidence == wide


def test_a_statement_is_corrected_with_the_pieces_of_its_content(anna, path):
    text = text_of(path)
    send(
        anna, shown(anna, "/review/s2"), verb="accept", actor="NRL-LEG", form="indirect", source="",
        cue="foreign minister warned", content="if a single warship | Sudmark would",
    )  # fmt: skip
    now = statement(path, 2)
    assert now.source is None
    assert (now.actor, now.form) == (("NRL-LEG",), "indirect")
    assert [text[slice(*piece)] for piece in now.content] == ["Sudmark would", "if a single warship"]


@pytest.mark.parametrize(
    ("place", "changes", "words"),
    [
        ("a1", {"date": "yesterday"}, "is no date"),
        ("a1", {"type": "SPEAK"}, "is no type"),
        ("a1", {"source": "no code!"}, "is no actor code"),
        ("a1", {"trigger": ""}, "The trigger cannot be empty"),
        ("a1", {"trigger": "9000-9001"}, "does not lie in the report"),
        ("a1", {"trigger": "moved"}, "The trigger lies in the evidence"),
        ("a1", {"content": "words that are not there"}, "does not hold the words"),
        ("s1", {"content": " "}, "The content cannot be empty"),
        ("a1", {"verb": "burn"}, "decides nothing"),
        ("a1", {"verb": "note"}, "A note needs words"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_changes_nothing(anna, path, place, changes, words):
    before = anna.get(f"/review/{place}.json").json()
    answer = send(anna, shown(anna, f"/review/{place}"), **{"verb": "accept", **changes})
    assert answer.status_code == 400
    assert words in answer.json()["problem"]
    assert decisions(path) == ()
    assert anna.get(f"/review/{place}.json").json() == before


def test_without_scripts_a_refusal_is_a_page(anna):
    action, fields = form_of(shown(anna, "/review/a1"))
    answer = anna.post(
        action, data={**fields, "verb": "accept", "date": "soon"}, headers={"accept": "text/html"}
    )
    assert answer.status_code == 400
    assert "is no date" in words_of(
        document(answer.text.removeprefix("<!DOCTYPE html>\n")).css("main p.empty")[0]
    )


def test_accepting_a_record_with_strange_signs_changes_none_of_them(tmp_path):
    from test_web_hostile import hostile_coding

    from hostile_texts import ATTACKS

    path = dossier_of(
        tmp_path / "x.standoff", *(hostile_coding(n, attack) for n, attack in enumerate(ATTACKS))
    )
    with person(path, "Anna") as client:
        for key in range(1, 2 * len(ATTACKS) + 1):
            assert send(client, shown(client, f"/review/a{key}"), verb="accept").status_code == 200
        for key in range(1, len(ATTACKS) + 1):
            send(client, shown(client, f"/review/s{key}"), verb="accept")
    assert {made.verb for made in decisions(path)} == {"accept"}
    assert len(decisions(path)) == 3 * len(ATTACKS)


def test_a_note_stands_on_the_record_and_keeps_it_in_the_queue(anna, path):
    answer = send(anna, shown(anna, "/review"), verb="note", note="ask Ben").json()
    assert answer["location"] == "/review/a1"
    assert "Anna noted: ask Ben" in body(anna, "/review")


def test_undoing_shows_the_record_again_and_undoing_that_brings_it_back(anna, path):
    send(anna, shown(anna, "/review?records=acts"), verb="reject")
    page = shown(anna, "/review?records=acts")
    answer = send(anna, page, "form.latest").json()
    assert answer["location"] == "/review/a1?records=acts"
    assert answer["said"] == "You took back decision 1: Anna rejected act 1."
    again = shown(anna, "/decisions").css("table.decided form")
    assert len(again) == 1
    send(anna, shown(anna, "/decisions"), "table.decided form")
    with Dossier.open(path) as dossier:
        assert dossier.acts_by_key([1]) == {}


def test_what_is_anothers_cannot_be_undone(path):
    with person(path, "Anna") as anna:
        send(anna, shown(anna, "/review"), verb="accept")
    with person(path, "Ben") as ben:
        assert not shown(ben, "/decisions").css("table.decided form")
        _, fields = form_of(shown(ben, "/review"))
        answer = ben.post("/review/undo", data={"token": fields["token"], "decision": "1"})
        assert answer.status_code == 400
        assert "who alone can undo it" in answer.json()["problem"]


def test_skipping_goes_on_and_beginning_again_shows_what_was_skipped(anna):
    page = shown(anna, "/review?records=acts")
    href = page.css("a.onward")[0]["href"]
    page = shown(anna, href)
    assert place_of(page) == "a2"
    for _ in range(6):
        href = page.css("a.onward")[0]["href"]
        page = shown(anna, href)
    assert not page.css("form.card")
    again = [node["href"] for node in page.css("div.teach a") if node["href"].startswith("/review")]
    assert again == ["/review?records=acts"]


def test_deciding_after_a_skip_stays_behind_what_was_skipped(anna):
    page = shown(anna, "/review?records=acts")
    page = shown(anna, page.css("a.onward")[0]["href"])
    answer = send(anna, page, verb="accept").json()
    assert place_of(shown(anna, answer["location"])) == "a3"


def test_pages_of_the_queue_go_on(anna, monkeypatch):
    from standoff.web.views import review

    everything = [record["address"] for record in anna.get("/review.json").json()["records"]]
    monkeypatch.setattr(review, "ROWS", 5)
    found, path_ = [], "/review.json"
    while path_:
        answer = anna.get(path_).json()
        found += [record["address"] for record in answer["records"]]
        path_ = answer["next"]
    assert found == everything


def test_two_people_are_kept_apart_and_a_conflict_is_one_sentence(path):
    with person(path, "Anna") as anna, person(path, "Ben") as ben:
        hers, his = shown(anna, "/review"), shown(ben, "/review")
        send(ben, his, verb="accept", type="REJECT", note="no demand")
        answer = send(anna, hers, verb="accept", target="NRL-LEG").json()
        assert answer["conflict"]
        page = shown(anna, answer["location"])
        (told,) = page.css("p.conflict")
        assert words_of(told) == (
            "Ben corrected it (type REJECT) while you had it open: this is how it stands now, and nothing of yours "
            "was kept yet."
        )
        assert [made.author for made in decisions(path)] == ["Ben"]
        send(anna, page, verb="accept", target="NRL-LEG")
        assert [made.author for made in decisions(path)] == ["Anna", "Ben"]
        now = act(path, 1).act
        assert (now.type, now.target) == ("REJECT", ("NRL-LEG",))
        assert "Ben corrected it" in body(anna, "/review/a1")
        assert "Anna corrected it" in body(ben, "/review/a1")
        differ = body(anna, "/decisions?show=differ")
        assert "target" in differ
        assert "Ben corrected it (type REJECT): no demand" in differ


def test_nobodys_decision_takes_a_record_from_anothers_queue(path):
    with person(path, "Anna") as anna, person(path, "Ben") as ben:
        send(anna, shown(anna, "/review?issue=strait+of+Karv"), verb="reject")
        page = shown(ben, "/review?issue=strait+of+Karv")
        assert place_of(page) == "a1"
        assert "Anna rejected it" in body(ben, "/review?issue=strait+of+Karv")
        assert place_of(shown(ben, "/review?issue=frigates&records=acts&actor=SDM")) == "a4"
        send(ben, page, verb="accept")
        assert act(path, 1).act.type == "REQUEST"
        assert "whether there is one" in body(ben, "/decisions?show=differ")


def test_all_of_it_done_is_said(anna):
    while (page := shown(anna, "/review")).css("form.card"):
        send(anna, page, verb="accept")
    assert "You have given your word on every record" in body(anna, "/review")
    assert "Nothing waits for your word here" in body(anna, "/review?actor=NRL")
    assert [row["left"] for row in anna.get("/decisions.json").json()["records"] if "left" in row] == []


def test_an_empty_dossier_teaches_what_review_is(empty):
    with person(empty, "Anna") as client:
        assert "Add reports" in body(client, "/review")
        assert "No decisions yet" in body(client, "/decisions")
        assert "An event" in body(client, "/join")


def test_decisions_are_listed_with_who_and_when_and_by_pages(anna, path, monkeypatch):
    from standoff.web.views import decisions as view

    for _ in range(3):
        send(anna, shown(anna, "/review"), verb="accept")
    monkeypatch.setattr(view, "ROWS", 2)
    first = anna.get("/decisions.json").json()
    assert [record["decision"] for record in first["records"]] == [3, 2]
    assert [record["decision"] for record in anna.get(first["next"]).json()["records"]] == [1]
    assert all(record["author"] == "Anna" and record["evidence"][0]["sha256"] for record in first["records"])
    assert "accepted act 3" in body(anna, "/decisions")
    assert anna.get("/decisions.json?by=Ben").json()["records"] == []
    assert anna.get("/decisions.json?show=lost").json()["records"] == []
    assert len(list(anna.get("/decisions.csv?show=standing").text.splitlines())) == 3


def test_where_people_differ_is_shown_by_pages(path, monkeypatch):
    from standoff.web.views import decisions as view

    with person(path, "Anna") as anna, person(path, "Ben") as ben:
        for key in (1, 2, 3):
            send(anna, shown(anna, f"/review/a{key}"), verb="reject")
            send(ben, shown(ben, f"/review/a{key}"), verb="accept")
        monkeypatch.setattr(view, "ROWS", 2)
        first = anna.get("/decisions.json?show=differ").json()
        assert [record["act"] for record in first["records"]] == [1, 2]
        assert [record["act"] for record in anna.get(first["next"]).json()["records"]] == [3]
        assert "act 3" in body(anna, "/decisions?show=differ&page=2")
        assert anna.get("/decisions?show=differ&page=x").status_code == 400


def test_decisions_whose_record_is_gone_are_listed_apart(anna, path):
    from standoff.dossier.coders import Coder
    from standoff.dossier.hand.recode import recode_report
    from standoff.records import Coding

    send(anna, shown(anna, "/review/a7"), verb="reject")
    with Dossier.open(path, write=True) as dossier:
        report = dossier.report_by_key(2).report
        recode_report(dossier, 2, Coding(report), Coder("another", "{}"))
    assert "rejected act 7" in body(anna, "/decisions?show=lost")


def test_events_are_merged_and_acts_are_taken_out_again(anna, path):
    with Dossier.open(path) as dossier:
        wanted = [event.key for event in dossier.events() if event.type == "COERCE"]
    assert len(wanted) == 2
    page = shown(anna, f"/join?event={wanted[0]}")
    assert offered(page, "other") == [str(wanted[1])]
    answer = send(anna, page, "form.merge", other=str(wanted[1]), typed="", note="one blockade")
    assert answer.json()["location"] == f"/join?event={wanted[0]}"
    page = shown(anna, f"/join?event={wanted[0]}")
    assert offered(page, "act") == ["5", "6"]
    assert "Anna merged event" in words_of(page.css("ul.history")[0])
    assert anna.get(f"/join?event={wanted[1]}").status_code == 404
    made = send(anna, page, "form.split", act="6").json()
    assert "split act 6 off event" in made["said"]
    assert act(path, 6).event != act(path, 5).event
    send(anna, shown(anna, f"/join?event={wanted[0]}"), "ul.history form", to="decisions")
    assert act(path, 6).event == act(path, 5).event


def test_the_event_page_leads_to_merging(anna):
    assert [n for n in shown(anna, "/events/1").css("a") if n["href"] == "/join?event=1"]
    assert [n for n in shown(anna, "/actors/NRL").css("a") if n["href"] == "/join?actor=NRL"]
    assert [
        n for n in shown(anna, "/issues/one?issue=frigates").css("a") if n["href"] == "/join?issue=frigates"
    ]
    assert [n for n in shown(anna, "/evidence/a1").css("a") if n["href"] == "/review/a1"]


@pytest.mark.parametrize(
    ("where", "css", "fields", "words"),
    [
        ("/join?event=1", "form.merge", {"typed": "99"}, "There is no event 99"),
        ("/join?event=1", "form.merge", {"typed": "2"}, "Events of different types"),
        ("/join?event=1", "form.merge", {"typed": "x"}, "is no number of an event"),
        ("/join?issue=frigates", "form.rename", {"to": "strait of Karv"}, "merge the two instead"),
        ("/join?actor=NRL", "form.rename", {"to": "no code"}, "is no actor code"),
        ("/join?actor=NRL", "form.merge", {"typed": "XXX"}, "No record has the actor XXX"),
    ],
)
def test_what_cannot_be_joined_is_said(anna, path, where, css, fields, words):
    answer = send(anna, shown(anna, where), css, **fields)
    assert answer.status_code == 400
    assert words in answer.json()["problem"]
    assert decisions(path) == ()


def test_issues_are_renamed_and_merged_and_taken_apart_again(anna, path):
    page = shown(anna, "/join?issue=blockade")
    assert "blockade of Karv" in offered(page, "other")
    send(anna, page, "form.merge", other="blockade of Karv", typed="frigates")
    assert {act(path, key).issue for key in (4, 5, 6, 7)} == {"blockade"}
    page = shown(anna, "/join?issue=blockade")
    answer = send(anna, page, "form.rename", to="the closed strait").json()
    assert answer["location"] == "/join?issue=the+closed+strait"
    assert act(path, 5).issue == "the closed strait"
    history = shown(anna, answer["location"]).css("ul.history li")
    assert len(history) == 2
    for _ in range(2):
        send(anna, shown(anna, "/review"), "form.latest")
    assert (act(path, 4).issue, act(path, 5).issue) == ("frigates", "blockade")
    assert anna.get("/decisions").status_code == 200


def test_actors_are_renamed_and_merged(anna, path):
    answer = send(anna, shown(anna, "/join?actor=SDM"), "form.rename", to="sudm").json()
    assert answer["location"] == "/join?actor=SUDM"
    assert act(path, 1).act.source == ("SUDM",)
    send(anna, shown(anna, "/join?actor=NRL"), "form.merge", typed="SUDM")
    assert act(path, 1).act.source == ("NRL",)
    assert "merged actor SUDM into NRL" in body(anna, "/join")


def test_nothing_is_decided_without_a_name_or_a_token(path):
    with person(path, "") as nobody:
        assert "say yours first" in body(nobody, "/join?event=1")
        action, fields = form_of(shown(nobody, "/join?event=1"), "form.merge")
        answer = nobody.post(action, data={**fields, "typed": "2"})
        assert answer.status_code == 400
        assert "Say who decides" in answer.json()["problem"]
    with person(path, "Anna") as anna:
        _, fields = form_of(shown(anna, "/review"))
        for where in ("/review/decide", "/review/undo", "/join/merge", "/join/split", "/join/rename"):
            assert anna.post(where, data={**fields, "token": "x", "verb": "accept"}).status_code == 403
            assert anna.get(where).status_code in (404, 405)
    assert decisions(path) == ()


def test_every_choice_has_a_key_of_its_own_and_says_what_it_means():
    from typing import get_args

    from standoff.records import ACT_TYPES, MODALITIES, Form

    known = choices()
    assert {choice.value for choice in known["type"].all} == set(ACT_TYPES)
    assert {choice.value for choice in known["modality"].all} == set(MODALITIES)
    assert {choice.value for choice in known["form"].all} == set(get_args(Form))
    for field in known.values():
        keys = [choice.key for choice in field.all]
        assert len(set(keys)) == len(keys)
        assert all(
            re.fullmatch("[a-z]", key) and choice.meaning for key, choice in zip(keys, field.all, strict=True)
        )


def test_only_the_text_around_a_record_is_shown_of_a_long_report(tmp_path):
    from standoff.reading import make_report
    from standoff.records import Act, Coding, Span

    filler = "The weather was calm. " * 2000
    text = f"{filler}\n\nNorland threatened Sudmark.\n\n{filler}"
    start = text.index("Norland threatened")
    made = Act("THREATEN", ("NRL",), ("SDM",), "actual", Span(start + 8, start + 18), Span(start, start + 27))
    path = dossier_of(tmp_path / "long.standoff", Coding(make_report(text, id="long"), acts=(made,)))
    with person(path, "Anna") as client:
        answer = client.get("/review")
        assert len(answer.text) < 60_000
        page = document(answer.text.removeprefix("<!DOCTYPE html>\n"))
        blocks = page.css("p.txt[data-start]")
        assert all(text[int(b["data-start"]) :].startswith(b.raw) for b in blocks)
        assert "Earlier text is in the whole report" in body(client, "/review")
        send(client, page, verb="accept")
    assert decisions(path)[0].verb == "accept"


def test_a_record_by_hand_is_what_the_command_line_sees(anna, path):
    send(anna, shown(anna, "/review"), verb="accept", modality="denied")
    with Dossier.open(path) as dossier:
        assert Hand(dossier, "Anna").waiting("act", 1).coded.modality == "denied"
        assert dossier.check() == ()
