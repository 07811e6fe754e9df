"""standoff code as other programs call it: what it writes, what it says, how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPORT = "Talks fail\n\nRussia has rejected the proposal of the United States, the Kremlin said on Friday.\n"


def standoff(*words: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "standoff", *words]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=300)


def test_one_line_a_report_with_the_fields_of_the_codebook(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(REPORT, "utf-8")
    done = standoff("code", str(tmp_path / "talks.txt"), "--published", "2022-01-21", "--fast")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    record = json.loads(line)
    assert record["id"] == "talks"
    assert record["text"] == REPORT
    assert record["published"] == "2022-01-21"
    assert {"times", "statements", "acts"} <= record.keys()
    assert any(act["type"] == "REJECT" and act["source"] == ["RUS"] for act in record["acts"])


def test_bad_reports_are_told_and_the_others_are_coded(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(REPORT, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "lines.jsonl").write_text(
        '{"text": ' + "\n" + json.dumps({"id": "b", "text": REPORT}) + "\n", "utf-8"
    )
    out = tmp_path / "out.jsonl"
    done = standoff("code", str(tmp_path), str(tmp_path / "gone.txt"), "--fast", "-o", str(out))
    assert done.returncode == 0, done.stderr
    assert {json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()} == {"good", "b"}
    assert "empty.txt" in done.stderr
    assert "gone.txt" in done.stderr
    assert "lines.jsonl" in done.stderr


def test_nothing_coded_is_status_one_and_no_file_is_left(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    done = standoff("code", str(tmp_path / "empty.txt"), "--fast", "-o", str(tmp_path / "out.jsonl"))
    assert done.returncode == 1
    assert "No report could be coded" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    "words", [["code"], ["code", "x", "--nonsense"], ["nonsense"], ["code", "x", "--precise", "--fast"]]
)
def test_wrong_usage_is_status_two(words: list[str]) -> None:
    assert standoff(*words).returncode == 2


def test_help_lists_every_command_without_importing_the_parser() -> None:
    done = standoff("--help")
    assert done.returncode == 0
    for name in ("code", "brief", "add", "timeline", "positions", "solve"):
        assert name in done.stdout
    probe = "import sys; from standoff.cli import app; assert not {'spacy', 'rich', 'onnxruntime'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe]).returncode == 0
