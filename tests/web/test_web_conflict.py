"""The conflict in the browser, as far as no browser is needed: pages, twins, changes, saving, what can go wrong."""

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from karv_conflict import KARV, MINE, QUESTION, TITLED
from seen import page_of
from serving import ADDRESS, dossier_of
from starlette.testclient import TestClient

from hostile_texts import ATTACKS
from standoff.conflict.toml_text import quoted
from standoff.web.app import create_app

PAGES = ("/conflict", "/conflict/answer", "/conflict/states", "/conflict/outcome?state=4")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "conflicts"


class Bench:
    """The app over the small crisis with one conflict file."""

    def __init__(self, dossier, file, text=KARV):
        self.file = file
        if text is not None:
            file.write_text(text, encoding="utf-8")
        self.app = create_app(dossier, conflict_file=file)
        self.client = TestClient(self.app, base_url=ADDRESS, follow_redirects=False)

    def __enter__(self):
        self.client.__enter__()
        return self

    def __exit__(self, *problem):
        self.client.__exit__(*problem)

    def page(self, path="/conflict"):
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def settled(self, path):
        """The page once the engine is done."""
        end = time.monotonic() + 60
        while "data-working" in (text := self.page(path)):
            assert time.monotonic() < end
            time.sleep(0.05)
        return text

    def post(self, deed, **fields):
        sight = self.app.state.desk.workbench.look()
        headers = {"x-standoff-token": self.app.state.desk.token, "accept": "application/json"}
        return self.client.post(
            f"/conflict/{deed}", data={"version": sight.digest, **fields}, headers=headers
        )

    def done(self, deed, **fields):
        answer = self.post(deed, **fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, deed, **fields):
        answer = self.post(deed, **fields)
        assert answer.status_code in (400, 503)
        return answer.json()["problem"]

    def text(self):
        return self.file.read_text(encoding="utf-8")


@pytest.fixture
def bench(crisis, tmp_path):
    with Bench(crisis, tmp_path / "karv.toml") as bench:
        yield bench


def bench_of(crisis, tmp_path, text):
    return Bench(crisis, tmp_path / "other.toml", text)


def test_every_line_of_the_model_says_how_it_is_known_and_opens_its_evidence(bench):
    page = page_of(bench.page())
    rows = {row["id"]: row for row in page.css("table.options tr[id]")}
    words = " ".join(row.text for row in rows.values())
    for name in ("reopen the strait", "blockade the strait", "move frigates", "send a warship"):
        assert name in words
    reopen = next(row for row in rows.values() if "reopen the strait" in row.text)
    links = [a["href"] for a in reopen.css("a.e")]
    assert links
    assert all(re.fullmatch(r"/report/\d+#[as]\d+", href) for href in links)
    told = bench.client.get("/evidence/" + links[0].partition("#")[2]).text
    assert "Sudmark on Tuesday demanded" in page_of(told).css("main")[0].text
    assert [tag.text for tag in reopen.css(".tag")] == ["stated"]
    blockade = next(row for row in rows.values() if "blockade the strait" in row.text)
    assert "not in this dossier" in blockade.text
    wishes = page.css("ol.statements > li")
    assert [li.css(".tag")[0].text for li in wishes] == [
        "stated", "inferred", "inferred", "assumed", "stated", "inferred", "assumed",
    ]  # fmt: skip
    assert "to blockade the strait should Sudmark send a warship" in wishes[1].text


def test_questions_stand_at_the_top_and_lead_to_their_lines(bench):
    page = page_of(bench.page())
    questions = page.css("ol.questions > li")
    assert len(questions) == 2
    assert questions[0].text.strip().startswith(QUESTION.partition(" (")[0])
    target = questions[0].css("a")[0]["href"].removeprefix("#")
    assert "not to blockade the strait" in next(li for li in page.css("li[id]") if li["id"] == target).text
    assert page.text.index("Questions for you") < page.text.index("Who could do what")
    assert "Fishermen: people do not decide here." in page.text


def test_the_answer_is_the_engines_and_the_briefs(bench):
    text = bench.settled("/conflict/answer")
    page = page_of(text)
    assert [h.text for h in page.css("#settlement > h2")] == ["Could it be settled?"]
    titles = [h.text for h in page.css(".answer h3")]
    assert titles[0] == "Where things stand"
    assert "What would have to give" in titles or "can hold" in page.text
    held = page.css("table.held tbody tr")
    assert held
    assert all(row.css("td") for row in held)
    assert any("holds" in cell.text for row in held for cell in row.css("td"))


