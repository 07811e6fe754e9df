"""The analyst's hand on the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dossier"))
from crisis_texts import crisis

from standoff.cli.app import app
from standoff.coding.interchange import coding_from
from standoff.dossier.dossier import Dossier
from standoff.errors import InputError, UsageError
from standoff.records import Coding, Report


@pytest.fixture
def path(tmp_path: Path) -> str:
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        for coding in crisis():
            dossier.add(coding)
    return str(tmp_path / "d.standoff")


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def refused(*arguments: str) -> str:
    with pytest.raises((UsageError, InputError)) as caught:
        CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    return str(caught.value)


def decide(path: str, *arguments: str, by: str = "Anna") -> str:
    return run("decide", path, *arguments, "--by", by).stdout


def acts(path: str, *filters: str) -> dict[int, dict[str, object]]:
    return {act["act"]: act for act in json.loads(run("acts", path, *filters, "--format", "json").stdout)}


def test_the_least_certain_record_is_reviewed_first_and_decided_on(path: str) -> None:
    queue = json.loads(run("review", path, "--by", "Anna", "--format", "json").stdout)
    confidence = [record["confidence"] for record in queue]
    assert confidence == sorted(confidence)
    first = run("review", path, "--by", "Anna", "--kind", "act").stdout.splitlines()[1].split("\t")[0]
    number = int(first.removeprefix("act:"))
    assert decide(path, "reject", first) == f"Decision 1: Anna rejected act {number}.\n"
    assert number not in acts(path)
    assert first not in run("review", path, "--by", "Anna").stdout
    assert first in run("review", path, "--by", "Bob").stdout
    assert "Anna: reject" in run("review", path, "--by", "Bob").stdout
    decide(path, "undo")
    assert number in acts(path)
    lines = run("decisions", path).stdout.splitlines()
    assert [line.split("\t")[3] for line in lines[1:]] == ["undid decision 1", f"rejected act {number}"]
    assert "undone by 2" in lines[2]


def test_a_correction_takes_codes_spans_and_words(path: str) -> None:
    said = decide(
        path, "correct", "act:5", "--set", "type=reject", "--set", "target=ard,NATO", "--set", "place=",
        "--set", "trigger=demanded that", "--set", "content=", "--note", "a refusal",
    )  # fmt: skip
    assert "corrected act 5 (type REJECT; target ARD, NATO; trigger" in said
    act = acts(path)[5]
    text = crisis()[1].report.text
    assert (act["type"], act["target"], act["content"]) == ("REJECT", ["ARD", "NATO"], None)
    start, end = act["trigger"]  # type: ignore[misc]
    assert text[start:end] == "demanded that"
    decide(
        path,
        "correct",
        "statement:2",
        "--set",
        "actor=VEL",
        "--set",
        f"content={start}-{end},{end + 1}-{end + 6}",
    )
    (statement,) = [
        one for one in json.loads(run("statements", path, "--format", "json").stdout) if one["statement"] == 2
    ]
    assert (statement["actor"], statement["content"]) == (["VEL"], [[start, end], [end + 1, end + 6]])


def test_events_issues_and_actors_are_merged_split_and_renamed(path: str) -> None:
    (seizure,) = [
        e
        for e in json.loads(run("timeline", path, "--type", "COERCE", "--format", "json").stdout)
        if e["voices"]
    ]
    told = [evidence["act"] for evidence in seizure["evidence"]]
    said = decide(path, "split", f"event:{seizure['event']}", f"act:{told[0]}", f"act:{told[1]}")
    new = said.rstrip(".\n").split()[-1]
    assert len(json.loads(run("timeline", path, "--type", "COERCE", "--format", "json").stdout)) == 2
    decide(path, "merge", f"event:{new}", f"event:{seizure['event']}")
    assert [
        e["event"] for e in json.loads(run("timeline", path, "--type", "COERCE", "--format", "json").stdout)
    ] == [int(new)]
    decide(path, "rename", "issue:tanker", "The seizure of the tanker")
    decide(path, "merge", "issue:the seizure of the tanker", "issue:the strait")
    decide(path, "rename", "actor:ARD", "ARDEN")
    everything = acts(path)
    assert {act["issue"] for act in everything.values()} == {
        "The seizure of the tanker",
        "ransom for the tanker",
    }
    assert all("ARD" not in (*act["source"], *act["target"]) for act in everything.values())  # type: ignore[misc]
    for _ in range(5):
        decide(path, "undo")
    assert "has no decision" in refused("decide", path, "undo", "--by", "Anna")


def test_people_are_kept_apart(path: str) -> None:
    decide(path, "accept", "act:1", "act:2", by="Anna")
    decide(path, "reject", "2", by="Bob")
    assert "Decision 3 is Bob's" in refused("decide", path, "undo", "3", "--by", "Anna")
    differ = json.loads(run("review", path, "--disagreements", "--format", "json").stdout)
    assert [(one["act"], one["fields"]) for one in differ] == [(2, ["record"])]
    progress = json.loads(run("review", path, "--progress", "--format", "json").stdout)
    assert [(one["author"], one["accepted"], one["rejected"]) for one in progress] == [
        ("Anna", 2, 0),
        ("Bob", 0, 1),
    ]
    assert [
        line.split("\t")[2] for line in run("decisions", path, "--by", "Bob").stdout.splitlines()[1:]
    ] == ["Bob"]


def test_notes_are_kept_on_anything(path: str) -> None:
    for target in ("act:1", "event:1", "issue:tanker", "actor:ARD", "report:strait", "statement:1"):
        decide(path, "annotate", target, "--note", "ask the desk")
    decide(path, "annotate", "decision:1", "--note", "done")
    notes = [line.split("\t")[4] for line in run("decisions", path, "--standing").stdout.splitlines()[1:]]
    assert notes == ["done", *["ask the desk"] * 6]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["accept"], "Say what to accept"),
        (["accept", "act:99"], "There is no act 99"),
        (["accept", "event:1"], "is no single record"),
        (["accept", "act:x"], "is no act: write act:12"),
        (["accept", "planet:1"], "names nothing"),
        (["correct", "act:1"], "Say what to correct"),
        (["correct", "act:1", "--set", "type"], "sets nothing"),
        (["correct", "act:1", "--set", "colour=red"], "cannot be corrected"),
        (["correct", "act:1", "--set", "type=SHOUT"], "is no type"),
        (["correct", "act:1", "--set", "date=yesterday"], "is no date"),
        (["correct", "act:1", "--set", "source=the president"], "is no actor code"),
        (["correct", "act:1", "--set", "source=USA!"], "is no actor code"),
        (["correct", "act:1", "--set", "content=5-99999"], "does not lie in the report's text"),
        (["correct", "act:1", "--set", "content=no such words"], "does not hold the words"),
        (["correct", "act:1", "--set", "trigger=demand"], "The trigger lies in the evidence"),
        (["correct", "act:1", "--set", "type=COERCE"], "changes nothing"),
        (["accept", "act:1", "--set", "type=COERCE"], "goes with the verb correct"),
        (["annotate", "act:1"], "A note needs words"),
        (["annotate", "report:nothing", "--note", "x"], "There is no report"),
        (["merge", "event:1"], "at least two different events"),
        (["merge", "event:1", "event:2"], "Events of different types"),
        (["merge", "event:1", "issue:tanker"], "of one kind"),
        (["merge", "issue:tanker", "issue:the tanker"], "at least two different issues"),
        (["merge", "actor:ARD", "actor:MARS"], "No record has the actor MARS"),
        (["split", "event:1", "act:2"], "is not one of event 1"),
        (["split", "event:99", "act:2"], "There is no event 99"),
        (["rename", "event:1", "x"], "Rename issue:LABEL or actor:CODE"),
        (["rename", "actor:ARD", "VEL"], "There is an actor VEL already"),
        (["rename", "issue:tanker", "the strait"], "merge the two instead"),
        (["rename", "issue:nothing", "x"], "There is no issue"),
        (["undo", "7"], "There is no decision 7"),
        (["undo", "1", "2"], "one decision at a time"),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(path: str, arguments: list[str], said: str) -> None:
    message = refused("decide", path, *arguments, "--by", "Anna")
    assert said in message
    assert message.endswith(".")
    assert run("decisions", path).stdout.count("\n") == 1


def test_whoever_decides_has_a_name(path: str) -> None:
    assert "a name of 1 to" in refused("decide", path, "accept", "act:1", "--by", "  ")
    assert CliRunner().invoke(app, ["decide", path, "accept", "act:1"]).exit_code == 2
    assert "Say whose queue" in refused("review", path)


def test_what_was_accepted_is_exported_as_gold(path: str, tmp_path: Path) -> None:
    assert "nobody has accepted a record yet" in refused("export", path)
    decide(path, "accept", "act:1", "act:4")
    decide(path, "correct", "act:2", "--set", "place=Port Velm", by="Bob")
    folder = tmp_path / "gold"
    done = run("export", path, "-o", str(folder), "--crisis", "The strait")
    assert "Exported 3 records of 2 reports." in done.stderr
    files = {file.name: json.loads(file.read_text()) for file in folder.iterdir()}
    assert set(files) == {"strait.json", "gazette-4.json"}
    gold = files["strait.json"]
    assert (gold["crisis"], gold["complete"], gold["accepted"]["acts"]) == (
        "The strait",
        False,
        [["Anna"], ["Bob"]],
    )
    assert [act.place for act in coding_from(gold).acts] == ["the strait", "Port Velm"]
    lines = tmp_path / "gold.jsonl"
    run("export", path, "-o", str(lines), "--by", "Bob")
    (own,) = [json.loads(line) for line in lines.read_text().splitlines()]
    assert len(own["acts"]) == 1
    assert json.loads(run("export", path, "--by", "Bob").stdout) == own
    assert "in a whole report" in refused("export", path, "--complete")


def test_an_id_that_is_a_path_stays_in_the_folder(tmp_path: Path) -> None:
    from dossier_texts import told

    text = "Arden accused Velmark of piracy."
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        for name in ("../../evil", "..", "a/b", "a?b"):
            dossier.add(told(name, text, ("ACCUSE", "ARD>VEL", "Arden accused Velmark")))
    path = str(tmp_path / "d.standoff")
    decide(path, "accept", "act:1", "act:2", "act:3", "act:4")
    run("export", path, "-o", str(tmp_path / "in" / "gold"))
    files = sorted(file.relative_to(tmp_path) for file in tmp_path.rglob("*.json"))
    assert len(files) == 4
    assert all(file.parent == Path("in/gold") for file in files)


def test_words_are_found_and_queries_kept(path: str) -> None:
    out = run("search", path, "closing", "strait").stdout
    assert "‹close›" not in out.splitlines()[0]
    assert any("‹" in line for line in out.splitlines()[1:])
    found = json.loads(run("search", path, "tanker", "--evidence", "--format", "json").stdout)
    texts = {coding.report.id: coding.report.text for coding in crisis()}
    for hit in found:
        (evidence,) = hit["evidence"]
        assert texts[evidence["report"]][evidence["start"] : evidence["end"]] == evidence["quote"]
        assert all(evidence["start"] <= start < end <= evidence["end"] for start, end in hit["marks"])
    assert "holds no word" in refused("search", path, "()")
    assert "No report holds 'nowhere'" in run("search", path, "nowhere").stderr
    assert "No query is kept yet" in run("query", path).stderr
    run("query", path, "demands", "--save", "acts", "--type", "REQUEST", "--actor", "VEL")
    run("query", path, "closing", "--save", "search", "--search", "strait")
    assert (
        run("query", path, "demands").stdout
        == run("acts", path, "--type", "REQUEST", "--actor", "VEL").stdout
    )
    assert run("query", path, "closing").stdout == run("search", path, "strait").stdout
    assert "--type REQUEST" in run("query", path).stdout
    assert "has its filters" in refused("query", path, "demands", "--type", "REJECT")
    run("query", path, "demands", "--delete")
    assert "there are closing" in refused("query", path, "demands")


@pytest.fixture
def recoder(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the coder, which is tested elsewhere: it gives the known codings, and notes what it is asked."""
    import standoff.coding.coder as coder

    asked: list[str] = []
    known = {coding.report.id: coding for coding in crisis()}

    def code(reports: Iterable[Report], **_: object) -> Iterator[Coding]:
        for one in reports:
            asked.append(one.id)
            if len(asked) == 3:
                raise KeyboardInterrupt
            yield known[one.id]

    monkeypatch.setattr(coder, "code_reports", code)
    monkeypatch.setattr(coder, "default_chain", lambda **_: ())
    return asked


def test_recoding_goes_on_where_it_stopped_and_says_what_changed(path: str, recoder: list[str]) -> None:
    decide(path, "correct", "act:5", "--set", "place=Port Velm")
    before = acts(path)
    done = CliRunner().invoke(app, ["recode", path])
    assert done.exit_code == 1
    assert "Recoded 2 reports" in done.stderr
    again = run("recode", path)
    assert recoder == ["strait", "gazette-4", "herald-5", "herald-5", "tribune-6", "mercury-7"]
    assert "Recoded 3 reports" in again.stderr
    assert "2 were coded so already" in again.stderr
    assert "0 changed, 0 new, 0 gone" in again.stderr
    assert acts(path) == before
    assert "Recoded 0 reports" in run("recode", path).stderr
    run("recode", path, "--fast")
    assert recoder[6:] == ["strait", "gazette-4", "herald-5", "tribune-6", "mercury-7"]
