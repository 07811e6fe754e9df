"""Parquet tables with a column of texts."""

from __future__ import annotations

import datetime
import io
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from standoff.errors import ReportError
from standoff.reading import parquet_files, read_reports
from standoff.records import Report

SENTENCE = "The ministers met on Friday in Geneva and parted without a word to the press, who had waited. "


def read(*paths: Path) -> tuple[list[Report], list[str]]:
    problems: list[ReportError] = []
    reports = list(read_reports([str(path) for path in paths], on_problem=problems.append))
    return reports, [str(problem) for problem in problems]


def written(path: Path, columns: dict[str, list[object]], group: int = 2) -> Path:
    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=group)
    return path


def test_a_row_is_a_report_with_what_its_columns_say(tmp_path: Path) -> None:
    path = written(
        tmp_path / "table.parquet",
        {
            "Text": [SENTENCE, None, SENTENCE + "Again."],
            "id": ["a", "b", None],
            "date": [datetime.date(2022, 1, 21), None, datetime.date(2022, 1, 22)],
            "outlet": ["Courier", None, None],
            "url": ["https://courier.example/1#top", None, None],
            "vector": [[1.0], [2.0], [3.0]],
        },
    )
    (first, second), (problem,) = read(path)
    assert (first.id, first.text, first.outlet) == ("a", SENTENCE, "Courier")
    assert (first.published, first.published_how, first.format) == ("2022-01-21", "file", "parquet")
    assert first.url == "https://courier.example/1"
    assert (second.id, second.published) == ("table-3", "2022-01-22")
    assert problem == f"{path}, row 2: the JSON object has no field `text`; put the report's text there"


def test_timestamps_are_days(tmp_path: Path) -> None:
    moment = datetime.datetime(2022, 1, 21, 18, 30, tzinfo=datetime.UTC)
    (report,), _ = read(written(tmp_path / "t.parquet", {"text": [SENTENCE], "published": [moment]}))
    assert report.published == "2022-01-21"


def test_a_table_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = written(tmp_path / "t.parquet", {"text": [SENTENCE]}).read_bytes()

    class Pipe:
        buffer = io.BufferedReader(io.BytesIO(content))

    monkeypatch.setattr(sys, "stdin", Pipe)
    (report,), problems = read(Path("-"))
    assert (report.text, problems) == (SENTENCE, [])


def test_bad_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = written(tmp_path / "good.parquet", {"text": [SENTENCE] * 50})
    damaged = bytearray(good.read_bytes())
    damaged[20:60] = b"\xff" * 40
    cases: list[tuple[str, bytes, str]] = [
        ("none.parquet", b"PAR1" + b"\0" * 50, "cannot be read at all"),
        ("cut.parquet", good.read_bytes()[:-10], "cannot be read at all"),
        ("hurt.parquet", bytes(damaged), "cannot be read"),
        ("other.parquet", written(tmp_path / "o", {"body": ["x"]}).read_bytes(), "no column `text`"),
        ("empty.parquet", written(tmp_path / "e", {"text": []}).read_bytes(), "has no rows"),
    ]
    for name, content, said in cases:
        (tmp_path / name).write_bytes(content)
        reports, problems = read(tmp_path / name)
        assert len(reports) < 50
        assert any(said in problem for problem in problems), (name, problems)
    monkeypatch.setattr(parquet_files, "MAX_COLUMN_BYTES", 10)
    _, (problem,) = read(good)
    assert "smaller row groups" in problem


def test_without_pyarrow_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "t.parquet", {"text": [SENTENCE]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    reports, (problem,) = read(path)
    assert reports == []
    assert "pip install 'standoff[parquet]'" in problem
