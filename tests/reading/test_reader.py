"""From paths to reports: files, folders, globs, standard input; bad ones are told and skipped."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from standoff.errors import ReportError
from standoff.reading import read_reports
from standoff.reading.limits import MAX_LINE_BYTES, MAX_TEXT_BYTES
from standoff.records import Report

TEXT = "Talks end in Geneva\r\n\r\nThe ministers met on Friday and parted without a word to the press. 😀\r\n"
Reading = Callable[..., tuple[list[Report], list[str]]]


@pytest.fixture
def read() -> Reading:
    def reading(*paths: str | Path, published: str | None = None) -> tuple[list[Report], list[str]]:
        problems: list[ReportError] = []
        reports = list(read_reports([str(p) for p in paths], published=published, on_problem=problems.append))
        return reports, [str(problem) for problem in problems]

    return reading


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_file_is_kept_to_the_character(tmp_path: Path, read: Reading) -> None:
    (report,), problems = read(write(tmp_path / "geneva.txt", TEXT))
    assert problems == []
    assert (report.id, report.text, report.format) == ("geneva", TEXT, "text")
    assert report.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert report.title == "Talks end in Geneva"


def test_json_text_is_kept_to_the_character(tmp_path: Path, read: Reading) -> None:
    text = "\ufeff" + TEXT + "\n\n  "
    record = {
        "id": "own-id",
        "text": text,
        "published": "2022-01",
        "title": "T",
        "url": "https://o.example/1",
    }
    (report,), problems = read(write(tmp_path / "file.json", json.dumps(record)))
    assert problems == []
    assert (report.id, report.text, report.title, report.url) == ("own-id", text, "T", "https://o.example/1")
    assert (report.published, report.published_how) == ("2022-01", "file")


def test_a_json_list_and_a_single_object_without_id(tmp_path: Path, read: Reading) -> None:
    single = write(tmp_path / "one.json", json.dumps({"text": TEXT}, indent=1))
    several = write(tmp_path / "two.json", json.dumps([{"text": TEXT}, 7, {"text": TEXT}]))
    reports, problems = read(single, several)
    assert [r.id for r in reports] == ["one", "two-1", "two-3"]
    assert problems == [
        f"{several}, item 2: this is a number and no JSON object; give an object with a field `text`"
    ]


def test_bad_lines_are_told_with_their_number(tmp_path: Path, read: Reading) -> None:
    lines = [
        json.dumps({"text": TEXT, "id": "a"}),
        "",
        "{broken",
        '{"id": 1}',
        "[1]",
        json.dumps({"text": TEXT}),
    ]
    path = write(tmp_path / "many.jsonl", "\n".join(lines))
    reports, problems = read(path)
    assert [r.id for r in reports] == ["a", "many-6"]
    assert [problem.split(": ")[0] for problem in problems] == [f"{path}:{k}" for k in (3, 4, 5)]


def test_a_line_that_is_too_long_costs_only_itself(tmp_path: Path, read: Reading) -> None:
    path = write(
        tmp_path / "long.jsonl", b'{"text": "' + b"a" * (2 * MAX_LINE_BYTES) + b'"}\n{"text": "Talks end."}\n'
    )
    reports, problems = read(path)
    assert [r.text for r in reports] == ["Talks end."]
    assert "long.jsonl:1: the line is longer than 8 MB" in problems[0]


def test_lines_in_a_json_file_are_read(tmp_path: Path, read: Reading) -> None:
    reports, problems = read(
        write(tmp_path / "lines.json", '{"text": "Talks end."}\n{"text": "Talks go on."}\n')
    )
    assert [r.text for r in reports] == ["Talks end.", "Talks go on."]
    assert problems == []


def test_ids_are_unique_within_a_call(tmp_path: Path, read: Reading) -> None:
    write(tmp_path / "a" / "geneva.txt", TEXT)
    write(tmp_path / "b" / "geneva.txt", TEXT)
    write(tmp_path / "c" / "geneva.md", TEXT)
    write(tmp_path / "c" / "geneva-2.txt", TEXT)
    reports, _ = read(tmp_path)
    assert [r.id for r in reports] == ["geneva", "geneva-2", "geneva-2-2", "geneva-3"]
    assert any("'geneva'" in note for note in reports[1].notes)


def test_folders_are_sorted_and_leave_out_what_is_no_report(tmp_path: Path, read: Reading) -> None:
    for name in ("b.txt", "a.html", "README.md", ".hidden.txt", "c.png", "page_files/x.html", "sub/d.jsonl"):
        write(tmp_path / name, json.dumps({"text": TEXT, "id": "d"}) if name.endswith("jsonl") else TEXT * 2)
    reports, problems = read(tmp_path)
    assert [r.id for r in reports] == ["a", "b", "d"]
    assert problems == []


def test_a_file_named_twice_is_read_once(tmp_path: Path, read: Reading) -> None:
    path = write(tmp_path / "geneva.txt", TEXT)
    reports, _ = read(path, tmp_path, tmp_path / "*.txt")
    assert len(reports) == 1


def test_globs(tmp_path: Path, read: Reading) -> None:
    write(tmp_path / "x" / "one.txt", TEXT)
    write(tmp_path / "two.txt", TEXT)
    reports, problems = read(f"{tmp_path}/**/*.txt")
    assert sorted(r.id for r in reports) == ["one", "two"]
    _, problems = read(f"{tmp_path}/*.nothing")
    assert problems == [f"{tmp_path}/*.nothing: no file fits this pattern; check the folder and the spelling"]


def test_a_file_with_the_signs_of_a_glob_in_its_name(tmp_path: Path, read: Reading) -> None:
    reports, problems = read(write(tmp_path / "talks [final].txt", TEXT))
    assert ([r.id for r in reports], problems) == (["talks [final]"], [])


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (TEXT.encode(), ("stdin", "text")),
        (b'{"text": "Talks end."}\n{"text": "Talks go on."}\n', ("stdin-1", "json")),
        (b'{\n "id": "own", "text": "Talks end."\n}', ("own", "json")),
        (b'[{"text": "Talks end."}]', ("stdin-1", "json")),
        (
            b"<!doctype html><html><body><p>" + b"The ministers met on Friday in Geneva. " * 9,
            ("stdin", "html"),
        ),
    ],
)
def test_standard_input(
    content: bytes, wanted: tuple[str, str], monkeypatch: pytest.MonkeyPatch, read: Reading
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))  # type: ignore[arg-type]
    reports, problems = read("-")
    assert problems == []
    assert (reports[0].id, reports[0].format) == wanted


def test_the_content_tells_what_the_name_does_not(tmp_path: Path, read: Reading) -> None:
    page = "<!doctype html><html><body><p>" + "The ministers met on Friday in Geneva. " * 9
    reports, problems = read(write(tmp_path / "page.txt", page), write(tmp_path / "noname", page))
    assert problems == []
    assert [r.format for r in reports] == ["html", "html"]


def test_given_dates_fill_gaps_and_nothing_else(tmp_path: Path, read: Reading) -> None:
    dated = write(tmp_path / "dated.json", json.dumps({"text": TEXT, "published": "2021-12-01"}))
    plain = write(tmp_path / "plain.txt", TEXT)
    lined = write(
        tmp_path / "lined.txt", "Talks end\n\n14 January 2022\n\nThe ministers met on Friday, they said."
    )
    reports, _ = read(dated, plain, lined, published="2022-01-21")
    assert [(r.published, r.published_how) for r in reports] == [
        ("2021-12-01", "file"),
        ("2022-01-21", "given"),
        ("2022-01-21", "given"),
    ]


def test_a_date_in_the_name_of_the_file(tmp_path: Path, read: Reading) -> None:
    (report,), _ = read(write(tmp_path / "2022-01-21-geneva.txt", TEXT))
    assert (report.published, report.published_how, report.notes) == ("2022-01-21", "file name", ())


def test_every_bad_file_is_one_sentence_and_the_good_one_is_read(tmp_path: Path, read: Reading) -> None:
    bad = {
        "empty.txt": b"",
        "blank.txt": b" \n\n",
        "binary.txt": os.urandom(4000) + b"\x00\x01",
        "large.txt": b"a" * (MAX_TEXT_BYTES + 1),
        "french.txt": "Le ministre a dit que les pourparlers de Genève vont se poursuivre avec la Russie. ".encode()
        * 4,
        "noarticle.html": b"<html><head><title>x</title></head><body></body></html>",
        "notext.json": b'{"title": "x"}',
        "badtext.json": b'{"text": 3}',
        "nested.json": b"[" * 50_000,
        "emptylist.json": b"[]",
        "empty.jsonl": b"\n\n",
    }
    for name, content in bad.items():
        write(tmp_path / name, content)
    good = write(tmp_path / "good.txt", TEXT)
    (tmp_path / "nothing").mkdir()
    paths = [tmp_path / name for name in bad]
    reports, problems = read(*paths, tmp_path / "missing.txt", tmp_path / "nothing", "", "a\0b", good)
    assert [r.id for r in reports] == ["good"]
    assert len(problems) == len(bad) + 4
    for path, problem in zip(paths, problems, strict=False):
        assert problem.startswith(str(path))
    for problem in problems:
        assert "\n" not in problem
        assert "; " in problem, "the remedy is missing"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file(tmp_path: Path, read: Reading) -> None:
    path = write(tmp_path / "secret.txt", TEXT)
    path.chmod(0)
    assert read(path)[1] == [f"{path}: the file may not be read; change its permissions"]


def test_reports_come_one_after_the_other(tmp_path: Path) -> None:
    good = write(tmp_path / "many.jsonl", '{"text": "Talks end."}\n' * 3 + "broken\n")
    problems: list[ReportError] = []
    reports = read_reports([str(good)], on_problem=problems.append)
    assert next(reports).id == "many-1"
    assert problems == []
    assert len(list(reports)) == 2
    assert len(problems) == 1