def test_twins_have_the_same(bench):
    records = bench.client.get("/conflict.json").json()["records"]
    assert [record["part"] for record in records].count("option") == 4
    reopen = next(record for record in records if record["id"] == "nrl-reopen")
    assert reopen["standing"] == "stated"
    assert reopen["evidence"][0]["report"] == "harbour"
    assert re.fullmatch(r"/report/\d+#[as]\d+", reopen["evidence"][0]["address"])
    states = bench.client.get("/conflict/states.json").json()["records"]
    assert len(states) == 12  # of 16, the two exclude each other
    assert sum(record["today"] for record in states) == 1
    answer = bench.client.get("/conflict/answer.json").json()["records"]
    assert any(record["section"] == "Could it be settled?" for record in answer)
    steps = bench.client.get("/conflict/outcome.json?state=1").json()["records"]
    assert steps[-1]["state"] == "1"
    for page in PAGES:
        path, _, query = page.partition("?")
        table = bench.client.get(f"{path}.csv?{query}")
        assert table.status_code == 200
        assert list(csv.reader(io.StringIO(table.text)))


def test_changes_stay_apart_from_the_file_until_they_are_saved(bench):
    bench.done("edit", do="take nrl-reopen")
    bench.done("edit", kind="rename", of="sdm-send-warship", to="send two warships")
    assert bench.text() == KARV
    page = page_of(bench.page())
    said = [li.text for li in page.css(".unsaved li")]
    assert said == ["“reopen the strait” is done today", "“send a warship” is now called “send two warships”"]
    bench.done("undo")
    bench.done("save")
    saved = bench.text()
    assert saved == KARV.replace('["nrl-move-frigates"]', '["nrl-move-frigates", "nrl-reopen"]', 1)
    assert all(comment in saved for comment in MINE)
    assert not page_of(bench.page()).css(".unsaved")
    bench.done("edit", do="once sdm-send-warship")
    bench.done("discard")
    assert not page_of(bench.page()).css(".unsaved")
    assert bench.text() == saved


def test_a_change_made_on_another_version_is_refused(bench):
    before = bench.app.state.desk.workbench.look().digest
    bench.done("edit", do="take nrl-reopen")
    told = bench.refused("edit", do="once sdm-send-warship", version=before)
    assert "in another window or by somebody else" in told


def test_a_file_changed_on_the_disk_is_not_written_over(bench):
    bench.done("edit", do="take nrl-reopen")
    theirs = KARV.replace('name = "move frigates"', 'name = "move three frigates"')
    bench.file.write_text(theirs, encoding="utf-8")
    assert "was changed on the disk since you began: nothing was written" in bench.refused("save")
    assert bench.text() == theirs
    page = page_of(bench.page())
    lines = [line.text.strip() for line in page.css("pre.diff span")]
    assert '+name = "move three frigates"' in lines
    assert not [form for form in page.css("form") if form["action"] == "/conflict/save"]
    bench.done("remake")
    bench.done("save")
    assert bench.text() == theirs.replace('["nrl-move-frigates"]', '["nrl-move-frigates", "nrl-reopen"]', 1)
    bench.done("edit", do="take sdm-send-warship")
    bench.file.write_text(KARV, encoding="utf-8")
    bench.done("discard")
    assert "move three frigates" not in bench.page()
    bench.file.write_text(theirs, encoding="utf-8")
    assert "move three frigates" in bench.page()  # without unsaved changes the page follows the file


def test_changes_that_no_longer_fit_are_said(bench):
    bench.done("edit", kind="restate", of="sdm.demand.nrl-reopen", to="not nrl-move-frigates")
    bench.file.write_text(KARV.replace("sdm.demand.nrl-reopen", "sdm.demand.other"), encoding="utf-8")
    assert "There is no statement 'sdm.demand.nrl-reopen' any more" in bench.refused("remake")
    assert page_of(bench.page()).css(".unsaved")


