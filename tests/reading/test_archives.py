"""Web archives and zip archives: what is in them, and what is made to do harm."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from standoff.errors import ReportError
from standoff.reading import limits, read_reports, warc_files, zip_files
from standoff.records import Report

SENTENCE = "The ministers met on Friday in Geneva and parted without a word to the press, who had waited. "
PAGE = (
    "<html><head><title>Talks end</title></head><body><article><h1>Talks end in Genève</h1>"
    f"<p>{SENTENCE * 2}</p><p>{SENTENCE}</p></article></body></html>"
)


def read(path: Path, content: bytes | None = None) -> tuple[list[Report], list[str]]:
    if content is not None:
        path.write_bytes(content)
    problems: list[ReportError] = []
    reports = list(read_reports([str(path)], on_problem=problems.append))
    return reports, [str(problem) for problem in problems]


def record(kind: str, address: str, content_type: str, content: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-06-03T10:00:00Z\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def answer(kind: str, body: bytes, status: str = "200 OK", *more: str) -> bytes:
    fields = "".join(f"{field}\r\n" for field in (f"Content-Type: {kind}", *more))
    return f"HTTP/1.1 {status}\r\n{fields}\r\n".encode() + body


def warc(*answers: tuple[str, str, bytes, str], packed: bool = False, chunked: bool = False) -> bytes:
    """A web archive; each answer is (address, content type, body, status)."""
    records = [record("warcinfo", "urn:x", "application/warc-fields", b"software: test\r\n")]
    for address, kind, body, status in answers:
        more = ()
        if chunked:
            body, more = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), ("Transfer-Encoding: chunked",)
        records += [
            record("request", address, "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
            record(
                "response", address, "application/http; msgtype=response", answer(kind, body, status, *more)
            ),
        ]
    return b"".join(gzip.compress(one) if packed else one for one in records)


ANSWERS = (
    (
        "https://courier.example/2022/01/21/talks?utm_source=x", "text/html; charset=iso-8859-1",
        PAGE.encode("latin-1"), "200 OK",
    ),
    ("https://courier.example/logo.png", "image/png", b"\x89PNG", "200 OK"),
    ("https://courier.example/gone", "text/html", b"<html>gone</html>", "404 Not Found"),
    ("https://courier.example/empty", "text/html; charset=utf-8", b"<html><body><p>x</p></body></html>", "200 OK"),
    ("https://courier.example/plain", "text/plain; charset=utf-8", SENTENCE.encode() * 2, "200 OK"),
)  # fmt: skip


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_web_archive(tmp_path: Path, packed: bool, chunked: bool) -> None:
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    reports, (problem,) = read(path, warc(*ANSWERS, packed=packed, chunked=chunked))
    page, plain = reports
    assert page.text.startswith("Talks end in Genève\n\n")
    assert page.url == "https://courier.example/2022/01/21/talks"
    assert (page.published, page.published_how, page.format) == ("2022-01-21", "web address", "warc")
    assert page.id.startswith("crawl-")
    assert plain.text == SENTENCE * 2
    assert "no article could be found" in problem
    assert f"{path}, record " in problem


def test_a_web_archive_is_known_by_its_content_and_may_be_cut(tmp_path: Path) -> None:
    whole = warc(*ANSWERS[:1], *ANSWERS[4:])
    reports, problems = read(tmp_path / "crawl", whole)
    assert len(reports) == 2
    assert problems == []
    reports, problems = read(tmp_path / "cut.warc.gz", warc(*ANSWERS, packed=True)[:-200])
    assert [r.url for r in reports][:1] == ["https://courier.example/2022/01/21/talks"]
    assert any("cut off" in problem for problem in problems)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"GIF89a" + b"\0" * 50, "cannot be read from its beginning"),
        (b"WARC/1.0\r\n" + b"X" * 200_000, "header without end"),
        (b"WARC/1.0\r\n" + b"X-Y: z\r\n" * 3000, "header without end"),
        (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: nine\r\n\r\n", "empty|cannot be read"),
    ],
)  # fmt: skip
def test_bad_web_archives(
    tmp_path: Path, content: bytes, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    reports, problems = read(tmp_path / "bad.warc", content)
    assert reports == []
    assert all(any(words in problem for words in said.split("|")) for problem in problems), problems
    assert "Traceback" not in capfd.readouterr().err


def test_a_page_in_a_web_archive_that_inflates_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc_files, "MAX_HTML_BYTES", 1_000_000)
    body = answer("text/html", gzip.compress(b"<p>" + b"a" * 50_000_000), "200 OK", "Content-Encoding: gzip")
    content = record("response", "https://x.example/", "application/http; msgtype=response", body)
    reports, (problem,) = read(tmp_path / "bomb.warc", content)
    assert reports == []
    assert "larger than" in problem


def packed(path: Path, files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_the_reports_of_a_zip_archive(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "reports.zip",
        {
            "b/two.html": PAGE.encode(),
            "a/one.txt": SENTENCE.encode() * 2,
            "a/lines.jsonl": (json.dumps({"text": SENTENCE, "id": "own"}) + "\n").encode(),
            "a/more.txt.gz": gzip.compress(SENTENCE.encode()),
            "__MACOSX/a/._one.txt": b"\0",
            ".hidden.txt": b"x",
            "README.txt": b"about",
            "picture.png": b"\x89PNG",
        },
    )  # fmt: skip
    reports, problems = read(path)
    assert problems == []
    assert [r.id for r in reports] == ["own", "more", "one", "two"]


def test_a_name_that_climbs_leads_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "it"
    folder.mkdir(parents=True)
    path = packed(
        folder / "climb.zip",
        {
            "../../out.txt": SENTENCE.encode(),
            "/etc/abs.txt": SENTENCE.encode(),
            "..\\..\\w.txt": SENTENCE.encode(),
        },
    )
    before = sorted(p.name for p in tmp_path.rglob("*"))
    reports, _ = read(path)
    assert {"out", "abs"} <= {r.id for r in reports}
    assert all("/" not in r.id for r in reports)
    assert sorted(p.name for p in tmp_path.rglob("*")) == before


def zip_bomb(path: Path) -> Path:
    return packed(path, {"bomb.txt": b"a" * 60_000_000, "good.txt": SENTENCE.encode() * 2})


def wide_bomb(path: Path) -> Path:
    """Lines of JSON that inflate for ever: the format itself has no limit."""
    line = json.dumps({"text": " " * 1000}).encode() + b"\n"
    return packed(path, {"bomb.jsonl": line * 30_000, "good.txt": SENTENCE.encode() * 2})


@pytest.mark.parametrize(
    ("make", "said"), [(zip_bomb, "larger than 4 MB|inflates to more"), (wide_bomb, "inflates to more")]
)
def test_a_zip_bomb_costs_its_own_file_alone(tmp_path: Path, make: Callable[[Path], Path], said: str) -> None:
    reports, problems = read(make(tmp_path / "bomb.zip"))
    assert [r.id for r in reports] == ["good"]
    assert any(any(words in problem for words in said.split("|")) for problem in problems)


def test_bad_zip_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = packed(tmp_path / "w.zip", {"one.txt": SENTENCE.encode() * 50}).read_bytes()
    inner = packed(tmp_path / "i.zip", {"in.zip": whole, "one.txt": SENTENCE.encode()}).read_bytes()
    cases = {
        "cut.zip": (whole[:-30], "no zip archive, or a damaged one"),
        "none.zip": (b"PK\x03\x04" + b"\0" * 40, "no zip archive, or a damaged one"),
        "broken.zip": (whole[:40] + b"\xff" * 20 + whole[60:], "damaged"),
        "nothing.zip": (packed(tmp_path / "n.zip", {"x.png": b"x"}).read_bytes(), "holds no reports"),
        "inner.zip": (inner, "an archive within an archive"),
    }  # fmt: skip
    for name, (content, said) in cases.items():
        _, problems = read(tmp_path / name, content)
        assert any(said in problem for problem in problems), (name, problems)
    monkeypatch.setattr(zip_files, "MAX_ARCHIVE_MEMBERS", 1)
    _, (problem,) = read(tmp_path / "i.zip")
    assert "2 files and 1 are read" in problem
    assert limits.MAX_ARCHIVE_MEMBERS > 1000


def test_a_zip_archive_locked_by_a_password_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "locked.zip", {"one.txt": SENTENCE.encode()}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    reports, problems = read(path, bytes(content))
    assert reports == []
    assert "locked by a password" in problems[0]
