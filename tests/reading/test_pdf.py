"""PDF files: paragraphs from lines, words put together again, and files that are made to do harm."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_made import assembled, lines, pdf

from standoff.errors import ReportError
from standoff.reading import pdf_files, read_reports
from standoff.reading.limits import MAX_PDF_PAGES
from standoff.reading.pdf_paragraphs import Line, paragraphs_of_pages
from standoff.records import Report

FILES = Path(__file__).parent / "files"


def read(path: Path, content: bytes) -> tuple[list[Report], list[str]]:
    path.write_bytes(content)
    problems: list[ReportError] = []
    reports = list(read_reports([str(path)], on_problem=problems.append))
    return reports, [str(problem) for problem in problems]


BODY = lines(
    "Talks in Karv end",
    "",
    "KARV, March 4, 2031 (Courier) - The minister of Belmark met the pre-",
    "sident of Arden for two hours on Tuesday and demanded that the cease-",
    "fire hold until the summer, which Arden has refused for a year.",
    "   ",
    "Arden answered at once. The president said that a ceasefire was what",
    "his country had offered first, and that the Belmark-",
    "Arden border stays open.",
)


def test_lines_become_paragraphs_and_parted_words_one(tmp_path: Path) -> None:
    (report,), problems = read(
        tmp_path / "talks.pdf", pdf([BODY], info="/Title(Talks in Karv end)/Author(Ann Roe)", compressed=True)
    )
    assert problems == []
    assert report.text.split("\n\n") == [
        "Talks in Karv end",
        "KARV, March 4, 2031 (Courier) - The minister of Belmark met the president of Arden for two hours on "
        "Tuesday and demanded that the ceasefire hold until the summer, which Arden has refused for a year.",
        "Arden answered at once. The president said that a ceasefire was what his country had offered first, and "
        "that the Belmark-Arden border stays open.\n",
    ]
    assert (report.id, report.title, report.author, report.format) == (
        "talks",
        "Talks in Karv end",
        "Ann Roe",
        "pdf",
    )
    assert (report.published, report.published_how) == ("2031-03-04", "dateline")


def test_a_page_that_a_browser_printed() -> None:
    problems: list[ReportError] = []
    (report,) = read_reports([str(FILES / "printed.pdf")], on_problem=problems.append)
    assert problems == []
    source = (FILES / "printed.txt").read_text("utf-8")
    assert report.text.split() == source.split()
    assert report.text.count("\n\n") == source.strip().count("\n\n")
    assert report.published == "2022-01-10"


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            Line("The Harbour Courier 4 March 2031", 72, 760, 9),
            *(Line(f"Line {word} of page {number} tells what was said in the port", 72, 720 - 14 * k, 12)
              for k, word in enumerate(("one", "two", "three"))),
            Line(f"Page {number} of 4", 300, 40, 9),
        ]
        for number in range(1, 5)
    ]  # fmt: skip
    found = " ".join(paragraphs_of_pages(pages))
    assert "Harbour Courier" not in found
    assert "Page " not in found
    assert found.count("Line one of page") == 4


def test_a_sentence_goes_on_in_the_next_column() -> None:
    left = [Line("The minister said that the army would", 72, 100, 12)]
    right = [Line("leave the islands on Monday. It stays for", 320, 700, 12), Line("now.", 320, 686, 12)]
    assert paragraphs_of_pages([left + right]) == [
        "The minister said that the army would leave the islands on Monday. It stays for now."
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.builds(Line, st.text(max_size=30), st.floats(0, 600), st.floats(0, 800), st.floats(0, 40)),
            max_size=8,
        ),
        max_size=4,
    )
)
def test_any_lines_give_paragraphs_without_line_ends(pages: list[list[Line]]) -> None:
    found = paragraphs_of_pages(pages)
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in found if paragraph.strip())


def bomb() -> bytes:
    """A quarter of a gigabyte of blanks, packed twice."""
    packer = zlib.compressobj(9)
    block = b" " * (1 << 20)
    inner = b"".join(packer.compress(block) for _ in range(256)) + packer.flush()
    content = zlib.compress(inner, 9)
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
            b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(content), content),
            b"<<>>",
        ]
    )


BAD = {
    "cut": (lambda: pdf([BODY])[:400], "damaged|no text"),
    "no-pdf": (lambda: b"GIF89a" + b"\0" * 100, "no PDF"),
    "rubbish": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
    "scanned": (lambda: pdf([[]]), "no text, as one of scanned pages does"),
    "long": (
        lambda: pdf([[("x", 10, 10)]] * (MAX_PDF_PAGES + 1)),
        f"{MAX_PDF_PAGES + 1} pages and {MAX_PDF_PAGES} are",
    ),
    "bomb": (bomb, "damaged|no text|unpacks to more"),
    "loop": (lambda: pdf([BODY]).replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]"), "damaged|no text"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_told_in_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.pdf"
    make, said = BAD[name]
    reports, (problem,) = read(path, make())
    assert reports == []
    assert problem.startswith(f"{path}: ")
    assert any(words in problem for words in said.split("|")), problem


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_files, "PDF_SECONDS", 0)
    monkeypatch.setattr(pdf_files, "_GRACE", 0.01)
    reports, (problem,) = read(tmp_path / "slow.pdf", pdf([BODY]))
    assert reports == []
    assert "could not be read in" in problem