def test_a_mistake_is_one_sentence_of_the_engine(bench):
    told = bench.refused("edit", kind="restate", of="sdm.demand.nrl-reopen", to="nrl-reopen and and")
    assert told == "'and' stands where an option is expected."
    told = bench.refused("edit", kind="restate", of="sdm.demand.nrl-reopen", to="nrl-reopn")
    assert told == "There is no option 'nrl-reopn': did you mean 'nrl-reopen'?."[:-1] or told.endswith(
        "'nrl-reopen'?."
    )
    assert "is no change of a model" in bench.refused("edit", do="explode nrl-reopen")
    assert "is no change of a model" in bench.refused("edit", do="move@x nrl.cost.nrl-blockade")
    found = bench.client.get("/conflict/check.json?party=sdm&statement=nrl-reopen+if+sdm-send-warship").json()
    assert found["words"] == "Sudmark wants Norland to reopen the strait should Sudmark send a warship."
    found = bench.client.get("/conflict/check.json?party=sdm&statement=nrl-reopen+or+x").json()
    assert found["offset"] == len("nrl-reopen or ")


def test_the_line_ends_and_permissions_of_the_file_stay(crisis, tmp_path):
    with bench_of(crisis, tmp_path, None) as bench:
        bench.file.write_bytes(KARV.replace("\n", "\r\n").encode())
        bench.file.chmod(0o640)
        bench.done("edit", do="take nrl-reopen")
        bench.done("save")
        body = bench.file.read_bytes()
        assert body.count(b"\r\n") == body.count(b"\n") == KARV.count("\n")
        assert stat.S_IMODE(bench.file.stat().st_mode) == 0o640
        assert [path.name for path in tmp_path.iterdir()] == ["other.toml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(crisis, tmp_path):
    with bench_of(crisis, tmp_path, KARV) as bench:
        bench.done("edit", do="take nrl-reopen")
        tmp_path.chmod(0o555)
        try:
            assert "start with --conflict FILE" in bench.refused("save")
        finally:
            tmp_path.chmod(0o755)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (KARV.replace("not nrl-reopen", "not nrl-reopn"), "other.toml:29:53: there is no option 'nrl-reopn'"),
        (KARV.replace('owner = "Sudmark"', 'owner = "Sud"'), "there is no decision maker 'Sud'"),
        (KARV + "x = [", "this is not valid TOML"),
        (KARV.replace('"assumed"', '"guessed"'), "'guessed' is no standing"),
    ],
)
def test_a_bad_file_is_one_sentence_and_the_pages_work(crisis, tmp_path, text, told):
    with bench_of(crisis, tmp_path, text) as bench:
        for path in PAGES:
            page = page_of(bench.page(path))
            (mistake,) = page.css(".mistake")
            assert told in mistake.text
            assert re.search(r"other\.toml:\d+:\d+: ", mistake.text)
            assert page.css(".mistake .here")
        assert "The file must be mended first" in bench.refused("edit", do="take nrl-reopen")
        assert bench.client.get("/conflict.json").json()["records"] == []
        bench.file.write_text(KARV, encoding="utf-8")
        assert not page_of(bench.page()).css(".mistake")


def test_a_file_that_is_no_text_is_said(crisis, tmp_path):
    with bench_of(crisis, tmp_path, None) as bench:
        bench.file.write_bytes(b"name = \xff")
        assert "is not UTF-8 text (byte 8)" in page_of(bench.page()).css(".mistake")[0].text
        bench.file.unlink()
        bench.file.mkdir()
        assert "cannot be read" in page_of(bench.page()).css(".mistake")[0].text


def test_switches_stand_in_the_address(bench):
    page = page_of(bench.page())
    links = [a["href"] for a in page.css("a.switch")]
    assert "/conflict?drop=nrl-reopen" in links
    assert "/conflict?disbelieve=nrl.threat.nrl-blockade" in links
    assert "/conflict?irreversible=sdm-send-warship" in links
    switched = bench.settled("/conflict/answer?disbelieve=nrl.threat.nrl-blockade&concept=nash")
    page = page_of(switched)
    assert [a.css("bdi")[0].text for a in page.css(".switched a")] == [
        "Not believed: Norland wants to blockade the strait should Sudmark send a warship"
    ]
    assert "For the sake of argument" in page.text
    assert "This answers not the file as it stands" in page.text
    tabs = [a["href"] for a in page.css(".tabs a")]
    assert all("disbelieve=nrl.threat.nrl-blockade" in href and "concept=nash" in href for href in tabs)
    plain = bench.client.get("/conflict/states.json?concept=nash").json()["records"]
    other = bench.client.get("/conflict/states.json?concept=nash&irreversible=sdm-send-warship").json()[
        "records"
    ]
    assert plain != other


