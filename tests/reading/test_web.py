"""Pages and feeds from the web, from a server on this machine: what is fetched, and what is refused."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import given
from hypothesis import strategies as st
from local_site import Site, only_here, serving
from pdf_made import lines, pdf

from standoff.errors import ReportError
from standoff.reading import fetching
from standoff.reading.addresses import Target, canonical, is_public
from standoff.reading.fetching import MAX_REDIRECTS, Fetcher
from standoff.reading.robots import Robots, robots_of
from standoff.reading.web import fetch_reports, identifier
from standoff.records import Report

SENTENCE = "The ministers met on Friday in Geneva and parted without a word to the press, who had waited. "
PAGE = (
    "<html><head><title>Talks end</title></head><body><article><h1>Talks end in Genève</h1>"
    f"<p>{SENTENCE * 2}</p><p>{SENTENCE}</p></article></body></html>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def fetch(
    *urls: str, feeds: tuple[str, ...] = (), follow: bool = False, whole: float = 20.0, pause: float = 0.0
) -> tuple[list[Report], list[str]]:
    problems: list[ReportError] = []
    fetcher = Fetcher(allowed=only_here, whole=whole, pause=pause)
    reports = list(fetch_reports(urls, feeds, follow=follow, on_problem=problems.append, fetcher=fetcher))
    return reports, [str(problem) for problem in problems]


def test_a_page_with_the_charset_of_its_header(site: Site) -> None:
    wrong = PAGE.replace("<head>", '<head><meta charset="utf-8">').encode("iso-8859-1")
    site.page("/2022/01/21/talks.html?utm_source=x", wrong, "text/html; charset=ISO-8859-1")
    (report,), problems = fetch(f"{site.root}/2022/01/21/talks.html?utm_source=x#part")
    assert problems == []
    assert report.text.startswith("Talks end in Genève\n\nThe ministers met")
    assert report.url == f"{site.root}/2022/01/21/talks.html"
    assert (report.published, report.published_how, report.format) == ("2022-01-21", "web address", "web")
    assert report.id == "127.0.0.1-2022-01-21-talks"
    path, fields = site.asked[-1]
    assert path == "/2022/01/21/talks.html?utm_source=x"
    assert fields["User-Agent"].startswith("standoff/")
    assert not {"Cookie", "Authorization", "Referer"} & fields.keys()


def test_texts_pdf_files_and_packed_pages(site: Site) -> None:
    site.page("/plain", SENTENCE * 2, "text/plain; charset=utf-8")
    site.page("/packed", gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    site.page(
        "/file.pdf",
        pdf([lines("Talks end in Karv after two days", "and nobody spoke to the press.")]),
        "application/pdf",
    )
    reports, problems = fetch(*(site.root + path for path in ("/plain", "/packed", "/file.pdf")))
    assert problems == []
    assert reports[0].text == SENTENCE * 2
    assert reports[1].title == "Talks end in Genève"
    assert "and nobody spoke" in reports[2].text
    assert reports[2].url == f"{site.root}/file.pdf"


def test_an_address_is_fetched_once(site: Site) -> None:
    site.page("/a", PAGE)
    reports, problems = fetch(f"{site.root}/a", f"{site.root}/a#other", f"{site.root}/a?utm_medium=y")
    assert (len(reports), problems) == (1, [])
    assert site.paths().count("/a") == 1


def test_redirects_are_followed_and_counted(site: Site) -> None:
    site.page("/end", PAGE)
    site.redirect("/start", "/middle")
    site.redirect("/middle", f"{site.root}/end")
    site.redirect("/round", "/round")
    (report,), (problem,) = fetch(f"{site.root}/start", f"{site.root}/round")
    assert report.url == f"{site.root}/end"
    assert f"leads on more than {MAX_REDIRECTS} times" in problem
    assert site.paths().count("/round") == MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("http://127.0.0.2/secret", "in a private network or on this machine"),
        ("http://[::1]/secret", "in a private network or on this machine|cannot be reached|not known"),
        ("http://169.254.169.254/latest/meta-data", "in a private network or on this machine"),
        ("file:///etc/passwd", "only addresses with http:// or https://"),
        ("gopher://127.0.0.1/x", "only addresses with http:// or https://"),
        ("http://user:word@127.0.0.1/", "holds a user name"),
    ],
)
def test_a_redirect_is_looked_at_anew(site: Site, to: str, said: str) -> None:
    site.redirect("/start", to)
    reports, (problem,) = fetch(f"{site.root}/start")
    assert reports == []
    assert any(words in problem for words in said.split("|")), problem


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.0.1/",
        "http://169.254.169.254/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/", "http://127.1/",
        "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://100.64.0.1/", "http://[fe80::1]/",
        "http://[fd00::1]/", "http://224.0.0.1/", "http://255.255.255.255/",
    ],
)  # fmt: skip
def test_no_private_address_is_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", connect)
    problems: list[ReportError] = []
    assert list(fetch_reports([url], on_problem=problems.append)) == []
    (problem,) = problems
    assert "private network or on this machine" in str(problem) or "is not known" in str(problem)


def test_a_name_is_resolved_once_and_its_address_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means a permitted machine when it is looked at and another a moment later."""
    answers = iter(["127.0.0.1", "127.0.0.9"] * 9)
    asked = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        address = next(answers)
        asked.append(address)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    connected = []
    connect = socket.socket.connect
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(
        socket.socket, "connect", lambda self, address: connected.append(address[0]) or connect(self, address)
    )
    site.page("/a", PAGE)
    port = site.root.rpartition(":")[2]
    _, problems = fetch(f"http://rebind.example:{port}/a")
    assert connected == [
        "127.0.0.1"
    ]  # for robots.txt; the page's own look-up gave the other one, and was refused
    assert asked == ["127.0.0.1", "127.0.0.9"]
    assert "private network or on this machine" in problems[0]


