from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from dossier_texts import report, strait_coding, told

from standoff.cli import tables
from standoff.cli.app import COMMANDS, app
from standoff.cli.tables import as_csv, as_lines
from standoff.dossier.dossier import Dossier
from standoff.dossier.tables.tables import VIEWS, Row, Table, plain, table_of
from standoff.errors import InputError
from standoff.records import Coding, Report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "d.standoff"
    with Dossier.create(made) as dossier:
        dossier.add(strait_coding())
    return made


def run(*arguments: str) -> tuple[str, str]:
    done = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def test_every_view_has_a_command() -> None:
    assert {*VIEWS, "changed", "check", "add"} <= COMMANDS.keys()


@pytest.mark.parametrize("view", [*(view for view in VIEWS if view != "contradictions"), "changed"])
def test_every_view_comes_in_every_format(path: Path, view: str) -> None:
    more = ["--since", "2031-01-01"] if view == "changed" else []
    lines, _ = run(view, str(path), *more)
    rows = [line.split("\t") for line in lines.splitlines()]
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 1
    data = json.loads(run(view, str(path), "--format", "json", *more)[0])
    assert len(data) == len(rows) - 1
    cells = list(csv.reader(io.StringIO(run(view, str(path), "--format", "csv", *more)[0])))
    assert len(cells) > 1
    assert len({len(row) for row in cells}) == 1


def contested(path: Path) -> None:
    """Add to the strait a report that tells another number, and one in which a promise is broken."""
    with Dossier.create(path) as dossier:
        dossier.add(
            told(
                "herald",
                "Arden's patrol boats stopped the Velmark tanker in the strait on Monday, killing 9 sailors.",
                (
                    "COERCE",
                    "ARD>VEL",
                    "Arden's patrol boats stopped the Velmark tanker in the strait on Monday, killing 9 sailors",
                    {
                        "trigger": "stopped",
                        "date": "2031-03-03",
                        "place": "the strait",
                        "issue": "the tanker",
                    },
                ),
                outlet="Herald",
            )
        )
        dossier.add(
            told(
                "later",
                "Velmark promised Arden to keep its boats away from the tanker. A week later Velmark fired on Arden.",
                ("AGREE", "VEL>ARD", "Velmark promised Arden to keep its boats away from the tanker",
                 {"trigger": "promised", "date": "2031-03-05", "issue": "tanker"}),
                ("ASSAULT", "VEL>ARD", "Velmark fired on Arden", {"date": "2031-03-12", "issue": "tanker"}),
                published="2031-03-13",
            )
        )  # fmt: skip


def test_contradictions_name_who_says_what(path: Path) -> None:
    contested(path)
    found = json.loads(run("contradictions", str(path), "--format", "json")[0])
    assert [(one["kind"], one["field"]) for one in found] == [("sources", "number"), ("deeds", "")]
    assert {version["value"]: version["voices"] for version in found[0]["versions"]} == {
        "3 dead": 1,
        "9 dead": 1,
    }
    assert "3 dead (Courier); 9 dead (Herald)" in found[0]["note"]
    assert found[1]["source"] == ["VEL"]
    assert [one["quote"] for one in found[1]["evidence"]][-1] == "Velmark fired on Arden"
    lines = run("contradictions", str(path))[0].splitlines()
    assert len(lines) == 3
    assert len({line.count("\t") for line in lines}) == 1
    assert run("contradictions", str(path), "--actor", "XXX")[0].count("\n") == 1


def test_numbers_stand_with_their_source(path: Path) -> None:
    contested(path)
    found = json.loads(run("numbers", str(path), "--format", "json")[0])
    assert [(one["words"], one["evidence"][0]["outlet"], one["contested"]) for one in found] == [
        ("2 ships", "Courier", False),
        ("3 dead", "Courier", True),
        ("9 dead", "Herald", True),
    ]


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_limit_gives_the_first_lines(path: Path, form: str) -> None:
    every, some = (run("acts", str(path), "--format", form, *more)[0] for more in ([], ["--limit", "2"]))
    if form == "json":
        assert json.loads(some) == json.loads(every)[:2]
    else:
        assert some.splitlines() == every.splitlines()[:3]


@pytest.mark.parametrize("view", ["timeline", "acts", "statements", "positions"])
def test_every_record_comes_with_evidence_that_quotes_its_report(path: Path, view: str) -> None:
    text = strait_coding().report.text
    for record in json.loads(run(view, str(path), "--format", "json")[0]):
        assert record["evidence"]
        for evidence in record["evidence"]:
            assert evidence["report"] == "strait"
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
    rows = list(csv.DictReader(io.StringIO(run(view, str(path), "--format", "csv")[0])))
    for row in rows:
        assert text[int(row["start"]) : int(row["end"])] == row["quote"].removeprefix("'")