def test_a_bloc_can_be_split_where_its_members_own_something(crisis, tmp_path):
    bloc = KARV.replace('note = "NRL"', 'note = "NRL HLD"')
    with bench_of(crisis, tmp_path, bloc) as bench:
        assert "/conflict?split=nrl" not in [a["href"] for a in page_of(bench.page()).css("a.switch")]
    apart = bloc.replace("nrl-move-frigates", "hld-move-frigates")
    with bench_of(crisis, tmp_path, apart) as bench:
        assert "/conflict?split=nrl" in [a["href"] for a in page_of(bench.page()).css("a.switch")]
        page = page_of(bench.settled("/conflict/outcome?state=0&split=nrl"))
        assert [row.css("th")[0].text for row in page.css("table.verdicts tbody tr")] == [
            "NRL",
            "HLD",
            "Sudmark",
        ]


def test_a_switch_that_fits_nothing_is_said(bench):
    for query, told in (
        ("drop=nothing", "There is no statement or option 'nothing'"),
        ("split=nrl", "'nrl' cannot be split"),
        ("disbelieve=nrl-move-frigates", "is done today, so that it cannot be disbelieved"),
    ):
        page = page_of(bench.settled(f"/conflict/answer?{query}"))
        assert told in page.css(".mistake")[0].text
    assert bench.client.get("/conflict?concept=luck").status_code == 400
    assert bench.client.get("/conflict?" + "&".join(f"drop={n}" for n in range(50))).status_code == 400


def test_an_outcome_is_told_as_a_story(bench):
    states = bench.client.get("/conflict/states.json").json()["records"]
    target = next(
        s for s in states if s["words"].startswith("Norland would blockade the strait and move frigates; Sud")
    )
    page = page_of(bench.settled(f"/conflict/outcome?state={target['state']}"))
    steps = [" ".join(li.css(".step")[0].text.split()) for li in page.css("ol.story > li")]
    assert len(steps) == 2
    assert any("Sudmark would send a warship. against its own wishes" in step for step in steps)
    assert any(step.startswith("Norland would blockade the strait") for step in steps)
    assert (
        page.css("ol.story > li")[-1].css(".then")[0].text.strip().endswith("Sudmark would send a warship.")
    )
    assert len(page.css("table.verdicts tbody tr")) == 2
    assert "(SEQ) for Norland" in page.css("table.verdicts")[0].text
    verdicts = {row.css("th")[0].text: row for row in page.css("table.verdicts tbody tr")}
    assert verdicts["Sudmark"].css("td")[0].text == "would leave"
    assert "Sudmark would no longer send a warship, and nothing" in verdicts["Sudmark"].text
    assert bench.client.get(f"/conflict/outcome?state={target['mask']}").status_code == 200
    assert bench.client.get("/conflict/outcome?state=99").status_code == 404


def test_what_would_have_to_give_is_asked_in_the_background(bench):
    states = bench.client.get("/conflict/states.json").json()["records"]
    target = next(s["state"] for s in states if "SEQ" not in s["holds_under"])
    page = bench.settled(f"/conflict/outcome?state={target}")
    assert "Which statements would have to change?" in page
    done = bench.done("give", state=target, by="statements", wanted="yes")
    assert done["location"] == f"/conflict/outcome?state={target}"
    told = [li.text for li in page_of(bench.settled(done["location"])).css("#give-statements li")]
    assert re.match(r"It would hold with \d+ statements? changed, and with no fewer\.", told[0].strip())
    assert any("would have to" in line for line in told[1:])
    holds = next(s["state"] for s in states if "SEQ" in s["holds_under"])
    bench.done("give", state=holds, by="ranking", wanted="no")
    told = page_of(bench.settled(f"/conflict/outcome?state={holds}")).css("#give-ranking li")[0].text
    assert "It would hold no longer with" in told
    bench.done("give", state="nowhere", by="ranking", wanted="yes")


def test_writes_need_the_token_and_our_own_pages(bench):
    for deed in ("edit", "undo", "save", "discard", "remake", "draft", "give"):
        assert bench.client.post(f"/conflict/{deed}", data={"do": "take nrl-reopen"}).status_code == 403
        token = {"x-standoff-token": bench.app.state.desk.token}
        other = bench.client.post(
            f"/conflict/{deed}", data={}, headers={**token, "origin": "https://evil.example"}
        )
        assert other.status_code == 403
    assert bench.text() == KARV


