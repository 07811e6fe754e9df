import json

import pytest
from click.testing import CliRunner

from standoff.cli.app import app
from standoff.cli.writing import write_whole
from standoff.coding import coder
from standoff.dossier.dossier import Dossier
from standoff.errors import InputError, UsageError
from strait import HARBOUR, harbour


@pytest.fixture
def call(monkeypatch):
    """Call the command with a coder that finds times only, so that the tests are about the command."""

    def times_only():
        from standoff.coding.times import Times

        return (Times(),)

    monkeypatch.setattr(coder, "default_chain", times_only)
    return lambda *arguments: CliRunner().invoke(app, ["brief", *map(str, arguments)])


def test_a_report_becomes_a_page_and_the_end_says_so(call, tmp_path):
    report, page = tmp_path / "harbour.txt", tmp_path / "out.html"
    report.write_text(HARBOUR, encoding="utf-8")
    result = call(report, "-o", page, "--published", "2031-03-04", "--title", "Karv")
    assert result.exit_code == 0, result.output
    assert "<title>Karv: Standoff brief</title>" in page.read_text(encoding="utf-8")
    assert result.stderr.startswith(f"Wrote {page} (")
    assert "from 1 report." in result.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_one_bad_report_is_told_and_skipped(call, tmp_path):
    good, bad, page = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "out.html"
    good.write_text(HARBOUR, encoding="utf-8")
    bad.write_bytes(b"")
    result = call(good, bad, "-o", page)
    assert result.exit_code == 0
    assert "bad.txt" in result.stderr.splitlines()[0]
    assert "1 report could not be coded" in result.stderr.splitlines()[-1]


def test_where_nothing_could_be_coded_no_page_is_written(call, tmp_path):
    bad, page = tmp_path / "bad.txt", tmp_path / "out.html"
    bad.write_bytes(b"")
    result = call(bad, "-o", page)
    assert isinstance(result.exception, InputError)
    assert result.exception.exit_status == 1
    assert "No report could be coded" in str(result.exception)
    assert not page.exists()


def test_a_dossier_becomes_a_page(call, tmp_path):
    with Dossier.create(tmp_path / "crisis.standoff") as dossier:
        dossier.add(harbour())
    result = call(tmp_path / "crisis.standoff", "-o", tmp_path / "out.html")
    assert result.exit_code == 0, result.output
    assert "6 acts and 4 statements from 1 report" in result.stderr


def test_a_dossier_among_reports_is_a_wrong_call(call, tmp_path):
    with Dossier.create(tmp_path / "crisis.standoff"):
        pass
    result = call(tmp_path / "crisis.standoff", tmp_path / "other.txt", "-o", tmp_path / "out.html")
    assert isinstance(result.exception, UsageError)
    assert "must be the only PATH" in str(result.exception)


def test_an_input_is_never_overwritten(call, tmp_path):
    report = tmp_path / "page.html"
    report.write_text(HARBOUR, encoding="utf-8")
    result = call(report, "-o", report)
    assert isinstance(result.exception, UsageError)
    assert report.read_text(encoding="utf-8") == HARBOUR


def test_standard_output_gets_the_page_alone(call, tmp_path):
    reports = tmp_path / "reports.jsonl"
    reports.write_text(json.dumps({"id": "x", "text": HARBOUR}) + "\n", encoding="utf-8")
    result = call(reports, "-o", "-")
    assert result.exit_code == 0
    assert result.stdout.startswith("<!DOCTYPE html>")
    assert result.stdout.rstrip().endswith("</html>")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "brief.html"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o640)
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "before"
    assert write_whole(path, "é\r\n") == 4
    assert path.read_bytes() == "é\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("place", ["no-such-folder/brief.html", "."])
def test_where_nothing_can_be_written_one_sentence_says_so(tmp_path, place):
    with pytest.raises(InputError, match=r"name (a|the) file"):
        write_whole(tmp_path / place, "x")