def test_an_empty_table_says_what_would_fill_it(tmp_path: Path, path: Path) -> None:
    with Dossier.create(tmp_path / "empty.standoff"):
        pass
    out, err = run("timeline", str(tmp_path / "empty.standoff"), "--format", "json")
    assert json.loads(out) == []
    assert "holds no report yet; `standoff add" in err
    _, err = run("positions", str(path), "--actor", "USA")
    assert "No position of 1 report meets the filter actor" in err


def test_dates_read_for_people_and_are_iso_in_data(path: Path) -> None:
    assert "Mon 3 Mar 2031" in run("timeline", str(path))[0]
    assert json.loads(run("timeline", str(path), "--format", "json")[0])[0]["date"] == "2031-03-03"


def test_no_cell_starts_a_formula(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://x") was demanded by Arden.\n@cmd and +1 and -2'
    coding = told(
        "=1+1", text, ("REQUEST", "ARD>", text.split(" was")[0], {"issue": "-cmd", "place": "\t=x"})
    )
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        dossier.add(coding)
        written = as_csv(table_of(dossier, "acts", {}))
    for row in csv.reader(io.StringIO(written)):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r"))
            assert not cell.startswith("-") or cell[1:].replace(".", "").isdigit()


def test_text_cannot_lead_a_terminal_astray() -> None:
    assert plain("a\x1b[31mred\x07 \u202edrow\r\nnext\tcell") == "a[31mred drow next cell"
    line = as_lines(Table(("A", ""), (Row(("x\ty", "z"), {}),), "", ""))
    assert line == "A\tMark\nx y\tz\n"


def test_a_terminal_gets_an_aligned_table_with_its_base(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tables.sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "160")
    with Dossier.open(path) as dossier:
        tables.show(table_of(dossier, "timeline", {}), "table")
    out = capsys.readouterr().out
    assert "3 events told in 1 report" in out
    assert "\t" not in out


def test_check_proves_and_finds(path: Path) -> None:
    assert "every span quotes its text" in run("check", str(path))[0]
    import sqlite3

    rows = sqlite3.connect(path, isolation_level=None)
    rows.execute("UPDATE act SET trigger_end = 999 WHERE key = 1")
    rows.close()
    with pytest.raises(InputError, match="1 problem found"):
        CliRunner().invoke(app, ["check", str(path)], catch_exceptions=False)


@pytest.fixture
def coded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the coder, which is tested elsewhere: one act a report; note what it is asked to code."""
    import standoff.coding.coder as coder

    asked: list[str] = []

    def code(reports: Iterable[Report], **_: object) -> Iterator[Coding]:
        for one in reports:
            asked.append(one.id)
            yield told(one.id, one.text, ("ACCUSE", "ARD>VEL", one.text[:20]), published=one.published)

    monkeypatch.setattr(coder, "code_reports", code)
    monkeypatch.setattr(coder, "default_chain", lambda **_: ())
    return asked


TEXT = (
    "Arden accused Velmark of sending boats into its waters on Monday, and said that it would not wait for "
    "another such visit before it acts. Velmark did not answer the charge at once.\n"
)


def test_adding_again_codes_nothing_again(tmp_path: Path, coded: list[str]) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"{TEXT}\nThis was report {name} of the series.\n")
    made = str(tmp_path / "d.standoff")
    _, err = run("add", made, str(tmp_path / "one.txt"), "--published", "2031-03-04")
    assert "Added 1 report" in err
    _, err = run("add", made, str(tmp_path / "one.txt"), str(tmp_path / "two.txt"))
    assert coded == ["one", "two"]
    assert "Added 1 report" in err
    assert "1 was there already" in err
    with Dossier.open(made) as dossier:
        assert {stored.report.id for stored in dossier.reports()} == {"one", "two"}


def test_a_bad_report_does_not_cost_the_others(tmp_path: Path, coded: list[str]) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_text("")
    _, err = run("add", str(tmp_path / "d.standoff"), str(tmp_path / "empty.txt"), str(tmp_path / "good.txt"))
    assert "empty.txt" in err
    assert "Added 1 report" in err
    with pytest.raises(InputError, match="No report could be added"):
        CliRunner().invoke(
            app, ["add", str(tmp_path / "e.standoff"), str(tmp_path / "empty.txt")], catch_exceptions=False
        )


def test_adding_nothing_makes_the_dossier(tmp_path: Path) -> None:
    _, err = run("add", str(tmp_path / "d.standoff"))
    assert "It now holds 0 reports" in err


def test_a_report_is_no_dossier(tmp_path: Path) -> None:
    text = tmp_path / "report.txt"
    text.write_text(TEXT)
    with pytest.raises(InputError, match="this is not a dossier"):
        CliRunner().invoke(app, ["add", str(text), str(text)], catch_exceptions=False)
    assert text.read_text() == TEXT


def test_a_report_without_a_date_has_a_place_in_the_views(tmp_path: Path) -> None:
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        dossier.add(told("x", TEXT, ("ACCUSE", "ARD>VEL", "Arden accused Velmark"), published=None))
        assert dossier.timeline() == ()
        assert len(dossier.events()) == 1
        assert dossier.reports()[0].report == report("x", TEXT, None)