def test_where_to_go_back_to_is_a_page_of_ours(bench):
    for back in ("//evil.example", "https://evil.example/", "drop=a&next=https://evil.example"):
        done = bench.done("edit", do="take nrl-move-frigates", back=back)
        assert done["location"] in ("/conflict", "/conflict?drop=a")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_conflicts_of_every_form_are_shown(crisis, tmp_path, path):
    with bench_of(crisis, tmp_path, path.read_text(encoding="utf-8")) as bench:
        for page in PAGES[:3]:
            text = bench.settled(page)
            assert not page_of(text).css(".mistake")
        states = bench.client.get("/conflict/states.json").json()["records"]
        story = bench.settled(f"/conflict/outcome?state={states[-1]['state']}")
        assert page_of(story).css("table.verdicts tbody tr")
        drawn = bench.client.get("/conflict/drawn.json").json()
        assert {node["id"] for node in drawn["nodes"]} == {str(state["state"]) for state in states}


def many(options):
    wants = ", ".join(f'"{k + 1}"' for k in range(options))
    tables = "".join(f'[[option]]\nname = "do {k}"\nowner = "{"AB"[k % 2]}"\n' for k in range(options))
    parties = "".join(f'[[decision_maker]]\nname = "{name}"\npriorities = [{wants}]\n' for name in "AB")
    return f'name = "Many"\nstatus_quo = "{"N" * options}"\n{parties}{tables}'


def test_of_many_states_those_are_drawn_that_matter_and_the_page_says_so(crisis, tmp_path):
    with bench_of(crisis, tmp_path, many(8)) as bench:
        text = bench.settled("/conflict/states")
        assert "60 of 256 states" in " ".join(page_of(text).css("section.states > .note")[0].text.split())
        drawn = bench.client.get("/conflict/drawn.json").json()
        assert len(drawn["nodes"]) == 60
        assert sum(node["today"] for node in drawn["nodes"]) == 1
        assert len({(node["x"], node["y"]) for node in drawn["nodes"]}) == 60
        assert len(page_of(text).css("table.same tbody tr")) == 60


def test_of_too_many_states_what_is_known_is_shown(crisis, tmp_path):
    with bench_of(crisis, tmp_path, many(22)) as bench:
        page = page_of(bench.settled("/conflict/states"))
        assert "there are 22" in page.css("#conflict")[0].text
        assert page.css("pre.whole")[0].text.strip()
        assert bench.page("/conflict/outcome?state=0")


def test_a_conflict_written_by_hand_says_what_it_does_not_know(crisis, tmp_path):
    with bench_of(crisis, tmp_path, TITLED) as bench:
        page = page_of(bench.settled("/conflict"))
        assert "Given as weights, not as statements" in page.text
        assert "not said" in page.css("table.options")[0].text
        assert "Always: brake only if A swerves." in page.text


def test_without_a_file_the_page_offers_to_draft_one(crisis, tmp_path):
    dossier = tmp_path / "karv.standoff"
    dossier.write_bytes(Path(crisis).read_bytes())
    with TestClient(create_app(dossier), base_url=ADDRESS, follow_redirects=False) as client:
        text = client.get("/conflict").text
        assert "There is no model yet" in text
        assert str(tmp_path / "karv.conflict.toml") in page_of(text).text
        for page in PAGES[1:3]:
            assert client.get(page).status_code == 200
        assert client.get("/conflict.json").json()["records"] == []
        desk = client.app.state.desk
        fields = {
            "token": desk.token,
            "path": "/tmp/elsewhere.toml",
            "file": "elsewhere.toml",
            "back": "file=x",
        }
        assert client.post("/conflict/draft", data=fields).headers["location"] == "/conflict"
        assert desk.drafts.latest.over.wait(120)
        assert desk.drafts.latest.problem == ""
        files = {path.name for path in tmp_path.iterdir()} - {
            "karv.standoff",
            "karv.standoff-wal",
            "karv.standoff-shm",
        }
        assert files == {"karv.conflict.toml"}
        page = page_of(client.get("/conflict").text)
        assert not page.css(".mistake")
        assert {"NRL", "SDM"} <= {h.text.strip() for h in page.css(".wishes h3")}
        links = [a["href"] for a in page.css("table.options a.e, ol.statements a.e")]
        assert links
        assert all(re.fullmatch(r"/report/\d+#[as]\d+", href) for href in links)
        client.post("/conflict/draft", data=fields)
        assert desk.drafts.latest.over.wait(120)
        assert "the reports say nothing new" in client.get("/conflict").text