def test_of_several_addresses_only_public_ones_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("10.0.0.1", "93.184.215.14")
    ]
    asked = []

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        asked.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket.socket, "connect", connect)
    problems: list[ReportError] = []
    assert list(fetch_reports(["http://two.example/"], on_problem=problems.append)) == []
    assert asked == ["93.184.215.14"]
    assert "cannot be reached (Connection refused)" in str(problems[0])


def test_robots_are_obeyed_and_asked_once(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/open", "text/plain")
    for path in ("/private/x", "/private/open/x", "/a"):
        site.page(path, PAGE.replace("Talks end in", f"Talks at {path} end in"))
    reports, (problem,) = fetch(*(site.root + path for path in ("/private/x", "/private/open/x", "/a")))
    assert len(reports) == 2
    assert "robots.txt does not let programs fetch this page" in problem
    assert "/private/x" not in site.paths()
    assert site.paths().count("/robots.txt") == 1


def test_a_site_that_fails_over_its_robots_is_left_alone(site: Site) -> None:
    site.page("/robots.txt", "", status=503)
    site.page("/a", PAGE)
    reports, (problem,) = fetch(f"{site.root}/a")
    assert reports == []
    assert "robots.txt" in problem


def test_a_site_is_given_rest_between_pages(site: Site) -> None:
    site.page("/robots.txt", "User-agent: standoff\nCrawl-delay: 0.3", "text/plain")
    site.page("/a", PAGE)
    site.page("/b", PAGE)
    begun = time.monotonic()
    reports, _ = fetch(f"{site.root}/a", f"{site.root}/b")
    assert len(reports) == 2
    assert time.monotonic() - begun >= 0.3


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    while True:
        request.wfile.write(b"<p>more</p>" * 10_000)


def dripping(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b"x")
        time.sleep(0.05)


def dripping_head(request: BaseHTTPRequestHandler) -> None:
    for _ in range(200):
        request.wfile.write(b"H")
        time.sleep(0.05)


def nonsense(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"SSH-2.0-none\r\n\r\n")


def many_fields(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n")


@pytest.mark.parametrize("handle", [dripping, dripping_head])
def test_however_slowly_a_site_answers_it_is_given_up(site: Site, handle: object) -> None:
    site.answers["/slow"] = handle  # type: ignore[assignment]
    begun = time.monotonic()
    reports, (problem,) = fetch(f"{site.root}/slow", whole=0.5)
    assert reports == []
    assert "did not answer in time" in problem
    assert time.monotonic() - begun < 8


def test_what_comes_back_is_bounded_and_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.answers |= {"/endless": endless, "/nonsense": nonsense, "/fields": many_fields}
    site.page("/bomb", gzip.compress(b"<p>" + b"a" * 60_000_000), Content_Encoding="gzip")
    site.page("/brotli", b"xx", Content_Encoding="br")
    site.page("/cut", PAGE, Content_Length="100000")
    site.page("/gone", "gone", status=410)
    site.page("/error", "error", status=500)
    site.page("/nothing", "")
    site.page("/nowhere", b"", status=301)
    site.page("/feed", "<rss><channel></channel></rss>", "application/rss+xml")
    site.page("/index", "<html><body><p>short</p></body></html>")
    said = {
        "/endless": "larger than 32 MB",
        "/nonsense": "broke off its answer",
        "/fields": "broke off its answer",
        "/bomb": "inflates to more than",
        "/brotli": "packed as 'br'",
        "/cut": "broke off its answer",
        "/gone": "answers with status 410; check the address",
        "/error": "answers with status 500; open it in a browser",
        "/nothing": "the answer is empty",
        "/nowhere": "does not say which",
        "/feed": "ask for it with --feed",
        "/index": "no article could be found",
        "/missing": "status 404",
    }
    reports, problems = fetch(*(site.root + path for path in said))
    assert reports == []
    assert len(problems) == len(said)
    for problem, (path, words) in zip(problems, said.items(), strict=True):
        assert problem.startswith(f"{site.root}{path}: ")
        assert words in problem


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/x", "only addresses with http"),
        ("example.org/x", "only addresses with http"),
        ("javascript:alert(1)", "only addresses with http"),
        ("http://example.org:99999/", "no web address"),
        ("http:///x", "names no host"),
        ("http://exa mple.org/", "host's name"),
        ("http://exa mple.org\r\nX: y/", "control character"),
        ("http://[::1/", "no web address"),
        ("http://" + "a" * 70 + ".example/", "host's name"),
        ("https://x.example/" + "a" * 3000, "more than 2,000 characters"),
    ],
)
def test_what_is_no_address_is_told(url: str, said: str) -> None:
    reports, (problem,) = fetch(url)
    assert reports == []
    assert said in problem


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Harbour Courier</title>
<item><title>Talks end</title><link>{root}/one</link><pubDate>Fri, 21 Jan 2022 10:00:00 GMT</pubDate>
<description>{text}</description></item>
<item><title>Talks go on</title><link>{root}/two</link><pubDate>Sat, 22 Jan 2022 10:00:00 GMT</pubDate>
<description>{text}</description></item></channel></rss>"""


def test_a_feed_gives_its_own_texts(site: Site) -> None:
    site.page("/feed", RSS.format(root=site.root, text=SENTENCE), "application/rss+xml")
    reports, problems = fetch(feeds=(f"{site.root}/feed",))
    assert problems == []
    assert [(r.id, r.outlet, r.published) for r in reports] == [
        ("127.0.0.1-one", "The Harbour Courier", "2022-01-21"),
        ("127.0.0.1-two", "The Harbour Courier", "2022-01-22"),
    ]
    assert site.paths() == ["/robots.txt", "/feed"]


def test_a_feed_is_followed_to_its_pages_when_asked(site: Site) -> None:
    site.page("/feed", RSS.format(root=site.root, text=SENTENCE), "application/rss+xml")
    site.page("/one", PAGE)
    reports, (problem,) = fetch(feeds=(f"{site.root}/feed",), follow=True)
    page, own = reports
    assert page.text.startswith("Talks end in Genève\n\n")
    assert (page.published, page.published_how, page.outlet) == ("2022-01-21", "file", "The Harbour Courier")
    assert own.text == f"Talks go on\n\n{SENTENCE.strip()}\n"
    assert problem.endswith("; the feed's own text was taken")


def test_what_is_no_feed_is_told(site: Site) -> None:
    site.page("/page", PAGE)
    site.page("/bad", "<rss><channel><item>", "application/rss+xml")
    reports, problems = fetch(feeds=(f"{site.root}/page", f"{site.root}/bad"))
    assert reports == []
    assert "this is no RSS or Atom feed" in problems[0]
    assert "no well-formed XML" in problems[1]


def test_the_time_of_a_whole_request_is_a_minute_unless_told() -> None:
    assert fetching.WHOLE == 60


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTPS://Example.org:443/A?utm_source=x&b=1#c", "https://example.org/A?b=1"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("http://[2001:db8::1]:80/x", "http://[2001:db8::1]/x"),
        ("https://example.org/a b #c", "https://example.org/a%20b%20"),
        ("mailto:x@example.org", None),
        ("http://[::1", None),
        ("", None),
    ],
)
def test_addresses_have_one_form(url: str, same: str | None) -> None:
    assert canonical(url) == same


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_told(text: str) -> None:
    for url in (text, "http://" + text):
        assert canonical(url) is None or canonical(canonical(url) or "") == canonical(url)
        try:
            target = Target(url)
        except ReportError:
            continue
        assert target.scheme in ("http", "https")
        assert target.path.startswith("/")
        assert target.path.isascii()
        assert not any(c.isspace() for c in target.path + target.host)
        assert identifier(target.url)


@given(st.ip_addresses())
def test_no_address_of_a_private_network_is_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not is_public(address)
    if isinstance(address, ipaddress.IPv4Address):
        for form in (f"::ffff:{address}", f"64:ff9b::{address}"):
            assert is_public(ipaddress.ip_address(form)) == is_public(address)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: standoff\nDisallow:\n\nUser-agent: *\nDisallow: /", "/x", True),
        ("User-agent: a\nUser-agent: Standoff/2\nDisallow: /x", "/x/y", False),
        ("User-agent: other\nDisallow: /", "/x", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe/x", False),
        ("User-agent: *\nDisallow: /a?x=*&y", "/a?x=1&y=2", False),
        ("Disallow: /", "/x", True),
        ("User-agent: *\nDisallow: / # all", "/x", False),
        ("", "/x", True),
    ],
)
def test_robots(rules: str, path: str, allowed: bool) -> None:
    assert robots_of(rules, "standoff").allows(path) is allowed


def test_a_pattern_of_many_stars_costs_no_time() -> None:
    begun = time.monotonic()
    assert Robots(((False, "/" + "*a" * 900 + "b$"),)).allows("/" + "a" * 1900)
    assert time.monotonic() - begun < 1
