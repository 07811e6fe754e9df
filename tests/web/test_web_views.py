"""What each view shows of the dossier, and its twins for programs."""

import csv
import io

import pytest
from places import VIEWS, twin
from serving import ADDRESS, dossier_of
from starlette.testclient import TestClient

from page_markup import document, text_of
from standoff.dossier.dossier import Dossier
from standoff.errors import InputError
from standoff.reading import make_report
from standoff.records import Act, Coding
from standoff.web.app import create_app
from standoff.web.naming import code_of
from standoff.web.views import events
from strait import SHORE, at, shore


def shown(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return document(answer.text.removeprefix("<!DOCTYPE html>\n"))


def body(client, path):
    return text_of(shown(client, path).css("main")[0])


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_page_with_one_heading_and_well_formed(client, view):
    page = shown(client, view)
    assert len(page.css("h1")) == 1
    assert text_of(page.css("h1")[0])


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_twin_in_json_and_csv_with_the_same_records(client, view):
    records = client.get(twin(view, "json")).json()["records"]
    assert isinstance(records, list)
    rows = list(csv.DictReader(io.StringIO(client.get(twin(view, "csv")).text)))
    assert bool(rows) == bool(records)
    assert len(rows) >= len(records)


def test_the_twins_are_named_in_the_page(client):
    page = shown(client, "/events?actor=NRL")
    hrefs = [node["href"] for node in page.css("p.twins a")]
    assert hrefs == ["/events.json?actor=NRL", "/events.csv?actor=NRL"]


def test_the_evidence_of_a_record_is_its_words_in_the_text(client, crisis):
    with Dossier.open(crisis) as dossier:
        texts = {stored.report.id: stored.report.text for stored in dossier.reports()}
    for path in ("/events.json", "/acts.json", "/statements.json", "/positions.json", "/contradictions.json"):
        for record in client.get(path).json()["records"]:
            for evidence in record["evidence"]:
                assert texts[evidence["report"]][evidence["start"] : evidence["end"]] == evidence["quote"]


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("", {"REQUEST", "REJECT", "THREATEN", "MOBILIZE", "COERCE"}),
        ("?type=THREATEN", {"THREATEN"}),
        ("?kind=deeds", {"MOBILIZE", "COERCE"}),
        ("?kind=words&actor=SDM&dyad=SDM>NRL", {"REQUEST"}),
        ("?modality=denied", {"COERCE"}),
        ("?tone=cooperation", set()),
        ("?issue=Strait+of+Karv&type=REJECT&type=REQUEST", {"REJECT", "REQUEST"}),
        ("?outlet=Shore+Radio", {"MOBILIZE"}),
        ("?search=tankers", set()),
        ("?search=frigates", {"MOBILIZE"}),
        ("?until=2031-03-03", set()),
    ],
)
def test_filters_in_the_address_choose_the_events(client, query, types):
    records = client.get(f"/events.json{query}").json()["records"]
    assert {record["type"] for record in records} == types


def test_filters_that_are_set_are_shown_and_can_be_taken_off(client):
    page = shown(client, "/events?kind=deeds&actor=NRL")
    chips = {text_of(node): node["href"] for node in page.css("p.chips a")}
    assert chips["Deeds or words deeds ×"] == "/events?actor=NRL"
    assert chips["Take all off"] == "/events"


def test_types_that_exclude_each_other_are_refused_in_a_sentence(client):
    answer = client.get("/events?type=THREATEN&kind=deeds")
    assert answer.status_code == 400
    assert "No type of act is all of these at once: THREATEN, deeds" in answer.text


@pytest.mark.parametrize(
    "path", ["/events?type=NOPE", "/events?since=yesterday", "/events?after=xyz", "/acts?dyad=A"]
)
def test_what_cannot_be_meant_is_said_in_one_sentence(client, path):
    assert client.get(path).status_code == 400
    problem = client.get(path.replace("?", ".json?")).json()["problem"]
    assert problem.endswith(".")
    assert "Traceback" not in problem