def test_dossiers_that_tell_too_little_teach(empty, tmp_path):
    with TestClient(create_app(empty, conflict_file=tmp_path / "c.toml"), base_url=ADDRESS) as client:
        page = page_of(client.get("/conflict").text)
        assert "this dossier has none" in page.text
        assert not page.css("form[action='/conflict/draft']")
        desk = client.app.state.desk
        client.post("/conflict/draft", data={"token": desk.token})
        assert desk.drafts.latest.over.wait(120)
        page = page_of(client.get("/conflict").text)
        assert "No model yet" in page.text
        assert page.css(".teach li")
        assert not page.css(".mistake")


def test_drafting_never_writes_over_what_is_not_a_draft(crisis, tmp_path):
    with bench_of(crisis, tmp_path, TITLED) as bench:
        bench.done("draft")
        latest = bench.app.state.desk.drafts.latest
        assert latest.over.wait(120)
        assert "was not drafted by standoff" in latest.problem
        assert bench.text() == TITLED
        assert "was not drafted by standoff" in page_of(bench.page()).css(".mistake")[0].text
        bench.done("edit", do="take A swerves")
        assert "save or drop them before you draft again" in bench.refused("draft")


def crooked(attack):
    """A conflict file whose every text is hostile."""
    clean = " ".join("".join(c for c in attack if c.isprintable()).split()) or "x"
    a, b = quoted(f"A {clean}"), quoted(f"B {clean}")
    lines = "\n".join(f"#> {n}. {clean}" for n in (1, 2))
    return f"""#> QUESTIONS FOR THE ANALYST
{lines}

name = {quoted(clean)}
status_quo = []

[[decision_maker]]
id = {quoted(f"id {clean}")}
name = {a}
note = {quoted(clean)}
evidence = [{quoted(f"{clean}:1-2")}]
priorities = [{{ id = {quoted(f"s {clean}")}, statement = "not 1", standing = "assumed", note = {quoted(clean)} }}]

[[decision_maker]]
name = {b}
priorities = ["1"]

[[option]]
id = {quoted(f"o {clean}")}
name = {quoted(f"do {clean}")}
owner = {a}
note = {quoted(clean)}

[[option]]
name = {quoted(f"leave {clean}")}
owner = {b}
"""


def test_hostile_texts_in_the_file_do_nothing(crisis, tmp_path):
    for number, attack in enumerate(ATTACKS):
        with Bench(crisis, tmp_path / f"{number}.toml", crooked(attack)) as bench:
            for path in (*PAGES[:3], "/conflict/outcome?state=1"):
                page = page_of(bench.settled(path))
                for node in page.walk():
                    assert node.tag not in ("style", "iframe", "object", "base", "math", "template", "img"), (
                        path
                    )
                    for name, value in node.attributes.items():
                        assert not name.startswith("on"), (path, name)
                        assert name != "style"
                        if name in ("href", "src", "action"):
                            assert re.fullmatch(r"[#?].*|/([^/].*)?", value, re.DOTALL), (path, value)
                assert all(node["src"].startswith("/static/") for node in page.css("script"))
            json.loads(bench.client.get("/conflict.json").text)


def test_the_flag_takes_toml_files_only(crisis, tmp_path):
    call = [sys.executable, "-c", "from standoff.cli.app import main; main()", "serve", str(crisis)]
    done = subprocess.run(
        [*call, "--conflict", str(tmp_path / "c.json")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "c.json is no .toml file" in done.stderr


def test_a_change_bears_the_name_of_who_made_it(bench):
    bench.client.cookies.set("standoff-name", "Ada")
    bench.done("edit", do="take nrl-reopen")
    said = page_of(bench.page()).css(".unsaved li")[0].text
    assert said.startswith("“reopen the strait” is done today")


def test_nothing_but_the_file_is_written(crisis, tmp_path):
    with dossier_copy(crisis, tmp_path) as bench:
        bench.done("edit", do="take nrl-reopen", path=str(tmp_path / "x"), file="../x", to="../../x")
        bench.done("save", path=str(tmp_path / "y"))
        names = {path.name for path in tmp_path.iterdir()}
        assert names - {"d.standoff-wal", "d.standoff-shm"} == {"d.standoff", "d.conflict.toml"}


def dossier_copy(crisis, tmp_path):
    dossier = tmp_path / "d.standoff"
    dossier.write_bytes(Path(crisis).read_bytes())
    return Bench(dossier, tmp_path / "d.conflict.toml")


def test_a_dossier_of_no_reports_is_made_for_this(tmp_path):
    path = dossier_of(tmp_path / "none.standoff")
    with Bench(path, tmp_path / "c.toml") as bench:
        page = page_of(bench.page())
        assert page.css("table.options")
        assert "not in this dossier" in page.text
