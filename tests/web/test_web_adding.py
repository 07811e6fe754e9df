"""Adding reports through the app, with the real coder in a process of its own; and what is new since a visit."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from serving import ADDRESS, dossier_of
from starlette.testclient import TestClient

from standoff.dossier.dossier import Dossier
from standoff.errors import UsageError
from standoff.web.app import create_app
from standoff.web.jobs import Jobs, safe_name
from standoff.web.novelty import novelty_of
from standoff.web.people import Person, visited
from strait import harbour, shore

STORY = (
    "GENEVA, Jan 10, 2022 — Russia on Monday demanded that NATO withdraw its troops. NATO refused the demand."
)


def finished(client, path):
    for _ in range(600):
        record = client.get(f"{path}.json").json()["records"][0]
        if record["state"] in ("done", "failed"):
            return record
        time.sleep(0.1)
    raise AssertionError(record)


def posted(client, data, **files):
    token = re.search(r'name="standoff-token" content="([^"]+)"', client.get("/add").text)[1]
    headers = {"x-standoff-token": token, "accept": "application/json"}
    return client.post("/add", data=data, headers=headers, **files)


def test_a_dropped_file_and_a_pasted_text_are_coded_and_added(tmp_path):
    path = dossier_of(tmp_path / "new.standoff")
    with TestClient(create_app(path), base_url=ADDRESS) as client:
        files = [
            ("files", ("../../etc/geneva story.txt", STORY.encode())),
            ("files", ("broken.pdf", b"%PDF-1.4 and nothing else")),
        ]
        answer = posted(
            client,
            {
                "text": STORY.replace("NATO", "Ukraine"),
                "title": "Pasted <b>",
                "outlet": "The Post",
                "published": "2022-01-11",
            },
            files=files,
        )
        assert answer.status_code == 200
        record = finished(client, answer.json()["location"])
        assert (record["state"], record["added"]) == ("done", 2)
        assert len(record["problems"]) == 1
        assert record["problems"][0].startswith("broken.pdf: ")
        assert str(tmp_path) not in record["problems"][0]
        page = client.get(answer.json()["location"]).text
        assert "Done." in page
        assert "2 reports added" in page
        types = {event["type"] for event in client.get("/events.json").json()["records"]}
        assert {"REQUEST", "REJECT"} <= types
        again = posted(client, {}, files=files[:1])
        record = finished(client, again.json()["location"])
        assert (record["added"], record["known"]) == (0, 1)
    with Dossier.open(path) as dossier:
        titles = {stored.report.title for stored in dossier.reports()}
        assert "Pasted <b>" in titles
        assert {stored.report.published for stored in dossier.reports()} == {"2022-01-11"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Nothing was given"),
        ({"text": "  \n"}, "Nothing was given"),
        ({"text": "x", "published": "soon"}, "'soon' is no date"),
        ({"urls": "https://a.example/ " * 51}, "51 addresses"),
    ],
)
def test_what_cannot_be_added_is_said_at_once(client, data, words):
    answer = posted(client, data)
    assert answer.status_code == 400
    assert words in answer.json()["problem"]


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..", "", ".bashrc", "a/b\\c:d*.html", "-rf", "é" * 400, "con\x00.txt"]
)
def test_no_path_comes_out_of_a_name(name):
    safe = safe_name(name)
    assert re.fullmatch(r"[\w][\w.\- ]{0,112}", safe)
    assert not safe.startswith((".", "-"))


def test_an_address_of_this_machine_is_not_fetched(tmp_path):
    path = dossier_of(tmp_path / "new.standoff")
    with TestClient(create_app(path), base_url=ADDRESS) as client:
        record = finished(
            client,
            posted(client, {"urls": "http://127.0.0.1:1/secret file:///etc/passwd"}).json()["location"],
        )
        assert record["added"] == 0
        assert len(record["problems"]) >= 2


def test_jobs_of_one_dossier_wait_for_each_other(tmp_path, monkeypatch):
    jobs = Jobs(tmp_path / "x.standoff")
    with jobs._turn:
        job = jobs.begin({"a.txt": b"text"}, [], None)
        time.sleep(0.05)
        assert job.state == "waiting"
        jobs.close()
    assert jobs.get(job.number) is job
    assert jobs.get(99) is None


def test_what_came_in_after_a_moment_is_new(tmp_path):
    path = dossier_of(tmp_path / "two.standoff", harbour())
    moment = datetime.now(UTC).isoformat()
    dossier_of(path, shore())
    with Dossier.open(path) as dossier:
        new = novelty_of(dossier, moment, 10)
        assert (new.reports, new.acts, len(new.events)) == (1, 1, 1)
        everything = novelty_of(dossier, "2000-01-01", 3)
        assert (everything.reports, everything.acts, len(everything.events)) == (2, 7, 3)
        assert novelty_of(dossier, "2999-01-01", 10).reports == 0


class Asked:
    def __init__(self, **cookies):
        self.cookies = cookies


def test_a_visit_begins_after_a_pause_and_each_name_has_its_own():
    now = datetime(2031, 3, 5, 12, tzinfo=UTC)
    cookie = Person("").visit_cookie
    first = visited(Asked(), now)
    assert first == {cookie: f"~{now.isoformat()}"}
    soon = visited(Asked(**first), now + timedelta(minutes=5))
    assert soon[cookie].startswith("~")
    later = visited(Asked(**soon), now + timedelta(hours=3))
    assert later[cookie].startswith((now + timedelta(minutes=5)).isoformat())
    ada = visited(Asked(**later, **{"standoff-name": "Ada"}), now + timedelta(hours=3))
    assert cookie not in ada
    assert next(iter(ada.values())).startswith("~")
    assert visited(Asked(**{cookie: "nonsense~<script>"}), now)[cookie] == f"~{now.isoformat()}"


def test_the_overview_shows_what_is_new_since_the_last_visit(tmp_path):
    path = dossier_of(tmp_path / "two.standoff", harbour())
    moment = datetime.now(UTC).isoformat()
    dossier_of(path, shore())
    with TestClient(create_app(path), base_url=ADDRESS) as client:
        assert "New since your last visit" not in client.get("/").text
        client.cookies.clear()
        client.cookies.set(Person("").visit_cookie, f"{moment}~{moment}")
        page = client.get("/").text
        assert "New since your last visit" in page
        assert "1 report with 1 act came in" in page


def test_a_date_must_be_one():
    from standoff.web.views.add import begin

    class Deed:
        def text(self, name):
            return "32 May" if name == "published" else ""

    with pytest.raises(UsageError):
        begin(Deed())