@pytest.mark.parametrize(
    "path",
    ["/report/99", "/events/99", "/evidence/a99", "/evidence/x1", "/actors/NOBODY", "/issues/one?issue=no", "/x",
     "/report/٣", "/report/1e9", "/events/99999999999999999999", "/add/7", "/suggest/text"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert len(document(answer.text.removeprefix("<!DOCTYPE html>\n")).css("main p.empty")) == 1


def test_a_line_leads_to_its_place_in_the_reader(client):
    page = shown(client, "/events")
    href = page.css("td.refcell a.e")[0]["href"]
    path, _, place = href.partition("#")
    assert [node for node in shown(client, path).css("article a[id]") if node["id"] == place]


def test_the_reader_shows_the_text_unchanged(client):
    blocks = [node.raw for node in shown(client, "/report/2").css("p.txt")]
    assert blocks
    assert all(block in SHORE for block in blocks)
    assert "".join("".join(blocks).split()) == "".join(SHORE.split())


def test_evidence_shows_the_passage_with_outlet_and_date(client):
    passage = text_of(shown(client, "/evidence/a3").css("div.passage")[0])
    assert "NRL threatens SDM" in passage
    assert "The Northern Ledger" in passage
    assert "Tue 4 Mar 2031" in passage
    assert "if a single warship crossed the line" in passage


def test_a_contested_event_says_where_sources_differ(tmp_path):
    text = "Norland moved two frigates to the strait on Monday, officers said."
    report = make_report(text, id="other", outlet="The Southern Post", published="2031-03-05")
    act = Act(
        "MOBILIZE", ("NRL",), (), "actual", at(text, "moved"), at(text, "Norland moved two frigates to the strait"),
        date="2031-03-03", place="the strait", issue="frigates",
    )  # fmt: skip
    path = dossier_of(tmp_path / "two.standoff", shore(), Coding(report, acts=(act,)))
    with TestClient(create_app(path), base_url=ADDRESS) as client:
        found = body(client, "/contradictions")
        assert "1:1" in found
        assert "Mon 3 Mar 2031" in found
        assert "Tue 4 Mar 2031" in found
        event = client.get("/contradictions.json").json()["records"][0]["event"]
        assert "Where sources differ" in body(client, f"/events/{event}")


def test_positions_are_a_matrix_whose_cells_lead_to_their_history(client):
    page = shown(client, "/positions")
    cells = {node["aria-label"]: node["href"] for node in page.css("table.matrix a.pos")}
    label = next(label for label in cells if label.startswith("NRL on strait of Karv"))
    assert "refuses (1)" in label
    assert "threatens (1)" in label
    history = body(client, cells[label])
    assert "pay dearly" in history
    assert "if a single warship crossed the line" in history


def test_an_actor_is_shown_with_positions_events_and_dyads(client):
    profile = body(client, "/actors/NRL")
    for words in ("pay dearly", "With whom", "SDM", "strait of Karv"):
        assert words in profile


def test_search_marks_the_words_in_the_passage(client):
    page = shown(client, '/search?search="two+frigates"')
    assert {text_of(node) for node in page.css("p.passage-text mark")} == {"two", "frigates"}
    assert "No report holds all of these words" in body(client, "/search?search=submarine")


def test_pages_go_on_by_key(client, monkeypatch):
    everything = [record["event"] for record in client.get("/events.json").json()["records"]]
    monkeypatch.setattr(events, "ROWS", 2)
    seen, path = [], "/events.json"
    while path:
        answer = client.get(path).json()
        assert len(answer["records"]) <= 2
        seen += [record["event"] for record in answer["records"]]
        path = answer["next"]
    assert seen == everything


def test_an_actor_may_be_named_in_words():
    assert code_of("russia") == "RUS"
    assert code_of("NRL") == "NRL"


@pytest.mark.parametrize(
    "view", ["/", "/timeline", "/positions", "/contradictions", "/network", "/events", "/acts", "/statements", "/actors",
             "/issues", "/sources", "/search?search=frigates"]
)  # fmt: skip
def test_an_empty_dossier_says_what_would_fill_the_view(empty, view):
    with TestClient(create_app(empty), base_url=ADDRESS) as client:
        page = shown(client, view)
        assert page.css("p.empty") or "/add" in [node["href"] for node in page.css("div.teach a")]


def test_a_dossier_that_is_none_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(InputError, match="there is no dossier here"):
        create_app(tmp_path / "none.standoff")
