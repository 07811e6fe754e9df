"""HTML pages: the article, its metadata, and pages made to break a parser."""

from __future__ import annotations

import pytest

from standoff.errors import ReportError
from standoff.reading.html_markup import looks_like_html, without_code
from standoff.reading.html_pages import read_page
from standoff.reading.limits import MAX_HTML_BYTES

SENTENCE = (
    "The minister said on Friday that the talks would go on and that no answer had been given to anyone. "
)
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Talks go on in Geneva | The Harbour Courier</title>
<meta property="og:site_name" content="The Harbour Courier">
<meta name="author" content="Anna Keller">
<meta property="article:published_time" content="2022-01-21T10:00:00+00:00">
<link rel="canonical" href="https://courier.example/talks">
<script>var x = "<p>no text</p>"; if (1 < 2) {{ }}</script><style>p {{ color: red }}</style>
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Talks go on in Geneva</h1>
<figure><img src="a.jpg"><figcaption>A guard at the gate. <span>(M. Muster / Pool)</span></figcaption></figure>
<p>GENEVA — {SENTENCE}</p><p>A <em>second</em> thing: {SENTENCE}</p>
<blockquote><p>“We wait,” she said, and went on to say that the answer mattered more than the talks.</p></blockquote>
<h2>What next</h2><ul><li>First, the bridges are to be opened again.</li><li>Then the troops leave.</li></ul>
</article><footer>© 2022 The Harbour Courier</footer></body></html>"""


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


def test_the_article_and_its_metadata() -> None:
    article = read_page(PAGE.encode(), "page.html")
    assert article.text.split("\n\n")[:2] == [
        "Talks go on in Geneva",
        "A guard at the gate. (M. Muster / Pool)",
    ]
    assert "A second thing" in article.text
    assert "color: red" not in article.text
    assert "no text" not in article.text
    assert "Home" not in article.text
    assert (article.title, article.author, article.outlet) == (
        "Talks go on in Geneva",
        "Anna Keller",
        "The Harbour Courier",
    )
    assert article.published == "2022-01-21"
    assert article.url == "https://courier.example/talks"
    assert article.captions == ("A guard at the gate. (M. Muster / Pool)",)
    for paragraph in article.text.strip().split("\n\n"):
        assert paragraph == " ".join(paragraph.split())


def test_the_headline_comes_first_and_once() -> None:
    text = read_page(PAGE.encode(), "page.html").text
    assert text.startswith("Talks go on in Geneva\n\n")
    assert text.count("Talks go on in Geneva") == 1


def test_preformatted_text_keeps_its_paragraphs() -> None:
    article = read_page(
        page(f"<pre>PRESS RELEASE\n\n{SENTENCE}\n and more.\n \nAlso: {SENTENCE}</pre>"), "page.html"
    )
    assert article.text == f"PRESS RELEASE\n\n{SENTENCE}and more.\n\nAlso: {SENTENCE.strip()}\n"


def test_the_declared_charset_is_used() -> None:
    markup = (
        f'<html><head><meta charset="iso-8859-1"></head><body><p>Élysée: {SENTENCE * 3}</p></body></html>'
    )
    assert "Élysée" in read_page(markup.encode("latin-1"), "page.html").text


def test_a_wrongly_declared_charset_does_not_cost_the_page() -> None:
    markup = f'<html><head><meta charset="no-such"></head><body><p>Élysée: {SENTENCE * 3}</p></body></html>'
    assert "Élysée" in read_page(markup.encode(), "page.html").text


def test_scripts_and_styles_are_dropped_and_linked_data_stays() -> None:
    markup = '<p>a</p><script type="application/ld+json">{"x": 1}</script><SCRIPT>b</SCRIPT ><style>c</style><p>d</p>'
    assert without_code(markup) == '<p>a</p><script type="application/ld+json">{"x": 1}</script><p>d</p>'
    assert without_code("<p>a</p><script src=x>never closed <p>b</p>") == "<p>a</p>never closed <p>b</p>"


def test_what_looks_like_a_page() -> None:
    assert looks_like_html("\ufeff \n<!DOCTYPE html><html>")
    assert looks_like_html('<?xml version="1.0"?><!-- saved --><html xmlns="x">')
    assert not looks_like_html("<3 is what he wrote to the minister")
    assert not looks_like_html("The <html> tag is older than the treaty.")


ENTITIES = "".join(f'<!ENTITY a{k} "{f"&a{k - 1};" * 10}">' for k in range(2, 12))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (page(""), "no article"),
        (page('<nav><a href="/">Home</a></nav>'), "no article"),
        (b"<html></html>", "no article"),
        (page("<div>" * 5000 + SENTENCE), "deep"),
        (page("<b><i>" * 400 + SENTENCE), "deep"),
        (page("<p>x</p>" * 40_000), "elements"),
        (page("<p>" + "x " * 3_000_000), "characters of markup"),
        (b" " * (MAX_HTML_BYTES + 1), "larger than 32 MB"),
        (b"<html>\x00\x01\x02" * 20, "binary"),
        (b"   \n", "empty"),
    ],
)
def test_bad_pages_are_refused_in_one_sentence(data: bytes, word: str) -> None:
    with pytest.raises(ReportError, match=word) as caught:
        read_page(data, "page.html")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        f'<!DOCTYPE html [<!ENTITY a1 "ha">{ENTITIES}]><html><body><p>{SENTENCE * 3}&a11;</p></body></html>'.encode(),
        page(f"<p>{SENTENCE * 3}</p>" + "<script>" * 5000),
        page(f"<p {'a=1 ' * 20_000}>{SENTENCE * 3}</p>"),
        page(f'<img src="data:image/png;base64,{"A" * 5_000_000}"><p>{SENTENCE * 3}</p>'),
        page(f"<p>{SENTENCE * 3}</p>" + "<table><tr><td>" * 40),
        page(f"<p>{SENTENCE * 3}&#0;&#xD800;&#x10FFFF;&nosuch;</p>"),
        f"<html><body><p>{SENTENCE * 3}".encode(),
        f"<p>{SENTENCE * 3}</p></div></div></html></html><p>".encode(),
    ],
)
def test_hostile_pages_are_read(data: bytes) -> None:
    article = read_page(data, "page.html")
    assert SENTENCE.strip() in article.text
    assert len(article.text) < 200_000
