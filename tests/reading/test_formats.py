"""Mail, saved pages, tables, feeds and compressed files."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from standoff.errors import ReportError
from standoff.reading import read_reports
from standoff.reading.word_files import MAX_PART_BYTES
from standoff.records import Report

SENTENCE = "The ministers met on Friday in Geneva and parted without a word to the press, who had waited. "
PAGE = (
    f"<html><head><title>Talks end</title></head><body><article><h1>Talks end in Geneva</h1>"
    f"<p>{SENTENCE * 2}</p><p>{SENTENCE}</p></article></body></html>"
)


def read(path: Path, content: str | bytes, published: str | None = None) -> tuple[list[Report], list[str]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    problems: list[ReportError] = []
    reports = list(read_reports([str(path)], published=published, on_problem=problems.append))
    return reports, [str(problem) for problem in problems]


def newsletter(*, plain: str | None, page: str | None) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Talks end in Genève"
    message["From"] = "The Harbour Courier <news@courier.example>"
    message["Date"] = "Fri, 21 Jan 2022 18:00:00 +0100"
    if plain is not None:
        message.set_content(plain)
    if page is not None:
        message.add_alternative(page, subtype="html")
    message.add_attachment(b"not this text", maintype="text", subtype="plain", filename="note.txt")
    return message.as_bytes()


def test_the_plain_part_of_a_mail(tmp_path: Path) -> None:
    (report,), problems = read(tmp_path / "news.eml", newsletter(plain=SENTENCE * 5, page=PAGE))
    assert problems == []
    assert SENTENCE.strip() in report.text
    assert "not this" not in report.text
    assert (report.id, report.title, report.outlet) == ("news", "Talks end in Genève", "The Harbour Courier")
    assert (report.published, report.published_how, report.format) == ("2022-01-21", "file", "mail")


def test_a_mail_whose_plain_part_only_points_to_the_page(tmp_path: Path) -> None:
    (report,), _ = read(tmp_path / "news.eml", newsletter(plain="Open this in a browser.", page=PAGE))
    assert report.text.startswith("Talks end in Geneva\n\nThe ministers met")
    assert report.published == "2022-01-21"


def test_a_page_saved_as_mhtml(tmp_path: Path) -> None:
    saved = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/2022/01/21/talks\r\n"
        "Subject: Talks end\r\nDate: Mon, 3 Jun 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n------b\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + PAGE.replace("=", "=3D").replace("Talks end in Geneva", "Talks end in Gen=C3=A8ve")
        + "\r\n------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------b--\r\n"
    )
    (report,), problems = read(tmp_path / "talks.mhtml", saved)
    assert problems == []
    assert report.text.startswith("Talks end in Genève\n\n")
    assert report.url == "https://courier.example/2022/01/21/talks"
    assert (report.published, report.published_how) == ("2022-01-21", "web address")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ["ID", "Title", "Text", "Published"],
        ["a", "Talks end", '"One line.\nAnother, ""quoted"" line; it ends."', "2022-01-21"],
        ["b", "Empty", "", ""],
        ["c", "More", "Talks go on.", "2022-01-22"],
    ]
    content = "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows)
    reports, problems = read(tmp_path / "table.csv", content)
    assert [r.id for r in reports] == ["a", "c"]
    assert reports[0].text == 'One line.\nAnother, "quoted" line; it ends.'
    assert (reports[0].title, reports[0].published, reports[0].format) == ("Talks end", "2022-01-21", "csv")
    assert len(problems) == 1
    assert f"{tmp_path / 'table.csv'}:4: " in problems[0]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "no column `text`"),
        ("id,text\n1,Gen\xe8ve\n".encode("latin-1"), "not in UTF-8"),
        ('id,text\n1,"' + "a" * 3_000_000, "cannot be read further"),
    ],
)
def test_bad_tables(tmp_path: Path, content: str | bytes, word: str) -> None:
    reports, problems = read(tmp_path / "table.csv", content)
    assert reports == []
    assert len(problems) == 1
    assert word in problems[0]


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Harbour Courier</title>
<item><title>Talks end &amp; go on</title><link>https://courier.example/1</link>
<pubDate>Fri, 21 Jan 2022 10:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{SENTENCE}</p><p>Second &lt;b&gt; paragraph.</p><script>x</script>]]></content:encoded></item>
<item><title>No text</title></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Lakeside</title><entry><title>Talks end</title>
<link rel="self" href="x"/><link href="https://lakeside.example/1"/><published>2022-01-21T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{SENTENCE}</p></div></content></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    (report,), problems = read(path, RSS)
    assert report.text == f"Talks end & go on\n\n{SENTENCE.strip()}\n\nSecond <b> paragraph.\n"
    assert (report.id, report.outlet, report.url) == (
        "feed-1",
        "The Harbour Courier",
        "https://courier.example/1",
    )
    assert report.published == "2022-01-21"
    assert problems == [f"{path}, entry 2: the entry holds no text; save the page that it links to"]


def test_atom(tmp_path: Path) -> None:
    (report,), problems = read(tmp_path / "feed.atom", ATOM)
    assert problems == []
    assert report.text == f"Talks end\n\n{SENTENCE.strip()}\n"
    assert (report.outlet, report.url, report.published) == (
        "Lakeside",
        "https://lakeside.example/1",
        "2022-01-21",
    )


def test_an_entity_bomb_in_a_feed_does_not_go_off(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY a{k} "{f"&a{k - 1};" * 10}">' for k in range(1, 12))
    external = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    feed = f'<!DOCTYPE rss [<!ENTITY a0 "ha">{bomb}{external}]>' + RSS.split("?>")[1].replace(
        "Short.", "&a11;&x;"
    )
    reports, _ = read(tmp_path / "feed.rss", feed)
    assert all(len(report.text) < 1000 and "root:" not in report.text for report in reports)


@pytest.mark.parametrize("content", ["<rss", "<html><p>x</p></html>", "<rss><channel/></rss>", "\x00\x01"])
def test_bad_feeds(tmp_path: Path, content: str) -> None:
    reports, problems = read(tmp_path / "feed.rss", content)
    assert reports == []
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("name", "content", "identifier"),
    [
        ("talks.txt.gz", SENTENCE, "talks"),
        ("talks.html.gz", PAGE, "talks"),
        ("talks.jsonl.gz", json.dumps({"text": SENTENCE}) + "\n", "talks-1"),
        ("talks.gz", SENTENCE, "talks"),
    ],
)
def test_compressed_files(tmp_path: Path, name: str, content: str, identifier: str) -> None:
    (report,), problems = read(tmp_path / name, gzip.compress(content.encode()))
    assert problems == []
    assert report.id == identifier
    assert SENTENCE.strip() in report.text


def test_members_that_follow_one_another(tmp_path: Path) -> None:
    (report,), _ = read(tmp_path / "talks.txt.gz", gzip.compress(b"Talks ") + gzip.compress(b"end."))
    assert report.text == "Talks end."


def test_compressed_files_that_cannot_be_read(tmp_path: Path) -> None:
    whole = gzip.compress(SENTENCE.encode() * 50)
    assert "cut off" in read(tmp_path / "a.txt.gz", whole[:-12])[1][0]
    assert "damaged" in read(tmp_path / "b.txt.gz", whole[:15] + b"\xff" * 30)[1][0]
    bomb = gzip.compress(b"a" * 40_000_000)
    assert "larger than 4 MB" in read(tmp_path / "c.txt.gz", bomb)[1][0]
    assert any("inflates to more than 100 times" in p for p in read(tmp_path / "d.jsonl.gz", bomb)[1])


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(body: str, **parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
        for name, content in parts.items():
            package.writestr(f"docProps/{name}.xml", content)
    return held.getvalue()


def test_word_documents(tmp_path: Path) -> None:
    fields = "<dc:title>Talks</dc:title><dc:creator>A. Keller</dc:creator>"
    properties = f'<p xmlns:dc="http://purl.org/dc/elements/1.1/">{fields}</p>'
    body = (
        "<w:p><w:r><w:t>Talks end in </w:t></w:r><w:r><w:t>Geneva</w:t></w:r></w:p><w:p/>"
        "<w:p><w:r><w:t>They met</w:t><w:br/><w:t>on Friday.</w:t></w:r>"
        "<w:del><w:r><w:delText>Not this.</w:delText></w:r></w:del></w:p>"
    )
    (report,), problems = read(tmp_path / "talks.docx", word_file(body, core=properties))
    assert problems == []
    assert report.text == "Talks end in Geneva\n\nThey met on Friday.\n"
    assert (report.id, report.title, report.author, report.format) == ("talks", "Talks", "A. Keller", "docx")


def test_bad_word_documents(tmp_path: Path) -> None:
    whole = word_file("<w:p><w:r><w:t>Talks end.</w:t></w:r></w:p>")
    path = tmp_path / "talks.docx"
    assert "damaged" in read(path, b"PK\x03\x04 and no more")[1][0]
    assert "damaged" in read(path, whole[:60] + b"\xff" * 40 + whole[100:])[1][0]
    assert "damaged" in read(path, word_file("<w:p>"))[1][0]
    assert "empty" in read(path, word_file("<w:p/>"))[1][0]
    assert "inflates to more than" in read(path, word_file(" " * (MAX_PART_BYTES + 1)))[1][0]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("../../climbs.txt", "x")
    assert "no Word document" in read(path, held.getvalue())[1][0]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["x.eml", "x.mhtml"])
@pytest.mark.parametrize(
    "content",
    [
        b"no message at all",
        b"\x00\xff\xfe",
        b"Subject: x\n\n",
        b"Content-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000,
        b"Content-Type: text/html; charset=no-such\n\n<p>x</p>",
    ],
)
def test_bad_messages(tmp_path: Path, name: str, content: bytes) -> None:
    reports, problems = read(tmp_path / name, content)
    assert reports == []
    assert len(problems) == 1
    assert "; " in problems[0]
